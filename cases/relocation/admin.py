from typing import ClassVar

from django.contrib import admin

from cases.documents.admin import FactPage
from cases.relocation.models import GroupLimit
from cases.staff.admin_site import site


@admin.register(GroupLimit, site=site)
class GroupLimitPage(FactPage):
    about = ("country", "portal", "most")
    search_fields: ClassVar[tuple[str, ...]] = ("key", "source", "portal")
