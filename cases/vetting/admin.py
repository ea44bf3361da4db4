from typing import ClassVar

from django.contrib import admin

from cases.documents.admin import FactPage
from cases.staff.admin_site import site
from cases.vetting.models import ListKind


@admin.register(ListKind, site=site)
class ListKindPage(FactPage):
    about = ("title", "kind")
    list_filter = (*FactPage.list_filter, "kind")
    search_fields: ClassVar[tuple[str, ...]] = ("key", "source", "dataset", "title")
