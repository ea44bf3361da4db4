"""What PostgreSQL is told while somebody is screened: everything that goes over the wire, traced by libpq itself.

A search that finds nothing proves something only because the same search finds what was planted.
"""

import re
from itertools import product

import pytest
from django.db import connection

from cases.names.keys import asking_keys
from cases.names.prepared import prepare
from cases.vault.operations import seal
from cases.vetting.models import ListEntry
from cases.vetting.operations import screening as operations
from cases.vetting.queries import screening as queries
from cases.vetting.screening.filers import buckets
from cases.vetting.screening.pairs import Decision
from cases.vetting.screening.sought import sought
from tests.scanner import leaks
from tests.vetting.screening.lists import IDENTITY, RUSSIA, entity, lines, take_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("meanings")]

NAMES = [
    *(word for name in ("name", "latin_name") for word in IDENTITY[name].split()),
    IDENTITY["birth_date"],
    IDENTITY["birth_place"],
]
KEYS = [
    key
    for name in (IDENTITY["name"], IDENTITY["latin_name"])
    for key in (*asking_keys(name), *(word.roman for word in prepare(name).words))
]
ENTRIES = ["entry-of-the-person-1", "entry-of-the-person-2"]
LEAST = 20


def surnames():
    """Two thousand surnames, as a real list has them."""
    first = [
        "ба",
        "бо",
        "ве",
        "га",
        "го",
        "да",
        "до",
        "жу",
        "за",
        "ива",
        "ка",
        "ко",
        "ку",
        "ла",
        "ло",
        "ма",
        "ми",
        "мо",
        "на",
        "ни",
        "па",
        "пе",
        "по",
        "ра",
        "ро",
        "са",
        "се",
        "со",
        "та",
        "то",
        "фе",
        "ха",
    ]
    second = ["рк", "лб", "нт", "шк", "вр", "гн", "зд", "мл", "пт", "сн"]
    last = ["ин", "ов", "енко", "ский", "ич", "юк"]
    return [f"{one}{two}{three}".title() for one, two, three in product(first, second, last)]


@pytest.fixture
def index(vault, settings):
    """A list of real size in small: as many surnames for each number as a million entries have for each of a thousand."""
    settings.SCREENING = settings.SCREENING | {"bucket_bits": 5, "least_surnames": LEAST}
    born = {"birthDate": [IDENTITY["birth_date"]]}
    people = [
        entity(ENTRIES[0], [IDENTITY["name"]], **born),
        entity(ENTRIES[1], ["KULEBIAKIN Eremei"], [RUSSIA], **born),
        *(entity(f"other-{number}", [f"Иван {name}"]) for number, name in enumerate(surnames())),
    ]
    take_in(lines(*people))


@pytest.fixture
def wire(tmp_path):
    """Everything that is sent to the server inside the block, as libpq wrote it down."""
    connection.ensure_connection()
    path = tmp_path / "wire"
    with path.open("wb") as file:
        connection.connection.pgconn.trace(file.fileno())
        yield lambda: sent(path)
        connection.connection.pgconn.untrace()


def sent(path):
    """The messages of this side, with the bytes that the trace writes as \\xd0 put back."""
    connection.connection.pgconn.untrace()
    told = [line for line in path.read_bytes().splitlines() if b"\tF\t" in line]
    plain = re.sub(rb"\\x([0-9a-f]{2})", lambda found: bytes.fromhex(found[1].decode()), b"\n".join(told))
    assert b"SELECT" in plain
    return plain


def screen(officers, person):
    unlocked = officers.unlocked(officers.vera)
    return operations.screen(applicant=person, reason="vetting", unlocked=unlocked, by=officers.vera)


def test_no_name_no_key_and_no_entry_reaches_the_database(officers, person, index, wire):
    document = screen(officers, person)
    assert {pair["entity"] for pair in document["pairs"]} == set(ENTRIES)

    assert leaks([*NAMES, *KEYS, *ENTRIES], wire()) == []


def test_nor_when_somebody_decides_or_opens_an_entry(officers, person, index, wire):
    pair = screen(officers, person)["pairs"][0]
    given = {"applicant": person, "pair_id": pair["id"], "unlocked": officers.unlocked(officers.vera)}
    operations.read_pair(**given, by=officers.vera)
    operations.decide_pair(**given, decision=Decision.SAME, reason="Урюпинск fits", seen="", by=officers.vera)

    assert leaks([*NAMES, *KEYS, *ENTRIES, "fits"], wire()) == []


@pytest.mark.parametrize(
    ("leak", "token"),
    [
        (lambda: ListEntry.objects.filter(entity=ENTRIES[0]).first(), ENTRIES[0]),
        (lambda: ListEntry.objects.filter(keys__contains="kulebakin").first(), "kulebakin"),
        (lambda: ListEntry.objects.filter(content__contains="Кулебякин").first(), "Кулебякин"),
    ],
    ids=["entry", "key", "name"],
)
def test_what_is_planted_on_the_wire_is_found(officers, person, index, wire, leak, token):
    screen(officers, person)
    leak()

    assert token in leaks([*NAMES, *KEYS, *ENTRIES], wire())


def asked_in(wire):
    """The numbers that were asked for: every question to the index, with what stands in it."""
    questions = [line for line in wire.split(b"\n") if b'FROM "vetting_listentry"' in line]
    assert questions
    found = [re.search(rb'"buckets" && \(?\'?(?:ARRAY\[|\{)([\d, ]+)', line) for line in questions]
    return [[int(number) for number in one[1].split(b",")] if one else None for one in found]


def different_surnames(asked):
    """How many surnames stand under these numbers: counted from the entries, not from what the program counted."""
    rows = ListEntry.objects.filter(buckets__overlap=asked).values_list("content", flat=True)
    return len({name.split('"')[3].split()[-1] for name in rows})


def test_every_question_is_shared_by_many_surnames(officers, person, index, wire):
    screen(officers, person)
    asked = asked_in(wire())

    assert len(asked) == 1
    assert different_surnames(asked[0]) >= LEAST


def test_a_question_that_only_one_surname_would_ask_is_found(officers, person, vault, settings, wire):
    """The planted failure: so many bits that a number tells the surname, and nobody who widens it."""
    settings.SCREENING = settings.SCREENING | {"bucket_bits": 20, "least_surnames": 0}
    take_in(
        lines(
            entity(ENTRIES[0], [IDENTITY["name"]]),
            *(entity(f"o{n}", [f"Иван {s}"]) for n, s in enumerate(surnames())),
        )
    )
    screen(officers, person)
    asked = asked_in(wire())

    assert different_surnames(asked[-1]) < LEAST


def test_people_of_one_number_ask_one_and_the_same_question(index):
    """Whoever reads the statements learns the leaf and nothing more; the given name and the spelling change nothing."""
    numbers = buckets()

    def asked(**identity):
        return queries.question(sought(IDENTITY | identity).buckets(numbers))

    assert asked() == asked(given_name="Антон", name="Кулебякин Антон", patronymic="", latin_name="")
    assert asked() == asked(birth_date="", birth_place="", latin_name="EREMEI KOULEBIAKINE")
    assert asked() == asked(family_name="Клипкин", name="Клипкин", latin_name="")
    # Any one of them may lie in the same leaf by chance.
    others = ["Смирнов", "Васильев", "Жданов", "Петухов", "Громов", "Зайцев", "Рябинин", "Холодов"]
    assert {asked(family_name=name, name=name, latin_name="") for name in others} != {asked()}


def test_short_lists_are_fetched_whole(officers, person, vault, wire):
    take_in(lines(entity(ENTRIES[0]), entity("other", ["Ivan Smirnov"])))
    screen(officers, person)

    assert set(map(str, asked_in(wire()))) == {"None"}


def test_the_sealed_result_does_not_tell_it_either(officers, person, index):
    document = screen(officers, person)
    seal(safe=person.identity_safe, kind="screening", content=document, by=officers.vera)
    from cases.vault.models import SealedItem

    envelopes = [bytes(item.envelope) for item in SealedItem.objects.filter(kind="screening")]
    assert leaks([*NAMES, *ENTRIES], *envelopes) == []
