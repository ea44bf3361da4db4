"""What the announcements at the desk say. `%(who)s` and `%(whom)s` are colleagues."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.staff.models import Announcement

SENTENCES: dict[str, Promise] = {
    "recovered": _(
        "The organisation's paper shares were used at the terminal: %(whom)s can open again what had been lost."
    ),
    "recovered_case": _(
        "The organisation's paper shares were used at the terminal: %(whom)s was let into sealed parts of a case."
    ),
    "officers_named": _(
        "The organisation's paper shares were used at the terminal: the duty officers are now %(whom)s."
    ),
    "officers_ended": _("There are no duty officers any more."),
    "duty_restored": _(
        "Two duty officers, %(who)s, restored what %(whom)s had lost: %(whom)s can open it again."
    ),
    "duty_opened": _(
        "Two duty officers, %(who)s, let %(whom)s open something that you hold, for three hours."
    ),
    "duty_asked": _("%(who)s asks you, as a duty officer, to approve something for %(whom)s."),
}


def sentence(announcement: Announcement) -> str:
    words = SENTENCES.get(announcement.code)
    return str(words) % {"who": announcement.who, "whom": announcement.whom} if words else announcement.code
