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
    "passkey_added": _("A passkey that unlocks your vault was added. Was it not you? Freeze your account."),
    "passkey_removed": _("A passkey that unlocked your vault was removed."),
    "reported": _("%(who)s sent in a new person from the field. You own the case."),
    "deadline_near": _("A deadline of a case that you own comes within three days. It stands in the case."),
    "alarm_detained": _("Alarm by %(who)s: somebody was detained. The tasks stand in the case."),
    "alarm_extradition": _("Alarm by %(who)s: somebody is to be extradited. The tasks stand in the case."),
    "alarm_border": _("Alarm by %(who)s: somebody was stopped at the border. The tasks stand in the case."),
    "alarm_approached": _("Alarm by %(who)s: agents approached somebody. The tasks stand in the case."),
    "alarm_health": _("Alarm by %(who)s: somebody is in danger of life. The tasks stand in the case."),
    "alarm_lost_contact": _("Alarm by %(who)s: contact to somebody is lost. The tasks stand in the case."),
    "alarm_colleague": _("Alarm by %(who)s: a colleague was taken. The tasks stand in the case."),
    "mentioned": _("%(who)s mentions you in a note."),
    "alarm_ended": _("%(who)s ended an alarm. What came of it stands in the case."),
    "more_given": _("%(who)s lets you open the names of more people today."),
    "more_refused": _("%(who)s does not let you open the names of more people today."),
    "duty_asked": _("%(who)s asks you, as a duty officer, to approve something for %(whom)s."),
    "freeze_asked": _(
        "%(who)s wants to freeze the account of %(whom)s, the second within an hour: somebody else has to confirm it."
    ),
    "frozen": _(
        "%(who)s froze the account of %(whom)s. Trust no message from it, and see whom you have to call."
    ),
    "unfreeze_asked": _("%(who)s asks to let %(whom)s in again. It takes a second colleague."),
    "unfrozen": _("%(who)s let %(whom)s in again after a freeze."),
    "let_in": _("%(whom)s was let in again at the server's terminal."),
    "travel_begun": _("%(who)s travels and cannot log in. The deputy is %(whom)s."),
    "travel_deputy": _(
        "%(who)s travels and cannot log in. You are the deputy: the tasks stand at your desk."
    ),
    "travel_ended": _("%(who)s heard the voice of %(whom)s, who is back and can log in again."),
    "breach_opened": _(
        "What %(whom)s could open may be in other hands: people have to be warned, and 72 hours run."
    ),
    "deputy_asks": _(
        "%(who)s stands in for %(whom)s and does not see all of the cases. Share what is needed."
    ),
    "figures_asked": _("%(who)s asks you to approve figures that are to leave the house."),
    "figures_approved": _("%(who)s approved the figures that you asked for."),
    "figures_refused": _("%(who)s refused the figures that you asked for. Nothing left the house."),
    "erased": _("A case that you could see was erased, by decision of %(who)s. Nobody can open it any more."),
    "erasure_refused": _("%(who)s refused to have erased what you asked for. Nothing was erased."),
}

# What one reads about on the page for emergencies.
EMERGENCIES = (
    "freeze_asked",
    "frozen",
    "unfreeze_asked",
    "unfrozen",
    "let_in",
    "travel_begun",
    "travel_ended",
)

# The work of a case: who is away cannot do it, so their deputy learns of it too. What concerns the account of a colleague,
# or what only they can open, is not told to another.
OF_THE_WORK = (
    "reported",
    "mentioned",
    "deadline_near",
    *(code for code in SENTENCES if code.startswith("alarm_")),
)


def sentence(announcement: Announcement) -> str:
    words = SENTENCES.get(announcement.code)
    return str(words) % {"who": announcement.who, "whom": announcement.whom} if words else announcement.code
