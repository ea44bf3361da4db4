"""Why something with names may not leave, each with a sentence that can be shown: by pseudonym, without a name."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class Refused(Exception):
    """`str()` of it is the sentence to show."""

    sentence: ClassVar["_StrPromise"]

    def __str__(self) -> str:
        return str(self.sentence)


class CannotLeave(Refused):
    """Sentences by pseudonym."""

    def __init__(self, obstacles: Mapping[str, str]) -> None:
        self.obstacles = dict(obstacles)

    def __str__(self) -> str:
        return " ".join(
            _("%(label)s: %(value)s") % {"label": pseudonym, "value": sentence}
            for pseudonym, sentence in self.obstacles.items()
        )


class NothingChosen(Refused):
    sentence = gettext_lazy("Choose at least one person and one field.")


class TooMany(Refused):
    sentence = gettext_lazy("That is too many people for one export. Ask for fewer at a time.")


class UnknownAgeKey(Refused):
    sentence = gettext_lazy(
        "This is no public age key: one begins with age1 and has 62 letters and digits. Copy it again."
    )


class NoForm(Refused):
    sentence = gettext_lazy("Choose one of their forms that is in use.")


class NoColumn(Refused):
    def __init__(self, labels: Sequence[str]) -> None:
        self.labels = labels

    def __str__(self) -> str:
        return _("Their form has no column for: %(fields)s. Leave that out.") % {
            "fields": ", ".join(self.labels)
        }


class SetAlready(Refused):
    sentence = gettext_lazy("The columns of this form are set already. Upload it anew to change them.")


class NoSuchColumn(Refused):
    sentence = gettext_lazy("Choose for at least one of its columns what goes into it, and each field once.")


class ByYourself(Refused):
    sentence = gettext_lazy("You asked for this yourself: another colleague approves it.")


class NotYours(Refused):
    sentence = gettext_lazy("Only the colleague who asked collects this.")


class AnsweredAlready(Refused):
    sentence = gettext_lazy("This was answered already. Load the page again.")


class Over(Refused):
    sentence = gettext_lazy("The time for this is over. Ask anew; nothing was opened.")


class NotApproved(Refused):
    sentence = gettext_lazy("Nobody has approved this, so nothing was opened.")


class CollectedAlready(Refused):
    sentence = gettext_lazy(
        "This was collected already, and nobody can collect it twice. Ask anew if the file did not arrive."
    )


class ApproverGone(Refused):
    sentence = gettext_lazy(
        "The account of the colleague who approved this is closed, so the approval counts no more. Ask anew."
    )


class NobodyLeft(Refused):
    sentence = gettext_lazy("Nobody of those asked for can be handed over now. Nothing was opened.")


class ChangedSinceSeen(Refused):
    sentence = gettext_lazy(
        "Who can be handed over has changed since you opened this page. Look again; nothing was opened."
    )


class PackingBusy(Refused):
    sentence = gettext_lazy(
        "The server is busy with another export. Try again in a minute; nothing was used up."
    )


class NothingOpened(Refused):
    sentence = gettext_lazy(
        "What is sealed could not be opened, so nothing left. This approval is used up; tell the administrator, then ask anew."
    )
