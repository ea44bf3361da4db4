from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StaffConfig(AppConfig):
    name = "cases.staff"
    label = "staff"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        from cases.staff import login_events  # noqa: PLC0415  # models can be imported only now

        login_events.connect()
