from typing import Any, cast

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from cases.applicants.models import Applicant, ConsentText
from cases.applicants.operations import add_consent_text
from cases.applicants.queries import applicants_for
from cases.staff.admin_site import Page, site
from cases.staff.models import User
from cases.staff.roles import Permission


@admin.register(Applicant, site=site)
class ApplicantAdmin(Page):
    """Cases to look at, by pseudonym, and only those shared with the person; a superuser is no exception.

    Nothing is typed here: Django's search stands in the address and in the statement, and what is typed may be a name.
    """

    permission = Permission.SEE_CASES
    list_display = ("pseudonym", "category", "country", "stage", "urgency", "owner", "team")
    list_filter = ("stage", "category", "urgency")
    list_select_related = ("owner", "team")
    fields = readonly_fields = (*list_display, "channel", "stage_since", "last_contact_on", "created_at")

    def view_on_site(self, applicant: Applicant) -> str:
        return applicant.get_absolute_url()

    def get_queryset(self, request: HttpRequest) -> QuerySet[Applicant]:
        return applicants_for(request.user)  # type: ignore[arg-type]


@admin.register(ConsentText, site=site)
class ConsentTextAdmin(Page):
    """What is read to people. A text is only ever added, as the next version of its language: answers cite the old ones."""

    permission = Permission.MANAGE_REFERENCE
    list_display = ("purpose", "language", "version", "added_at")
    list_filter = ("purpose", "language")
    fields = ("purpose", "language", "text")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.may(request)

    def save_model(self, request: HttpRequest, obj: ConsentText, form: Any, change: bool) -> None:
        add_consent_text(text=obj, by=cast(User, request.user))
