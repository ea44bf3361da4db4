from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AlarmsConfig(AppConfig):
    name = "cases.alarms"
    label = "alarms"
    verbose_name = _("Alarms and risks")

    def ready(self) -> None:
        # These read models, which exist only now.
        from cases.alarms.models import AlarmStep  # noqa: PLC0415
        from cases.alarms.queries import said_in_header  # noqa: PLC0415
        from cases.alarms.reference.columns import FILES, HERE  # noqa: PLC0415
        from cases.applicants.panels import HeaderLine, Panel, register_header_line, register_panel  # noqa: PLC0415
        from cases.applicants.timers import register_rule  # noqa: PLC0415
        from cases.documents.tables import Shelf, register_shelf  # noqa: PLC0415
        from cases.staff.roles import Permission  # noqa: PLC0415

        # Ending the risk, or keeping it for another month, meets it.
        register_rule("alarms.review", can_be_done=False)
        register_shelf(Shelf(HERE, {"alarm_steps": AlarmStep}, FILES))
        register_header_line(HeaderLine(_("Danger"), Permission.SEE_CASES, said_in_header, panel="risks"))
        register_panel(Panel("risks", _("Danger"), Permission.SEE_CASES, "alarms:panel", order=10))
