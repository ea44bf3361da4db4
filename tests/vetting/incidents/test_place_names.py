import pytest

from cases.vetting.place_names import place_keys, same_places


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Bucha", "Буча"),
        ("Boutcha", "г. Буча, Киевская область"),
        ("Kyiv", "Киев"),
        ("Київ", "Kiev"),
        ("Kyiv Oblast", "Киевская область"),
        ("Hostomel", "Гостомель"),
        ("Irpin", "Ирпень"),
        ("Донецкая область", "Donetsk"),
        ("Borodianka; Bucha", "Бородянка"),
    ],
)
def test_one_place_in_several_spellings(one, other):
    assert place_keys(one) & place_keys(other)
    assert same_places([one], ["Mariupol", other]) == (one, other)


@pytest.mark.parametrize(
    ("one", "other"), [("Bucha", "Izium"), ("Kyiv", "Kharkiv"), ("область", "город"), ("", "")]
)
def test_places_that_are_not_one(one, other):
    assert not place_keys(one) & place_keys(other)
    assert same_places([one], [other]) is None
