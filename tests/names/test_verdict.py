import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.names.verdict import Births, Verdict, compare_births, judge

MAN = "Лесников Глеб Маркович"
DATE = "1985-04-12"


@pytest.mark.parametrize(
    ("name", "born", "expected"),
    [
        ("Gleb Lesnikov", [DATE], Verdict.SAME_PERSON),
        ("Gleb Lesnikov", ["1971-01-02", DATE], Verdict.SAME_PERSON),
        ("Gleb Lesnikov", [], Verdict.SAME_NAME),
        ("Gleb Lesnikov", [""], Verdict.SAME_NAME),
        ("Gleb Lesnikov", ["1985"], Verdict.SAME_NAME),
        ("Gleb Lesnikov", ["1985-04"], Verdict.SAME_NAME),
        ("Gleb Lesnikov", ["1985-05"], Verdict.OTHER_PERSON),
        ("Gleb Lesnikov", ["1984"], Verdict.OTHER_PERSON),
        ("Gleb Lesnikov", ["1985-04-13"], Verdict.OTHER_PERSON),
        ("Oleg Lesnikov", [DATE], Verdict.OTHER_NAME),
        (MAN, [], Verdict.SAME_NAME),
    ],
)
def test_judge(name, born, expected):
    assert judge(MAN, name, born=[DATE], other_born=born) == expected
    assert judge(name, MAN, born=born, other_born=[DATE]) == expected


def test_the_threshold_may_be_raised():
    assert judge(MAN, "Gleb Lesnkov") is Verdict.SAME_NAME
    assert judge(MAN, "Gleb Lesnkov", threshold=0.9) is Verdict.OTHER_NAME


@pytest.mark.parametrize(
    ("born", "other", "expected"),
    [
        ([DATE], [DATE], Births.FIT),
        (["1985"], ["1985"], Births.COMPATIBLE),
        (["1985"], [DATE], Births.COMPATIBLE),
        (["1970", "1985"], ["1985-04"], Births.COMPATIBLE),
        (["1970"], [DATE], Births.DIFFER),
        ([], [DATE], Births.UNKNOWN),
        ([DATE], [""], Births.UNKNOWN),
    ],
)
def test_birth_dates(born, other, expected):
    assert compare_births(born, other) is expected


@pytest.mark.parametrize("as_iterator", [iter, tuple])
def test_dates_may_come_as_any_iterable(as_iterator):
    assert compare_births(as_iterator(["1970", DATE]), as_iterator(["1971", DATE])) is Births.FIT


WORDS = st.lists(
    st.sampled_from(["Глеб", "Gleb", "Лесников", "Lesnikov", "Маркович", "Юрьевич", "Анна"]), max_size=4
)


@given(WORDS, WORDS, st.sampled_from(["", "1985", "1985-04"]))
def test_no_name_alone_makes_one_person(first, second, born):
    verdict = judge(" ".join(first), " ".join(second), born=[born], other_born=[DATE])
    assert verdict is not Verdict.SAME_PERSON


@given(WORDS)
def test_two_whole_dates_that_differ_never_make_one_person(words):
    name = " ".join(words)
    assert judge(name, name, born=[DATE], other_born=["1985-12-04"]) is not Verdict.SAME_PERSON
