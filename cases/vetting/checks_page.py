"""The checks as a colleague sees them: each answer in a word and a tone, and whether it still holds."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cases.applicants.models import Applicant
from cases.vetting.hints import HINTS, hints_for
from cases.vetting.models import Result
from cases.vetting.queries.checks import Line

_TONES = {
    Result.CONFIRMED: ("safe", "check-lg"),
    Result.CONSISTENT: ("safe", "check-lg"),
    Result.NOT_ESTABLISHED: ("soon", "question-circle"),
    Result.CONTRADICTED: ("danger", "exclamation-triangle"),
    Result.NOT_APPLICABLE: ("", "dash-circle"),
}


@dataclass(frozen=True)
class Row:
    line: Line
    hints: list[str]

    @property
    def tone(self) -> str:
        return _TONES[Result(self.line.check.result)][0] if self.line.check else ""

    @property
    def icon(self) -> str:
        return _TONES[Result(self.line.check.result)][1] if self.line.check else "circle"

    @property
    def warning(self) -> str:
        """Why an answer does not count, or soon will not."""
        line = self.line
        end = line.check.valid_until if line.check else None
        if line.lacks_lawyer:
            return _("waits for a lawyer")
        if line.is_expired and end:
            return _("expired on %(day)s") % {"day": date_format(end)}
        if line.ends_soon and end:
            return _("holds until %(day)s only") % {"day": date_format(end)}
        return ""


def rows_of(lines: Iterable[Line], applicant: Applicant) -> list[Row]:
    """Missing ones that support needs come first among those without an answer that counts."""
    rows = [
        Row(line, hints_for(applicant, line.kind.code) if line.kind.code in HINTS else []) for line in lines
    ]
    return sorted(rows, key=lambda row: (row.line.counts, not row.line.is_missing))
