"""Countries to choose from: those met most often first, then all in the order of the reader's alphabet."""

from django.conf import settings
from django_countries import countries

from cases.vault.passphrase import normalise


def country_choices() -> list[tuple[str, str]]:
    """The library would sort by ASCII letters alone, of which a Russian name has none."""
    named, often = list(countries), len(settings.COUNTRIES_FIRST)
    return [*named[:often], *sorted(named[often:], key=lambda country: normalise(country.name))]
