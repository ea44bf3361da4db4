"""The answers about travel in sentences, in the reader's language.

A sentence never bends the name of a country or of a document: those stand after a colon or in a heading, since
French and Russian would need another form of each.
"""

from collections.abc import Mapping
from datetime import date

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from cases.documents.models import Confidence, Status, in_language
from cases.documents.models import ExitRule as Exit
from cases.documents.models import SafetyRule as Safety
from cases.documents.places import PARTS
from cases.documents.travel.answers import Answer, Code, Option, Reason
from cases.documents.travel.facts import Paper
from cases.documents.travel.rules import Confidence as Sure
from cases.documents.travel.rules import EntryRule, ExitRule, RemedyRule, Row, Text, TypeFacts, is_stale

ANSWERS: dict[Answer, Promise] = {
    Answer.YES: _("Yes"),
    Answer.VISA: _("With a visa"),
    Answer.REMEDY: _("With a remedy"),
    Answer.UNKNOWN: _("Unknown"),
    Answer.NO: _("No"),
}
# Without a date, in force from a day on, and up to a day.
_DATED: dict[Code, tuple[Promise, Promise, Promise]] = {
    Code.ACCEPTED: (
        _("Accepted."),
        _("Accepted since %(begins)s."),
        _("Accepted until %(ends)s."),
    ),
    Code.NOT_ACCEPTED: (
        _("Not accepted: %(paper)s."),
        _("Not accepted since %(begins)s: %(paper)s."),
        _("Not accepted until %(ends)s: %(paper)s."),
    ),
}
_SENTENCES: dict[Code, Promise] = {
    Code.NOT_YET_KNOWN: _("It is not known whether this is accepted: %(paper)s."),
    Code.NO_RULE: _("Nothing is recorded about this document: %(paper)s."),
    Code.NOT_IN_HAND: _("Cannot be shown at the border (%(status)s): %(paper)s."),
    Code.EXPIRED: _("Expired: %(paper)s."),
    Code.EXPIRY_UNKNOWN: _("Find out until when it is valid: %(paper)s."),
    Code.EXPIRES_TOO_SOON: _("Expires too soon: it must be valid until %(until)s at least: %(paper)s."),
    Code.NOT_ISSUED_YET: _("Not issued yet on this day: %(paper)s."),
    Code.ISSUE_UNKNOWN: _("Find out when it was issued: at most %(years)s years ago is accepted."),
    Code.ISSUED_TOO_LONG_AGO: _("Issued more than %(years)s years ago: %(paper)s."),
    Code.TOO_FEW_PAGES: _("Too few blank pages: %(pages)s are needed: %(paper)s."),
    Code.PAGES_UNKNOWN: _("Count the blank pages: %(pages)s are needed."),
    Code.AGE: _("Accepted at another age only: %(paper)s."),
    Code.AGE_UNKNOWN: _("The age is not known exactly enough, so the more careful rule counts."),
    Code.ONLY_BY_AIR: _("Only by air, not by land."),
    Code.VISA_HELD: _("The visa is there: %(paper)s."),
    Code.VISA_NEEDED: _("A visa is needed."),
    Code.VISA_UNKNOWN: _("It is not known whether a visa is needed."),
    Code.NO_PAPER: _("No document that could be accepted is recorded."),
    Code.REMEDY: _("There is a way without a passport: %(document)s."),
    Code.ALREADY_THERE: _("The person is there now."),
    Code.OTHER_JOURNEY: _("Good for another journey only: %(paper)s."),
    Code.JOURNEY_UNKNOWN: _("It is not recorded for which journey this was made: %(paper)s."),
}


class Names:
    """The names of document types, for the sentences about them; made from the rows that the answers rest on."""

    def __init__(self, types: Mapping[str, TypeFacts]) -> None:
        self._types = types

    def type(self, code: str) -> str:
        facts = self._types.get(code)
        return in_words(facts.name) if facts else code

    def paper(self, paper: Paper) -> str:
        """The type of a paper, and until when it is valid."""
        name = self.type(paper.type)
        if paper.expires is None:
            return name
        return gettext("%(paper)s, valid until %(day)s") % {"paper": name, "day": date_format(paper.expires)}


def in_words(text: Text) -> str:
    return in_language(lambda code: str(getattr(text, code, "")))


def place(code: str) -> str:
    """A country, or an area of the rules, in words."""
    return str(PARTS.get(code) or countries.name(code) or code)


def answer(value: Answer) -> str:
    return str(ANSWERS[value])


def reason(one: Reason, names: Names) -> str:
    """Say one reason: what it says, for which age, and what the row adds."""
    values = {name: _value(value) for name, value in one.values}
    if one.paper is not None:
        values |= {"paper": names.paper(one.paper), "status": str(Status(one.paper.status).label)}
    rule = one.rule
    if isinstance(rule, RemedyRule):
        values["document"] = names.type(rule.document)
    if isinstance(rule, EntryRule):
        values |= {"years": str(rule.years_since_issue), "pages": str(rule.blank_pages)}
    parts = [_sentence(one) % (values | _days(rule)), _ages(one.code, rule)]
    if one.code in (Code.ACCEPTED, Code.NOT_ACCEPTED, Code.NOT_YET_KNOWN, Code.VISA_HELD):
        parts.append(note(rule))
    return " ".join(filter(None, parts))


def note(row: Row | None) -> str:
    text = getattr(row, "note", None)
    return in_words(text) if isinstance(text, Text) else ""


def next_step(option: Option, names: Names) -> str:
    """What to do next for one destination; "" where nothing is to be done, or nothing is known."""
    if option.remedy is not None:
        return in_words(option.remedy.next_step)
    if option.answer is Answer.VISA:
        wanted = str(_(" or ")).join(names.type(code) for code in option.missing)
        said = gettext("Ask the consulate whether it takes applications, then apply for: %(documents)s.")
        if not _is_disputed(option):
            said = gettext("Apply for: %(documents)s.")
        return said % {"documents": wanted} if wanted else gettext("Apply for a visa.")
    if option.answer is Answer.UNKNOWN:
        return gettext("Ask the consulate, and write down the answer with its source.")
    return ""


def _is_disputed(option: Option) -> bool:
    rules = [one.rule for one in option.reasons if one.rule is not None]
    return any(rule.confidence in (Sure.CONFLICT, Sure.LOW) for rule in rules)


def needs(option: Option) -> str:
    """The evidence that an application for the remedy asks for."""
    return in_words(option.remedy.needs) if option.remedy else ""


def source(row: Row) -> str:
    """Where a row comes from, how sure it is, and when somebody last looked."""
    parts = [row.source]
    if row.source_date:
        parts.append(date_format(row.source_date))
    parts.append(str(Confidence(row.confidence).label))
    if row.verified_on is None:
        parts.append(gettext("never verified"))
    else:
        parts.append(gettext("verified on %(day)s") % {"day": date_format(row.verified_on)})
        if is_stale(row.verified_on, timezone.localdate()):
            parts.append(gettext("to be verified again"))
    return " · ".join(parts)


def _sentence(one: Reason) -> str:
    if one.code not in _DATED:
        return str(_SENTENCES[one.code])
    plain, since, until = _DATED[one.code]
    if one.rule is not None and one.rule.begins is not None:
        return str(since)
    return str(until if one.rule is not None and one.rule.ends is not None else plain)


def _days(row: Row | None) -> dict[str, str]:
    if row is None:
        return {}
    return {
        "begins": date_format(row.begins) if row.begins else "",
        "ends": date_format(row.ends) if row.ends else "",
    }


def _ages(code: Code, rule: Row | None) -> str:
    if not isinstance(rule, EntryRule) or code not in (Code.ACCEPTED, Code.NOT_ACCEPTED, Code.AGE):
        return ""
    said = []
    if rule.age_from is not None:
        said.append(gettext("From the age of %(age)s.") % {"age": rule.age_from})
    if rule.age_below is not None:
        said.append(gettext("Below the age of %(age)s.") % {"age": rule.age_below})
    return " ".join(said)


def _value(value: object) -> str:
    return date_format(value) if isinstance(value, date) else str(value)


def obstacle(row: ExitRule) -> str:
    """What may keep somebody from leaving, and what is known about it."""
    label = str(Exit.Obstacle(row.obstacle).label)
    return gettext("%(label)s: %(value)s") % {"label": label, "value": note(row)}


def danger(kind: str) -> str:
    """What threatens in a country, beside the law of entry."""
    return str(Safety.Danger(kind).label)
