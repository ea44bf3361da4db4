"""What the actions on journeys and asylum claims are called in the audit log."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ABROAD: dict[str, tuple[str, Promise]] = {
    "asylum.claim_opened": ("cases", _("opened the asylum claim of %(about)s")),
    "asylum.minor_attached": ("cases", _("attached %(about)s to the claim of a parent")),
    "asylum.minor_detached": ("cases", _("took %(about)s away from the claim of a parent")),
    "asylum.step_noted": ("cases", _("noted a step of an asylum claim")),
    "asylum.step_taken_back": ("cases", _("took back a step of an asylum claim")),
    "asylum.law_set": ("cases", _("said which law holds for an asylum claim")),
    "asylum.date_set": ("cases", _("set the day of a deadline by hand")),
    "asylum.date_moved": ("cases", _("moved the day of a deadline")),
    "journeys.planned": ("cases", _("planned a leg of a journey")),
    "journeys.changed": ("cases", _("changed a leg of a journey")),
    "journeys.called_off": ("cases", _("called off a leg of a journey")),
    "journeys.departed": ("cases", _("noted that %(about)s has departed")),
    "journeys.arrived": ("cases", _("confirmed that %(about)s has arrived")),
    "journeys.stopped": ("cases", _("noted that %(about)s was stopped at the border")),
}
