"""Which cases are past their day, and by which rule."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import DateField, Exists, OuterRef, Prefetch, Q, QuerySet
from django.db.models.functions import Coalesce, Greatest, TruncDate
from django.utils import timezone

from cases.applicants.models import Applicant, ErasedCase, LegalHold
from cases.applicants.queries import applicants_for
from cases.applicants.stages import ENDINGS, Stage
from cases.documents.queries.reference import in_force
from cases.retention.models import KeptLonger, RecordClass, RetentionRule
from cases.staff.models import User

A_LIST = 200
# A case that was merged goes with the one it was merged into.
CASES = {
    RecordClass.CONTACT: Q(stage=Stage.CONTACT),
    RecordClass.DECLINED: Q(stage=Stage.DECLINED),
    RecordClass.CLOSED: Q(stage__in=ENDINGS - {Stage.DECLINED, Stage.MERGED}),
}


@dataclass(frozen=True)
class Review:
    """A case, the rule for its class, and what was decided about it before. `due` None: nobody knows, or it is under way."""

    applicant: Applicant
    rule: RetentionRule | None
    since: date
    kept: KeptLonger | None
    hold: LegalHold | None
    asked: bool

    @property
    def due(self) -> date | None:
        by_rule = _after(self.since, self.rule.days if self.rule else None)
        return max(by_rule, self.kept.until) if by_rule and self.kept else by_rule

    @property
    def latest(self) -> date | None:
        return _after(self.since, self.rule.most_days if self.rule else None)

    @property
    def is_due(self) -> bool:
        return self.due is not None and self.due <= timezone.localdate()

    @property
    def is_late(self) -> bool:
        return self.is_due and self.latest is not None and self.latest <= timezone.localdate()


def rules() -> dict[str, RetentionRule]:
    """The rule in force today for each class; of two the one that began last."""
    found = RetentionRule.objects.filter(in_force(timezone.localdate()))
    return {one.record_class: one for one in sorted(found, key=lambda one: one.begins or date.min)}


def number_of_reviews(user: User) -> int:
    """How many cases `reviews_for` lists: two questions, however many cases and rules."""
    today, in_force = timezone.localdate(), rules()
    due = Q(pk__in=[])
    counted = applicants_for(user, "work").alias(
        **{f"since_{kind}": since for kind, since in _since().items()}
    )
    for kind, cases in CASES.items():
        rule = in_force.get(kind)
        if rule is not None and rule.days is not None:
            due |= cases & Q(**{f"since_{kind}__lte": today - timedelta(days=rule.days)})
    kept_now = KeptLonger.objects.filter(applicant=OuterRef("pk"), until__gt=today)
    return counted.filter(due).filter(~Exists(kept_now)).count()


def reviews_for(user: User) -> list[Review]:
    """Every case that `user` works on, is past its day and is not kept longer: the oldest first."""
    today, found = timezone.localdate(), []
    kept_now = KeptLonger.objects.filter(applicant=OuterRef("pk"), until__gt=today)
    in_force = rules()
    for kind, cases in CASES.items():
        rule = in_force.get(kind)
        if rule is None or rule.days is None:
            continue
        past = _with_since(applicants_for(user, "work").filter(cases), kind).filter(
            ~Exists(kept_now), since__lte=today - timedelta(days=rule.days)
        )
        found += [_review(one, in_force) for one in past.order_by("since", "pk")[:A_LIST]]
    return sorted(found, key=lambda one: one.due or date.max)


def review_of(applicant: Applicant) -> Review | None:
    """None where the case is under way."""
    kind = class_of(applicant)
    if kind is None:
        return None
    return _review(_with_since(Applicant.objects.filter(pk=applicant.pk), kind).get(), rules())


def class_of(applicant: Applicant) -> RecordClass | None:
    if applicant.stage == Stage.CONTACT:
        return RecordClass.CONTACT
    if applicant.stage == Stage.DECLINED:
        return RecordClass.DECLINED
    return RecordClass.CLOSED if applicant.stage in ENDINGS - {Stage.MERGED} else None


def decisions_on(applicant: Applicant) -> QuerySet[KeptLonger]:
    return applicant.kept_longer.select_related("by", "note")


def open_tasks(applicant: Applicant) -> int:
    return applicant.tasks.filter(done_at=None).count()


def _with_since(cases: QuerySet[Applicant], kind: RecordClass) -> QuerySet[Any]:
    """`since`: the day from which its time is counted."""
    asked = ErasedCase.objects.filter(case=OuterRef("pk"), erasure__answer="")
    held = Prefetch("legal_holds", LegalHold.objects.filter(ended_at=None), to_attr="holds_now")
    return (
        cases.annotate(since=_since()[kind], erasure_asked=Exists(asked))
        .select_related("owner")
        .prefetch_related(held, "kept_longer")
    )


def _since() -> dict[RecordClass, Any]:
    ended, begun = TruncDate("stage_since"), TruncDate("created_at")
    return {
        RecordClass.CONTACT: Greatest("last_contact_on", begun),
        RecordClass.DECLINED: ended,
        RecordClass.CLOSED: Coalesce("last_contact_on", ended, output_field=DateField()),
    }


def _review(applicant: Any, in_force: Mapping[str, RetentionRule]) -> Review:
    kind = class_of(applicant)
    kept = max(applicant.kept_longer.all(), key=lambda one: (one.on, one.until), default=None)
    return Review(
        applicant,
        in_force.get(kind) if kind else None,
        applicant.since,
        kept,
        next(iter(applicant.holds_now), None),
        applicant.erasure_asked,
    )


def _after(since: date, days: int | None) -> date | None:
    return None if days is None else since + timedelta(days=days)
