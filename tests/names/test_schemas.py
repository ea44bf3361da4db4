from datetime import date

import pytest

from cases.names.schemas import TABLES, Schema, passport_schemas

RUSSIAN = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"


@pytest.mark.parametrize("schema", Schema)
def test_every_schema_writes_every_russian_letter(schema):
    assert set(RUSSIAN) <= set(TABLES[schema].letters)


@pytest.mark.parametrize(
    ("issued", "expected"),
    [
        (date(1995, 1, 1), (Schema.MVD310_FRENCH,)),
        (date(1998, 6, 1), (Schema.MVD310_FRENCH, Schema.MVD310)),
        (date(2005, 6, 1), (Schema.MVD310,)),
        (date(2010, 3, 15), (Schema.MVD310,)),
        (date(2010, 3, 16), (Schema.GOST52535,)),
        (date(2013, 1, 1), (Schema.GOST52535, Schema.ICAO)),
        (date(2015, 1, 1), (Schema.ICAO,)),
        (date(2026, 1, 1), (Schema.ICAO,)),
    ],
)
def test_passport_schemas(issued, expected):
    assert passport_schemas(issued) == expected
