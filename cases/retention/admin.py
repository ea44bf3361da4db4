from django.contrib import admin

from cases.documents.admin import FactPage
from cases.retention.models import RetentionRule
from cases.staff.admin_site import site


@admin.register(RetentionRule, site=site)
class RetentionRulePage(FactPage):
    about = ("record_class", "days", "most_days")
    list_filter = (*FactPage.list_filter, "record_class")
