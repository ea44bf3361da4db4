"""Places the rules speak of: countries, parts of one with a border of their own, areas with common rules, or any country."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.applicants.countries import country_choices as countries_in_order
from cases.documents.queries.reference import areas

Choices = list[tuple[str, str]]

PARTS: dict[str, Promise] = {"GE-AB": _("Abkhazia"), "GE-SO": _("South Ossetia")}
ANY = ("ANY", _("any country"))


def country_choices() -> Choices:
    return [(code, f"{name} ({code})") for code, name in countries_in_order()]


def place_choices() -> Choices:
    """All that can stand in a rule about places, the wide ones first."""
    parts = [(code, f"{name} ({code})") for code, name in PARTS.items()]
    return [any_choice(), *((area, area) for area in areas()), *country_choices(), *parts]


def any_choice() -> tuple[str, str]:
    code, name = ANY
    return code, f"{name} ({code})"
