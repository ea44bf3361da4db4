"""The votes of the demo, cast by the operations that people use: decided, put off, under way, stale, and one conflict."""

from collections.abc import Mapping, Sequence

from cases.applicants.models import Applicant
from cases.staff.models import User, random_id
from cases.vetting.models import Choice
from cases.vetting.operations.conflicts import declare_conflict
from cases.vetting.operations.decisions import cast_vote
from cases.vetting.operations.vetting import service_changed

SUPPORTED = ("vetted", "doc_remedy", "dossier", "submitted", "questions")
# By their place in people.csv.
ONE_VOTE, KNOWN_TO_ANA, PUT_OFF, STALE = 18, 19, 22, 3
_REASONS = {
    Choice.SUPPORT: "The papers, both interviews and the referees say the same.",
    Choice.NOT_NOW: "The spring is not told yet. Ask again when he has rested.",
}


def cast_votes(cases: Sequence[Applicant], people: Mapping[str, User]) -> None:
    both = [people["viktor"], people["ana"]]
    for case in cases:
        if case.stage in SUPPORTED:
            _vote(case, Choice.SUPPORT, both)
    _vote(cases[ONE_VOTE], Choice.NOT_NOW, both[:1])
    _vote(cases[PUT_OFF], Choice.NOT_NOW, both)
    declare_conflict(applicant=cases[KNOWN_TO_ANA], user=people["ana"], relation="friend", by=people["ana"])
    service_changed(cases[STALE])


def _vote(case: Applicant, choice: Choice, officers: Sequence[User]) -> None:
    for officer in officers:
        cast_vote(id=random_id(), applicant=case, choice=choice, reasons=_REASONS[choice], by=officer)
