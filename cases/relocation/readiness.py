"""Whether each person of a group is ready for its government: one row a person, as many questions to the database for two hundred as for one."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.alarms.models import Alarm, RiskEvent
from cases.applicants.consents import Answers, answers_to
from cases.applicants.models import Applicant, Membership, Purpose
from cases.documents import words
from cases.documents.models import Stay
from cases.documents.queries.travel import rulebook, travellers
from cases.documents.travel.answers import Answer
from cases.documents.travel.facts import Traveller
from cases.documents.travel.options import option_for
from cases.documents.travel.rulebook import Rulebook
from cases.relocation.models import Group, Member
from cases.relocation.queries.households import travelling
from cases.vault.queries import thin_safes
from cases.vetting.models import Outcome
from cases.vetting.queries.cases import standings
from cases.vetting.queries.decisions import Standing

COLUMNS: dict[str, Promise] = {
    "vetting": gettext_lazy("Vetting"),
    "holders": gettext_lazy("Two who can open the name"),
    "consent": gettext_lazy("Consent to tell a government"),
    "papers": gettext_lazy("Papers, or the way round them"),
    "photos": gettext_lazy("Photographs"),
    "safety": gettext_lazy("Safety on the way"),
}
# How a cell is drawn: the sign beside the word, and the tone of both.
SIGNS = {
    "ready": "check-lg",
    "soon": "exclamation-circle",
    "missing": "x-lg",
    "danger": "exclamation-octagon",
}
TONES = {"ready": "safe", "soon": "soon", "missing": "danger", "danger": "danger"}


@dataclass(frozen=True)
class Cell:
    """`state` is a key of `SIGNS`; `url` leads to where it is put right, "" where nothing is missing."""

    column: str
    state: str
    word: str
    url: str = ""

    @property
    def label(self) -> str:
        return str(COLUMNS[self.column])

    @property
    def sign(self) -> str:
        return SIGNS[self.state]

    @property
    def tone(self) -> str:
        return TONES[self.state]


@dataclass(frozen=True)
class Row:
    member: Member
    kinship: str
    cells: Sequence[Cell]

    @property
    def is_ready(self) -> bool:
        return all(cell.state == "ready" for cell in self.cells)


@dataclass(frozen=True)
class _Known:
    """Everything that was read about all of them."""

    standings: Mapping[UUID, Standing]
    thin: set[UUID]
    government: Answers
    keeping: Answers
    travellers: Mapping[UUID, Traveller]
    book: Rulebook
    destination: str
    names: words.Names
    alarms: Mapping[UUID, str]
    risks: Mapping[UUID, RiskEvent]
    barred: set[UUID]


def matrix(group: Group, members: Sequence[Member]) -> list[Row]:
    """One row a person, those of a household beside each other, its principal first."""
    people = [one.applicant for one in members]
    known = _read(group, people)
    kin = {one.applicant_id: one for one in travelling().filter(applicant__in=people)}
    rows = [Row(one, _kinship(kin.get(one.applicant_id)), _cells(one, known)) for one in members]
    order = [one.applicant_id for one in members]
    return sorted(rows, key=lambda row: _place(row, kin, order))


def _read(group: Group, people: Sequence[Applicant]) -> _Known:
    ids, today = [one.pk for one in people], timezone.localdate()
    safes = [one.identity_safe_id for one in people]
    book = rulebook(today)
    alarms = Alarm.objects.filter(applicant__in=ids, ended_at=None).order_by("raised_at")
    risks = RiskEvent.objects.filter(applicant__in=ids, ended_at=None).order_by("severity")
    barred = Stay.objects.filter(applicant__in=ids, barred=True).values_list("applicant", flat=True)
    return _Known(
        standings=standings(ids),
        thin=set(thin_safes().filter(pk__in=safes).values_list("pk", flat=True)),
        government=answers_to(Purpose.GOVERNMENT, ids),
        keeping=answers_to(Purpose.KEEPING, ids),
        travellers=travellers(people),
        book=book,
        destination=group.government.country.code,
        names=words.Names(book.types),
        alarms={one.applicant_id: str(one.get_kind_display()) for one in alarms},
        risks={one.applicant_id: one for one in risks},
        barred=set(barred),
    )


def _cells(member: Member, known: _Known) -> list[Cell]:
    return [_CELLS[column](member, known) for column in COLUMNS]


def _vetting(member: Member, known: _Known) -> Cell:
    now, url = known.standings[member.applicant_id], _url("vetting:decision", member)
    if now.decision is None:
        return Cell("vetting", "missing", _("not decided"), url)
    if not now.is_settled(Outcome.SUPPORT):
        word = _("counts no more") if now.decision.outcome == Outcome.SUPPORT else str(now.decision)
        return Cell("vetting", "missing", word, url)
    if not now.is_fresh:
        return Cell("vetting", "soon", _("votes too old for a submission"), url)
    return Cell("vetting", "ready", _until(now.decision.valid_until))


def _holders(member: Member, known: _Known) -> Cell:
    applicant = member.applicant
    if not applicant.name_known:
        return Cell("holders", "missing", _("no name sealed"), _url("applicants:identity", member))
    if applicant.identity_safe_id in known.thin:
        return Cell("holders", "missing", _("fewer than two"), _url("applicants:share", member))
    return Cell("holders", "ready", _("two or more"))


def _consent(member: Member, known: _Known) -> Cell:
    pk, url = member.applicant_id, _url("applicants:consent", member, Purpose.GOVERNMENT.value)
    if pk in known.government.no or pk in known.keeping.no:
        return Cell("consent", "danger", _("does not agree"), url)
    if pk not in known.government.yes:
        return Cell("consent", "missing", _("not asked"), url)
    return Cell("consent", "ready", _("agrees"))


def _papers(member: Member, known: _Known) -> Cell:
    option = option_for(known.travellers[member.applicant_id], known.destination, known.book)
    url = _url("applicants:part", member, "travel")
    if option is None or option.answer is Answer.UNKNOWN:
        return Cell("papers", "soon", _("unknown"), url)
    paper = known.names.paper(option.paper) if option.paper else ""
    if option.answer is Answer.YES:
        return Cell("papers", "ready", paper or _("can travel"))
    if option.answer is Answer.VISA:
        return Cell("papers", "ready", _("%(paper)s, with a visa") % {"paper": paper})
    if option.answer is Answer.REMEDY and option.missing:
        remedy = known.names.type(option.missing[0])
        return Cell("papers", "soon", _("way round: %(paper)s") % {"paper": remedy}, url)
    return Cell("papers", "missing", _("nothing to travel on"), url)


def _photos(member: Member, known: _Known) -> Cell:
    if member.photos_on is None:
        return Cell("photos", "missing", _("not here"))
    return Cell("photos", "ready", _("here since %(day)s") % {"day": date_format(member.photos_on)})


def _safety(member: Member, known: _Known) -> Cell:
    pk, url = member.applicant_id, _url("applicants:part", member, "risks")
    if pk in known.alarms:
        return Cell("safety", "danger", _("alarm: %(what)s") % {"what": known.alarms[pk]}, url)
    risk = known.risks.get(pk)
    if risk is not None and risk.severity == RiskEvent.Severity.ACUTE:
        return Cell("safety", "danger", _("acute: %(what)s") % {"what": risk.get_kind_display()}, url)
    if pk in known.barred:
        return Cell("safety", "missing", _("barred from leaving"), _url("applicants:part", member, "papers"))
    if risk is not None:
        return Cell("safety", "soon", str(risk.get_kind_display()), url)
    return Cell("safety", "ready", _("nothing is noted"))


_CELLS: dict[str, Callable[[Member, _Known], Cell]] = {
    "vetting": _vetting,
    "holders": _holders,
    "consent": _consent,
    "papers": _papers,
    "photos": _photos,
    "safety": _safety,
}


def _url(name: str, member: Member, *more: str) -> str:
    return reverse(name, args=[member.applicant_id, *more])


def _until(day: date) -> str:
    return _("valid until %(day)s") % {"day": date_format(day)}


def _kinship(belongs: Membership | None) -> str:
    return str(belongs.get_kinship_display()) if belongs else ""


def _place(row: Row, kin: Mapping[UUID, Membership], order: Sequence[UUID]) -> tuple[Any, ...]:
    """Where a household stands is where the first of it was added; inside it the principal comes first."""
    mine = kin.get(row.member.applicant_id)
    if mine is None:
        return (order.index(row.member.applicant_id), 0, 0)
    first = next(
        place for place, pk in enumerate(order) if pk in kin and kin[pk].household_id == mine.household_id
    )
    return (first, mine.kinship != Membership.Kinship.PRINCIPAL, order.index(row.member.applicant_id))
