"""One line of everything about a case: what is to come first, then what was, the newest first."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from uuid import UUID

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.applicants.models import Applicant, Deadline, Note, StageChange, Task
from cases.applicants.stages import REASONS
from cases.audit.models import Entry
from cases.staff.models import User

NEWEST = 100
# What the audit log knows about a case and a colleague should see in its course; the rest is told by rows of its own.
SYSTEM: dict[str, Promise] = {
    "applicants.edited": _("Case file changed"),
    "applicants.identity_sealed": _("Name and birth date sealed"),
    "applicants.contact_sealed": _("Contact card sealed"),
    "applicants.account_written": _("Something was told into the account"),
    "applicants.written_to": _("Written to"),
    "applicants.heard_from": _("Heard from"),
    "applicants.consent_recorded": _("Answer about consent noted"),
    "applicants.consent_withdrawn": _("Consent withdrawn"),
    "applicants.shared": _("Shared"),
    "applicants.unshared": _("Taken back from a colleague or a team"),
    "applicants.assigned": _("Owner and team chosen"),
    "applicants.household_joined": _("Joined a household"),
    "applicants.household_left": _("Left the household"),
    "applicants.household_changed": _("Belongs to the household as something else"),
    "applicants.household_travel": _("Travels with the household, or alone"),
    "applicants.merged": _("Merged with another case of the same person"),
    "applicants.taken_apart": _("Taken apart again: not the same person"),
}


@dataclass(frozen=True)
class Event:
    kind: str
    at: date | datetime | None
    title: str
    who: str = ""
    text: str = ""
    pk: UUID | None = None
    can_be_done: bool = False
    # The pseudonym under which it happened, where that is another one.
    case: str = ""

    @property
    def css(self) -> str:
        if self.kind in ("deadline", "task"):
            return "late" if self.at is not None and _day(self.at) < timezone.localdate() else "coming"
        return "system" if self.kind in ("system", "met") else "done"


@dataclass(frozen=True)
class Timeline:
    coming: list[Event]
    past: list[Event]
    has_older: bool


def timeline(applicant: Applicant, newest: int = NEWEST, merged: Iterable[Applicant] = ()) -> Timeline:
    """`merged`: cases of the same person, whose past is told with it."""
    tasks = list(Task.objects.filter(applicant=applicant).select_related("owner", "done_by"))
    deadlines = list(Deadline.objects.filter(applicant=applicant))
    past = sorted(
        [*_told(applicant, newest), *_finished(tasks, deadlines), *_elsewhere(merged, newest)],
        key=lambda event: _moment(event),
        reverse=True,
    )
    coming = sorted(_open(tasks, deadlines), key=lambda event: (event.at is None, _day(event.at or date.max)))
    return Timeline(coming, past[:newest], len(past) > newest)


def _elsewhere(merged: Iterable[Applicant], newest: int) -> list[Event]:
    return [
        replace(event, case=one.pseudonym, pk=None) for one in merged for event in timeline(one, newest).past
    ]


def coming_up(applicant: Applicant, number: int = 5) -> list[Event]:
    """The next tasks and deadlines, for the first page of the case."""
    tasks = Task.objects.filter(applicant=applicant, done_at__isnull=True).select_related("owner")
    deadlines = Deadline.objects.filter(applicant=applicant, met_at__isnull=True)
    events = _open(list(tasks), list(deadlines))
    return sorted(events, key=lambda event: (event.at is None, _day(event.at or date.max)))[:number]


def _open(tasks: Iterable[Task], deadlines: Iterable[Deadline]) -> list[Event]:
    return [
        *(
            Event("deadline", one.due_at, one.said, text=one.why, pk=one.pk, can_be_done=one.is_ours)
            for one in deadlines
            if one.met_at is None
        ),
        *(
            Event("task", one.due_on, one.title, str(one.owner), pk=one.pk, can_be_done=True)
            for one in tasks
            if one.done_at is None
        ),
    ]


def _finished(tasks: Iterable[Task], deadlines: Iterable[Deadline]) -> list[Event]:
    return [
        *(Event("met", one.met_at, one.said) for one in deadlines if one.met_at),
        *(
            Event("finished", one.done_at, one.title, str(one.done_by), pk=one.pk)
            for one in tasks
            if one.done_at
        ),
    ]


def _told(applicant: Applicant, newest: int) -> list[Event]:
    notes = Note.objects.filter(applicant=applicant).select_related("by")[: newest + 1]
    changes = StageChange.objects.filter(applicant=applicant).select_related("by")[: newest + 1]
    return [
        Event("system", applicant.created_at, str(_("Registered")), str(applicant.intake_by or "")),
        *(Event("note", note.at, "", str(note.by), note.text, note.pk) for note in notes),
        *(
            Event(
                "stage",
                one.at,
                f"{one.get_source_display()} → {one.get_target_display()}",
                str(one.by),
                str(REASONS.get(one.reason, one.reason)),
            )
            for one in changes
        ),
        *_recorded(applicant, newest),
    ]


def _recorded(applicant: Applicant, newest: int) -> list[Event]:
    rows = list(Entry.objects.filter(about=str(applicant.pk), action__in=SYSTEM)[: newest + 1])
    names = {
        user.username: str(user) for user in User.objects.filter(username__in={row.actor for row in rows})
    }
    return [Event("system", row.at, str(SYSTEM[row.action]), names.get(row.actor, row.actor)) for row in rows]


def _day(at: date | datetime) -> date:
    return timezone.localdate(at) if isinstance(at, datetime) else at


def _moment(event: Event) -> datetime:
    return event.at if isinstance(event.at, datetime) else datetime.min.replace(tzinfo=UTC)
