import re
from datetime import timedelta

import pytest
from django.db import connection, connections
from django.utils import timezone

from cases.applicants.models import Applicant
from cases.audit.heads import write_head
from cases.audit.models import Entry
from cases.audit.operations import record
from cases.desk.queries.log import chain
from tests.desk.cases import TOKENS, questions, take_in, text_of
from tests.scanner import leaks
from tests.world import visit

pytestmark = pytest.mark.django_db(databases=["default", "owner"])
URL = "/audit/"


def page(world, **query):
    return " ".join(text_of(visit(world, "paul").get(URL, query)).split())


def sentences(world, **query):
    seen = page(world, **query)
    return [cell.partition("</td>")[0].strip() for cell in seen.split('<td class="line-2">')[1:]]


@pytest.fixture
def work(world):
    """Claire registers Lotus 47, opens the name and exports; Viktor unlocks."""
    world.case = take_in(world)
    claire, viktor = world.people["claire"], world.people["viktor"]
    record("vault.opened", by=claire, about=str(world.case.identity_safe_id), detail="identity: To call")
    record("vault.opened", by=claire, about=str(world.case.account_safe_id), detail="account: To check")
    record("desk.exported", by=claire, detail="1 cases; no filter; pseudonym")
    record("vault.unlocked", by=viktor)
    return world


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("paul", 200),
        ("claire", 403),
        ("ana", 403),
        ("viktor", 403),
        ("dora", 403),
        ("mira", 403),
        ("root", 403),
    ],
)
def test_the_door(world, name, status):
    assert visit(world, name).get(URL).status_code == status


def test_rows_read_as_sentences_the_newest_first(work):
    said = sentences(work)

    assert said[:6] == [
        "read this log",
        said[1],
        "unlocked",
        "took the list out as CSV — 1 cases; no filter; pseudonym",
        "opened the account of Lotus 47 — To check",
        "opened the name of Lotus 47 — To call",
    ]
    assert leaks(TOKENS, page(work)) == []


def test_a_planted_name_would_be_seen(work):
    record("vault.opened", by=work.people["claire"], about="", detail="identity: because of Тихон")

    assert leaks(TOKENS, page(work)) == ["Тихон"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (
            {"group": "openings"},
            ["opened the account of Lotus 47 — To check", "opened the name of Lotus 47 — To call"],
        ),
        ({"group": "lists"}, ["took the list out as CSV — 1 cases; no filter; pseudonym"]),
        ({"actor": "viktor", "group": "unlocking"}, ["unlocked", "set up a vault"]),
        (
            {"about": "Lotus 47", "group": "openings"},
            ["opened the account of Lotus 47 — To check", "opened the name of Lotus 47 — To call"],
        ),
        ({"about": "Lotus 48", "group": "openings"}, []),
        ({"about": "claire", "group": "accounts"}, None),
    ],
)
def test_a_filter_leaves_what_it_says(work, query, expected):
    take_in(work, "Lotus 48")
    cases = {one.pseudonym: f"case:{one.pk}" for one in Applicant.objects.all()}
    said = sentences(work, **query | {"about": cases.get(query.get("about"), query.get("about", ""))})

    if expected is None:
        assert said != []
        assert all("claire" in one for one in said)
    else:
        assert said == expected


def test_days_are_counted_from_midnight_to_midnight(work):
    today = timezone.localdate()

    assert sentences(work, group="lists", since=today, until=today) != []
    assert sentences(work, group="lists", until=today - timedelta(days=1)) == []
    assert sentences(work, group="lists", since=today + timedelta(days=1)) == []


@pytest.mark.parametrize(
    "query",
    [
        {"group": "x"},
        {"actor": "nobody"},
        {"since": "yesterday"},
        {"about": "x"},
        {"about": "a\x00"},
        {"about": "case:x"},
    ],
)
def test_a_wrong_value_gets_a_sentence(work, query):
    answer = visit(work, "paul").get(URL, query)

    assert answer.status_code == 400
    assert "This filter has a value that does not exist" in text_of(answer)


def test_a_name_cannot_be_typed_and_reaches_no_statement(work):
    seen = []

    def watch(execute, sql, params, many, context):
        seen.append(f"{sql} {params}")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        answer = visit(work, "paul").get(URL, {"about": "Тихон"})
        for _ in range(60):
            record("staff.account_edited", by=None, about="claire")
        following = page(work, about="claire")

    assert answer.status_code == 400
    assert leaks(TOKENS, *seen) == []
    assert any("'claire'" in one for one in seen)
    assert "about=claire" in following
    [form] = re.findall(r'<form class="filters".*?</form>', text_of(answer), re.DOTALL)
    assert set(re.findall(r'<input[^>]*type="(\w+)"', form)) == {"date"}


def test_a_case_is_chosen_by_its_pseudonym(work):
    assert f'<option value="case:{work.case.pk}">Lotus 47</option>' in page(work)


def test_reading_is_recorded_once_a_day_and_by_each(work, recorded):
    page(work)
    page(work, page=2)

    assert recorded("desk.audit_read") == [("paul", "desk.audit_read", "")]


def test_fifty_on_a_page(world):
    for number in range(60):
        record("desk.exported", by=None, detail=f"{number} cases")

    assert len(sentences(world)) == 50
    assert len(sentences(world, group="lists", page=2)) == 10
    assert "The program" in page(world, group="lists")


def test_an_action_of_tomorrow_is_shown_as_it_is_stored(world):
    record("relocation.sent", by=None, detail="100 % <b>sure</b>")

    assert "relocation.sent — 100 % &lt;b&gt;sure&lt;/b&gt;" in sentences(world)


def test_a_chain_that_holds_is_said_to_hold(work):
    last = Entry.objects.order_by("-id").first()
    write_head(last.id, last.hash)

    assert chain().holds
    assert "The newest fit together" in page(work)


def test_a_head_outside_that_differs_is_an_alarm(work):
    last = Entry.objects.order_by("-id").first()
    write_head(last.id, "0" * 64)

    assert not chain().holds
    assert "The log does not fit together" in page(work)


def test_a_tail_that_was_cut_off_is_an_alarm(work):
    last = Entry.objects.order_by("-id").first()
    write_head(last.id + 1, "0" * 64)

    assert not chain().holds


@pytest.mark.parametrize("number", [1, 3])
def test_the_number_of_questions_does_not_grow(world, number):
    for place in range(number):
        take_in(world, f"Piano {1200 + place}")

    assert questions(visit(world, "paul"), URL) == 9


def test_other_methods_are_refused(world):
    assert visit(world, "paul").post(URL).status_code == 405


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
@pytest.mark.parametrize("change", ["SET detail = 'else'", "SET previous = repeat('0', 64)"])
def test_a_changed_row_is_an_alarm(work, change):
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT max(id) FROM audit_entry")
        [[last]] = cursor.fetchall()
        cursor.execute("SELECT detail, previous FROM audit_entry WHERE id = %s", [last])
        [before] = cursor.fetchall()
        cursor.execute("ALTER TABLE audit_entry DISABLE TRIGGER audit_refuse_row")
        try:
            cursor.execute(f"UPDATE audit_entry {change} WHERE id = %s", [last])
            assert not chain().holds
        finally:
            cursor.execute("UPDATE audit_entry SET detail = %s, previous = %s WHERE id = %s", [*before, last])
            cursor.execute("ALTER TABLE audit_entry ENABLE TRIGGER audit_refuse_row")
    assert chain().holds
