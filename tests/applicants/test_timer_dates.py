"""Each deadline that a stage sets, by a table of days: over a leap day, over a weekend, over the turn of the clocks."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from cases.applicants.models import Applicant
from cases.applicants.operations.registering import first_deadlines
from cases.applicants.stages import Stage
from cases.applicants.timers import TIMERS

PARIS = ZoneInfo("Europe/Paris")
# Rule, the stage is entered at (Paris), the deadline is at (Paris). None of them is moved from a weekend: each is our own
# wish, or counted in days by a law of which no rest is known.
TABLE = (
    ("applicants.answer", "2028-02-28 09:00", "2028-03-01 09:00"),
    ("applicants.answer", "2026-11-27 18:30", "2026-11-29 18:30"),
    # Forty-eight hours, of which the clocks give one back.
    ("applicants.answer", "2026-10-24 12:00", "2026-10-26 11:00"),
    ("applicants.intake", "2028-02-16 09:00", "2028-03-01 09:00"),
    ("applicants.intake", "2026-11-14 09:00", "2026-11-28 09:00"),
    ("applicants.vetting", "2028-01-01 09:00", "2028-03-01 09:00"),
    ("applicants.vetting", "2027-01-01 09:00", "2027-03-02 09:00"),
    ("applicants.vetting_hold", "2028-01-31 09:00", "2028-03-01 09:00"),
    ("applicants.vetting_hold", "2027-01-31 09:00", "2027-03-02 09:00"),
    ("applicants.follow_up", "2028-02-16 09:00", "2028-03-01 09:00"),
    ("applicants.follow_up", "2026-12-19 09:00", "2027-01-02 09:00"),
    ("applicants.visa_appeal", "2028-01-31 09:00", "2028-03-01 09:00"),
    ("applicants.visa_appeal", "2026-12-03 09:00", "2027-01-02 09:00"),
    ("applicants.claim", "2027-12-02 09:00", "2028-03-01 09:00"),
    # The program knows one period for all days: that of before 12 June 2026.
    ("applicants.claim", "2026-01-13 09:00", "2026-04-13 10:00"),
    ("applicants.review", "2027-03-01 09:00", "2028-02-29 09:00"),
    ("applicants.review", "2026-03-01 09:00", "2027-03-01 09:00"),
)


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=PARIS)


@pytest.mark.parametrize(("rule", "entered", "due"), TABLE)
def test_it_falls_where_the_table_says(rule, entered, due):
    stage = next(timer.stage for timer in TIMERS if timer.rule == rule)
    [found] = [
        one
        for one in first_deadlines([Applicant(stage=stage)], at(entered).astimezone(UTC))
        if one.rule == rule
    ]

    assert timezone.localtime(found.due_at, PARIS) == at(due)


def test_no_rule_is_without_its_days():
    assert {rule for rule, _entered, _due in TABLE} == {timer.rule for timer in TIMERS}
    assert len(TIMERS) == len({timer.rule for timer in TIMERS})


def test_a_stage_without_a_rule_sets_nothing():
    quiet = set(Stage) - {timer.stage for timer in TIMERS}

    assert first_deadlines([Applicant(stage=stage) for stage in quiet], at("2026-11-24 09:00")) == []
