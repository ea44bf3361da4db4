"""The sheet that is packed: what was read of people, with what it is and whose copy it is, in the recipient's language."""

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from cases.disclosures.fields import labels_of
from cases.disclosures.models import Handover
from cases.disclosures.packing import Column, Sheet
from cases.disclosures.reading import Read
from cases.staff.models import User
from cases.staff.queries import organisation


def sheet_of(
    read: Sequence[Read], *, fields: Sequence[str], handover: Handover, language: str, by: User, at: datetime
) -> Sheet:
    with override(language):
        day = date_format(timezone.localdate(at))
        number = ngettext("%(number)d person", "%(number)d people", len(read)) % {"number": len(read)}
        about = [
            (_("Handed over to"), f"{handover.recipient}, {handover.organisation}"),
            (_("Handed over by"), ", ".join(filter(None, [str(by), str(organisation() or "")]))),
            (_("Date"), day),
            (_("People"), number),
        ]
        return Sheet(
            language=language,
            heading=_("Personal data, handed over in confidence"),
            about=about,
            notes=[
                _("Use it only for the purpose it was given for, and give it to nobody else."),
                _(
                    "It can put these people and their families in danger: keep it encrypted, and delete it when it is no longer needed."
                ),
            ],
            mark_label=_("Handed over by"),
            mark=f"{by}, {day}",
            columns=[Column(code, label) for code, label in zip(fields, labels_of(fields), strict=True)],
            people=[[one.said[code] for code in fields] for one in read],
        )
