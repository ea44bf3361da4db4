from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RelocationConfig(AppConfig):
    name = "cases.relocation"
    label = "relocation"
    verbose_name = _("Governments and groups")

    def ready(self) -> None:
        # These read models, which exist only now.
        from cases.applicants.panels import Panel, register_panel  # noqa: PLC0415
        from cases.applicants.timers import register_rule  # noqa: PLC0415
        from cases.disclosures.elsewhere import register_teller  # noqa: PLC0415
        from cases.documents.tables import Shelf, register_shelf  # noqa: PLC0415
        from cases.relocation.models import QUESTION, GroupLimit  # noqa: PLC0415
        from cases.relocation.operations import submissions  # noqa: PLC0415
        from cases.relocation.reference.columns import FILES, HERE  # noqa: PLC0415
        from cases.relocation.tellers import dossiers_with  # noqa: PLC0415
        from cases.staff.navigation import SECTIONS, Section  # noqa: PLC0415
        from cases.staff.roles import Permission  # noqa: PLC0415

        # Answering the question meets it.
        register_rule(QUESTION, can_be_done=False)
        register_shelf(Shelf(HERE, {"group_limits": GroupLimit}, FILES))
        submissions.register()
        SECTIONS += [
            Section(_("Groups"), "relocation:groups", "people", Permission.SEE_CASES),
            Section(_("Governments"), "relocation:governments", "bank", Permission.SEE_CASES),
        ]
        register_panel(Panel("groups", _("Groups"), Permission.SEE_CASES, "relocation:panel", order=35))
        register_teller(dossiers_with)
