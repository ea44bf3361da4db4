"""What must hold of every answer, whatever somebody holds."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from cases.documents.reference.files import read_rules
from cases.documents.travel.answers import Answer
from cases.documents.travel.facts import Born, Paper, Status, Traveller
from cases.documents.travel.options import changes, options, together
from cases.documents.travel.papers import is_valid
from tests.documents.travel.people import book

CODES = sorted(row.code for row in read_rules().types)
DAYS = st.dates(date(2014, 1, 1), date(2036, 12, 31))
ASKED = st.sampled_from(
    [
        date(2025, 3, 30),
        date(2025, 5, 1),
        date(2025, 6, 1),
        date(2026, 1, 19),
        date(2026, 1, 20),
        date(2026, 11, 23),
    ]
)


@st.composite
def papers(draw, name="p"):
    issued, expires = draw(st.none() | DAYS), draw(st.none() | DAYS)
    return Paper(
        id=f"{name}{draw(st.integers(0, 10**9))}",
        type=draw(st.sampled_from([*CODES, "NOT_IN_THE_CATALOGUE"])),
        issuer=draw(st.sampled_from(["RU", "FR", ""])),
        status=draw(st.sampled_from(list(Status))),
        issued=issued,
        expires=expires,
        blank_pages=draw(st.none() | st.integers(0, 40)),
        chip=draw(st.none() | st.booleans()),
        destination=draw(st.sampled_from(["", "FR", "TR"])),
    )


@st.composite
def travellers(draw):
    earliest = draw(st.none() | st.dates(date(1950, 1, 1), date(2025, 1, 1)))
    latest = None if earliest is None else earliest + timedelta(days=draw(st.integers(0, 400)))
    return Traveller(
        key="x",
        papers=tuple(draw(st.lists(papers(), max_size=5, unique_by=lambda one: one.id))),
        born=draw(st.sampled_from([None, Born(earliest, latest)])),
        place=draw(st.sampled_from(["", "KZ", "AM", "FR", "XX"])),
    )


def with_papers(one, more):
    return Traveller(one.key, (*one.papers, *more), one.born, one.place)


@settings(max_examples=300, deadline=None)
@given(travellers(), st.lists(papers("q"), min_size=1, max_size=3), ASKED)
def test_more_papers_never_reduce_the_options(one, more, on):
    before, after = options(one, book(on)), options(with_papers(one, more), book(on))

    assert all(new.answer >= old.answer for old, new in zip(before, after, strict=True))


@settings(max_examples=300, deadline=None)
@given(travellers(), ASKED, ASKED)
def test_a_later_day_never_revives_an_expired_paper(one, first, second):
    earlier, later = sorted((first, second))
    over = {
        paper.id
        for paper in one.papers
        if not is_valid(paper, earlier) and (paper.expires or later) < earlier
    }

    used = {
        option.paper.id for option in options(one, book(later)) if option.paper and option.answer > Answer.NO
    }

    assert not used & over


@settings(max_examples=300, deadline=None)
@given(travellers(), ASKED)
def test_every_answer_cites_at_least_one_row(one, on):
    assert all(option.cites for option in options(one, book(on)))


@settings(max_examples=200, deadline=None)
@given(travellers(), ASKED)
def test_nothing_is_a_yes_on_a_paper_that_is_not_in_hand(one, on):
    for option in options(one, book(on)):
        if option.answer >= Answer.VISA:
            assert is_valid(option.paper, on)


@settings(max_examples=200, deadline=None)
@given(travellers(), ASKED)
def test_the_order_in_which_papers_were_recorded_does_not_matter(one, on):
    turned = Traveller(one.key, one.papers[::-1], one.born, one.place)

    answers = [option.answer for option in options(one, book(on))]

    assert answers == [option.answer for option in options(turned, book(on))]


@settings(max_examples=200, deadline=None)
@given(travellers(), travellers(), ASKED)
def test_together_is_never_better_than_a_member(one, other, on):
    first, second = options(one, book(on)), options(other, book(on))

    for both, mine, yours in zip(together([("a", first), ("b", second)]), first, second, strict=True):
        assert both.answer == min(mine.answer, yours.answer)
        assert both.hangs_on


@settings(max_examples=200, deadline=None)
@given(travellers(), ASKED, ASKED)
def test_what_two_days_answer_alike_is_no_change(one, first, second):
    before, after = options(one, book(first)), options(one, book(second))

    changed = {change.after.destination for change in changes(before, after)}

    for old, new in zip(before, after, strict=True):
        assert (old.answer != new.answer) <= (new.destination in changed)
    assert not changes(before, before)
