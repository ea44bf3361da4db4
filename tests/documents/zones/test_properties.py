"""What holds for every text and every zone."""

from datetime import date

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cases.documents.zones.compose import compose, compose_internal
from cases.documents.zones.kinds import FieldName, Kind, Verdict
from cases.documents.zones.read import read_zone
from tests.documents.zones.samples import SPECIMENS, TODAY

# Short enough for the narrowest zone: what is cut off cannot be read back.
LATIN = st.text(alphabet="ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=1, max_size=8)
CYRILLIC = st.text(alphabet="АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ", min_size=1, max_size=10)
NUMBERS = st.text(alphabet="ABCDEFGHJKLMNPRTUVWXYZ0123456789", min_size=1, max_size=9)
BIRTHS = st.dates(date(1927, 1, 1), date(2010, 1, 1))
EXPIRIES = st.dates(date(1980, 1, 1), date(2070, 1, 1))
STATES = st.sampled_from(("RUS", "FRA", "D", "UTO", "KAZ", "XXA", "XXB"))
ICAO_KINDS = st.sampled_from((Kind.TD1, Kind.TD2, Kind.TD3, Kind.MRV_A, Kind.MRV_B))
SIGNS = st.sampled_from([*"<<<<<<ABKOISZGB0123568 \n\r\t«»‹—-_аОкЗ&;:.ß\u200b", "\ud800", "İ", "①", "𝟘"])


@st.composite
def zones(draw):
    """Kind, lines and fields of a zone that is right in every respect."""
    kind = draw(ICAO_KINDS)
    fields = {
        **{"surname": draw(LATIN), "given_names": " ".join(draw(st.lists(LATIN, max_size=2)))},
        **{"number": draw(NUMBERS), "issuer": draw(STATES.filter(lambda code: code != "RUS"))},
        **{"nationality": draw(STATES), "birth": draw(BIRTHS), "expiry": draw(EXPIRIES)},
        **{"sex": draw(st.sampled_from("MF<")), "optional": draw(st.text(alphabet="0123456789", max_size=7))},
    }
    return kind, compose(kind, **fields), fields


@st.composite
def mutated(draw):
    """A specimen with some signs put in, changed or left out."""
    text = "\n".join(SPECIMENS[draw(st.sampled_from(sorted(SPECIMENS)))])
    for _ in range(draw(st.integers(1, 5))):
        at = draw(st.integers(0, len(text)))
        text = (
            text[:at]
            + draw(st.one_of(SIGNS, st.sampled_from(("", "&lt;", "MRZ: "))))
            + text[at + draw(st.integers(0, 2)) :]
        )
    return text


def used(zone):
    """Everything that can be asked of a zone."""
    return zone.values, zone.fields, [check.fits for check in zone.checks], repr(zone)


@given(zones())
def test_what_is_composed_is_read_back(made):
    kind, lines, fields = made
    zone = read_zone("\n".join(lines), today=TODAY)
    found = zone.values

    assert (zone.verdict, zone.kind) == (Verdict.VALID, kind)
    assert (found.names.surname, " ".join(found.names.given)) == (fields["surname"], fields["given_names"])
    assert (found.number, found.nationality) == (fields["number"], fields["nationality"])
    assert (found.birth.exact, found.expiry.exact) == (fields["birth"], fields["expiry"])


@given(
    surname=CYRILLIC,
    name=CYRILLIC,
    patronymic=CYRILLIC,
    number=st.from_regex(r"[0-9]{10}", fullmatch=True),
    birth=st.dates(date(1950, 1, 1), date(1990, 1, 1)),
    issued=st.dates(date(2005, 1, 1), TODAY),
    unit=st.from_regex(r"[1-9][0-9]{5}", fullmatch=True),
)
def test_internal_passports_are_read_back_into_cyrillic(
    surname, name, patronymic, number, birth, issued, unit
):
    lines = compose_internal(
        **{"surname": surname, "given_names": name, "patronymic": patronymic, "number": number, "sex": "F"},
        **{"birth": birth, "issued": issued, "unit_code": unit},
    )
    found = read_zone("\n".join(lines), today=TODAY).values

    assert (found.cyrillic.surname, found.cyrillic.given) == (surname, (name,))
    assert (found.number, found.birth.exact, found.issued.exact) == (number, birth, issued)


@given(st.one_of(st.text(), st.text(alphabet=SIGNS, max_size=200), mutated()))
@settings(max_examples=300)
def test_no_text_makes_it_stumble(text):
    zone = read_zone(text, today=TODAY)

    used(zone)
    assert (zone.verdict is Verdict.VALID) == (zone.valid)
    assert zone.verdict is not Verdict.CORRECTED or zone.repairs
    assert zone.valid or zone.defects


@given(zones(), st.data())
def test_one_wrong_digit_never_passes_for_valid(made, data):
    kind, lines, _ = made
    assume(kind not in (Kind.MRV_A, Kind.MRV_B))
    text = "".join(lines)
    # Doc 9303 covers number, dates and optional data; the sex, the states and the names have no check digit.
    read = read_zone("\n".join(lines), today=TODAY)
    covered = sorted(
        {at for check in read.checks for start, end in check.slot.over for at in range(start, end)}
    )
    at = data.draw(st.sampled_from([offset for offset in covered if text[offset].isdecimal()]))
    other = data.draw(st.sampled_from([digit for digit in "0123456789" if digit != text[at]]))
    wrong = text[:at] + other + text[at + 1 :]
    width = len(lines[0])
    zone = read_zone(
        "\n".join(wrong[start : start + width] for start in range(0, len(wrong), width)), today=TODAY
    )

    assert zone.verdict is Verdict.INVALID


@given(zones(), st.data())
def test_one_misread_sign_of_a_number_is_repaired_or_explained(made, data):
    _, lines, fields = made
    pairs = {
        "0": "O",
        "1": "I",
        "8": "B",
        "5": "S",
        "2": "Z",
        "6": "G",
        "B": "8",
        "S": "5",
        "Z": "2",
        "G": "6",
    }
    places = [at for at, char in enumerate(fields["number"]) if char in pairs]
    assume(places)
    at = data.draw(st.sampled_from(places))
    number = fields["number"]
    wrong = number[:at] + pairs[number[at]] + number[at + 1 :]
    zone = read_zone("\n".join(lines).replace(number.ljust(9, "<"), wrong.ljust(9, "<"), 1), today=TODAY)

    if zone.verdict is Verdict.CORRECTED:
        assert zone.lines == lines
        return
    check = next(check for check in zone.checks if check.field is FieldName.NUMBER)
    # G for 6 and the like differ by a multiple of ten: no check digit can tell.
    assert check.ok or pairs[number[at]] in {fit.read for fit in check.fits}


@pytest.mark.parametrize("name", SPECIMENS)
def test_a_day_later_nothing_else_is_read(name):
    text = "\n".join(SPECIMENS[name])

    assert read_zone(text, today=TODAY).lines == read_zone(text, today=TODAY.replace(day=23)).lines
