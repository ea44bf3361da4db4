import pytest
from django.utils import translation

from cases.desk.matching import WORDS, fit, query_of
from cases.desk.refusals import NameTooShort
from cases.names.reasons import Reason
from tests.desk.cases import IDENTITY


def found(typed, document=IDENTITY):
    return fit(query_of(typed), document)


@pytest.mark.parametrize(
    "typed", ["Зимородков", "Zimorodkov", "тихон зимородков", "Tikhon Zimorodkov", "zimorodkow"]
)
def test_a_name_is_found_by_any_spelling(typed):
    assert found(typed) > 0.7


@pytest.mark.parametrize("typed", ["Петров", "Ivanova", "Kowalski"])
def test_another_name_is_not_found(typed):
    assert found(typed) == 0


def test_an_earlier_name_is_found_too():
    assert found("Выдумщиков", IDENTITY | {"other_names": ["Выдумщиков"]}) == 1


def test_a_name_given_in_parts_only_is_found():
    assert found("Зимородков", {"family_name": "Зимородков", "given_name": "Тихон"}) == 1


def test_an_empty_document_answers_to_nothing():
    assert found("Зимородков", {}) == 0


@pytest.mark.parametrize("typed", ["", "  ", "ab", "З.", "12"])
def test_fewer_than_three_letters_are_refused(typed):
    with pytest.raises(NameTooShort, match="three letters"):
        query_of(typed)


def test_how_well_it_fits_is_said_in_words():
    exact, near = found("Зимородков"), found("Zimorotkov")

    assert (exact.label, exact.in_words) == ("Fits", "same name")
    assert near.label in ("Fits well", "Perhaps")
    assert "typing error" in near.in_words


def test_every_reason_has_words():
    with translation.override("en"):
        assert set(WORDS) == set(Reason)
