"""The true numbers of a period: of all cases of the organisation, and of those that were erased.

By the month, since of an erased case nothing finer is left: a figure is the same before and after. A case that was merged is no
further person.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.utils import timezone

from cases.applicants.models import Applicant, StageChange, Tally
from cases.applicants.stages import ENDINGS, PHASES, Stage
from cases.asylum.models import Ground
from cases.desk.published.periods import Period
from cases.desk.published.protecting import Links
from cases.relocation.models import Reason

ENDED = "ended"
PLACES = (*(f"phase_{place}" for place in range(len(PHASES))), ENDED)
OUTCOMES = tuple(stage.value for stage in Stage if stage in ENDINGS and stage != Stage.MERGED)
# Months from the first contact to the arrival: from how many on.
BANDS = (("months_0", 0), ("months_3", 3), ("months_6", 6), ("months_12", 12), ("months_24", 24))
# Where the case stood when somebody said no.
REFUSALS = {
    (Stage.VETTING, Stage.DECLINED): "vetting",
    (Stage.VETTING_HOLD, Stage.DECLINED): "vetting_hold",
    (Stage.SUBMITTED, Stage.REFUSED): "host",
    (Stage.QUESTIONS, Stage.REFUSED): "host",
    (Stage.REJECTED_FINAL, Stage.REFUSED): "final",
}
# Taken in when it was refused already: by whom is all that is known.
USUALLY = {Stage.DECLINED.value: "vetting", Stage.REFUSED.value: "host"}
REASONS = tuple(dict.fromkeys(REFUSALS.values()))
# Of the refusals by a state: why, as it said. Protection is refused for good by the last decision on the claim.
GIVEN = {"host": tuple(Reason.values), "final": tuple(Ground.values)}
WHY = tuple(f"{who}_{reason}" for who, reasons in GIVEN.items() for reason in reasons)
_DECISIONS = (Stage.REJECTED_OFPRA, Stage.REJECTED_FINAL)
# The database keeps no order of rows.
ROWS = {
    "stage": PLACES,
    "outcome": OUTCOMES,
    "arrival": tuple(code for code, _months in BANDS),
    "refusal": REASONS,
    "why": WHY,
}
# Whoever came in a period and is at its end beyond the arrival, or ended, arrived or ended in it.
LINKS = Links(
    same=[("stage", "country")],
    within=[(("stage.phase_6", "stage.phase_7"), "arrival"), ((f"stage.{ENDED}",), "outcome")],
    split=[
        ("outcome.declined", ("refusal.vetting", "refusal.vetting_hold")),
        ("outcome.refused", ("refusal.host", "refusal.final")),
        *(
            (f"refusal.{who}", [f"why.{who}_{reason}" for reason in reasons])
            for who, reasons in GIVEN.items()
        ),
        ("outcome.refused", [f"why.{row}" for row in WHY]),
    ],
    open=frozenset({"country"}),
)


@dataclass(frozen=True)
class Way:
    """One person: the stages in the order in which they began, each with its month, "2026-03"."""

    country: str
    stages: list[tuple[str, str]]
    # Beside each stage why a state said no; "" for all others.
    codes: Sequence[str] = ()

    @property
    def came(self) -> str:
        return self.stages[0][1]

    def until(self, month: str) -> list[tuple[str, str]]:
        return [one for one in self.stages if one[1] <= month]


def count(period: Period) -> dict[str, dict[str, int]]:
    first, last = f"{period.starts:%Y-%m}", f"{period.ends:%Y-%m}"
    return count_ways(ways(), first, last)


def count_ways(people: Iterable[Way], first: str, last: str) -> dict[str, dict[str, int]]:
    """Each table counts everybody once at most. `first` and `last`: the months of the period, both within."""
    stage, outcome, arrival, refusal, why = (
        Counter(dict.fromkeys(ROWS[name], 0)) for name in ("stage", "outcome", "arrival", "refusal", "why")
    )
    country: Counter[str] = Counter()
    for way in people:
        past = way.until(last)
        if first <= way.came <= last:
            stage[_place(past[-1][0])] += 1
            country[way.country] += 1
        if past and past[-1][0] in OUTCOMES and past[-1][1] >= first:
            outcome[past[-1][0]] += 1
            if reason := _refusal(past):
                refusal[reason] += 1
                if reason in GIVEN:
                    why[_why(way, len(past), reason)] += 1
        arrived = next((month for name, month in way.stages if name == Stage.ARRIVED), "")
        if first <= arrived <= last:
            arrival[_band(way.came, arrived)] += 1
    tables = {"stage": stage, "country": country, "outcome": outcome, "arrival": arrival}
    tables |= {"refusal": refusal, "why": why}
    return {name: dict(rows) for name, rows in tables.items()}


def ways() -> Iterator[Way]:
    for tally in Tally.objects.exclude(stage=Stage.MERGED):
        stages = [(stage, month) for stage, month, *_code in tally.stages]
        yield Way(
            str(tally.country),
            stages,
            [code for _stage, _month, *rest in tally.stages for code in rest or [""]],
        )
    cases = Applicant.objects.exclude(stage=Stage.MERGED).order_by()
    changes: dict[object, list[StageChange]] = {}
    for change in StageChange.objects.order_by("at", "id").iterator():
        changes.setdefault(change.applicant_id, []).append(change)
    for case in cases.only("country", "stage", "created_at").iterator():
        known = changes.get(case.pk, [])
        began = known[0].source if known else case.stage
        later = [(change.target, f"{timezone.localdate(change.at):%Y-%m}") for change in known]
        stages = [(began, f"{timezone.localdate(case.created_at):%Y-%m}"), *later]
        yield Way(str(case.country), stages, ["", *(change.code for change in known)])


def _place(stage: str) -> str:
    if stage in ENDINGS:
        return ENDED
    return next(f"phase_{place}" for place, phase in enumerate(PHASES) if stage in phase.stages)


def _refusal(past: list[tuple[str, str]]) -> str | None:
    (source, _since), (target, _month) = past[-2:] if len(past) > 1 else (past[-1], past[-1])
    return REFUSALS.get((Stage(source), Stage(target)), USUALLY.get(target))


def _why(way: Way, until: int, who: str) -> str:
    """The row of the reason; of a claim that of the last decision on it. What nobody noted was not said."""
    codes = dict(enumerate(way.codes))
    places = [until - 1]
    if who == "final":
        places = [place for place in range(until) if way.stages[place][0] in _DECISIONS]
    said = next((codes[place] for place in reversed(places) if codes.get(place)), "")
    return f"{who}_{said if said in GIVEN[who] else Reason.UNSAID}"


def _band(came: str, arrived: str) -> str:
    (year, month), (later_year, later_month) = (map(int, one.split("-")) for one in (came, arrived))
    months = (later_year - year) * 12 + later_month - month
    return [code for code, least in BANDS if least <= max(months, 0)][-1]
