from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VettingConfig(AppConfig):
    name = "cases.vetting"
    label = "vetting"
    verbose_name = _("Vetting")

    def ready(self) -> None:
        # These read models, which exist only now.
        from cases.applicants.panels import Panel, register_panel  # noqa: PLC0415
        from cases.staff.navigation import SECTIONS, Section  # noqa: PLC0415
        from cases.staff.roles import Permission  # noqa: PLC0415
        from cases.vetting import deadlines, guards  # noqa: F401, PLC0415

        register_panel(Panel("vetting", _("Vetting"), Permission.SEE_CASES, "vetting:panel", order=15))
        SECTIONS.append(Section(_("Vetting"), "vetting:list", "shield-check", Permission.VET))
        deadlines.register()
