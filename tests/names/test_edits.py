import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.names.edits import edits


def slow_distance(first, second):
    """The textbook table (optimal string alignment), without band and early exit."""
    rows = [
        [max(i, j) if not i or not j else 0 for j in range(len(second) + 1)] for i in range(len(first) + 1)
    ]
    for i in range(1, len(first) + 1):
        for j in range(1, len(second) + 1):
            rows[i][j] = min(
                rows[i - 1][j] + 1,
                rows[i][j - 1] + 1,
                rows[i - 1][j - 1] + (first[i - 1] != second[j - 1]),
            )
            if i > 1 and j > 1 and first[i - 1] == second[j - 2] and first[i - 2] == second[j - 1]:
                rows[i][j] = min(rows[i][j], rows[i - 2][j - 2] + 1)
    return rows[-1]


@pytest.mark.parametrize(
    ("typed", "other", "expected"),
    [
        ("lesnikov", "lesnikov", 0),
        ("lesnkov", "lesnikov", 1),
        ("lesnnikov", "lesnikov", 1),
        ("lesnekov", "lesnikov", 1),
        ("lesinkov", "lesnikov", 1),
        ("lesinkof", "lesnikov", 2),
        ("orlov", "lesnikov", 3),
        ("lesnikovskaya", "lesnikov", 3),
        ("", "", 0),
        ("", "ab", 2),
    ],
)
def test_whole_words(typed, other, expected):
    assert edits(typed, other, 2).whole == expected


@pytest.mark.parametrize(
    ("typed", "other", "expected"),
    [("lesn", "lesnikov", 0), ("lesm", "lesnikov", 1), ("elsn", "lesnikov", 1), ("orlo", "lesnikov", 3)],
)
def test_beginnings(typed, other, expected):
    assert edits(typed, other, 2).beginning == expected


LETTERS = st.text("abc", max_size=7)


@settings(max_examples=400, deadline=None)
@given(LETTERS, LETTERS, st.integers(0, 3))
def test_the_band_agrees_with_the_full_table_up_to_its_limit(typed, other, limit):
    row = slow_distance(typed, other)
    found = edits(typed, other, limit)
    assert found.whole == min(row[-1], limit + 1)
    assert found.beginning == min(*row, limit + 1)
