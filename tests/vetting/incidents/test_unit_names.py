import pytest

from cases.vetting.unit_names import UnitKey, own_keys, unit_key, unit_keys

BRIGADE = UnitKey(number="64", arm="motor rifle", level="brigade")
CODE = UnitKey(code="51460")


@pytest.mark.parametrize(
    "written",
    [
        "64th Separate Motorised Rifle Brigade",
        "64th Separate Motor Rifle Brigade",
        "64-я отдельная мотострелковая бригада",
        "64-я омсбр",
        "64 ОМСБр",
        "64омсбр",
        "64 OMSBr",
        "64 OMCБp",  # Latin letters among Cyrillic ones
        "№ 64 гв. омсбр",
        "64e brigade de fusiliers motorisés",
        "мотострелковая бригада № 64",
        "064 омсбр",
    ],
)
def test_one_brigade_in_many_spellings(written):
    assert unit_keys(written) == (BRIGADE,)


@pytest.mark.parametrize(
    "written",
    ["в/ч 51460", "51460", "войсковая часть 51460", "military unit 51460", "в/ч 51460-А", "В.Ч.51460"],
)
def test_one_number_of_a_military_unit_in_many_spellings(written):
    assert unit_keys(written) == (CODE,)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("76th Guards Air Assault Division", "76 гв. дшд"),
        ("104th Airborne Assault Regiment", "104 пдп"),
        ("175th Separate Reconnaissance Battalion", "175 орб"),
        ("45th Separate Guards Spetsnaz Brigade", "45 обрСпН"),
        ("155th Naval Infantry Brigade", "155-я бригада морской пехоты"),
        ("35th Combined Arms Army", "35-я ОА"),
        ("35th Combined Arms Army", "35e armée interarmes"),
        ("1st Army Corps", "1 АК"),
        ("22nd Guards Heavy Bomber Aviation Division", "22 тбад"),
        ("Wagner Group", "ЧВК «Вагнер»"),
        ("8th Army", "8th Guards Combined Arms Army"),
        ("64 бригада", "64 омсбр"),
    ],
)
def test_two_writings_that_can_mean_one_unit(one, other):
    assert unit_key(one).fits(unit_key(other))
    assert unit_key(other).fits(unit_key(one))
    assert unit_key(one).mark == unit_key(other).mark


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("64th Motor Rifle Brigade", "64th Tank Brigade"),
        ("64th Motor Rifle Brigade", "64th Motor Rifle Regiment"),
        ("64th Motor Rifle Brigade", "46th Motor Rifle Brigade"),
        ("1st Army Corps", "1st Guards Tank Army"),
        ("7th Assault Brigade", "7th Air Assault Brigade"),
        ("в/ч 51460", "в/ч 51461"),
        ("Wagner", "Akhmat"),
        ("Kalmius battalion", "Kalmius brigade"),
    ],
)
def test_two_writings_that_cannot(one, other):
    assert not unit_key(one).fits(unit_key(other))


@pytest.mark.parametrize("written", ["", "мотострелковый полк", "the regiment", "ВДВ", "???", "в/ч"])
def test_what_names_no_unit(written):
    assert unit_keys(written) == ()


def test_a_text_can_name_a_unit_and_those_above_it():
    battalion = UnitKey(number="2", arm="motor rifle", level="battalion")

    assert unit_keys("2 мсб 64 омсбр") == (battalion, BRIGADE)
    assert own_keys("", "2 мсб 64 омсбр (в/ч 51460)") == ({CODE, battalion}, {BRIGADE})
    assert own_keys("64", "Separate Motor Rifle Brigade of the 35th Army", ["64 ОМСБр"]) == (
        {BRIGADE},
        {UnitKey(number="35", level="army")},
    )
