from typing import ClassVar

from django.contrib import admin

from cases.documents.admin import FactPage
from cases.letters.forms import TemplateForm
from cases.letters.models import LetterTemplate
from cases.staff.admin_site import site


@admin.register(LetterTemplate, site=site)
class LetterTemplatePage(FactPage):
    form = TemplateForm
    about = ("kind", "language", "heading")
    list_filter = (*FactPage.list_filter, "kind", "language")
    search_fields: ClassVar[tuple[str, ...]] = ("key", "source", "heading")
