from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RelocationConfig(AppConfig):
    name = "cases.relocation"
    label = "relocation"
    verbose_name = _("Governments and groups")

    def ready(self) -> None:
        # These read models, which exist only now.
        from cases.applicants.panels import Panel, register_panel  # noqa: PLC0415
        from cases.staff.navigation import SECTIONS, Section  # noqa: PLC0415
        from cases.staff.roles import Permission  # noqa: PLC0415

        SECTIONS += [
            Section(_("Groups"), "relocation:groups", "people", Permission.SEE_CASES),
            Section(_("Governments"), "relocation:governments", "bank", Permission.SEE_CASES),
        ]
        register_panel(Panel("groups", _("Groups"), Permission.SEE_CASES, "relocation:panel", order=35))
