"""Why a need or a referral cannot be changed as asked, each with a sentence that can be shown."""

from django.utils.translation import gettext as _


class Refused(Exception):
    """`str()` of it is the sentence to show."""


class OpenAlready(Refused):
    def __str__(self) -> str:
        return _("This need is noted already and is open.")


class EndedAlready(Refused):
    def __str__(self) -> str:
        return _("A colleague has ended this already.")


class AskedAlready(Refused):
    def __str__(self) -> str:
        return _("This provider was asked already. Note the answer there.")


class ProviderClosed(Refused):
    def __str__(self) -> str:
        return _("This provider takes nobody any more.")


class NotToPartners(Refused):
    def __str__(self) -> str:
        return _(
            "The person does not agree that a partner organisation is told. Ask, and note the answer under “Consent”."
        )


class NoSuchStep(Refused):
    def __str__(self) -> str:
        return _(
            "That cannot follow: a colleague has noted something else meanwhile. Look at the page again."
        )
