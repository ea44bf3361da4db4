"""The question of the name-leak guard, between a valid form and the operation that saves it."""

from collections.abc import Iterable

from django.forms import BaseForm
from django.utils.translation import gettext as _

from cases.applicants.leak_guard import look_at
from cases.applicants.models import Applicant
from cases.applicants.operations.guarded import Guarded
from cases.staff.door import SignedInRequest
from cases.vault import unlock

REASON = 150


def guard(
    form: BaseForm, names: Iterable[str], applicant: Applicant, request: SignedInRequest
) -> Guarded | None:
    """Return under what the texts of `form` may be saved; None where the writer has to look at them first.

    The writer answers with the same form: `leak` says to replace what was found, or to keep it for a reason.
    """
    texts = {name: str(form.cleaned_data.get(name) or "") for name in names if name in form.changed_data}
    seen = look_at(texts, applicant=applicant, unlocked=unlock.current(request), by=request.user)
    answer, why = request.POST.get("leak"), request.POST.get("leak_reason", "").strip()[:REASON]
    if not seen.finds:
        return Guarded(seen.checked)
    if answer == "replace":
        form.cleaned_data.update(seen.cleaned())
        return Guarded(seen.checked)
    if answer == "keep" and why:
        return Guarded(seen.checked, why)
    form.leaks = [(form[name], seen.marked(name)) for name, found in seen.places.items() if found]  # type: ignore[attr-defined]
    form.leaks_known = seen.checked  # type: ignore[attr-defined]
    form.leak_reason_missing = answer == "keep"  # type: ignore[attr-defined]
    form.add_error(
        next(name for name, found in seen.places.items() if found), _("This may tell who somebody is.")
    )
    return None
