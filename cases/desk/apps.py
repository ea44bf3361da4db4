from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeskConfig(AppConfig):
    name = "cases.desk"
    label = "desk"

    def ready(self) -> None:
        # These read models, which exist only now.
        from cases.desk import papers  # noqa: F401, PLC0415
        from cases.desk.breaches.operations import after_freezing  # noqa: PLC0415
        from cases.staff.navigation import ADMINISTRATION, SECTIONS, Section  # noqa: PLC0415
        from cases.staff.partings import AFTER_FREEZING  # noqa: PLC0415
        from cases.staff.roles import Permission  # noqa: PLC0415

        AFTER_FREEZING.append(after_freezing)

        SECTIONS += [
            Section(_("Desk"), "desk:home", "house"),
            Section(_("Cases"), "desk:register", "folder", Permission.SEE_CASES),
            Section(_("Waiting"), "desk:waiting_list", "hourglass", Permission.SEE_CASES),
            Section(_("My vault"), "desk:vault", "safe2", Permission.USE_VAULT),
            Section(_("Deadlines"), "desk:deadlines", "calendar-event", Permission.SEE_CASES),
            Section(_("Figures"), "desk:figures", "bar-chart", Permission.SEE_CASES),
            Section(_("Erasures"), "applicants:erasures", "trash", Permission.SEE_ERASURES, ADMINISTRATION),
            Section(_("Audit log"), "desk:audit", "journal-check", Permission.READ_AUDIT),
        ]
