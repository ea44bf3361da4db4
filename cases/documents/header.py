"""The line of the case header: what the person can travel on."""

from collections import Counter

from django.utils import timezone
from django.utils.translation import gettext as _

from cases.applicants.models import Applicant
from cases.documents import words
from cases.documents.queries.travel import rulebook, travellers
from cases.documents.travel.answers import Answer, Option
from cases.documents.travel.options import options

NAMED = 4


def travels_on(applicant: Applicant) -> str:
    """Say which paper opens most, and what it opens; or that there is none."""
    book = rulebook(timezone.localdate())
    names = words.Names(book.types)
    found = options(travellers([applicant])[applicant.pk], book)
    ways = [one for one in found if _is_a_way(one, applicant)]
    open_ones = [(one.paper, one) for one in ways if one.answer >= Answer.VISA and one.paper is not None]
    if not open_ones:
        remedies = Counter(code for one in found if one.answer is Answer.REMEDY for code in one.missing)
        if not remedies:
            return _("nothing yet")
        return _("nothing yet; a remedy: %(document)s") % {
            "document": names.type(remedies.most_common(1)[0][0])
        }
    [(best, _number)] = Counter(paper for paper, _option in open_ones).most_common(1)
    return f"{names.paper(best)} · {_opened([one for paper, one in open_ones if paper == best])}"


def _is_a_way(option: Option, applicant: Applicant) -> bool:
    """Whether a destination leads anywhere: not where the person is, nor where people are handed over."""
    dangers = {row.danger for row in option.safety}
    return option.destination != str(applicant.country) and not dangers & {"unsafe", "extradites"}


def _opened(found: list[Option]) -> str:
    """The countries by name where they are few, else how many without and with a visa."""
    free = [words.place(one.destination) for one in found if one.answer is Answer.YES]
    with_visa = len(found) - len(free)
    said = [", ".join(sorted(free, key=str.casefold)[:NAMED])] if free else []
    if len(free) > NAMED:
        said.append(_("and %(number)s more without a visa") % {"number": len(free) - NAMED})
    if with_visa:
        said.append(_("%(number)s with a visa") % {"number": with_visa})
    return ", ".join(said)
