from typing import Any, cast

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from cases.applicants.interviews import interview_of
from cases.staff.door import SignedInRequest
from cases.staff.roles import Permission


def interview(request: HttpRequest) -> dict[str, Any]:
    """The bar that says with whom the interview is, until when, and ends it."""
    # An error page for a request that was refused at the very door knows no user.
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated or not user.may(Permission.USE_VAULT):
        return {"interview": None}
    return {"interview": SimpleLazyObject(lambda: interview_of(cast(SignedInRequest, request)))}
