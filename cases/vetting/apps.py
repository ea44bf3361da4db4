from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VettingConfig(AppConfig):
    name = "cases.vetting"
    label = "vetting"
    verbose_name = _("Vetting")

    def ready(self) -> None:
        # These read models, which exist only now.
        from cases.applicants.erasing import BEFORE_ERASING  # noqa: PLC0415
        from cases.applicants.panels import Panel, register_panel  # noqa: PLC0415
        from cases.documents.tables import Shelf, register_shelf  # noqa: PLC0415
        from cases.staff.navigation import SECTIONS, Section  # noqa: PLC0415
        from cases.staff.roles import Permission  # noqa: PLC0415
        from cases.vetting import deadlines, disclosed, guards  # noqa: F401, PLC0415
        from cases.vetting.hints import register_hint  # noqa: PLC0415
        from cases.vetting.models import (  # noqa: PLC0415
            CheckKind,
            InterviewFrame,
            InterviewQuestion,
            ListKind,
        )
        from cases.vetting.operations.erasing import forget_votes  # noqa: PLC0415
        from cases.vetting.queries import heard, screening  # noqa: PLC0415
        from cases.vetting.reference import interviews  # noqa: PLC0415
        from cases.vetting.reference.columns import FILES, HERE  # noqa: PLC0415
        from cases.vetting.screening import columns  # noqa: PLC0415

        asked = {"interview_frames": InterviewFrame, "interview_questions": InterviewQuestion}
        register_shelf(Shelf(interviews.HERE, asked, interviews.FILES, interviews.check_frames))
        register_hint("V16", heard.said_for_referees)
        register_hint("V17", heard.said_for_interviews)
        register_hint("V18", screening.screening_said)
        register_panel(Panel("vetting", _("Vetting"), Permission.SEE_CASES, "vetting:panel", order=15))
        register_shelf(Shelf(HERE, {"checks": CheckKind}, FILES))
        register_shelf(Shelf(columns.HERE, {"list_kinds": ListKind}, columns.LISTS))
        SECTIONS.append(Section(_("Vetting"), "vetting:list", "shield-check", Permission.VET))
        deadlines.register()
        BEFORE_ERASING.append(forget_votes)
        disclosed.register()
