"""Everything that is kept on one person, in sections and words for that person. What names a colleague is never read here."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django_countries import countries

from cases.applicants.models import Applicant
from cases.applicants.queries import members_with
from cases.applicants.stages import REASONS, Stage
from cases.disclosures.fields import FIELDS, labels_of
from cases.disclosures.queries import disclosures_of
from cases.own_data import road
from cases.own_data.lines import Line, Section, at, day
from cases.own_data.redacting import Redact
from cases.retention.queries import review_of

_STAGES = dict(Stage.choices)
# Fields in which others may stand.
_MIXED = ("how", "papers", "service")


def sections(
    applicant: Applicant, *, opened: Mapping[str, list[str]], account: Mapping[str, Any], redact: Redact
) -> list[Section]:
    """`opened`: lines by the code of a field; `account`: what lies under each kind in the account safe."""
    parts: list[tuple[str, str, list[Line]]] = [
        ("identity", _("Name and contact"), _sealed(opened, redact)),
        ("case", _("Your case"), _case(applicant, redact)),
        ("stages", _("What happened when"), _stages(applicant, redact)),
        ("account", _("What you told us"), _account(applicant, account, redact)),
        ("notes", _("Notes"), [at(one.at, redact(one.text)) for one in applicant.notes.order_by("at")]),
        ("work", _("Tasks and deadlines"), _work(applicant, redact)),
        ("consent", _("What you agreed to"), _consents(applicant, redact)),
        ("vetting", _("Vetting"), _vetting(applicant)),
        ("papers", _("Papers"), road.papers(applicant)),
        ("danger", _("Alarms and risks"), _dangers(applicant)),
        ("needs", _("Help"), road.help_given(applicant, redact)),
        ("transfers", _("Passed to other organisations"), road.transfers(applicant, redact)),
        ("letters", _("Letters"), road.letters(applicant, redact)),
        ("governments", _("Governments"), road.governments(applicant, redact)),
        ("journeys", _("Journeys"), road.journeys(applicant, redact)),
        ("asylum", _("Asylum claim"), road.asylum(applicant)),
        ("told", _("Who was told of you"), _told(applicant, redact)),
        ("keeping", _("How long we keep it"), _keeping(applicant)),
    ]
    return [Section(code, title, lines) for code, title, lines in parts if lines]


def as_json(about: Sequence[tuple[str, str]], found: Sequence[Section]) -> dict[str, Any]:
    return {"about": dict(about), "sections": [asdict(one) for one in found]}


def _sealed(opened: Mapping[str, list[str]], redact: Redact) -> list[Line]:
    """One's own name stays as it is; out of what is told in words others are taken."""
    own = [code for code in opened if code not in _MIXED]
    lines = [Line(str(FIELDS[code].label), list(opened[code])) for code in own if opened[code]]
    mixed = [code for code in _MIXED if opened.get(code)]
    return lines + [Line(str(FIELDS[code].label), [redact(one) for one in opened[code]]) for code in mixed]


def _case(applicant: Applicant, redact: Redact) -> list[Line]:
    others = members_with(applicant).exclude(applicant=applicant).count()
    said = [
        (_("Pseudonym"), applicant.pseudonym),
        (_("Category"), str(applicant.get_category_display())),
        (_("Country"), countries.name(str(applicant.country)) if applicant.country else ""),
        (_("How reached"), str(applicant.get_channel_display())),
        (_("Languages"), applicant.languages_said),
        (_("Age"), applicant.age_now),
        (_("Urgency"), str(applicant.get_urgency_display())),
        (_("Why"), redact(applicant.urgency_reason)),
        (_("Needs"), redact(applicant.special_needs)),
        (_("Stage"), str(applicant.get_stage_display())),
        (_("Registered"), day(applicant.created_at)),
        (_("Last contact"), day(applicant.last_contact_on)),
        (_("Last written to"), day(applicant.last_written_on)),
        (_("Other people of your household"), str(others) if others else ""),
    ]
    return [Line(label, [text]) for label, text in said if text]


def _stages(applicant: Applicant, redact: Redact) -> list[Line]:
    lines = []
    for change in applicant.stage_changes.order_by("at"):
        reason = str(REASONS.get(change.reason, "")) or redact(change.reason)
        said = f"{_STAGES[change.source]} → {_STAGES[change.target]}"
        lines.append(at(change.at, said, reason))
    return lines


def _account(applicant: Applicant, account: Mapping[str, Any], redact: Redact) -> list[Line]:
    notes = applicant.sealed_notes.order_by("at")
    return [
        Line(f"{day(one.at)}: {one.get_topic_display()}", [redact(str(account[one.kind_of_item]["text"]))])
        for one in notes
    ]


def _work(applicant: Applicant, redact: Redact) -> list[Line]:
    tasks = [Line(day(one.due_on) or _("Task"), [redact(one.title)]) for one in applicant.tasks.all()]
    return tasks + [at(one.due_at, redact(one.said), redact(one.why)) for one in applicant.deadlines.all()]


def _consents(applicant: Applicant, redact: Redact) -> list[Line]:
    lines = []
    for one in applicant.consents.order_by("recorded_at"):
        said = [_("agreed on %(day)s") % {"day": day(one.given_on)} if one.given_on else _("did not agree")]
        if one.withdrawn_on:
            said.append(_("withdrawn on %(day)s") % {"day": day(one.withdrawn_on)})
        lines.append(Line(str(one.get_purpose_display()), [*said, *filter(None, [redact(one.outlet)])]))
    return lines


def _vetting(applicant: Applicant) -> list[Line]:
    """The result and its day; who voted, and who was asked about the person, is theirs."""
    return [
        at(one.decided_at, str(one.get_outcome_display()))
        for one in applicant.decisions.order_by("decided_at")
    ]


def _dangers(applicant: Applicant) -> list[Line]:
    alarms: Callable[[Any], Line] = lambda one: at(  # noqa: E731
        one.raised_at, capfirst(str(one.get_kind_display())), str(one.get_outcome_display())
    )
    risks = applicant.risks.all()
    return [alarms(one) for one in applicant.alarms.all()] + [
        at(one.happened_on, capfirst(str(one.get_kind_display())), str(one.get_severity_display()))
        for one in risks
    ]


def _told(applicant: Applicant, redact: Redact) -> list[Line]:
    """Organisations, as Art. 15(1)(c) asks; the officials there are others."""
    return [
        at(one.disclosure.at, redact(one.disclosure.organisation), ", ".join(labels_of(one.fields)))
        for one in disclosures_of(applicant)
    ]


def _keeping(applicant: Applicant) -> list[Line]:
    review = review_of(applicant)
    if review is None or review.rule is None:
        return [Line(_("Time of keeping"), [_("As long as the case is under way; then it is looked at.")])]
    said = [capfirst(str(review.rule.get_record_class_display())), str(review.rule.note)]
    due = [_("looked at on %(day)s") % {"day": day(review.due)}] if review.due else []
    return [Line(_("Time of keeping"), [*filter(None, said), *due])]
