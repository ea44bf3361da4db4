from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class JourneysConfig(AppConfig):
    name = "cases.journeys"
    label = "journeys"
    verbose_name = _("Journeys")

    def ready(self) -> None:
        # These read models, which exist only now.
        from cases.applicants.panels import Panel, register_panel  # noqa: PLC0415
        from cases.documents.tables import Shelf, register_shelf  # noqa: PLC0415
        from cases.journeys import deadlines, guards  # noqa: F401, PLC0415
        from cases.journeys.models import Place  # noqa: PLC0415
        from cases.journeys.reference.columns import FILES, HERE  # noqa: PLC0415
        from cases.staff.roles import Permission  # noqa: PLC0415

        deadlines.register()
        register_shelf(Shelf(HERE, {"places": Place}, FILES))
        register_panel(Panel("journey", _("Journey"), Permission.SEE_CASES, "journeys:panel", order=31))
