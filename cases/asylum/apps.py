from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AsylumConfig(AppConfig):
    name = "cases.asylum"
    label = "asylum"
    verbose_name = _("Asylum claims")

    def ready(self) -> None:
        # These read models, which exist only now.
        from cases.applicants.panels import Panel, register_panel  # noqa: PLC0415
        from cases.asylum import deadlines, guards  # noqa: F401, PLC0415
        from cases.asylum.models import DeadlineRule, RegimeRule  # noqa: PLC0415
        from cases.asylum.reference.columns import FILES, HERE  # noqa: PLC0415
        from cases.documents.tables import Shelf, register_shelf  # noqa: PLC0415
        from cases.staff.roles import Permission  # noqa: PLC0415

        deadlines.register()
        register_shelf(Shelf(HERE, {"asylum_laws": RegimeRule, "asylum_deadlines": DeadlineRule}, FILES))
        register_panel(Panel("asylum", _("Asylum"), Permission.SEE_CASES, "asylum:panel", order=32))
