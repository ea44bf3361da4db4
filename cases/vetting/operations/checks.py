"""Answering the checks. What was found goes into the account safe, locked or not."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from cases.applicants.models import Applicant
from cases.applicants.operations.work import touch
from cases.audit.operations import record
from cases.staff.models import User
from cases.vetting.account import seal_account
from cases.vetting.models import Check, CheckChange, CheckKind
from cases.vetting.operations.vetting import lock_vetting
from cases.vetting.refusals import CheckChangedMeanwhile

CLEAR = ("result", "confidence", "on", "valid_until", "by_lawyer", "referred_to_lawyer_on")
SEALED = ("finding", "lawyer")


@transaction.atomic
def answer_check(
    *,
    applicant: Applicant,
    kind: CheckKind,
    facts: Mapping[str, Any],
    sealed: Mapping[str, str] | None,
    version: int,
    by: User,
) -> Check:
    """Save the answer where it differs, unless somebody saved since `version` (0: not answered yet).

    `sealed` takes the place of the sealed half as a whole; None leaves it as it is.
    """
    lock_vetting(applicant)
    known = Check.objects.filter(applicant=applicant, kind=kind).first()
    check = known or Check(applicant=applicant, kind=kind, version=0)
    before = {name: getattr(known, name, None) for name in CLEAR}
    changed = [name for name in CLEAR if name in facts and facts[name] != before[name]]
    if known and not changed and sealed is None:
        return known
    if check.version != version:
        raise CheckChangedMeanwhile(before | {"version": check.version})
    for name in changed:
        setattr(check, name, facts[name])
    check.by, check.updated_at, check.version = by, timezone.now(), check.version + 1
    if known:
        check.save(update_fields=[*changed, "by", "updated_at", "version"])
    else:
        check.save(force_insert=True)
    if sealed is not None:
        content = {name: sealed.get(name, "").strip() for name in SEALED}
        seal_account(applicant=applicant, kind=check.sealed_kind, content=content, by=by)
    _remember(check, changed, before, sealed, by)
    touch(applicant)
    detail = f"{applicant.pseudonym}: {', '.join([kind.code, *changed, *_sealed_said(sealed)])}"
    record("vetting.check_answered", by=by, about=str(applicant.pk), detail=detail)
    return check


def referred_on(check: Check | None, concern: bool) -> date | None:
    """The day on which a concern was first referred to a lawyer, which a later correction keeps."""
    known = check.referred_to_lawyer_on if check else None
    return (known or timezone.localdate()) if concern else None


def _remember(
    check: Check,
    changed: Iterable[str],
    before: Mapping[str, Any],
    sealed: Mapping[str, str] | None,
    by: User,
) -> None:
    rows = {name: (_plain(before[name]), _plain(getattr(check, name))) for name in changed}
    rows = {name: values for name, values in rows.items() if values != ("", "")}
    rows |= {name: ("", "") for name in SEALED if (sealed or {}).get(name)}
    CheckChange.objects.bulk_create(
        CheckChange(answer=check, field=field, before=was, after=now, by=by)
        for field, (was, now) in rows.items()
    )


def _sealed_said(sealed: Mapping[str, str] | None) -> list[str]:
    return ["sealed"] if sealed is not None else []


def _plain(value: Any) -> str:
    """A clear value as the history keeps it; no and nothing are the same."""
    return "" if value in (None, False) else str(value)
