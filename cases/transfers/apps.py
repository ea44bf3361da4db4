from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TransfersConfig(AppConfig):
    name = "cases.transfers"
    label = "transfers"
    verbose_name = _("Cases passed on")

    def ready(self) -> None:
        # These read models, which exist only now.
        from cases.applicants.panels import Panel, register_panel  # noqa: PLC0415
        from cases.applicants.timers import register_rule  # noqa: PLC0415
        from cases.disclosures.elsewhere import register_teller  # noqa: PLC0415
        from cases.documents.tables import Shelf, register_shelf  # noqa: PLC0415
        from cases.staff.roles import Permission  # noqa: PLC0415
        from cases.transfers import guards, operations  # noqa: F401, PLC0415
        from cases.transfers.models import ASK_AGAIN, EeaState  # noqa: PLC0415
        from cases.transfers.reference.columns import FILES, HERE  # noqa: PLC0415
        from cases.transfers.tellers import organisations_told  # noqa: PLC0415

        # The answer of the organisation meets it.
        register_rule(ASK_AGAIN, can_be_done=False)
        operations.register()
        register_shelf(Shelf(HERE, {"eea_states": EeaState}, FILES))
        register_panel(Panel("transfers", _("Passing on"), Permission.SEE_CASES, "transfers:panel", order=46))
        register_teller(organisations_told)
