from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from cases.desk.bulk.plans import ids_of
from cases.desk.filters import RegisterFilter
from cases.desk.queries.register import register_for
from cases.staff.door import SignedInRequest


def chosen_ids(request: SignedInRequest) -> list[UUID]:
    """The cases that were ticked, or with `all` those of the whole list as it was filtered; what is no id is left out."""
    if "all" in request.POST:
        wanted = RegisterFilter(QueryDict(request.POST.get("back", "")), register_for(request.user))
        return ids_of(wanted.qs) if wanted.is_valid() else []
    return [one for one in map(_id, request.POST.getlist("case")) if one is not None]


def _id(typed: str) -> UUID | None:
    try:
        return UUID(str(forms.UUIDField().clean(typed)))
    except ValidationError:
        return None
