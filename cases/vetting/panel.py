"""The tab “Vetting” of a case: each part of the vetting in one line, with what still waits in it."""

from dataclasses import dataclass, field

from django.template.defaultfilters import date as written_day
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.applicants.models import Applicant
from cases.staff.models import User
from cases.vetting.decision_page import TONES, headline
from cases.vetting.models import Account, Outcome
from cases.vetting.queries import evidence, heard, questions, screening, service
from cases.vetting.queries.checks import checks_of, progress
from cases.vetting.queries.decisions import standing
from cases.vetting.queries.voters import held_back
from cases.vetting.tabs import TABS


@dataclass(frozen=True)
class Line:
    """One part: what is there, and `waits` where something is to be done."""

    title: str
    url: str
    said: list[str]
    waits: list[str] = field(default_factory=list)


def panel_of(applicant: Applicant, viewer: User) -> dict[str, object]:
    said = {
        "service": _service(applicant),
        "checks": _checks(applicant),
        "evidence": _evidence(applicant),
        "heard": _heard(applicant),
        "screening": _screening(applicant),
    }
    lines = [
        Line(str(tab.title), reverse(tab.url_name, args=[applicant.pk]), *said[tab.slug])
        for tab in TABS
        if tab.slug in said
    ]
    lines.insert(2, _questions(applicant))
    now = standing(applicant)
    tone = TONES[Outcome(now.decision.outcome)] if now.decision else ""
    may_vote = held_back(now, viewer) is None
    return {"lines": lines, "headline": headline(now), "now": now, "tone": tone, "may_vote": may_vote}


def _service(applicant: Applicant) -> tuple[list[str], list[str]]:
    counted, changed = service.service_summary(applicant)
    if not changed:
        return [], [_("Nothing is recorded yet.")]
    entries = [f"{Account(account).label}: {number}" for account, number in counted.items() if number]
    day = written_day(timezone.localtime(changed), "j M Y")
    return [", ".join(entries), _("last changed on %(day)s") % {"day": day}], []


def _checks(applicant: Applicant) -> tuple[list[str], list[str]]:
    lines = checks_of(applicant)
    known = progress(lines)
    said = _("%(done)s of %(all)s answered") % {"done": known.answered, "all": known.all}
    missing = [line.kind.code for line in lines if line.is_missing]
    against = [line.kind.code for line in lines if line.is_contradicted]
    waits = [_("Missing for support: %(codes)s") % {"codes": ", ".join(missing)}] if missing else []
    if against:
        waits.append(_("Contradicted: %(codes)s") % {"codes": ", ".join(against)})
    return [said], waits


def _questions(applicant: Applicant) -> Line:
    waiting = questions.open_questions(applicant).count()
    all_of_them = questions.questions_of(applicant).count()
    said = [ngettext("%(number)s question", "%(number)s questions", all_of_them) % {"number": all_of_them}]
    waits = [ngettext("%(number)s is open", "%(number)s are open", waiting) % {"number": waiting}]
    url = reverse("vetting:questions", args=[applicant.pk])
    return Line(
        _("Questions to the person"), url, said if all_of_them else [_("none")], waits if waiting else []
    )


def _evidence(applicant: Applicant) -> tuple[list[str], list[str]]:
    number = evidence.evidence_of(applicant).count()
    return [ngettext("%(number)s piece", "%(number)s pieces", number) % {"number": number}], []


def _heard(applicant: Applicant) -> tuple[list[str], list[str]]:
    return [*heard.said_for_interviews(applicant)[:1], *heard.said_for_referees(applicant)[:1]], []


def _screening(applicant: Applicant) -> tuple[list[str], list[str]]:
    said = screening.screening_said(applicant)
    known = screening.screening_of(applicant)
    if known is None:
        return [], said
    return (said, []) if screening.is_current(applicant) and not known.open else (said[:1], said[1:])
