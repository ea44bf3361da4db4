"""The six people of the demo, who together can walk every path. Imported by the settings: no models here."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class DemoAccount:
    username: str
    full_name: str
    roles: tuple[str, ...]
    language: str
    time_zone: str
    sentence: Promise


ACCOUNTS = (
    DemoAccount(
        "claire",
        "Claire Démo",
        ("intake", "caseworker"),
        "en",
        "Europe/Paris",
        _("Registers people and accompanies them. Begin here."),
    ),
    DemoAccount(
        "viktor",
        "Viktor Demo",
        ("vetting",),
        "en",
        "Asia/Almaty",
        _("Checks who somebody was in the war."),
    ),
    DemoAccount(
        "ana",
        "Ana Demo",
        ("coordinator", "director", "vetting"),
        "en",
        "Europe/Paris",
        _("Leads: sees all cases, assigns them, ends and reopens them."),
    ),
    DemoAccount(
        "paul",
        "Paul Démo",
        ("auditor",),
        "en",
        "Europe/Paris",
        _("Sees who opened which name, and no name."),
    ),
    DemoAccount(
        "mira",
        "Mira Demo",
        ("administrator",),
        "en",
        "Europe/Berlin",
        _("Invites colleagues and gives roles. Sees no case."),
    ),
    DemoAccount(
        "timur",
        "Timur Demo",
        ("field",),
        "ru",
        "Asia/Almaty",
        _("Writes people down on a telephone in the field, and can open nothing."),
    ),
)


class DemoPassphrases:
    """Passphrases of the demo's people, made when the demo was loaded; only a demo writes the file."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def get(self, username: str) -> str | None:
        try:
            return dict(json.loads(self.path.read_text())).get(username)
        except FileNotFoundError:
            return None

    def keep(self, passphrases: Iterable[tuple[str, str]]) -> None:
        self.path.touch(mode=0o600)
        self.path.write_text(json.dumps(dict(passphrases)))
