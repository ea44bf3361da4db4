"""What is kept on a person's way: papers, help, letters, governments, journeys, the asylum claim. Officials and helpers are others."""

from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from cases.applicants.models import Applicant
from cases.asylum.models import Claim
from cases.asylum.queries import claim_of, former_claims, standing_dates, steps_of
from cases.disclosures.fields import labels_of
from cases.documents.models import Document, DocumentType, Stay
from cases.journeys.models import Leg
from cases.needs.models import Need
from cases.own_data.lines import Line, at, day
from cases.own_data.redacting import Redact
from cases.relocation.dossier import FIELDS
from cases.relocation.dossier_words import LABELS, said
from cases.relocation.models import SubmittedPerson
from cases.transfers.reading import FIELDS as GIVEN


def papers(applicant: Applicant) -> list[Line]:
    """Kind, state and days; the number stands with the name."""
    lines = []
    for one in Document.objects.filter(applicant=applicant, struck_at=None).select_related("type"):
        spoken = [str(one.get_status_display())]
        if one.issued_on:
            spoken.append(_("issued on %(day)s") % {"day": day(one.issued_on)})
        if one.expires_on:
            spoken.append(_("valid until %(day)s") % {"day": day(one.expires_on)})
        lines.append(Line(one.type.name, spoken))
    stay = Stay.objects.filter(applicant=applicant).first()
    if stay and stay.entered_on:
        lines.append(Line(_("Entered the country on"), [day(stay.entered_on)]))
    if stay:
        marks = [(stay.overstay, _("Overstayed")), (stay.barred, _("Wanted, or barred from leaving"))]
        lines += [Line(label, [_("yes") if mark else _("no")]) for mark, label in marks if mark is not None]
    return lines


def help_given(applicant: Applicant, redact: Redact) -> list[Line]:
    lines = []
    for need in Need.objects.filter(applicant=applicant).select_related("kind"):
        ended = str(need.get_outcome_display()) if need.ended_at else str(need.get_urgency_display())
        asked = [
            f"{day(one.offered_at)}: {redact(one.provider.name)}, {one.get_state_display()}"
            for one in need.referrals.select_related("provider").order_by("offered_at")
        ]
        lines.append(at(need.since, capfirst(str(need.kind)), ended, *asked))
    return lines


def transfers(applicant: Applicant, redact: Redact) -> list[Line]:
    """Which organisation was asked to take the case over, and what it was given to read; who works there is another."""
    lines = []
    for one in applicant.transfers.select_related("provider").order_by("offered_at"):
        lines.append(at(one.offered_at, redact(one.provider.name), str(one.get_state_display())))
        for pack in one.packs.order_by("at"):
            said = ", ".join(str(GIVEN[field]) for field in pack.fields if field in GIVEN)
            lines.append(at(pack.at, redact(one.provider.name), said))
    return lines


def letters(applicant: Applicant, redact: Redact) -> list[Line]:
    return [
        at(one.written_at, str(one.template), redact(one.for_whom), ", ".join(labels_of(one.fields)))
        for one in applicant.letters.select_related("template").order_by("written_at")
    ]


def governments(applicant: Applicant, redact: Redact) -> list[Line]:
    """What was handed in about the person, the answer, and what they asked about this person alone."""
    types = {one.code: one for one in DocumentType.objects.all()}
    lines = []
    handed_in = SubmittedPerson.objects.filter(applicant=applicant, submission__submitted_on__isnull=False)
    for one in handed_in.select_related("submission__group__government").order_by("submission__submitted_on"):
        government = str(one.submission.group.government)
        answer = (str(one.get_answer_display()), str(one.get_reason_display()))
        lines.append(at(one.submission.submitted_on, redact(government), *answer))
        for field in FIELDS:
            words = said(field, one.content, types)
            lines += [Line(str(LABELS[field]), words)] if words else []
    for inquiry in applicant.inquiries.order_by("asked_on"):
        lines.append(at(inquiry.asked_on, redact(inquiry.question), redact(inquiry.answer)))
    return lines


def journeys(applicant: Applicant, redact: Redact) -> list[Line]:
    """By the clock of the place of departure. Who went along and who met the person are others."""
    lines = []
    legs = Leg.objects.filter(applicant=applicant).select_related("origin", "goal").order_by("departs_at")
    for leg in legs:
        start = timezone.localtime(leg.departs_at, ZoneInfo(leg.origin.zone)).date()
        route = f"{leg.origin} → {leg.goal}, {leg.get_means_display()}"
        lines.append(at(start, route, redact(leg.carrier), str(leg.get_state_display())))
    return lines


def asylum(applicant: Applicant) -> list[Line]:
    """The own claim, or the one of the parent to which a child belongs."""
    claim = claim_of(applicant)
    if claim is None:
        return []
    lines = [*_law(claim), *_steps(claim), *_dates(claim)]
    for former in former_claims(claim):
        lines += [Line(_("A former claim"), []), *_law(former), *_steps(former)]
    return lines


def _law(claim: Claim) -> list[Line]:
    laws = [
        (_("Procedure"), claim.get_procedure_display()),
        (_("Responsible state"), claim.get_responsibility_display()),
        (_("Track"), claim.get_track_display()),
    ]
    return [Line(label, [str(law)]) for label, law in laws if law]


def _steps(claim: Claim) -> list[Line]:
    return [
        at(
            one.on,
            capfirst(str(one.get_kind_display())),
            str(one.get_result_display()),
            str(one.get_ground_display()),
        )
        for one in steps_of(claim)
    ]


def _dates(claim: Claim) -> list[Line]:
    last = _("last day")
    return [at(one.due_on, f"{one.get_kind_display()} ({last})") for one in standing_dates(claim)]
