from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.applicants.ages import BANDS, age_facts, grown
from cases.applicants.models import Applicant
from cases.desk.ages import in_band

DAYS = st.dates(date(1930, 1, 1), date(2026, 11, 1))


def holds(condition, row):
    """Whether a row of two columns meets the condition, by its own small reading of it."""
    met = []
    for part in condition.children:
        if isinstance(part, tuple):
            name, wanted = part
            field, _, lookup = name.partition("__")
            value = row[field]
            found = {
                "": lambda value, wanted: value == wanted,
                "isnull": lambda value, wanted: (value is None) is wanted,
                "lt": lambda value, wanted: value is not None and value < wanted,
                "gte": lambda value, wanted: value is not None and value >= wanted,
            }[lookup](value, wanted)
        else:
            found = holds(part, row)
        met.append(found)
    return any(met) if condition.connector == "OR" else all(met)


@given(born=DAYS, sealed=DAYS, later=st.integers(0, 60 * 365))
@settings(max_examples=400)
def test_the_condition_agrees_with_what_the_case_page_says(born, sealed, later):
    sealed = max(born, sealed)
    today = date.fromordinal(sealed.toordinal() + later)
    band, threshold = age_facts(born.isoformat(), sealed)
    now, _month = grown(band, threshold, today)
    row = {"age_band": band, "next_age_threshold": threshold}

    assert [one for one in BANDS if holds(in_band(one, today), row)] == ([now] if now else [])


@pytest.mark.django_db
def test_the_condition_is_one_the_database_understands():
    assert [Applicant.objects.filter(in_band(band, date(2026, 11, 23))).count() for band in BANDS] == [
        0
    ] * len(BANDS)
