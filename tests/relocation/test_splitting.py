"""Households into applications of at most so many."""

from hypothesis import given
from hypothesis import strategies as st

from cases.relocation.splitting import split

SIZES = st.lists(st.integers(min_value=0, max_value=9), max_size=40)


def households(sizes):
    return [[(place, one) for one in range(size)] for place, size in enumerate(sizes)]


def people(groups):
    return sorted(one for group in groups for one in group)


@given(SIZES, st.integers(min_value=1, max_value=8))
def test_everybody_goes_once_in_whole_households_of_at_most_so_many(sizes, most):
    everybody = households(sizes)
    found = split(everybody, most)

    assert people([*found.parts, *found.too_large]) == people(everybody)
    assert all(0 < len(part) <= most for part in found.parts)
    for part in found.parts:
        for place in {place for place, _one in part}:
            assert sum(one[0] == place for one in part) == sizes[place]
    assert [len(one) for one in found.too_large] == [size for size in sizes if size > most]


@given(SIZES, st.integers(min_value=1, max_value=8))
def test_no_two_parts_would_fit_into_one(sizes, most):
    parts = split(households(sizes), most).parts

    assert sum(2 * len(part) <= most for part in parts) <= 1


def test_ten_of_whom_three_households_are_larger_than_one():
    found = split([["a", "b"], ["c", "d"], ["e", "f", "g"], ["h"], ["i"], ["j"]], 6)

    assert [len(part) for part in found.parts] == [6, 4]
    assert found.too_large == []


def test_a_household_larger_than_the_limit_is_said_and_not_divided():
    found = split([list(range(7)), [8]], 6)

    assert (found.parts, found.too_large) == ([[8]], [list(range(7))])
