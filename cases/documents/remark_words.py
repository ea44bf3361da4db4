"""The remarks of the arithmetic in words: what is odd, and what to look at."""

from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django_countries import countries

from cases.documents.checks import Remark

WORDS: dict[str, Promise] = {
    "issued_ahead": _("Issued on a day still to come. Look at the year."),
    "issued_before_birth": _(
        "Issued before the person was born, as far as the age is known. Look at both dates."
    ),
    "ten_years_without_chip": _(
        "Good for ten years: that is a passport with a chip. Look for the chip sign on the cover, and choose the other type."
    ),
    "five_years_with_chip": _(
        "Good for five years: that is a passport without a chip. Look for the chip sign on the cover, and choose the other type."
    ),
    "validity_longer": _("Usually good for %(usual)s, so until %(until)s. Look at both dates."),
    "validity_shorter": _("Usually good for %(usual)s, so until %(until)s. Look at both dates."),
    "chip_missing": _(
        "This type has a chip, and here it is said to have none. Look for the chip sign on the cover."
    ),
    "chip_unexpected": _(
        "This type has no chip, and here it is said to have one. Look for the chip sign on the cover."
    ),
    "country_differs": _("This type is issued by: %(issuer)s. Look at the type and the country."),
    "issued_before_14": _(
        "Issued before the age of 14, as far as the age is known. Look at the birth date and the day of issue."
    ),
    "not_replaced": _(
        "Had to be replaced at %(age)s, 90 days after the birthday at the latest: it is not valid any more. Ask for a newer one."
    ),
    "expired_but_held": _("Expired on %(expires)s. If there is no newer one, set the status to “expired”."),
    "number_form": _("The number does not look like %(example)s. Open it and compare it with the paper."),
    "series_year": _(
        "Digits 3 and 4 of the number tell the year of printing, and it is far from the year of issue. Compare both with the paper."
    ),
    "unit_code_form": _("The code of the office has the form 770-001. Compare it with the paper."),
    "zone_unexpected": _("This type has no machine-readable zone, and one was entered. Look at the type."),
    "zone_too_early": _(
        "Only papers issued since %(since)s have a machine-readable zone. Look at the day of issue."
    ),
    "control_digits": _(
        "The control digits of the number do not fit. Look for two digits that changed places."
    ),
    "iin_without_birth": _(
        "The first seven digits of the number tell no birth date. Compare them with the paper."
    ),
    "iin_birth_differs": _(
        "The birth date in the number is another one than the sealed one. Open the name and compare."
    ),
}


def sentence(remark: Remark) -> str:
    """The remark in the reader's language; a code of earlier days that has no words any more is shown as it is."""
    if remark.code not in WORDS:
        return remark.code
    values: dict[str, Any] = {name: _said(value) for name, value in remark.values.items()}
    if "months" in remark.values:
        values["usual"] = length_of(int(remark.values["months"]))
    if "issuer" in remark.values:
        values["issuer"] = countries.name(remark.values["issuer"])
    return str(WORDS[remark.code]) % values


def length_of(months: int) -> str:
    if months % 12:
        return ngettext("%(number)s month", "%(number)s months", months) % {"number": months}
    return ngettext("%(number)s year", "%(number)s years", months // 12) % {"number": months // 12}


def _said(value: Any) -> Any:
    return date_format(value) if isinstance(value, date) else value
