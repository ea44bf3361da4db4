"""What is known in clear of the screening of a person, and what is fetched from the index to screen somebody."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db.models import IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.applicants.models import Applicant
from cases.applicants.queries import applicants_for
from cases.applicants.stages import ENDINGS
from cases.staff.models import User
from cases.vault.models import SealedItem
from cases.vault.queries import grants_of, item_of
from cases.vetting.models import ListEntry, Screening
from cases.vetting.queries.watchlists import list_versions, sizes
from cases.vetting.screening.buckets import leaf_of
from cases.vetting.screening.matching import Row

IDENTITY = "identity"


def screening_of(applicant: Applicant) -> Screening | None:
    return Screening.objects.select_related("by").filter(applicant=applicant).first()


def is_current(applicant: Applicant) -> bool:
    """Whether the person was compared with the lists as they are now, by the name as it is sealed now."""
    found = screening_of(applicant)
    lists = list_versions()
    if found is None or not lists:
        return False
    return found.lists == lists and found.identity_version == identity_version(applicant)


def identity_version(applicant: Applicant) -> int:
    item = item_of(applicant.identity_safe, IDENTITY)
    return item.version if item else 0


def screening_said(applicant: Applicant) -> list[str]:
    """What a check on lists can be told, in sentences without a name or a list."""
    found = screening_of(applicant)
    if found is None:
        return [_("Not compared with the lists yet.")]
    day = date_format(found.screened_at, "j M Y")
    said = [_("Compared with the lists on %(day)s by %(who)s.") % {"day": day, "who": found.by}]
    if not is_current(applicant):
        said.append(_("The lists or the name have changed since then: screen again."))
    return [*said, *numbers_said(found)]


def numbers_said(found: Screening) -> list[str]:
    if not found.obstacle + found.risk + found.lead + found.open:
        return [_("No hit that counts.")]
    counted = [
        (found.obstacle, ngettext("%(n)s hit that may be an obstacle.", "%(n)s hits that may be obstacles.", found.obstacle)),
        (found.risk, ngettext("%(n)s hit that may be a risk to the person.", "%(n)s hits that may be risks to the person.", found.risk)),
        (found.lead, ngettext("%(n)s lead only.", "%(n)s leads only.", found.lead)),
        (found.same, ngettext("%(n)s was found to be the same person.", "%(n)s were found to be the same person.", found.same)),
        (found.unclear, ngettext("%(n)s is unclear.", "%(n)s are unclear.", found.unclear)),
        (found.open, ngettext("%(n)s waits for a decision.", "%(n)s wait for a decision.", found.open)),
    ]  # fmt: skip
    return [words % {"n": number} for number, words in counted if number]


@dataclass(frozen=True)
class Question:
    """The numbers to ask the index by; None asks for everything, because the lists are so short."""

    buckets: tuple[int, ...] | None


def question(asked: Sequence[int]) -> Question:
    """Widen each number until enough surnames share it; what is asked says no more than these numbers."""
    known, least = sizes(), settings.SCREENING["least_surnames"]
    if not known:
        return Question(None)
    leaves = {leaf_of(bucket, known, least) for bucket in asked}
    if any(len(leaf) == len(known) for leaf in leaves):
        return Question(None)
    return Question(tuple(sorted({bucket for leaf in leaves for bucket in leaf})))


def rows_for(asked: Question) -> Iterable[Row]:
    """All living entries under these numbers, with everything that is needed to weigh them."""
    rows = ListEntry.objects.filter(ended_at__isnull=True)
    if asked.buckets is not None:
        rows = rows.filter(buckets__overlap=list(asked.buckets))
    return rows.values_list("watchlist_id", "entity", "keys", "born", "content")


def can_screen(user: User) -> QuerySet[Applicant]:
    """The people whose name `user` can open, and on whose open case they work."""
    held = grants_of(user).values("content_object_id")
    mine = applicants_for(user, "work").filter(identity_safe__in=held, name_known=True)
    return mine.exclude(stage__in=ENDINGS)


def to_screen(user: User) -> QuerySet[Applicant]:
    """Those of them that were not compared with the lists of today."""
    newest = SealedItem.objects.filter(safe=OuterRef("identity_safe"), kind=IDENTITY).order_by("-version")
    version = Coalesce(Subquery(newest.values("version")[:1]), Value(0), output_field=IntegerField())
    mine = can_screen(user).annotate(sealed_version=version)
    current = Screening.objects.filter(
        applicant=OuterRef("pk"), lists=list_versions(), identity_version=OuterRef("sealed_version")
    )
    return mine.filter(~Q(pk__in=Subquery(current.values("pk")))).order_by("pk")


def after(people: QuerySet[Applicant], last: UUID | None) -> QuerySet[Applicant]:
    return people.filter(pk__gt=last) if last else people
