from typing import ClassVar

from django.contrib import admin

from cases.documents.admin import FactPage
from cases.needs.models import NeedKind
from cases.staff.admin_site import site


@admin.register(NeedKind, site=site)
class NeedKindPage(FactPage):
    about = ("order", "name_en")
    search_fields: ClassVar[tuple[str, ...]] = ("key", "source", "name_en", "name_fr", "name_ru")
