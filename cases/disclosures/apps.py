from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DisclosuresConfig(AppConfig):
    name = "cases.disclosures"
    label = "disclosures"
    verbose_name = _("Names handed over")

    def ready(self) -> None:
        # These read models, which exist only now.
        from cases.applicants.erasing import BEFORE_ERASING  # noqa: PLC0415
        from cases.applicants.panels import Panel, register_panel  # noqa: PLC0415
        from cases.disclosures import fields  # noqa: F401, PLC0415
        from cases.disclosures.operations.erasing import forget_exports  # noqa: PLC0415
        from cases.staff.roles import Permission  # noqa: PLC0415

        register_panel(Panel("told", _("Who was told"), Permission.SEE_CASES, "disclosures:told", order=40))
        BEFORE_ERASING.append(forget_exports)
