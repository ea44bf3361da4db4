from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_out


class VaultConfig(AppConfig):
    name = "cases.vault"
    label = "vault"

    def ready(self) -> None:
        from cases.vault import checks, unlock  # noqa: F401, PLC0415  # models can be imported only now

        user_logged_out.connect(unlock.end_with_login)
