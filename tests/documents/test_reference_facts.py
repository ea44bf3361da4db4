"""What the files say of entry, row by row of the sources, on both sides of every change."""

from datetime import date, timedelta

import pytest

from cases.documents.reference.files import read_rules

RULES = read_rules()
TODAY = date(2026, 11, 22)
AREA = {row.country: row for row in RULES.members}
NON_SCHENGEN = ("KZ", "KG", "BY", "AM", "GE-AB", "GE-SO")


def deciding(destination, document, on, age):
    """The rows that decide: the country's own before its area's before those for any; certain ages before all."""
    areas = [row.area for row in RULES.members if row.country == destination and row.in_force(on)]
    for places in ([destination], areas, ["ANY"]):
        found = [
            row
            for row in RULES.entries
            if row.destination in places
            and row.document == document
            and row.in_force(on)
            and (row.age_from or 0) <= age < (row.age_below or 200)
        ]
        with_ages = [row for row in found if row.age_from is not None or row.age_below is not None]
        if found:
            return with_ages or found
    return []


def effect(destination, document, on=TODAY, age=30):
    found = {row.effect.value for row in deciding(destination, document, on, age)}
    assert len(found) <= 1
    return found.pop() if found else None


REFUSED_SINCE = [
    ("EE", date(2025, 3, 31), "accepted"),
    ("FR", date(2025, 6, 1), "accepted"),
    ("LV", date(2025, 7, 15), "accepted"),
    ("DE", date(2026, 1, 1), "accepted"),
    ("RO", date(2026, 1, 1), "accepted"),
    ("PL", date(2026, 4, 1), "accepted"),
    ("FI", date(2026, 6, 1), "accepted"),
    ("DK", date(2025, 1, 1), "unknown"),
    ("CZ", date(2026, 1, 1), "unknown"),
    ("IS", date(2026, 1, 1), "unknown"),
    ("LT", date(2025, 9, 1), "unknown"),
]


class TestPassportWithoutChip:
    @pytest.mark.parametrize(("country", "day", "before"), REFUSED_SINCE)
    def test_refused_from_its_day_and_not_a_day_earlier(self, country, day, before):
        assert effect(country, "RU_ZAG5", day - timedelta(days=1)) == before
        assert effect(country, "RU_ZAG5", day) == "refused"
        assert effect(country, "RU_ZAG5", TODAY) == "refused"

    @pytest.mark.parametrize(
        ("country", "first"), [("CZ", date(2025, 1, 1)), ("IS", date(2025, 1, 1)), ("LT", date(2025, 6, 1))]
    )
    def test_where_only_the_year_or_the_season_is_known_it_is_unknown_till_its_end(self, country, first):
        assert effect(country, "RU_ZAG5", first - timedelta(days=1)) == "accepted"
        assert effect(country, "RU_ZAG5", first) == "unknown"

    def test_denmark_began_nobody_knows_when(self):
        assert effect("DK", "RU_ZAG5", date(2020, 1, 1)) == "unknown"

    @pytest.mark.parametrize("country", ["NO", "MT"])
    def test_weak_sources_without_a_date_make_it_unknown(self, country):
        (row,) = deciding(country, "RU_ZAG5", TODAY, 30)

        assert (row.effect.value, row.confidence.value) == ("unknown", "low")

    @pytest.mark.parametrize("country", ["ES", "BE"])
    def test_announced_is_not_refused(self, country):
        (row,) = deciding(country, "RU_ZAG5", TODAY, 30)

        assert (row.effect.value, row.confidence.value) == ("accepted", "low")
        assert "announced" in row.note.en

    def test_other_members_accept_by_the_rule_of_the_area(self):
        own = {country for country, _day, _before in REFUSED_SINCE} | {"NO", "MT", "ES", "BE"}

        assert {effect(country, "RU_ZAG5") for country in AREA if country not in own} == {"accepted"}

    @pytest.mark.parametrize(
        ("country", "age", "said"),
        [("FR", 14, "accepted"), ("FR", 15, "refused"), ("FI", 17, "accepted"), ("FI", 18, "refused")],
    )
    def test_children(self, country, age, said):
        assert effect(country, "RU_ZAG5", age=age) == said

    @pytest.mark.parametrize(
        ("day", "key"),
        [
            (date(2025, 4, 22), "schengen-ru-zag5"),
            (date(2025, 4, 23), "fr-ru-zag5-accepted-2025-04"),
            (date(2025, 5, 31), "fr-ru-zag5-accepted-2025-04"),
            (date(2025, 6, 1), "fr-ru-zag5-refused-2025-06"),
        ],
    )
    def test_france_step_by_step(self, day, key):
        assert [row.key for row in deciding("FR", "RU_ZAG5", day, 30)] == [key]

    def test_the_disputed_days_of_france_are_told(self):
        (row,) = deciding("FR", "RU_ZAG5", date(2025, 5, 1), 30)

        assert row.confidence.value == "conflict"
        assert all(said in row.note.en for said in ("23 April", "3 May", "1 June", "already"))

    def test_every_row_that_accepts_it_in_the_area_asks_what_the_visa_code_asks(self):
        accepted = [
            row
            for row in RULES.entries
            if row.document in ("RU_ZAG5", "RU_ZAG10")
            and row.destination in ("SCHENGEN", *AREA)
            and row.effect == "accepted"
        ]

        assert len(accepted) == 7
        assert {
            (row.visa.value, row.months_beyond, row.blank_pages, row.years_since_issue) for row in accepted
        } == {("needed", 3, 2, 10)}


class TestOtherPapersInTheArea:
    @pytest.mark.parametrize("country", sorted(AREA))
    def test_with_a_chip_accepted_and_the_internal_one_refused(self, country):
        assert effect(country, "RU_ZAG10") == "accepted"
        assert effect(country, "RU_INT") == "refused"

    @pytest.mark.parametrize(
        ("country", "day"), [("HR", date(2023, 1, 1)), ("BG", date(2024, 3, 31)), ("RO", date(2024, 3, 31))]
    )
    def test_who_joined_later(self, country, day):
        assert effect(country, "RU_ZAG10", day - timedelta(days=1)) is None
        assert effect(country, "RU_ZAG10", day) == "accepted"

    @pytest.mark.parametrize(
        ("destination", "document", "said"),
        [
            ("FR", "FR_LP", [("accepted", "needed")]),
            ("DE", "FR_LP", []),
            ("DE", "EU_FORM_333", [("accepted", "needed")]),
            ("IT", "CTD51", [("accepted", "none")]),
            ("BR", "ICRC_ETD", [("accepted", "needed")]),
            ("FR", "ICRC_ETD", [("accepted", "needed")]),
            ("FR", "RU_RET", [("refused", "none")]),
            ("RU", "RU_RET", [("accepted", "none")]),
            ("FR", "OTHER_PASSPORT", [("unknown", "unknown")]),
            ("FR", "KZ_ASY", []),
            ("FR", "KZ_RES", []),
            ("FR", "KZ_REF", []),
        ],
    )
    def test_single_journeys_and_others(self, destination, document, said):
        rows = deciding(destination, document, TODAY, 30)

        assert [(row.effect.value, row.visa.value) for row in rows] == said

    def test_visas(self):
        assert {(row.visa, row.destination) for row in RULES.visas} == {
            ("EU_VISA_C", "SCHENGEN"),
            ("FR_VISA_D_ASILE", "FR"),
        }


class TestInternalPassport:
    @pytest.mark.parametrize("country", NON_SCHENGEN)
    def test_from_fourteen_on(self, country):
        assert effect(country, "RU_INT", age=14) == "accepted"
        assert effect(country, "RU_INT", age=13) is None

    def test_armenia_by_air_only(self):
        by_air = {row.destination for row in RULES.entries if row.by_air}

        assert by_air == {"AM"}

    @pytest.mark.parametrize("country", ["TR", "RS", "GE"])
    def test_refused_elsewhere(self, country):
        assert effect(country, "RU_INT") == "refused"

    @pytest.mark.parametrize("country", [*NON_SCHENGEN, "TR", "RS", "GE"])
    @pytest.mark.parametrize("document", ["RU_ZAG5", "RU_ZAG10"])
    @pytest.mark.parametrize("age", [3, 30])
    def test_a_foreign_passport_opens_them_all_without_a_visa(self, country, document, age):
        (row,) = deciding(country, document, TODAY, age)

        assert (row.effect.value, row.visa.value, row.by_air) == ("accepted", "none", False)

    @pytest.mark.parametrize("country", ["KZ", "KG", "BY", "GE-AB", "GE-SO"])
    def test_a_birth_certificate_until_19_january_2026(self, country):
        assert effect(country, "RU_BIRTH", date(2026, 1, 19), age=13) == "accepted"
        assert effect(country, "RU_BIRTH", date(2026, 1, 20), age=13) == "refused"
        assert effect(country, "RU_BIRTH", date(2026, 1, 19), age=14) is None

    @pytest.mark.parametrize("day", [date(2020, 1, 1), TODAY])
    def test_armenia_wants_a_foreign_passport_of_a_child(self, day):
        assert effect("AM", "RU_BIRTH", day, age=13) == "refused"


class TestStayExitAndSafety:
    def test_stay(self):
        assert {(row.country, row.kind, row.days, row.within, row.begins) for row in RULES.stays} == {
            ("KZ", "stay", 90, 180, None),
            ("KZ", "notify", 3, None, None),
            ("KZ", "register", 30, None, date(2026, 7, 1)),
            ("KZ", "asylum", 5, None, None),
            ("KG", "stay", 90, None, None),
            ("BY", "stay", 90, None, None),
            ("AM", "stay", 180, 365, None),
        }

    def test_leaving(self):
        assert {(row.country, row.obstacle): row.effect for row in RULES.exits} == {
            ("KZ", "overstay"): "stops",
            ("KZ", "barred"): "stops",
            ("KZ", "foreign_laissez_passer"): "asks",
            ("KZ", "registration"): "unknown",
            ("ANY", "overstay"): "unknown",
            ("ANY", "barred"): "unknown",
            ("ANY", "foreign_laissez_passer"): "unknown",
        }

    @pytest.mark.parametrize(
        ("country", "dangers"),
        [
            ("KZ", {"extradites", "visible"}),
            ("GE-AB", {"unsafe"}),
            ("GE-SO", {"unsafe"}),
            ("BY", {"unknown"}),
            ("KG", {"unknown"}),
            ("AM", {"unknown"}),
        ],
    )
    def test_safety(self, country, dangers):
        assert {row.danger for row in RULES.safety if row.country == country} == dangers

    @pytest.mark.parametrize(
        ("day", "name", "there"),
        [
            (date(2022, 12, 28), "Zhilin", False),
            (date(2022, 12, 29), "Zhilin", True),
            (date(2026, 2, 1), "Bazhukov", False),
            (date(2026, 2, 2), "Bazhukov", True),
            (date(2026, 2, 22), "Movlaev", False),
            (date(2026, 2, 23), "Movlaev", True),
            (date(2024, 1, 1), "Kasimov", True),
        ],
    )
    def test_a_case_is_told_from_its_day_on(self, day, name, there):
        told = [row.note.en for row in RULES.safety if row.country == "KZ" and row.in_force(day)]

        assert any(name in note for note in told) is there

    def test_remedies_in_their_order(self):
        assert [
            (row.order, row.destination, row.document, row.when)
            for row in sorted(RULES.remedies, key=lambda row: row.order)
        ] == [
            (1, "FR", "FR_LP", "identity"),
            (2, "SCHENGEN", "EU_FORM_333", "identity"),
            (3, "FR", "ICRC_ETD", "nothing"),
        ]
        assert all(row.needs.ru and row.next_step.fr for row in RULES.remedies)


class TestUnknownIsShippedAsUnknown:
    @pytest.mark.parametrize("code", ["KZ_ASY", "FR_LP"])
    def test_numbers_whose_form_nobody_found(self, code):
        from cases.documents.reference.files import read_tables

        row = next(row for row in read_tables()["document_types"] if row["code"] == code)

        assert row["number_pattern"] == ""
        assert "not known" in row["proves_en"]

    def test_whether_a_laissez_passer_needs_a_visa_beside_it(self):
        (row,) = deciding("FR", "FR_LP", TODAY, 30)

        assert "was not found" in row.note.en

    def test_how_kazakhstan_lets_out_with_a_foreign_laissez_passer(self):
        (row,) = [row for row in RULES.exits if row.key == "kz-exit-laissez-passer"]

        assert (row.confidence.value, row.verified_on) == ("known", None)
        assert "was not found" in row.note.en
