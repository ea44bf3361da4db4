"""Writing a letter: what it needs is opened, filled in, and given to whoever asked. Nothing of it stays here."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import override

from cases.applicants.consents import answers_to
from cases.applicants.models import Applicant, Purpose
from cases.audit.operations import record
from cases.disclosures.fields import FIELDS
from cases.letters import paper, placeholders
from cases.letters.models import Letter, LetterTemplate
from cases.letters.placeholders import Placeholder
from cases.letters.refusals import NoLeave, NotKnown
from cases.staff.models import User
from cases.staff.queries import organisation
from cases.vault import operations as vault
from cases.vault.models import Safe
from cases.vault.newest import newest_of_each
from cases.vault.refusals import NotUnlocked
from cases.vault.unlock import Unlocked


# No repr: it holds names.
@dataclass(frozen=True, repr=False)
class Written:
    name: str
    content: bytes
    letter: Letter


def write_letter(
    *,
    applicant: Applicant,
    template: LetterTemplate,
    for_whom: str,
    typed: Mapping[str, str],
    unlocked: Unlocked | None,
    by: User,
) -> Written:
    """Return the letter as a PDF. Never inside a transaction: the vault records each opening first.

    `typed` holds values by placeholder, and goes before what is sealed. Raises `NotKnown`, `NoLeave`, and the refusals of
    the vault.
    """
    if unlocked is None or unlocked.user_id != by.pk:
        raise NotUnlocked
    if applicant.pk in answers_to(Purpose.KEEPING, [applicant.pk]).no:
        raise NoLeave
    codes = placeholders.in_text(template.heading, template.body)
    wanted = [one for one in placeholders.known(codes) if one.field and not typed.get(one.code)]
    with override(template.language):
        read = _read(applicant, wanted, template, unlocked, by)
        values = _own(by) | read | {code: said for code, said in typed.items() if said}
    if missing := [one.code for one in placeholders.known(codes) if not values.get(one.code)]:
        raise NotKnown(missing)
    heading, text = (placeholders.filled(part, values) for part in (template.heading, template.body))
    content = paper.as_pdf(heading=heading, text=text, language=template.language)
    letter = _record(applicant, template, for_whom, codes, by)
    # By chance: the name of a file is seen by many who never open it.
    return Written(f"{secrets.token_hex(4)}.pdf", content, letter)


@transaction.atomic
def _record(
    applicant: Applicant, template: LetterTemplate, for_whom: str, codes: list[str], by: User
) -> Letter:
    fields = [one.code for one in placeholders.known(codes) if one.field]
    letter = Letter.objects.create(
        applicant=applicant, template=template, for_whom=for_whom, fields=fields, written_by=by
    )
    detail = f"{applicant.pseudonym}: {template.key} with {', '.join(fields) or 'nothing sealed'}"
    record("letters.written", by=by, about=str(applicant.pk), detail=detail)
    return letter


def _own(by: User) -> dict[str, str]:
    return {
        "today": date_format(timezone.localdate()),
        "organisation": str(organisation() or ""),
        "colleague": str(by),
    }


def _read(
    applicant: Applicant, wanted: list[Placeholder], template: LetterTemplate, unlocked: Unlocked, by: User
) -> dict[str, str]:
    """Open only what the letter needs; "" for what is not known."""
    fields = [FIELDS[one.field] for one in wanted]
    kinds = {kind for field in fields if field.safe == Safe.Kind.IDENTITY for kind in field.kinds(applicant)}
    items = newest_of_each([applicant.identity_safe_id]).filter(kind__in=kinds) if kinds else []
    reason = f"letter {template.key}"
    opened = {
        item.kind: vault.open_item(item=item, reason=reason, unlocked=unlocked, by=by) for item in items
    }
    said = {one.code: FIELDS[one.field].read(applicant, opened) for one in wanted}
    return {code: ("; " if code == "papers" else ", ").join(lines) for code, lines in said.items()}
