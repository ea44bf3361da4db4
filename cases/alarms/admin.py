from typing import ClassVar

from django.contrib import admin

from cases.alarms.models import AlarmStep
from cases.documents.admin import FactPage
from cases.staff.admin_site import site


@admin.register(AlarmStep, site=site)
class AlarmStepPage(FactPage):
    about = ("alarm", "order", "hours", "title_en")
    list_filter = (*FactPage.list_filter, "alarm")
    search_fields: ClassVar[tuple[str, ...]] = ("key", "source", "title_en", "title_fr", "title_ru")
