from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    name = "cases.documents"
    label = "documents"
    verbose_name = _("Documents and the rules of travel")

    def ready(self) -> None:
        # These read models, which exist only now.
        from cases.applicants.known import READERS  # noqa: PLC0415
        from cases.applicants.panels import HeaderLine, Panel, register_header_line, register_panel  # noqa: PLC0415
        from cases.applicants.timers import register_rule  # noqa: PLC0415
        from cases.documents import disclosed, guards  # noqa: F401, PLC0415
        from cases.documents.deadlines import RULES  # noqa: PLC0415
        from cases.documents.header import travels_on  # noqa: PLC0415
        from cases.documents.reading import known_of_paper  # noqa: PLC0415
        from cases.staff.roles import Permission  # noqa: PLC0415

        register_panel(Panel("papers", _("Papers"), Permission.SEE_CASES, "documents:papers", order=20))
        register_panel(Panel("travel", _("Where to"), Permission.SEE_CASES, "documents:travel", order=30))
        register_header_line(HeaderLine(_("Travels on"), Permission.SEE_CASES, travels_on, panel="travel"))
        READERS["paper-"] = known_of_paper
        disclosed.register()
        for rule, can_be_done in RULES.items():
            register_rule(rule, can_be_done=can_be_done)
