from typing import ClassVar

from django.contrib import admin

from cases.asylum.models import DeadlineRule, RegimeRule
from cases.documents.admin import FactPage
from cases.staff.admin_site import site


@admin.register(RegimeRule, site=site)
class RegimeRulePage(FactPage):
    about = ("regime",)


@admin.register(DeadlineRule, site=site)
class DeadlineRulePage(FactPage):
    about = ("kind", "regime", "track", "counts_from", "number", "unit", "at_rest")
    list_filter: ClassVar[tuple[str, ...]] = (*FactPage.list_filter, "regime", "kind")
