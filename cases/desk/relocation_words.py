"""What the actions of the road from clearance to a life in safety are called in the audit log: governments, asylum, needs, letters."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

RELOCATION: dict[str, tuple[str, Promise]] = {
    "relocation.government_added": ("lists", _("added a government")),
    "relocation.government_changed": ("lists", _("changed a government")),
    "relocation.contact_added": ("lists", _("added an official of a government")),
    "relocation.contact_left": ("lists", _("noted that an official has left")),
    "relocation.talk_written": ("lists", _("wrote down a talk with a government")),
    "relocation.step_done": ("lists", _("did what was agreed with a government")),
    "relocation.step_put_off": ("lists", _("put off what was agreed with a government")),
    "relocation.group_made": ("lists", _("made a group")),
    "relocation.group_moved": ("lists", _("moved a group along")),
    "relocation.added_to_group": ("cases", _("added %(about)s to a group")),
    "relocation.taken_out_of_group": ("cases", _("took %(about)s out of a group")),
    "relocation.photos_noted": ("cases", _("noted whether the photographs of %(about)s are there")),
    "needs.added": ("cases", _("noted a need of %(about)s")),
    "needs.ended": ("cases", _("ended a need of %(about)s")),
    "needs.offered": ("cases", _("asked a provider to help %(about)s")),
    "needs.accepted": ("cases", _("noted that a provider helps %(about)s")),
    "needs.refused": ("cases", _("noted that a provider does not help %(about)s")),
    "needs.done": ("cases", _("noted that a provider has helped %(about)s")),
    "needs.taken_back": ("cases", _("took back that a provider was asked for %(about)s")),
    "needs.provider_added": ("lists", _("added a provider")),
    "needs.provider_changed": ("lists", _("changed a provider")),
    "needs.provider_closed": ("lists", _("noted that a provider takes nobody any more")),
    "needs.provider_opened": ("lists", _("noted that a provider takes people again")),
    "letters.written": ("cases", _("wrote a letter for %(about)s")),
    "asylum.claim_opened": ("cases", _("opened the asylum claim of %(about)s")),
    "asylum.minor_attached": ("cases", _("attached %(about)s to the claim of a parent")),
    "asylum.minor_detached": ("cases", _("took %(about)s away from the claim of a parent")),
    "asylum.step_noted": ("cases", _("noted a step of an asylum claim")),
    "asylum.step_taken_back": ("cases", _("took back a step of an asylum claim")),
    "asylum.law_set": ("cases", _("said which law holds for an asylum claim")),
    "asylum.date_set": ("cases", _("set the day of a deadline by hand")),
    "asylum.date_moved": ("cases", _("moved the day of a deadline")),
}
