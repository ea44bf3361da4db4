"""The tab “Interviews and referees” of a vetting, and the page of one interview."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from cases.applicants.forms import OpenForm
from cases.applicants.languages import LANGUAGES
from cases.applicants.models import Applicant
from cases.staff.models import User
from cases.staff.roles import Permission
from cases.vetting.account import account_strip
from cases.vetting.entry_lines import Lines, referee_lines
from cases.vetting.entry_words import Changed, history
from cases.vetting.models import Interview, Referee
from cases.vetting.queries import heard as queries
from cases.vetting.queries.entries import changes_of, sealed_kinds

Opened = Mapping[UUID, Mapping[str, Any]]
_TONES = {
    Interview.State.PLANNED: "ink",
    Interview.State.HELD: "safe",
    Referee.State.NAMED: "ink",
    Referee.State.HEARD: "safe",
    Referee.State.UNREACHABLE: "soon",
    Referee.State.REFUSED: "soon",
}


@dataclass(frozen=True)
class RefereeRow:
    """`lines`: what is sealed, once it is open; None while it is not."""

    referee: Referee
    is_sealed: bool
    lines: Lines | None
    changes: list[Changed]

    @property
    def tone(self) -> str:
        return _TONES.get(Referee.State(self.referee.state), "")


@dataclass(frozen=True)
class InterviewRow:
    interview: Interview
    is_written: bool
    changes: list[Changed]

    @property
    def tone(self) -> str:
        return _TONES.get(Interview.State(self.interview.state), "")

    @property
    def language(self) -> str:
        return str(LANGUAGES.get(self.interview.language, self.interview.language))


def heard_page(applicant: Applicant, viewer: User, *, opened: Opened | None = None) -> dict[str, Any]:
    """Everything the tab shows; a fixed number of questions, however many were heard."""
    interviews = _interviews(applicant)
    referees = _referees(applicant, opened)
    return {
        "applicant": applicant,
        "interviews": [row for row in interviews if row.interview.struck_at is None],
        "referees": [row for row in referees if row.referee.struck_at is None],
        "struck": [row for row in interviews if row.interview.struck_at is not None]
        + [row for row in referees if row.referee.struck_at is not None],
        "of_interviews": queries.standing_of_interviews(applicant),
        "of_referees": queries.standing_of_referees(applicant),
        "opened": opened is not None,
        **around(applicant, viewer),
    }


def around(applicant: Applicant, viewer: User) -> dict[str, Any]:
    """Who looks, and what that colleague may do."""
    return {
        "account": account_strip(applicant, viewer),
        "open_form": OpenForm(),
        "may_add": viewer.may(Permission.VET) and applicant.workable,  # type: ignore[attr-defined]
    }


def interview_row(interview: Interview) -> InterviewRow:
    changes = changes_of(interview.applicant, [interview])[interview.pk]
    written = interview.pk in queries.written_down(interview.applicant)
    return InterviewRow(interview, written, history(Interview, changes, _frame_names()))


def _interviews(applicant: Applicant) -> list[InterviewRow]:
    found = list(queries.all_interviews_of(applicant))
    written, changes, names = queries.written_down(applicant), changes_of(applicant, found), _frame_names()
    return [InterviewRow(one, one.pk in written, history(Interview, changes[one.pk], names)) for one in found]


def _referees(applicant: Applicant, opened: Opened | None) -> list[RefereeRow]:
    found = list(queries.all_referees_of(applicant))
    sealed, changes = sealed_kinds(applicant, Referee.PREFIX), changes_of(applicant, found)
    return [
        RefereeRow(
            one,
            one.sealed_kind in sealed,
            None if opened is None else referee_lines(opened.get(one.pk, {})),
            history(Referee, changes[one.pk]),
        )
        for one in found
    ]


def _frame_names() -> dict[str, str]:
    return {frame.pk: str(frame) for frame in queries.all_frames()}
