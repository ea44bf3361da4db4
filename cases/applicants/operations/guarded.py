"""What the name-leak guard leaves behind with a text, and looking again at what nobody could compare when it was saved."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from cases.applicants.known import everybody_held, known_of
from cases.applicants.models import Applicant, Note, StageChange, Task, UncheckedText
from cases.audit.operations import record
from cases.names.leaks import find_leaks
from cases.staff.models import User
from cases.vault.unlock import Unlocked

What = UncheckedText.What


@dataclass(frozen=True)
class Guarded:
    """`checked`: the text was compared with what is sealed. `kept`: why it was saved although something was found."""

    checked: bool = True
    kept: str = ""


def remember(
    guarded: Guarded | None, *, applicant: Applicant, what: str, subject: object = "", by: User
) -> None:
    """Called inside the operation that saved the text; None is a text that the program wrote itself."""
    if guarded is None:
        return
    if not guarded.checked:
        UncheckedText.objects.get_or_create(
            applicant=applicant, what=what, subject=str(subject), checked_at=None, defaults={"by": by}
        )
    if guarded.kept:
        detail = f"{applicant.pseudonym}: {what}: {guarded.kept}"
        record("applicants.text_kept", by=by, about=str(applicant.pk), detail=detail)


def check_texts(*, texts: list[UncheckedText], unlocked: Unlocked, by: User) -> list[UncheckedText]:
    """Compare what waits with what is sealed, and return what tells who somebody is. Never inside a transaction."""
    found = []
    for waiting in texts:
        known = known_of(everybody_held(by, waiting.applicant), unlocked=unlocked, by=by)
        waiting.tells = any(find_leaks(text, known) for text in _texts_of(waiting))
        if waiting.tells:
            found.append(waiting)
    _save_checked(texts, by)
    return found


@transaction.atomic
def _save_checked(texts: list[UncheckedText], by: User) -> None:
    for waiting in texts:
        waiting.checked_at = timezone.now()
    UncheckedText.objects.bulk_update(texts, ["checked_at", "tells"])
    if texts:
        telling = sum(waiting.tells for waiting in texts)
        record("applicants.texts_checked", by=by, detail=f"{len(texts)}, telling {telling}")


def clean_text(*, text: UncheckedText, cleaned: Callable[[str], str], by: User) -> None:
    """Write the pseudonym in place of what tells; `cleaned` answers a text with what it should be."""
    with transaction.atomic():
        waiting = UncheckedText.objects.select_for_update().select_related("applicant").get(pk=text.pk)
        for row, column in _columns_of(waiting):
            setattr(row, column, cleaned(getattr(row, column)))
            row.save(update_fields=[column])
        _settle(waiting)
        detail = f"{waiting.applicant.pseudonym}: {waiting.what}"
        record("applicants.text_cleaned", by=by, about=str(waiting.applicant_id), detail=detail)


@transaction.atomic
def leave_text(*, text: UncheckedText, reason: str, by: User) -> None:
    """Leave a text as it is, and say why."""
    _settle(text)
    detail = f"{text.applicant.pseudonym}: {text.what}: {reason}"
    record("applicants.text_kept", by=by, about=str(text.applicant_id), detail=detail)


def _settle(text: UncheckedText) -> None:
    text.tells = False
    text.save(update_fields=["tells"])


def _columns_of(waiting: UncheckedText) -> list[tuple[Note | Task | StageChange | Applicant, str]]:
    if waiting.what == What.FACTS:
        return [(waiting.applicant, "urgency_reason"), (waiting.applicant, "special_needs")]
    tables: dict[str, tuple[type[Note] | type[Task] | type[StageChange], str]] = {
        What.NOTE: (Note, "text"),
        What.TASK: (Task, "title"),
        What.STAGE: (StageChange, "reason"),
    }
    model, column = tables[waiting.what]
    row = model.objects.filter(pk=waiting.subject, applicant=waiting.applicant_id).first()
    return [(row, column)] if row else []


def _texts_of(waiting: UncheckedText) -> list[str]:
    return [str(getattr(row, column)) for row, column in _columns_of(waiting)]
