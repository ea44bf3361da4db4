from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OwnDataConfig(AppConfig):
    name = "cases.own_data"
    label = "own_data"
    verbose_name = _("Copy for the person")

    def ready(self) -> None:
        # These read models, which exist only now.
        from cases.applicants.panels import Panel, register_panel  # noqa: PLC0415
        from cases.applicants.timers import register_rule  # noqa: PLC0415
        from cases.own_data.models import RULE  # noqa: PLC0415
        from cases.staff.roles import Permission  # noqa: PLC0415

        # Handing the copy out meets it.
        register_rule(RULE, can_be_done=False)
        register_panel(
            Panel("copy", _("Copy for the person"), Permission.SEE_CASES, "own_data:panel", order=45)
        )
