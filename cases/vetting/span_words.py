"""Vague days in words: “2022-03” is March 2022."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cases.vetting.spans import first_day


def said_day(written: str) -> str:
    """A day as precise as it is known; "" for an empty one, and what is no day as it stands."""
    day = first_day(written)
    if day is None:
        return written
    formats = {4: "Y", 7: "YEAR_MONTH_FORMAT", 10: "DATE_FORMAT"}
    return date_format(day, formats[len(written)])


def said_span(begins: str, ends: str) -> str:
    if begins and begins == ends:
        return said_day(begins)
    if begins and ends:
        return _("%(begins)s to %(ends)s") % {"begins": said_day(begins), "ends": said_day(ends)}
    if begins:
        return _("from %(begins)s, end not known") % {"begins": said_day(begins)}
    if ends:
        return _("until %(ends)s, beginning not known") % {"ends": said_day(ends)}
    return _("time not known")
