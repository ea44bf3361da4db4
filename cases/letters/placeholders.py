"""What can stand in braces in the text of a letter, and what comes in its place. The list is closed."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_BRACES = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True)
class Placeholder:
    """`field` is what is read of the sealed case, "" for what is typed; `days` is a date, `long` more than a line."""

    code: str
    label: Promise
    field: str = ""
    days: bool = False
    long: bool = False


PLACEHOLDERS: dict[str, Placeholder] = {
    one.code: one
    for one in (
        Placeholder("name", _("Full name"), field="name"),
        Placeholder("latin_name", _("Name in Latin letters"), field="latin_name"),
        Placeholder("birth_date", _("Birth date"), field="birth_date"),
        Placeholder("birth_place", _("Place of birth"), field="birth_place"),
        Placeholder("address", _("Address"), field="address"),
        Placeholder("papers", _("Papers with their numbers"), field="papers", long=True),
        Placeholder("recipient", _("To whom the letter is addressed")),
        Placeholder("representative", _("Who may act for the person")),
        Placeholder("host", _("Who gives the accommodation")),
        Placeholder("host_address", _("Address of the accommodation")),
        Placeholder("since", _("Since when"), days=True),
        Placeholder("decision_number", _("Number of the decision")),
        Placeholder("decision_day", _("Day of the decision"), days=True),
        Placeholder("reasons", _("Reasons"), long=True),
    )
}
# Known without asking.
OWN: dict[str, Promise] = {
    "today": _("today's date"),
    "organisation": _("the name of the organisation"),
    "colleague": _("the name of who writes the letter"),
}


def in_text(*texts: str) -> list[str]:
    """The codes that stand in these texts, each once, in their order; also those that nobody knows."""
    return list(dict.fromkeys(code for text in texts for code in _BRACES.findall(text)))


def wrong_in(*texts: str) -> str:
    """The first thing in braces that is no placeholder, or a brace that stands alone; "" where all is well."""
    for text in texts:
        for code in _BRACES.findall(text):
            if code not in PLACEHOLDERS and code not in OWN:
                return f"{{{code}}}"
        if lone := re.search(r"[{}]", _BRACES.sub("", text)):
            return lone.group()
    return ""


def known(codes: Iterable[str]) -> list[Placeholder]:
    """Those of the codes that are read or typed, in the order of the list."""
    wanted = set(codes)
    return [one for code, one in PLACEHOLDERS.items() if code in wanted]


def filled(text: str, values: Mapping[str, str]) -> str:
    """Put the values in their places. What a value holds is never looked at again, braces or not."""
    return _BRACES.sub(lambda found: values[found.group(1)], text)
