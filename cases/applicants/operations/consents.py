"""Writing down what a person agrees to, or does not, and the texts that are read out for it."""

import csv
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from uuid import UUID

from django.db import transaction

from cases.applicants.models import Applicant, Consent, ConsentText, Purpose
from cases.applicants.operations.work import touch
from cases.applicants.refusals import ConsentOver, IdTaken
from cases.audit.operations import record
from cases.staff.models import User

TEXTS = Path(__file__).parent.parent / "reference" / "consent_texts.csv"


@transaction.atomic
def record_consent(
    *,
    id: UUID,
    applicant: Applicant,
    text: ConsentText,
    agrees: bool,
    on: date,
    channel: str,
    by_guardian: bool = False,
    outlet: str = "",
    shows: Sequence[str] = (),
    by: User,
) -> Consent:
    """Write down the answer to `text`; the same id again is answered with what was written the first time."""
    applicant = Applicant.objects.select_for_update(of=("self",)).get(pk=applicant.pk)
    shown = {f"shows_{part}": agrees and part in shows for part in ("name", "face", "voice")}
    answered = {"given_on": on} if agrees else {"withdrawn_on": on, "withdrawn_by": by}
    facts = {
        "applicant": applicant,
        "purpose": text.purpose,
        "text": text,
        "outlet": _as_before(applicant, outlet),
        "recorded_by": by,
    }
    facts |= {"channel": channel, "by_guardian": by_guardian, **shown, **answered}
    consent, made = Consent.objects.get_or_create(pk=id, defaults=facts)
    if not made:
        if (consent.applicant_id, consent.recorded_by_id) != (applicant.pk, by.pk):
            raise IdTaken
        return consent
    touch(applicant)
    _record("applicants.consent_recorded", consent, "agrees" if agrees else "says no", by)
    return consent


def _as_before(applicant: Applicant, outlet: str) -> str:
    """One newspaper has one spelling in a case: written otherwise, a no would leave the yes of before standing."""
    before = Consent.objects.filter(applicant=applicant, outlet__iexact=outlet).exclude(outlet="").first()
    return before.outlet if before else outlet


@transaction.atomic
def withdraw_consent(*, consent: Consent, on: date, by: User) -> None:
    """From that day the person does not agree any more; what rests on it stops at once."""
    found = Consent.objects.select_for_update(of=("self",)).select_related("text").get(pk=consent.pk)
    found.applicant = consent.applicant
    if not found.agrees:
        raise ConsentOver
    found.withdrawn_on, found.withdrawn_by = on, by
    found.save(update_fields=["withdrawn_on", "withdrawn_by"])
    touch(found.applicant)
    _record("applicants.consent_withdrawn", found, "withdrawn", by)


@transaction.atomic
def add_consent_text(*, text: ConsentText, by: User) -> None:
    """Put a text in the place of the last one in its language, as the next version."""
    before = (
        ConsentText.objects.filter(purpose=text.purpose, language=text.language).order_by("version").last()
    )
    text.version = before.version + 1 if before else 1
    text.save(force_insert=True)
    record("applicants.consent_text_added", by=by, detail=str(text))


def load_consent_texts() -> int:
    """Bring in the versions of the file that are not here yet; what is here is never changed."""
    with TEXTS.open(encoding="utf-8", newline="") as file:
        rows = [ConsentText(**row) for row in csv.DictReader(file)]
    before = ConsentText.objects.count()
    ConsentText.objects.bulk_create(rows, ignore_conflicts=True)
    return ConsentText.objects.count() - before


def _record(action: str, consent: Consent, said: str, by: User) -> None:
    applicant, text = consent.applicant, consent.text
    # The newspaper beside a pseudonym could tell from the outside who it is: it stands in the case alone.
    what = f"{Purpose(consent.purpose).value}, {said}"
    version = f", {text.language} version {text.version}" if text else ""
    record(action, by=by, about=str(applicant.pk), detail=f"{applicant.pseudonym}: {what}{version}")
