from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RetentionConfig(AppConfig):
    name = "cases.retention"
    label = "retention"
    verbose_name = _("Closing and keeping")

    def ready(self) -> None:
        # These read models, which exist only now.
        from cases.applicants.panels import Panel, register_panel  # noqa: PLC0415
        from cases.documents.tables import Shelf, register_shelf  # noqa: PLC0415
        from cases.retention.models import RetentionRule  # noqa: PLC0415
        from cases.retention.reference.columns import FILES, HERE  # noqa: PLC0415
        from cases.staff.navigation import ADMINISTRATION, SECTIONS, Section  # noqa: PLC0415
        from cases.staff.roles import Permission  # noqa: PLC0415

        register_shelf(Shelf(HERE, {"retention_rules": RetentionRule}, FILES))
        register_panel(
            Panel("keeping", _("Closing and keeping"), Permission.SEE_CASES, "retention:panel", order=90)
        )
        SECTIONS.append(
            Section(
                _("Keep or erase"), "retention:reviews", "calendar-check", Permission.ERASE, ADMINISTRATION
            )
        )
