"""Keeping the deadlines of a case in step with its papers and its stay. Called inside the operations on these."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.utils.timezone import now

from cases.applicants.models import Applicant, Deadline
from cases.applicants.operations import meet_deadline, set_deadline, withdraw_deadline
from cases.applicants.timers import written
from cases.documents.deadlines import (
    COUNTRY_SAYS,
    EXPIRES,
    PAPER_SAYS,
    STAY,
    STAY_TITLES,
    due,
    expiry_title,
)
from cases.documents.models import Document, Status, StayRule
from cases.documents.queries.held import counting, counting_of
from cases.documents.queries.travel import rulebook
from cases.documents.travel.leaving import stay_deadlines
from cases.staff.models import User

ENDS = STAY[StayRule.Kind.STAY]


def keep_expiries(*, applicant: Applicant, by: User) -> None:
    """One deadline for each kind of paper in hand: that of the paper which is good longest.

    A paper that was replaced has met its deadline; one that was lost or struck out takes its deadline with it.
    """
    held = counting_of(applicant).filter(status=Status.HELD, expires_on__isnull=False).select_related("type")
    latest = _latest(held)
    open_ones = {one.subject: one for one in _open(applicant, [EXPIRES])}
    for subject, deadline in open_ones.items():
        if subject not in latest:
            _end(deadline, {_kind(paper) for paper, _day in latest.values()}, by)
    for subject, (paper, day) in latest.items():
        _set(
            Deadline(
                applicant=applicant,
                rule=EXPIRES,
                subject=subject,
                title=written(expiry_title(paper.type.role)),
                due_at=due(day),
                source=written(PAPER_SAYS),
            ),
            open_ones.get(subject),
            by,
        )


def keep_stay(*, applicant: Applicant, entered_on: date | None, by: User) -> None:
    """The deadlines that follow from the day of entry, by the rules of the country the person is in."""
    wanted = _stay_deadlines(applicant, entered_on) if entered_on else {}
    open_ones = {one.rule: one for one in _open(applicant, STAY.values())}
    for rule, deadline in open_ones.items():
        if rule not in wanted:
            withdraw_deadline(deadline=deadline, by=by)
    met = Deadline.objects.filter(applicant=applicant, rule__in=wanted, met_at__isnull=False)
    done = set(met.values_list("rule", "due_at"))
    for rule, deadline in wanted.items():
        known = open_ones.get(rule)
        # What was ticked off stays so, unless the person has left and come again. Of a duty that was over before anybody
        # wrote down the day of entry, nobody knows whether it was done: that is asked on leaving, not counted as late.
        if (rule, deadline.due_at) in done or (known is None and rule != ENDS and deadline.due_at < now()):
            continue
        _set(deadline, known, by)


def _stay_deadlines(applicant: Applicant, entered_on: date) -> dict[str, Deadline]:
    """The deadline of each rule of stay by its name; of several days the earliest."""
    found = stay_deadlines(str(applicant.country), entered_on, rulebook(entered_on))
    return {
        STAY[row.kind]: Deadline(
            applicant=applicant,
            rule=STAY[row.kind],
            title=written(STAY_TITLES[row.kind]),
            due_at=due(day),
            source=written(COUNTRY_SAYS),
        )
        for row, day in reversed(found)
    }


def _set(wanted: Deadline, known: Deadline | None, by: User) -> None:
    """Set a deadline, unless it stands there like that: what did not change is not recorded."""
    if known is not None and (known.due_at, known.title) == (wanted.due_at, wanted.title):
        return
    fields = {name: getattr(wanted, name) for name in ("rule", "subject", "title", "due_at", "source")}
    set_deadline(applicant=wanted.applicant, **fields, by=by)


def _latest(held: Iterable[Document]) -> dict[str, tuple[Document, date]]:
    dated = [(paper, paper.expires_on) for paper in held if paper.expires_on]
    best = {_kind(paper): (paper, day) for paper, day in sorted(dated, key=lambda one: one[1])}
    return {str(paper.pk): (paper, day) for paper, day in best.values()}


def _kind(paper: Document) -> tuple[str, str]:
    return paper.type_id, str(paper.country)


def _end(deadline: Deadline, kinds: set[tuple[str, str]], by: User) -> None:
    paper = counting().filter(pk=UUID(deadline.subject)).first()
    renewed = paper is not None and paper.status in (Status.HELD, Status.EXPIRED) and _kind(paper) in kinds
    end = meet_deadline if renewed else withdraw_deadline
    end(deadline=deadline, by=by)


def _open(applicant: Applicant, rules: Iterable[str]) -> list[Deadline]:
    found = Deadline.objects.filter(applicant=applicant, rule__in=list(rules), met_at__isnull=True)
    return list(found.select_related("applicant"))
