"""Reading one row cell by cell; what cannot be understood is remarked on by column and left empty."""

import re
from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from cases.desk.imports.dates import NotADate, birth_date, contact_day
from cases.desk.imports.fields import BY_CODE, Field
from cases.desk.imports.people import Layout, Remark
from cases.desk.imports.words import Words, key
from cases.names import pseudonyms
from cases.sheets.tables import Row

_BETWEEN = re.compile(r"[;|\n]")
_BETWEEN_LANGUAGES = re.compile(r"[,;/|\n]|\s(?:and|et|и)\s")
_PSEUDONYM = re.compile(r"[^\W_][\w .'’-]*")
_LONGEST_NAME = 200


class RowReader:
    """One row under a layout; collects remarks while it is read."""

    def __init__(self, row: Row, layout: Layout, today: date) -> None:
        self.row = row
        self.today = today
        self.remarks: list[Remark] = []
        self._columns: dict[str, list[int]] = {}
        for column, code in sorted(layout.columns.items()):
            self._columns.setdefault(code, []).append(column)

    def say(self, column: int | None, text: str, *, blocks: bool = True) -> None:
        self.remarks.append(Remark(self.row.number, column, text, blocks))

    def column(self, code: str) -> int | None:
        return self._columns.get(code, [None])[0]

    def text(self, code: str) -> str:
        return " ".join(" ".join(cell.split()) for column, cell in self._cells(BY_CODE[code]))

    def names(self, code: str) -> list[str]:
        """Several names in one cell or in several columns, each once."""
        names: dict[str, None] = {}
        for column, cell in self._cells(BY_CODE[code]):
            for name in map(str.strip, _BETWEEN.split(cell)):
                if len(name) > _LONGEST_NAME:
                    self._too_long(column, _LONGEST_NAME)
                elif name:
                    names[name] = None
        return list(names)

    def word(self, code: str, known: Words, unknown: str, otherwise: str = "") -> str:
        """Return the code of a word that must be known, or what counts where nothing is said."""
        for column, cell in self._cells(BY_CODE[code]):
            if found := known.get(key(cell)):
                return found
            self.say(column, unknown)
        return otherwise

    def languages(self, known: Words) -> list[str]:
        codes: dict[str, None] = {}
        for column, cell in self._cells(BY_CODE["languages"]):
            for part in filter(None, map(key, _BETWEEN_LANGUAGES.split(cell))):
                if part in known:
                    codes[known[part]] = None
                else:
                    self.say(column, _("Not a language we know."))
        return list(codes)

    def pseudonym(self) -> str:
        text = self.text("pseudonym")
        if text and not _PSEUDONYM.fullmatch(text):
            self.say(self.column("pseudonym"), _("A pseudonym has only letters, digits, blanks and hyphens."))
            return ""
        return pseudonyms.normalise(text) if pseudonyms.is_pseudonym(text) else text

    def birth_date(self) -> str:
        column = self.column("birth_date")
        try:
            found = birth_date(self.text("birth_date"), self.today)
        except NotADate:
            self.say(column, _("Not a date of birth. Write it as 15.7.1974, 1974-07-15 or 1974."))
            return ""
        if not found.plain:
            self.say(
                column,
                _("Not one plain date: only what is certain was read. Complete it later in the case."),
                blocks=False,
            )
        return found.written

    def last_contact(self) -> date | None:
        if not (text := self.text("last_contact")):
            return None
        try:
            return contact_day(text, self.today)
        except NotADate:
            self.say(
                self.column("last_contact"), _("Not a day in the past. Write it as 15.7.2026 or 2026-07-15.")
            )
            return None

    def _cells(self, field: Field) -> Iterator[tuple[int, str]]:
        for column in self._columns.get(field.code, []):
            cell = self.row.cell(column)
            if len(cell) > field.longest:
                self._too_long(column, field.longest)
            elif cell:
                yield column, cell

    def _too_long(self, column: int, longest: int) -> None:
        self.say(column, _("Longer than %(longest)s characters.") % {"longest": longest})
