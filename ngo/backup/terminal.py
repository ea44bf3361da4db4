"""What the commands say and ask."""

import sys
from pathlib import Path

from cases.vault import pepper
from cases.vault.share_refusals import TooFewShares
from cases.vault.shares import read_shares
from ngo.backup.examining import Examined
from ngo.backup.restoring import Secrets, secrets_by_shares


def ask(question: str) -> str:
    """Ask whoever sits at the terminal; where nobody does, the answer is nothing."""
    if not sys.stdin.isatty():
        return ""
    return input(question)


def ask_shares() -> bytes:
    root = read_shares(ask)
    sys.stdout.write("The shares stand in this window: close it when this is done.\n")
    return root


def secrets_from(given: Path | None, backup: Examined) -> Secrets:
    """Return the pepper: from a file, or else from the backup, with shares typed at the terminal."""
    if given is not None:
        return Secrets(pepper.load(given))
    if not sys.stdin.isatty():
        raise TooFewShares(0, 0)
    return secrets_by_shares(ask_shares(), backup)
