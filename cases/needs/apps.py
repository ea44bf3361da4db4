from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NeedsConfig(AppConfig):
    name = "cases.needs"
    label = "needs"
    verbose_name = _("Needs and providers")

    def ready(self) -> None:
        # These read models, which exist only now.
        from cases.applicants.panels import Panel, register_panel  # noqa: PLC0415
        from cases.applicants.timers import register_rule  # noqa: PLC0415
        from cases.disclosures.elsewhere import register_teller  # noqa: PLC0415
        from cases.documents.tables import Shelf, register_shelf  # noqa: PLC0415
        from cases.needs.models import ASK_AGAIN, NeedKind  # noqa: PLC0415
        from cases.needs.reference.columns import FILES, HERE  # noqa: PLC0415
        from cases.needs.tellers import providers_asked  # noqa: PLC0415
        from cases.staff.navigation import SECTIONS, Section  # noqa: PLC0415
        from cases.staff.roles import Permission  # noqa: PLC0415

        # The answer of the provider meets it.
        register_rule(ASK_AGAIN, can_be_done=False)
        register_shelf(Shelf(HERE, {"need_kinds": NeedKind}, FILES))
        register_panel(Panel("needs", _("Needs"), Permission.SEE_CASES, "needs:panel", order=25))
        SECTIONS += [Section(_("Needs"), "needs:needs", "life-preserver", Permission.SEE_CASES)]
        register_teller(providers_asked)
