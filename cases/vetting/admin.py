from typing import ClassVar

from django.contrib import admin

from cases.documents.admin import FactPage
from cases.staff.admin_site import site
from cases.vetting.forms.reference import CheckKindForm
from cases.vetting.models import CheckKind


@admin.register(CheckKind, site=site)
class CheckKindPage(FactPage):
    form = CheckKindForm
    about = ("name", "needed")
    list_filter = (*FactPage.list_filter, "needed")
    search_fields: ClassVar[tuple[str, ...]] = ("key", "source", "code", "name_en", "name_fr", "name_ru")
