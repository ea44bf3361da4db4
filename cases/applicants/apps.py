from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ApplicantsConfig(AppConfig):
    name = "cases.applicants"
    label = "applicants"

    def ready(self) -> None:
        from cases.applicants.panels import Panel, register_panel  # noqa: PLC0415
        from cases.staff.navigation import SECTIONS, Section  # noqa: PLC0415
        from cases.staff.roles import Permission  # noqa: PLC0415

        register_panel(
            Panel("account", _("The account"), Permission.SEE_CASES, "applicants:account", order=12)
        )
        register_panel(Panel("consent", _("Consent"), Permission.SEE_CASES, "applicants:consents", order=35))
        SECTIONS.append(Section(_("Field"), "applicants:field", "geo-alt", Permission.REPORT))
        # Guards read models, which exist only now; importing them puts them into the table.
        from cases.applicants import guards  # noqa: F401, PLC0415
        from cases.applicants.claims import owners_of_safes  # noqa: PLC0415
        from cases.applicants.erasures import carried_out  # noqa: PLC0415
        from cases.applicants.handing import holdings_of  # noqa: PLC0415
        from cases.applicants.operations.opening import after_leaving  # noqa: PLC0415
        from cases.applicants.operations.repeating import repeat_erasures  # noqa: PLC0415
        from cases.staff.partings import AFTER_LEAVING, HOLDINGS  # noqa: PLC0415
        from cases.vault.owners import CLAIMS  # noqa: PLC0415
        from cases.vault.restored import AFTER_RESTORE, ERASED  # noqa: PLC0415

        CLAIMS.append(owners_of_safes)
        AFTER_LEAVING.append(after_leaving)
        HOLDINGS.append(holdings_of)
        AFTER_RESTORE.append(repeat_erasures)
        ERASED.append(carried_out)
