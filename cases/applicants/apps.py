from django.apps import AppConfig


class ApplicantsConfig(AppConfig):
    name = "cases.applicants"
    label = "applicants"

    def ready(self) -> None:
        # Guards read models, which exist only now; importing them puts them into the table.
        from cases.applicants import guards  # noqa: F401, PLC0415
        from cases.applicants.claims import owners_of_safes  # noqa: PLC0415
        from cases.applicants.operations.opening import after_leaving  # noqa: PLC0415
        from cases.staff.partings import AFTER_LEAVING  # noqa: PLC0415
        from cases.vault.owners import CLAIMS  # noqa: PLC0415

        CLAIMS.append(owners_of_safes)
        AFTER_LEAVING.append(after_leaving)
