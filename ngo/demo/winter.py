"""The ten who went the whole way: handed in twice, eight approved, one refused, one asked about; flights, a border, claims.

Everything is done by the operations that people use, and then written back to its day, since nobody can act in the past.
`people.csv` says where each of them stands in the end; here they begin with the dossier.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import F
from django.utils import timezone

from cases.applicants.models import Applicant, Consent, ConsentText, Deadline, Purpose, StageChange
from cases.applicants.operations import record_consent
from cases.relocation.models import Government, Group, Submission
from cases.relocation.operations.groups import add_people, make_group, photos_here
from cases.relocation.operations.inquiries import add_inquiry, answer_inquiry
from cases.relocation.operations.submissions import freeze, hand_in, note_answer, note_receipt
from cases.staff.models import User, random_id
from ngo.demo.asylum import claim_asylum
from ngo.demo.journeys import travel

# By their place in people.csv.
WAITS, ASKED, APPROVED, FLIES, STOPPED, HUSBAND, WIFE, FILED, HEARD, REFUSED = (
    26,
    27,
    28,
    29,
    30,
    31,
    32,
    33,
    34,
    40,
)
FIRST = (FLIES, STOPPED, HUSBAND, WIFE, FILED, HEARD)
# These agreed that a government is told only when the first had arrived.
LATER = (WAITS, ASKED, APPROVED, REFUSED)
WINTER = (*FIRST, *LATER)
# On fixed days, as the claim that goes by the law of before June 2026.
KNOWN_SINCE, HANDED_IN, HEARD_APPROVED = date(2025, 10, 6), date(2025, 12, 1), date(2026, 1, 20)
AGAIN = 26


def go(cases: Sequence[Applicant], france: Government, people: Mapping[str, User]) -> None:
    begun, ana = timezone.now(), people["ana"]
    group = make_group(id=random_id(), name="Ten from Almaty, winter", government=france, by=ana)
    for member in add_people(group=group, people=[cases[place] for place in sorted(WINTER)], by=ana):
        photos_here(member=member, here=True, by=ana)
    _first(group, cases, begun, ana)
    for place, on in ((HEARD, date(2026, 3, 2)), (FILED, _ago(52))):
        travel(cases, people, [(place, on, "arrived")])
        claim_asylum(cases, people, [place])
        _back(cases, [place], begun, on)
    _again(group, cases, begun, people)
    for place, ago, state in ((HUSBAND, 4, "arrived"), (WIFE, 4, "arrived"), (STOPPED, 1, "stopped")):
        travel(cases, people, [(place, _ago(ago), state)])
        _back(cases, [place], begun, _ago(ago))
    claim_asylum(cases, people, [HUSBAND, WIFE])
    travel(cases, people, [(FLIES, _ago(-3), "planned")])
    _back(cases, [FLIES], begun, _ago(2))
    _deadlines(cases)


def _first(group: Group, cases: Sequence[Applicant], begun: datetime, ana: User) -> None:
    """Six of them; one is approved in winter, the others over the year."""
    _agree([cases[place] for place in FIRST], KNOWN_SINCE, ana)
    sent = _hand_in(group, HANDED_IN, "DEMO-2025-1188", ana)
    _back(cases, FIRST, begun, HANDED_IN)
    answers: dict[int, date] = {HEARD: HEARD_APPROVED, FILED: _ago(110), HUSBAND: _ago(40), WIFE: _ago(40)}
    for place, on in (answers | {STOPPED: _ago(30), FLIES: _ago(30)}).items():
        _answer(sent, cases[place], "approved", on, ana)
        _back(cases, [place], begun, on)


def _again(group: Group, cases: Sequence[Applicant], begun: datetime, people: Mapping[str, User]) -> None:
    """All ten in a second version: who was approved stays so, and of the four who are new each gets an answer of their own."""
    ana = people["ana"]
    _agree([cases[place] for place in LATER], _ago(34), ana)
    sent = _hand_in(group, _ago(AGAIN), "DEMO-2026-0417", ana)
    _back(cases, LATER, begun, _ago(AGAIN))
    Submission.objects.filter(pk=sent.pk).update(asked_on=_ago(12))
    for place, answer, reason, ago in ((APPROVED, "approved", "", 8), (REFUSED, "refused", "security", 5)):
        _answer(sent, cases[place], answer, _ago(ago), ana, reason)
        _back(cases, [place], begun, _ago(ago))
    told = {"asked_on": _ago(20), "due_on": _ago(13), "question": "Where do the four live until they fly?"}
    asked = add_inquiry(id=random_id(), submission=sent, facts=told | {"applicant": cases[WAITS]}, by=ana)
    answer_inquiry(
        inquiry=asked,
        answer="With friends and in a flat of ours; each has a host in France.",
        guarded=None,
        by=ana,
    )
    _back(cases, [WAITS], begun, _ago(14))
    told = {"asked_on": _ago(6), "due_on": _ago(-3), "question": "Which paper proves that he was called up?"}
    add_inquiry(id=random_id(), submission=sent, facts=told | {"applicant": cases[ASKED]}, by=ana)
    _back(cases, [ASKED], begun, _ago(6))


def _hand_in(group: Group, on: date, receipt: str, ana: User) -> Submission:
    sent = freeze(id=random_id(), group=group, by=ana)
    hand_in(submission=sent, on=on, by=ana)
    note_receipt(submission=sent, receipt=receipt, receipt_on=on + timedelta(days=1), by=ana)
    Submission.objects.filter(pk=sent.pk).update(frozen_at=_noon(on))
    return Submission.objects.get(pk=sent.pk)


def _answer(sent: Submission, case: Applicant, answer: str, on: date, ana: User, reason: str = "") -> None:
    note_answer(person=sent.people.get(applicant=case), answer=answer, reason=reason, on=on, by=ana)


def _agree(cases: Sequence[Applicant], on: date, by: User) -> None:
    text = ConsentText.objects.filter(purpose=Purpose.GOVERNMENT, language="ru").latest("version")
    said: dict[str, Any] = {"text": text, "agrees": True, "on": on, "channel": "signal"}
    for case in cases:
        record_consent(id=random_id(), applicant=case, **said, by=by)
    Consent.objects.filter(applicant__in=cases, given_on=on).update(recorded_at=_noon(on))


def _back(cases: Sequence[Applicant], places: Sequence[int], begun: datetime, on: date) -> None:
    """What these cases went through since the last time happened on that day."""
    ids, at = [cases[place].pk for place in places], _noon(on)
    moved = StageChange.objects.filter(applicant__in=ids, at__gte=begun)
    Applicant.objects.filter(pk__in=moved.values("applicant")).update(stage_since=at)
    moved.update(at=at)
    Deadline.objects.filter(applicant__in=ids, met_at__gte=begun).update(met_at=at)


def _deadlines(cases: Sequence[Applicant]) -> None:
    """What counts from a stage counts from the day on which it was entered; asking for news has been done since."""
    now = timezone.now()
    for place in WINTER:
        case = Applicant.objects.get(pk=cases[place].pk)
        Applicant.objects.filter(pk=case.pk).update(created_at=_noon(KNOWN_SINCE))
        ours = Deadline.objects.filter(applicant=case, rule__startswith="applicants.", met_at=None)
        ours.update(due_at=F("due_at") - (now - case.stage_since))


def _ago(days: int) -> date:
    return timezone.localdate() - timedelta(days=days)


def _noon(on: date) -> datetime:
    return timezone.make_aware(datetime.combine(on, time(12)))
