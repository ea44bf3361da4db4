from typing import ClassVar

from django.contrib import admin

from cases.documents.admin import FactPage
from cases.journeys.models import Place
from cases.staff.admin_site import site


@admin.register(Place, site=site)
class PlacePage(FactPage):
    about = ("country", "zone", "order", "name_en")
    search_fields: ClassVar[tuple[str, ...]] = ("key", "source", "name_en", "name_fr", "name_ru")
