"""Rows of a table that somebody keeps: one incident a row, in columns with headings we know."""

import re
from collections.abc import Mapping
from functools import cache
from hashlib import sha256

from django.utils.translation import gettext as _
from django.utils.translation import override
from django_countries import countries

from cases.applicants.forms.sealed import written_date
from cases.vetting.imports.drafts import Draft, SourceDraft, UnitDraft
from cases.vetting.spans import first_day, last_day

HEADINGS: dict[str, tuple[str, ...]] = {
    "unit": ("unit", "units", "unité", "unités", "часть", "подразделение"),
    "parent": ("parent", "part of", "parent unit", "fait partie de", "в составе", "входит в"),
    "spellings": ("spellings", "other spellings", "autres graphies", "другие написания"),
    "place": ("place", "places", "lieu", "lieux", "место", "места"),
    "country": ("country", "pays", "страна"),
    "from": ("from", "begins", "de", "du", "с", "начало"),
    "to": ("to", "ends", "à", "au", "по", "конец"),
    "what": ("what", "what happened", "quoi", "faits", "что", "что произошло"),
    "source": ("source", "источник"),
    "url": ("url", "address", "adresse", "link", "lien", "адрес", "ссылка"),
}
NEEDED = ("what", "source")
_LONGEST = {"what": 300, "source": 500, "url": 500}
_NAME = 120
_URL = re.compile(r"https?://[^\s/]+\.[^\s]+")


class RowReader:
    """One row; collects errors while it is read."""

    def __init__(self, row: Mapping[str, str]) -> None:
        self.row = row
        self.errors: list[str] = []

    def text(self, column: str) -> str:
        text = " ".join(self.row.get(column, "").split())
        if len(text) > _LONGEST.get(column, 2000):
            self.say(
                column, _("longer than %(longest)s characters.") % {"longest": _LONGEST.get(column, 2000)}
            )
        return text

    def parts(self, column: str) -> tuple[str, ...]:
        parts = dict.fromkeys(
            filter(None, (" ".join(one.split()) for one in re.split("[;\n]", self.row.get(column, ""))))
        )
        if any(len(part) > _NAME for part in parts):
            self.say(column, _("longer than %(longest)s characters.") % {"longest": _NAME})
        return tuple(parts)

    def day(self, column: str) -> str:
        written = written_date(self.text(column))
        if written and first_day(written) is None:
            self.say(column, _("write 5.3.2022, 3.2022 or 2022."))
            return ""
        return written

    def country(self) -> str:
        written = self.text("country")
        code = _country_codes().get(written.casefold(), "")
        if written and not code:
            self.say("country", _("not a country we know."))
        return code

    def url(self) -> str:
        url = self.text("url")
        if url and not _URL.fullmatch(url):
            self.say("url", _("write the whole address, with https:// in front."))
        return url

    def say(self, column: str, what: str) -> None:
        self.errors.append(_("%(label)s: %(value)s") % {"label": column, "value": what})


def read_own(line: int, row: Mapping[str, str]) -> Draft:
    reader = RowReader(row)
    draft = Draft(
        line=line,
        what=reader.text("what"),
        units=_units(reader),
        places=reader.parts("place"),
        country=reader.country(),
        begins=reader.day("from"),
        ends=reader.day("to"),
        source=SourceDraft(reader.text("source"), _key(row), reader.url()),
    )
    for column in NEEDED:
        if not reader.text(column):
            reader.say(column, _("missing."))
    if not draft.units and not draft.places:
        reader.errors.append(_("Name a unit or a place: without both it could never be met."))
    begins, ends = first_day(draft.begins), last_day(draft.ends)
    if begins and ends and begins > ends:
        reader.say("to", _("lies before the beginning."))
    return Draft(**{**draft.__dict__, "errors": tuple(dict.fromkeys(reader.errors))})


def _units(reader: RowReader) -> tuple[UnitDraft, ...]:
    """Where a row names several units, other spellings and the parent are those of the first."""
    named, spellings, parent = (reader.parts(column) for column in ("unit", "spellings", "parent"))
    if len(parent) > 1:
        reader.say("parent", _("only one unit can stand here."))
    if (parent or spellings) and not named:
        reader.say("unit", _("missing."))
    first = [UnitDraft(name, spellings, parent[0] if parent else "") for name in named[:1]]
    return (*first, *(UnitDraft(name) for name in named[1:]))


def _key(row: Mapping[str, str]) -> str:
    """The same row again, in whatever order of the columns."""
    cells = "\x1f".join(f"{column}={' '.join(row.get(column, '').split())}" for column in sorted(HEADINGS))
    return f"row:{sha256(cells.encode()).hexdigest()[:40]}"


@cache
def _country_codes() -> Mapping[str, str]:
    known: dict[str, str] = {}
    for language in ("en", "fr", "ru"):
        with override(language):
            known |= {str(name).casefold(): code for code, name in countries}
    return known | {code.casefold(): code for code, _name in countries}
