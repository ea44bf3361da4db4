from typing import ClassVar

from django.contrib import admin

from cases.documents.admin import FactPage
from cases.staff.admin_site import site
from cases.transfers.models import EeaState


@admin.register(EeaState, site=site)
class EeaStatePage(FactPage):
    about = ("country",)
    search_fields: ClassVar[tuple[str, ...]] = ("key", "country", "source")
