from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_out


class VaultConfig(AppConfig):
    name = "cases.vault"
    label = "vault"

    def ready(self) -> None:
        # Models can be imported only now.
        from cases.staff.partings import AFTER_BARRING, AFTER_LOSS, AFTER_REOPENING  # noqa: PLC0415
        from cases.vault import checks, unlock  # noqa: F401, PLC0415
        from cases.vault.operations import interviews  # noqa: PLC0415
        from cases.vault.operations.access import after_loss, after_reopening  # noqa: PLC0415

        AFTER_BARRING.extend([unlock.end_when_barred, interviews.end_when_barred])
        AFTER_LOSS.append(after_loss)
        AFTER_REOPENING.append(after_reopening)
        user_logged_out.connect(unlock.end_with_login)
        user_logged_out.connect(interviews.end_with_login)
