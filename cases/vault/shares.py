"""The paper shares of the organisation key, typed at the terminal. What is wrong with one is said at once."""

from collections.abc import Callable

from shamir_mnemonic import MnemonicError, Share, combine_mnemonics
from shamir_mnemonic.wordlist import WORDLIST

from cases.vault.envelope import KeyPair, Stored, Suite
from cases.vault.refusals import Refused
from cases.vault.share_refusals import (
    ShareDamaged,
    ShareOfAnotherKey,
    SharesDoNotFit,
    SharesOfAnotherOrganisation,
    ShareTwice,
    ShareWordUnknown,
    ShareWrongLength,
    TooFewShares,
)

# What 32 bytes come to, with checksum: the key of an organisation is never shorter or longer.
SHARE_WORDS = 33
# The published list is unique by its first four letters.
_PREFIX = 4


def read_shares(ask: Callable[[str], str]) -> bytes:
    """Ask for shares until there are enough, and return the root of the organisation key.

    `ask` is given the question, and what was wrong with the last answer, and returns what was typed. A share that was
    mistyped is asked for again; an empty answer ends with `TooFewShares`.
    """
    shares: list[Share] = []
    complaint = ""
    while not shares or len(shares) < shares[0].member_threshold:
        typed = ask(complaint + _question(shares))
        if not typed.strip():
            raise TooFewShares(len(shares), shares[0].member_threshold if shares else 0)
        try:
            shares.append(_fitting(parse_share(typed), shares))
            complaint = ""
        except Refused as refusal:
            complaint = f"{refusal}\n"
    return combine([share.mnemonic() for share in shares])


def parse_share(typed: str) -> Share:
    """Read one share. Case does not matter, nor how the words are parted; four letters of a word are enough."""
    words = [_complete(word, place) for place, word in enumerate(typed.lower().split(), start=1)]
    if len(words) != SHARE_WORDS:
        raise ShareWrongLength(SHARE_WORDS, len(words))
    try:
        return Share.from_mnemonic(" ".join(words))
    except MnemonicError:
        raise ShareDamaged from None


def combine(shares: list[str]) -> bytes:
    """Return the root behind enough shares; `SharesDoNotFit` says that they were mixed or altered."""
    try:
        root: bytes = combine_mnemonics(shares)
    except MnemonicError:
        raise SharesDoNotFit from None
    return root


def keys_behind(root: bytes, public_key: Stored) -> KeyPair:
    """Return the key pair of the organisation, which must be the one whose public half is given."""
    keys = KeyPair.from_root(root, Suite(bytes(public_key)[0]))
    if keys.public.raw != bytes(public_key):
        raise SharesOfAnotherOrganisation
    return keys


def _fitting(share: Share, others: list[Share]) -> Share:
    if others and share.group_parameters() != others[0].group_parameters():
        raise ShareOfAnotherKey
    if any(share.index == other.index for other in others):
        raise ShareTwice
    return share


def _complete(word: str, place: int) -> str:
    known = [one for one in WORDLIST if one == word or (len(word) >= _PREFIX and one.startswith(word))]
    if len(known) != 1:
        raise ShareWordUnknown(place)
    return str(known[0])


def _question(shares: list[Share]) -> str:
    if not shares:
        return "Type the words of the first share (nothing ends): "
    return f"Share {len(shares) + 1} of {shares[0].member_threshold}: "
