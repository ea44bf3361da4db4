"""The vetting of the demo, by the operations that people use: checks answered, votes cast, put off, stale, one conflict."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from pathlib import Path

from django.utils import timezone

from cases.applicants.models import Applicant
from cases.applicants.operations import move_stage
from cases.staff.models import User, random_id
from cases.vetting.models import CheckKind, Choice
from cases.vetting.operations.checks import answer_check
from cases.vetting.operations.conflicts import declare_conflict
from cases.vetting.operations.decisions import cast_vote
from cases.vetting.operations.vetting import service_changed
from cases.vetting.operations.watchlists import begin_import, run_import
from cases.vetting.queries.checks import needed_missing

SUPPORTED = ("vetted", "doc_remedy", "dossier", "submitted", "questions")
# By their place in people.csv.
UNDER_WAY, KNOWN_TO_ANA, ONE_VOTE, PUT_OFF, STALE = 18, 19, 20, 22, 3
_REASONS = {
    Choice.SUPPORT: "The papers, both interviews and the referees say the same.",
    Choice.NOT_NOW: "The spring is not told yet. Ask again when he has rested.",
    Choice.DECLINE: "He does not want to say where he was, and asks where the others live.",
}
_FOUND = "Checked by documents and in the interviews; nothing speaks against it."
# What is still to be done on the case under way.
_OPEN = {"V08", "V12"}


def fill_lists() -> None:
    """Two lists of people who do not exist, one of each kind; whoever compares finds a hit on each."""
    with Path(__file__).with_name("watchlist.csv").open("rb") as file:
        run_import(started=begin_import(slug="demo", by=None, file_name="watchlist.csv"), file=file)


def vet(cases: Sequence[Applicant], people: Mapping[str, User]) -> None:
    both = [people["viktor"], people["ana"]]
    _answer(cases[UNDER_WAY], people["viktor"], besides=_OPEN)
    for case in cases:
        if case.stage in SUPPORTED:
            _answer(case, people["viktor"])
            _vote(case, Choice.SUPPORT, both)
        elif case.stage == "declined":
            _decline(case, people, both)
    _vote(cases[ONE_VOTE], Choice.NOT_NOW, both[:1])
    _vote(cases[PUT_OFF], Choice.NOT_NOW, both)
    declare_conflict(applicant=cases[KNOWN_TO_ANA], user=people["ana"], relation="friend", by=people["ana"])
    service_changed(cases[STALE])


def _answer(case: Applicant, officer: User, besides: Iterable[str] = ()) -> None:
    for kind in needed_missing(case):
        if kind.code not in besides:
            _answer_one(case, kind, officer)


def _answer_one(case: Applicant, kind: CheckKind, officer: User) -> None:
    on = timezone.localdate() - timedelta(days=10)
    until = on + timedelta(days=kind.valid_days) if kind.valid_days else None
    facts = {"result": "consistent", "confidence": "medium", "on": on, "valid_until": until}
    facts |= {"by_lawyer": kind.for_lawyer, "referred_to_lawyer_on": None}
    sealed = {"finding": _FOUND, "lawyer": "Invented lawyer" if kind.for_lawyer else ""}
    answer_check(applicant=case, kind=kind, facts=facts, sealed=sealed, version=0, by=officer)


def _decline(case: Applicant, people: Mapping[str, User], both: Sequence[User]) -> None:
    """The case is closed already: it is reopened to be voted on, and closed by the votes."""
    move_stage(applicants=[case], target="vetting", reason="To vote", by=people["ana"])
    _vote(case, Choice.DECLINE, both)


def _vote(case: Applicant, choice: Choice, officers: Sequence[User]) -> None:
    for officer in officers:
        cast_vote(id=random_id(), applicant=case, choice=choice, reasons=_REASONS[choice], by=officer)
