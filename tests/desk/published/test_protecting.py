"""An attacker has every published table and reckons: nobody learns that one to four people are anywhere.

Two attackers. The first takes all numbers, also the sums, and all sums and differences of any two. The second knows the rule of
rounding and how the tables belong together, and asks of each row which numbers are possible at all, by trying them.
"""

from itertools import combinations, product

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cases.desk.published.counting import GIVEN, LINKS, OUTCOMES, PLACES, REASONS, WHY, Way, count_ways
from cases.desk.published.periods import Period
from cases.desk.published.protecting import LEAST, leaky, meant, protect, rounded, total

SMALL = range(1, LEAST)
QUARTERS = [Period(2026, quarter) for quarter in (1, 2, 3, 4)]
YEAR = Period(2026, 0)


def months(period):
    return f"{period.starts:%Y-%m}", f"{period.ends:%Y-%m}"


def published(people, periods, protecting=protect):
    return [protecting(count_ways(people, *months(period)), LINKS) for period in periods]


def told_numbers(publications):
    """All that is printed: the numbers of the rows and the sums."""
    found = []
    for tables in publications:
        for rows in tables.values():
            if rows is not None:
                found += [number for number in rows.values() if number is not None]
                found.append(total(rows))
    return found


def small_by_arithmetic(publications):
    """Nonzero numbers below five among the printed ones, their sums and differences."""
    numbers = set(told_numbers(publications))
    pairs = [(one, other) for one in numbers for other in numbers]
    reckoned = numbers | {one + other for one, other in pairs} | {abs(one - other) for one, other in pairs}
    return {number for number in reckoned if 0 < number < LEAST}


# The second attacker. A row is the set of numbers it can be; sets of several rows are added, number by number.


def possible(number):
    """What a printed number can stand for, by the rule of rounding alone, not by the program's own function for it."""
    if number is None:
        return set(range(LEAST))
    return {true for true in range(LEAST, 400) if LEAST * ((2 * true + LEAST) // (2 * LEAST)) == number}


def added(sets, most=150):
    total_of = {0}
    for one in sets:
        total_of = {a + b for a, b in product(total_of, one) if a + b <= most}
    return total_of


def worlds_of(rows, wanted):
    """The possible numbers of all other rows together, for each row of a table."""
    return {row: added(possible(number) for name, number in rows.items() if name != row) for row in wanted}


def small_by_trying(tables):
    """Rows that can be nothing but one to four people, since the same people are counted by stage and by country, and
    refusals are cases that ended."""
    found = set()
    stage, country = tables["stage"], tables["country"]
    if stage and country:
        # Countries that are not named may be any number of people.
        least = min(added(possible(number) for number in country.values() if number is not None), default=0)
        for row, others in worlds_of(stage, stage).items():
            if stage[row] is None:
                could_be = {one for one in possible(None) if any(one + rest >= least for rest in others)}
                if could_be and could_be <= set(SMALL):
                    found.add(("stage", row))
    for whole, parts in LINKS.split:
        above, below = whole.partition(".")[0], parts[0].partition(".")[0]
        if not tables[above] or not tables[below]:
            continue
        wholes = possible(tables[above][whole.partition(".")[2]])
        known = {part: possible(tables[below][part.partition(".")[2]]) for part in parts}
        for part in parts:
            rest = added(known[name] for name in parts if name != part)
            could_be = {one for one in known[part] if any(one + other in wholes for other in rest)}
            if could_be and could_be <= set(SMALL):
                found.add((below, part))
        could_be = {one for one in wholes if one in added(known.values())}
        if could_be and could_be <= set(SMALL):
            found.add((above, whole))
    for rows, table in LINKS.within:
        names = [row.partition(".")[2] for row in rows]
        if stage and tables[table]:
            least = min(added(possible(stage[name]) for name in names))
            for row, others in worlds_of(tables[table], tables[table]).items():
                if tables[table][row] is None:
                    could_be = {one for one in possible(None) if one + max(others) >= least}
                    if could_be and could_be <= set(SMALL):
                        found.add((table, row))
    return found


def small_by_subtracting(year, quarters):
    """What somebody learns of a quarter that is not told, or told too coarsely, out of the year and the three others."""
    found = set()
    for place, name in product(range(4), ("stage", "country", "outcome", "arrival", "refusal", "why")):
        for row, whole in (year[name] or {}).items():
            others = [tables[name] for at, tables in enumerate(quarters) if at != place]
            mine = quarters[place][name]
            if whole is None or any(rows is None or row not in rows for rows in others):
                continue
            sums = added(possible(rows[row]) for rows in others)
            could_be = {a - b for a, b in product(possible(whole), sums) if a >= b}
            if mine is not None and row in mine:
                could_be &= possible(mine[row])
            if could_be and could_be <= set(SMALL):
                found.add((place, name, row))
    return found


MONTHS = [f"2026-{month:02}" for month in range(1, 13)]
WAYS = (
    ["contact"],
    ["contact", "intake"],
    ["contact", "intake", "vetting", "declined"],
    ["contact", "vetting", "vetting_hold", "declined"],
    ["dossier", "submitted", "refused"],
    ["rejected_final", "refused"],
    ["rejected_ofpra", "cnda", "rejected_final", "refused"],
    ["contact", "travel_booked", "arrived", "spada"],
    ["travel_booked", "arrived", "granted", "protected"],
    ["contact", "withdrawn"],
    ["submitted", "approved"],
)


@st.composite
def crowds(draw):
    """Groups of people of the same way, country and month, many of them near five."""
    people = []
    for _place in range(draw(st.integers(0, 12))):
        stages, country = draw(st.sampled_from(WAYS)), draw(st.sampled_from(["KZ", "AM", "RS", ""]))
        began, pause = draw(st.integers(0, 11)), draw(st.integers(0, 2))
        when = [MONTHS[min(began + at * pause, 11)] for at in range(len(stages))]
        size = draw(st.one_of(st.integers(1, 9), st.integers(1, 24)))
        code = draw(st.sampled_from([*GIVEN["host"], *GIVEN["final"], ""]))
        people += [Way(country, list(zip(stages, when, strict=True)), [code] * len(stages))] * size
    return people


def group(size, stages, month="2026-02", country="KZ", code=""):
    return [Way(country, [(stage, month) for stage in stages], [code] * len(stages))] * size


# Each place but the intake is told as five, which is seven at most; all of them are in one country, told as sixty, which is
# fifty-eight at least: the intake is not empty, and has four people at most.
STOOD = ("contact", "vetting", "dossier", "submitted", "travel_booked", "spada", "granted", "withdrawn")
CROSSED = [way for stage in STOOD for way in group(7, [stage])] + group(3, ["intake"])
SPLIT = group(4, ["vetting", "declined"]) + group(3, ["vetting_hold", "declined"])
# Seven refused by the host government: the reasons of four and of three are not told.
BY_REASON = [
    way
    for size, code in ((4, "security"), (3, "papers"))
    for way in group(size, ["submitted", "refused"], code=code)
]


@settings(max_examples=150, deadline=None)
@given(crowds())
@example(SPLIT)
@example(CROSSED)
@example(BY_REASON)
def test_no_published_numbers_give_a_small_one(people):
    publications = published(people, QUARTERS)

    assert small_by_arithmetic(publications) == set()
    assert [small_by_trying(tables) for tables in publications] == [set()] * 4


@settings(max_examples=60, deadline=None)
@given(crowds())
def test_a_year_alone_gives_no_small_number(people):
    [tables] = published(people, [YEAR])

    assert small_by_arithmetic([tables]) == set()
    assert small_by_trying(tables) == set()


@settings(max_examples=100, deadline=None)
@given(crowds())
def test_everybody_is_counted_once_a_table(people):
    for period in (*QUARTERS, YEAR):
        for rows in count_ways(people, *months(period)).values():
            assert sum(rows.values()) <= len(people)
    came = [sum(count_ways(people, *months(period))["stage"].values()) for period in QUARTERS]
    assert sum(came) == len(people)


def as_they_are(counts, links):
    return {name: dict(rows) for name, rows in counts.items()}


def only_rounded(counts, links):
    """Without holding back what gives a small number together with another table."""
    return {name: {row: rounded(number) for row, number in rows.items()} for name, rows in counts.items()}


def with_true_sums(counts, links):
    """A sum of the true numbers, told beside the rounded ones."""
    return {
        name: rows | {"sum": sum(counts[name].values())} for name, rows in only_rounded(counts, links).items()
    }


def test_true_numbers_would_be_caught():
    assert small_by_arithmetic(published(SPLIT, QUARTERS, as_they_are)) != set()


def test_true_sums_would_be_caught():
    assert small_by_arithmetic(published(SPLIT + group(6, ["contact"]), QUARTERS, with_true_sums)) != set()


@pytest.mark.parametrize(
    ("people", "small", "held_back"),
    [
        (CROSSED, {("stage", "phase_1")}, "stage"),
        (SPLIT, {("refusal", "refusal.vetting"), ("refusal", "refusal.vetting_hold")}, "refusal"),
    ],
    ids=["the same people by place and by country", "refusals that are outcomes"],
)
def test_two_tables_of_the_same_people_would_be_caught(people, small, held_back):
    [tables, *_rest] = published(people, QUARTERS, only_rounded)

    assert small_by_trying(tables) == small
    assert published(people, QUARTERS)[0][held_back] is None


def test_a_year_beside_its_quarters_would_be_caught():
    """Seven, four, four and four: nineteen in the year. That is why no day is told twice."""
    people = [
        way
        for size, month in ((7, "2026-01"), (4, "2026-04"), (4, "2026-07"), (4, "2026-10"))
        for way in group(size, ["contact"], month) + group(40, ["intake"], month, "AM")
    ]
    [year] = published(people, [YEAR], only_rounded)
    assert small_by_subtracting(year, published(people, QUARTERS, only_rounded)) != set()


@pytest.mark.parametrize("number", range(0, 60))
def test_a_number_is_told_to_the_next_five_and_a_small_one_not_at_all(number):
    told = rounded(number)

    assert told is None if number < LEAST else abs(told - number) <= 2
    assert number in range(meant(told)[0], meant(told)[1] + 1)
    assert set(range(meant(told)[0], meant(told)[1] + 1)) == possible(told)


def test_any_two_told_numbers_leave_a_small_difference_open():
    """Told numbers stand for three or five true ones each: no difference of two of them can only be one to four."""
    for one, other in combinations([5 * place for place in range(1, 30)], 2):
        differences = {a - b for a, b in product(possible(other), possible(one))}
        assert not differences <= set(SMALL)


def test_what_a_table_tells_with_others_is_said_of_the_table():
    shown = only_rounded(count_ways(SPLIT, "2026-01", "2026-03"), LINKS)

    assert leaky(shown, LINKS) == {"refusal"}


def test_the_same_numbers_are_told_again_alike():
    assert published(CROSSED, QUARTERS) == published(list(reversed(CROSSED)), QUARTERS)


def test_rows_are_those_of_the_tables():
    counts = count_ways([], "2026-01", "2026-03")

    assert (set(counts["stage"]), set(counts["outcome"])) == (set(PLACES), set(OUTCOMES))
    assert (set(counts["refusal"]), set(counts["why"])) == (set(REASONS), set(WHY))
    assert protect(counts, LINKS) == dict.fromkeys(counts)


def test_tables_that_contradict_each_other_come_to_an_end():
    """Taken in when they had arrived long before: among the arrived of the period they do not stand."""
    taken_in_late = group(40, ["spada"]) + group(6, ["travel_booked", "arrived"])

    [tables, *_rest] = published(taken_in_late, QUARTERS)
    assert tables["stage"]["phase_6"] == 40


def test_who_was_taken_in_as_refused_counts_among_refusals():
    counts = count_ways(group(7, ["declined"]) + group(8, ["refused"]), "2026-01", "2026-03")

    assert counts["refusal"] == {"vetting": 7, "vetting_hold": 0, "host": 8, "final": 0}


def test_why_is_what_the_host_government_said_or_the_last_decision_on_the_claim():
    people = [
        *group(6, ["submitted", "refused"], code="security"),
        *group(5, ["questions", "refused"]),
        Way("KZ", [(stage, "2026-02") for stage in WAYS[6]], ["facts", "", "risk", ""]),
    ]
    why = count_ways(people, "2026-01", "2026-03")["why"]

    assert {row: number for row, number in why.items() if number} == {
        "host_security": 6,
        "host_unsaid": 5,
        "final_risk": 1,
    }


def test_what_one_state_says_is_no_reason_of_the_other():
    why = count_ways(group(6, ["submitted", "refused"], code="exclusion"), "2026-01", "2026-03")["why"]

    assert (why["host_unsaid"], why["final_exclusion"]) == (6, 0)
