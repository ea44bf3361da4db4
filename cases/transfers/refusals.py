"""Why a case cannot be passed on as asked, each with a sentence that can be shown."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.disclosures.refusals import Refused, UnknownAgeKey

__all__ = [
    "AskedAlready",
    "NoGroundAbroad",
    "NoSuchStep",
    "NotAgreed",
    "NotAsked",
    "NothingChosen",
    "Over",
    "Refused",
    "TakesNobody",
    "UnknownAgeKey",
]


class NotAsked(Refused):
    sentence = gettext_lazy(
        "Consent comes first: the person has not agreed that a partner organisation is told. Ask, and note the answer under “Consent”."
    )


class NotAgreed(Refused):
    sentence = gettext_lazy(
        "The person does not agree that a partner organisation is told, or has withdrawn consent. Nothing goes there any more."
    )


class AskedAlready(Refused):
    sentence = gettext_lazy("This case was offered to this organisation already. Note the answer there.")


class TakesNobody(Refused):
    sentence = gettext_lazy("This organisation takes nobody any more.")


class NoSuchStep(Refused):
    sentence = gettext_lazy(
        "That cannot follow: a colleague has noted something else meanwhile. Look at the page again."
    )


class Over(Refused):
    sentence = gettext_lazy("This offer is over: nothing is given to them any more.")


class NothingChosen(Refused):
    sentence = gettext_lazy("Choose at least one part.")


class NoGroundAbroad(Refused):
    def __init__(self, country: str) -> None:
        self.country = country

    def __str__(self) -> str:
        said = _(
            "%(country)s lies outside the European Economic Area. Say on which ground the data may go there."
        )
        return said % {"country": self.country}
