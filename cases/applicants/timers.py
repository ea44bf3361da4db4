"""Deadlines that begin when a case enters a stage, one table. Leaving the stage meets them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from cases.applicants.stages import Stage


@dataclass(frozen=True)
class Timer:
    stage: Stage
    rule: str
    after: timedelta
    title: Promise
    source: Promise


def noon(day: date) -> datetime:
    """The middle of a day where the organisation is, so that its deadline falls on it wherever it is read."""
    return timezone.make_aware(datetime.combine(day, time(12)))


def days(number: int) -> timedelta:
    return timedelta(days=number)


_OWN = _("rule of the organisation")

TIMERS: tuple[Timer, ...] = (
    Timer(Stage.CONTACT, "applicants.answer", timedelta(hours=48), _("Answer the first message"), _OWN),
    Timer(Stage.INTAKE, "applicants.intake", days(14), _("Complete the intake"), _OWN),
    Timer(Stage.VETTING, "applicants.vetting", days(60), _("Decide the vetting"), _OWN),
    Timer(
        Stage.VETTING_HOLD,
        "applicants.vetting_hold",
        days(30),
        _("Look again at what held up the vetting"),
        _OWN,
    ),
    Timer(Stage.SUBMITTED, "applicants.follow_up", days(14), _("Ask the government for news"), _OWN),
    Timer(
        Stage.REFUSED,
        "applicants.visa_appeal",
        days(30),
        _("Appeal against the refusal of the visa"),
        _("30 days to the visa appeals commission (CRRV) since 2023; to be confirmed by a lawyer"),
    ),
    Timer(
        Stage.ARRIVED,
        "applicants.claim",
        days(90),
        _("Claim asylum"),
        _("Later than 90 days after entry the accelerated procedure applies"),
    ),
    Timer(Stage.INTEGRATION, "applicants.review", days(365), _("Yearly review"), _OWN),
)
TITLES = {timer.rule: timer.title for timer in TIMERS}
SOURCES = {timer.rule: timer.source for timer in TIMERS}
# The rules of other slices, and whether a person may tick off what they set.
OTHERS: dict[str, bool] = {}
_MET_BY: dict[str, list[str]] = defaultdict(list)


def register_rule(rule: str, *, can_be_done: bool, met_by: Iterable[Stage] = ()) -> None:
    """Make a rule of another slice known: the titles and sources it sets are `written` words, so readers of every
    language see their own. Entering one of the stages `met_by` meets its deadlines."""
    OTHERS[rule] = can_be_done
    for stage in met_by:
        _MET_BY[stage].append(rule)


def rules_met_by(stage: str) -> list[str]:
    return _MET_BY[stage]


def timers_of(stage: str) -> list[Timer]:
    return [timer for timer in TIMERS if timer.stage == stage]


def written(title: Promise) -> str:
    """The text as it stands in the database: in English, whoever caused it. Readers see it in their own language."""
    with override(None):
        return str(title)
