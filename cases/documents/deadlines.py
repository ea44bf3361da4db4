"""Which deadlines papers and a stay set: the rules by name, their titles, and the day on which each is due."""

from datetime import UTC, date, datetime, time

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.documents.models import DocumentType, StayRule

Role = DocumentType.Role
EXPIRES = "documents.expires"
STAY: dict[str, str] = {
    StayRule.Kind.STAY: "documents.stay",
    StayRule.Kind.NOTIFY: "documents.notification",
    StayRule.Kind.REGISTER: "documents.registration",
    StayRule.Kind.ASYLUM: "documents.asylum",
}
# Whether a person may tick it off: that a stay was registered is known to nobody else, that a paper is renewed the papers say.
RULES = {
    EXPIRES: False,
    "documents.stay": True,
    "documents.notification": True,
    "documents.registration": True,
    "documents.asylum": True,
}
EXPIRY_TITLES: dict[str, Promise] = {
    Role.TRAVEL: _("A passport expires"),
    Role.SINGLE: _("A paper for one journey expires"),
    Role.VISA: _("A visa expires"),
    Role.STAY: _("A permission to stay expires"),
}
EXPIRES_OTHERWISE = _("A paper expires")
STAY_TITLES: dict[str, Promise] = {
    StayRule.Kind.STAY: _("The permitted stay ends"),
    StayRule.Kind.NOTIFY: _("The host notifies the stay"),
    StayRule.Kind.REGISTER: _("Registration of the stay: first read what it makes visible"),
    StayRule.Kind.ASYLUM: _("Last day to ask for asylum here"),
}
PAPER_SAYS = _("the paper itself; see Papers")
COUNTRY_SAYS = _("rules of stay of the country; see Papers")
# The same day in Paris and in Astana.
_NOON = time(12, tzinfo=UTC)


def due(day: date) -> datetime:
    """A deadline falls on the last good day, not on a day of warning before it.

    The case, the list and the calendar would otherwise say something untrue about the paper. The tab warns 180 and
    90 days ahead, the list filters by “expires before”, and the header shows the next deadline however far it is.
    """
    return datetime.combine(day, _NOON)


def expiry_title(role: str) -> Promise:
    return EXPIRY_TITLES.get(role, EXPIRES_OTHERWISE)
