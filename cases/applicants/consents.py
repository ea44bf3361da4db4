"""What people have agreed to as it stands now: of every purpose, and of each newspaper, the newest answer counts."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.applicants.models import Applicant, Consent, ConsentText, Purpose
from cases.applicants.queries import find_of_case
from cases.applicants.stages import Stage
from cases.staff.models import User

# What does not go on without it; said where somebody looks for the consent, and by the guards in their own words.
BLOCKS: dict[Purpose, Promise] = {
    Purpose.KEEPING: _("Without it the vetting does not begin."),
    Purpose.GOVERNMENT: _("Without it nothing is submitted."),
    Purpose.PARTNER: _("Without it nothing goes to a partner organisation on the ground of consent."),
    Purpose.MEDIA: _("Without it nothing about the person may be published."),
}
# Which stage waits for which consent.
NEEDED_FOR: dict[str, Purpose] = {Stage.VETTING: Purpose.KEEPING, Stage.SUBMITTED: Purpose.GOVERNMENT}
# What stops when it is withdrawn.
AFTER: dict[Purpose, Promise] = {
    Purpose.KEEPING: _(
        "Nothing sealed of this person leaves any more, also what was approved already. Ask whether the case is to be erased."
    ),
    Purpose.GOVERNMENT: _("Nothing goes to a government any more, also what was approved already."),
    Purpose.PARTNER: _("Nothing goes to a partner organisation any more, also what was approved already."),
    Purpose.MEDIA: _("Tell the newspaper or programme today: what is out cannot be taken back."),
}


@dataclass(frozen=True)
class Standing:
    """How it stands with one purpose; `consent` is the answer that counts, None where nobody has asked yet."""

    purpose: Purpose
    consent: Consent | None

    @property
    def state(self) -> str:
        if self.consent is None:
            return "missing"
        if self.consent.agrees:
            return "agrees"
        return "withdrawn" if self.consent.given_on else "refused"

    @property
    def blocks(self) -> str:
        return "" if self.state == "agrees" else str(BLOCKS[self.purpose])


def standings_of(applicant: Applicant) -> list[Standing]:
    """Every purpose once; the media once for each newspaper that was asked about."""
    counting = list(_counting([applicant.pk]).select_related("text", "recorded_by", "withdrawn_by"))
    found = []
    for purpose in Purpose:
        answers = [one for one in counting if one.purpose == purpose]
        found += [Standing(purpose, one) for one in answers] or [Standing(purpose, None)]
    return found


def earlier_of(applicant: Applicant) -> QuerySet[Consent]:
    """Answers in whose place a newer one came."""
    counting = _counting([applicant.pk]).values("pk")
    return (
        Consent.objects.filter(applicant=applicant)
        .exclude(pk__in=counting)
        .select_related("text", "recorded_by", "withdrawn_by")
    )


@dataclass(frozen=True)
class Answers:
    """Who agrees to a purpose, and who has said no to it, by case; nobody has asked the rest."""

    yes: set[UUID]
    no: set[UUID]


def answers_to(purpose: str, applicant_ids: Iterable[UUID]) -> Answers:
    counting = list(_counting(applicant_ids).filter(purpose=purpose))
    yes = {one.applicant_id for one in counting if one.agrees}
    return Answers(yes, {one.applicant_id for one in counting} - yes)


def waits_for(applicant: Applicant, target: str) -> Purpose | None:
    """The consent without which this case does not enter a stage; None where nothing of the kind is in the way.

    Who says no to the keeping of the case goes nowhere. Who was vetted before, and comes back, was asked then.
    """
    wanted = NEEDED_FOR.get(target)
    if wanted is None:
        return None
    asked = _counting([applicant.pk]).filter(purpose__in=[Purpose.KEEPING, wanted])
    counting = {one.purpose: one.agrees for one in asked}
    if counting.get(Purpose.KEEPING) is False:
        return Purpose.KEEPING
    if wanted is Purpose.KEEPING and applicant.stage != Stage.INTAKE:
        return None
    return None if counting.get(wanted) else wanted


def agreed_by(applicant_ids: Iterable[UUID]) -> dict[UUID, list[str]]:
    """What each of these people agrees to, in words; an empty list for who has not answered anything."""
    agreed: dict[UUID, list[str]] = {pk: [] for pk in applicant_ids}
    for one in _counting(agreed):
        words = one.outlet or str(one.get_purpose_display())
        if one.agrees:
            agreed[one.applicant_id].append(words)
    return agreed


def texts_for(purpose: str) -> dict[str, ConsentText]:
    """The newest text of a purpose in each language there is one in."""
    texts = ConsentText.objects.filter(purpose=purpose).order_by("language", "-version").distinct("language")
    return {text.language: text for text in texts}


def text_to_show(applicant: Applicant, texts: dict[str, ConsentText], asked: str = "") -> ConsentText | None:
    """In the language that was asked for, else in one that the person speaks, else in English."""
    wanted = [asked, *applicant.languages, "en", *texts]
    return next((texts[language] for language in wanted if language in texts), None)


def outlets_of(applicant: Applicant) -> list[str]:
    """The newspapers and programmes that this person was asked about."""
    named = Consent.objects.filter(applicant=applicant).exclude(outlet="").order_by("outlet")
    return list(named.values_list("outlet", flat=True).distinct())


def find_consent(user: User, consent_id: UUID) -> Consent:
    """An answer of somebody on whose case `user` works."""
    return find_of_case(Consent.objects.all(), user, consent_id, "work")


def _counting(applicant_ids: Iterable[UUID]) -> QuerySet[Consent]:
    """Answers in whose place no newer one came."""
    newer = Q(recorded_at__gt=OuterRef("recorded_at")) | Q(
        recorded_at=OuterRef("recorded_at"), pk__gt=OuterRef("pk")
    )
    about = {name: OuterRef(name) for name in ("applicant", "purpose", "outlet")}
    counting = Consent.objects.filter(~Exists(Consent.objects.filter(newer, **about)))
    return counting.filter(applicant__in=list(applicant_ids)).order_by("purpose", "outlet")
