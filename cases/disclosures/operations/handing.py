"""Handing over: people and fields become bytes for one recipient, and a disclosure says so before they are sent."""

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import override

from cases.applicants.models import Applicant
from cases.audit.operations import record
from cases.disclosures.fields import in_order
from cases.disclosures.models import DisclosedPerson, Disclosure, RecipientForm
from cases.disclosures.packing import Package, pack
from cases.disclosures.reading import read_people
from cases.disclosures.refusals import ByYourself, NothingOpened
from cases.disclosures.sheets import sheet_of
from cases.staff.models import User
from cases.vault.unlock import Unlocked


@dataclasses.dataclass(frozen=True)
class Terms:
    """To whom it goes, to which purpose of consent that belongs, on which ground, and in which form; `ground_reference` says where that is written down."""

    recipient: str
    organisation: str
    audience: str
    channel: str
    ground: str
    ground_reference: str
    form: str
    recipient_form: RecipientForm | None = None

    @property
    def said(self) -> dict[str, Any]:
        return {one.name: getattr(self, one.name) for one in dataclasses.fields(self)}


@dataclasses.dataclass(frozen=True, repr=False)
class HandedOver:
    package: Package
    disclosure: Disclosure
    left_out: list[Applicant]


def hand_over(
    *,
    people: Sequence[Applicant],
    fields: Sequence[str],
    terms: Terms,
    language: str,
    age_key: str = "",
    approved_by: User,
    unlocked: Unlocked | None,
    by: User,
) -> HandedOver:
    """Return the bytes for the recipient. The caller has seen to it that another approved exactly this.

    Who cannot be read as a whole is left out. Never inside a transaction: each person is recorded before anything opens.
    """
    if approved_by == by:
        raise ByYourself
    chosen = in_order(fields)
    with override(language):
        read = read_people(people=people, fields=chosen, purpose=terms.organisation, unlocked=unlocked, by=by)
    whole = [one for one in read if one.whole]
    if not whole:
        raise NothingOpened
    at = timezone.now()
    handover = Disclosure(**terms.said, fields=chosen, by=by, approved_by=approved_by, at=at)
    sheet = sheet_of(whole, fields=chosen, handover=handover, language=language, by=by, at=at)
    package = pack(sheet, form=terms.form, age_key=age_key, blank=terms.recipient_form)
    told = {one.applicant: one.told for one in whole}
    disclosure = record_disclosure(terms=terms, told=told, approved_by=approved_by, by=by)
    return HandedOver(package, disclosure, [one.applicant for one in read if one not in whole])


@transaction.atomic
def record_disclosure(
    *, terms: Terms, told: Mapping[Applicant, Sequence[str]], approved_by: User, by: User
) -> Disclosure:
    """Write down what is handed over: for each person the fields that are told, never what they say."""
    fields = in_order({code for codes in told.values() for code in codes})
    disclosure = Disclosure.objects.create(**terms.said, fields=fields, by=by, approved_by=approved_by)
    DisclosedPerson.objects.bulk_create(
        DisclosedPerson(disclosure=disclosure, applicant=applicant, fields=list(codes))
        for applicant, codes in told.items()
    )
    for applicant, codes in told.items():
        _record_person(disclosure, applicant, codes, by)
    return disclosure


def _record_person(disclosure: Disclosure, applicant: Applicant, codes: Sequence[str], by: User) -> None:
    # The organisation, not the official's own name: an audit row is never erased.
    detail = (
        f"{applicant.pseudonym}: {', '.join(codes)} to {disclosure.organisation} as {disclosure.form}, "
        f"{disclosure.ground}: {disclosure.ground_reference}, approved by {disclosure.approved_by.username}"
    )
    record("disclosures.handed_over", by=by, about=str(applicant.pk), detail=detail)
