"""What is done with governments and groups, as the audit log says it."""

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
    "relocation.frozen": ("lists", _("froze the dossier of a group")),
    "relocation.paper_taken": ("lists", _("took out the dossier of a group, by pseudonym")),
    "relocation.handed_in": ("lists", _("handed in the dossier of a group")),
    "relocation.receipt_noted": ("lists", _("noted the receipt of a government")),
    "relocation.asked_for_news": ("lists", _("asked a government for news")),
    "relocation.annex_linked": ("lists", _("said which export with names belongs to a submission")),
    "relocation.answer_noted": ("cases", _("noted the answer of a government for %(about)s")),
    "relocation.inquiry_added": ("lists", _("noted a question of a government")),
    "relocation.inquiry_answered": ("lists", _("answered a question of a government")),
}
