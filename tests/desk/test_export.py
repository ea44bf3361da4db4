import csv
import io
import tracemalloc
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.utils import translation

from cases.applicants.models import Applicant, ApplicantUserPermission
from cases.desk.columns import COLUMNS, usual_columns
from cases.vault.models import Safe
from tests.desk.cases import IDENTITY, TOKENS, change, questions, take_in, text_of
from tests.scanner import leaks
from tests.world import visit

# The rows go over a connection of their own, which sees only what is committed.
pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
URL = "/cases/export.csv"
USUAL = (
    "pseudonym,urgency,stage,stage_since,country,category,age,languages,channel,owner,team,"
    "next_deadline,last_contact,registered,link"
)
ALL = [
    "pseudonym",
    "urgency",
    "stage",
    "stage_since",
    "country",
    "category",
    "age",
    "languages",
    "channel",
    "owner",
    "team",
    "next_deadline",
    "last_contact",
    "registered",
    "urgency_reason",
    "special_needs",
    "name_sealed",
    "stage_code",
    "urgency_level",
    "country_code",
    "category_code",
    "channel_code",
    "papers",
    "paper_statuses",
    "paper_codes",
    "earliest_expiry",
]


def table(answer):
    assert answer.status_code == 200, answer
    text = text_of(answer)
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text[1:])))


def test_the_headers_never_change():
    assert list(COLUMNS) == ALL
    assert ",".join([*usual_columns(), "link"]) == USUAL


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("claire", 200),
        ("ana", 200),
        ("dora", 200),
        ("viktor", 403),
        ("paul", 403),
        ("mira", 403),
        ("root", 403),
    ],
)
def test_the_door(world, recorded, name, status):
    client = visit(world, name)
    answer = client.get(URL)

    assert answer.status_code == status
    assert len(recorded("desk.exported")) == (status == 200)
    if status == 403:
        assert "Your role does not include this page" in text_of(answer)


def test_a_row_says_what_the_list_says(world):
    applicant = take_in(
        world,
        languages=["ru", "fr"],
        urgency=3,
        urgency_reason="visit by the police",
        special_needs="insulin",
        stage="vetting",
    )
    change(applicant, last_contact_on="2026-11-04")
    [row] = table(visit(world, "claire").get(URL, {"columns": ALL}))

    assert row["pseudonym"] == "Lotus 47"
    assert (row["stage"], row["stage_code"]) == ("Vetting", "vetting")
    assert (row["country"], row["country_code"]) == ("Kazakhstan", "KZ")
    assert (row["urgency"], row["urgency_level"]) == ("Urgent", "3")
    assert (row["category"], row["category_code"]) == ("Contract soldier", "contract")
    assert (row["channel"], row["channel_code"]) == ("Signal", "signal")
    assert (row["age"], row["languages"], row["name_sealed"]) == ("20-44", "ru fr", "yes")
    assert (row["owner"], row["team"]) == ("claire", "Team East")
    assert (row["urgency_reason"], row["special_needs"]) == ("visit by the police", "insulin")
    assert row["last_contact"] == "2026-11-04"
    deadline = applicant.deadlines.get().due_at
    here = ZoneInfo(world.people["claire"].time_zone)
    assert row["next_deadline"] == deadline.astimezone(here).date().isoformat()
    assert row["link"] == f"http://testserver/cases/{applicant.pk}/"


def test_what_is_not_known_is_empty(world):
    applicant = take_in(world, country="", identity={}, stage="dossier")
    change(applicant, owner=None, team=None)
    [row] = table(visit(world, "ana").get(URL, {"columns": ALL}))

    assert [row[name] for name in ("country", "owner", "team", "next_deadline", "last_contact", "age")] == [
        ""
    ] * 6
    assert row["name_sealed"] == "no"


def test_labels_are_in_the_language_of_the_reader_and_headers_are_not(world):
    take_in(world)
    claire = world.people["claire"]
    claire.language = "fr"
    claire.save()
    with translation.override("fr"):
        expected = str(Applicant.objects.get().country.name)
    text = text_of(visit(world, "claire").get(URL))

    assert text[1:].splitlines()[0] == USUAL
    assert f'"{expected}"' in text


def test_the_filter_and_the_order_are_those_of_the_list(world):
    for number, country in enumerate(["KZ", "AM", "KZ"]):
        take_in(world, f"Piano {12 + number * 10}", country=country)
    client = visit(world, "claire")

    assert [row["pseudonym"] for row in table(client.get(URL, {"country": "KZ", "sort": "-pseudonym"}))] == [
        "Piano 32",
        "Piano 12",
    ]
    assert [row["pseudonym"] for row in table(client.get(URL, {"country": "AM"}))] == ["Piano 22"]
    assert table(client.get(URL, {"state": "closed"})) == []


@pytest.mark.parametrize(
    "asked",
    ["columns=stage&columns=pseudonym", "columns=stage,pseudonym", "columns=,stage,&columns=pseudonym"],
)
def test_columns_are_chosen_and_keep_their_order(world, asked):
    take_in(world)
    text = text_of(visit(world, "claire").get(f"{URL}?{asked}"))

    assert text[1:].splitlines()[0] == "stage,pseudonym,link"
    assert text.splitlines()[1].startswith('"First contact","Lotus 47","http')


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("columns=name", "There is no such column: name."),
        (
            "columns=pseudonym,identity_safe__items__envelope",
            "There is no such column: identity_safe__items__envelope.",
        ),
        ("columns=%3Cscript%3E", "There is no such column: &lt;script&gt;."),
        ("stage=nonsense", "Stage: there is no such choice."),
    ],
)
def test_what_does_not_exist_is_refused_with_a_sentence(world, recorded, query, sentence):
    take_in(world)
    answer = visit(world, "claire").get(f"{URL}?{query}")

    assert answer.status_code == 400
    assert sentence in text_of(answer)
    assert recorded("desk.exported") == []


def test_outsiders_get_an_empty_list(world):
    take_in(world)

    assert table(visit(world, "olga").get(URL)) == []


def test_formulas_are_defused_wherever_somebody_could_have_typed_one(world):
    payload = '=HYPERLINK("http://x.invalid")'
    applicant = take_in(world, urgency_reason=payload, special_needs="+1;=2", languages=["=1"])
    claire, team = world.people["claire"], world.team
    claire.full_name, team.name = "@SUM(1)", "\t=1"
    claire.save()
    team.save()
    change(applicant, pseudonym="-2+3", country="=A")
    [row] = table(visit(world, "claire").get(URL, {"columns": ALL}))

    assert row["urgency_reason"] == "'" + payload
    assert [
        row[name] for name in ("pseudonym", "owner", "team", "special_needs", "languages", "country_code")
    ] == [
        "'-2+3",
        "'@SUM(1)",
        "'\t=1",
        "'+1;=2",
        "'=1",
        "'=A",
    ]
    assert [name for name, cell in row.items() if cell[:1] in tuple("=+-@\t\r")] == []


def test_a_cell_never_breaks_out_of_its_row(world):
    nasty = 'a";=1\r\n"b,c%s%(x)s'
    take_in(world, special_needs=nasty)
    [row] = table(visit(world, "claire").get(URL, {"columns": "special_needs"}))

    assert row["special_needs"] == nasty


def test_the_export_is_recorded_before_the_first_row_with_codes_only(world, recorded):
    take_in(world)
    answer = visit(world, "claire").get(
        URL, {"country": "KZ", "q": "Зимородков Lotus", "columns": "pseudonym,stage"}
    )

    assert recorded("desk.exported") == [
        ("claire", "desk.exported", "1 cases; state=open country=KZ; pseudonym, stage")
    ]
    assert leaks(TOKENS, str(recorded())) == []
    assert [row["pseudonym"] for row in table(answer)] == ["Lotus 47"]


def test_the_file_name_says_nothing(world):
    answer = visit(world, "claire").get(URL, {"country": "KZ"})

    assert answer.headers["Content-Disposition"] == 'attachment; filename="cases.csv"'
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-store"


def test_no_name_comes_out_and_a_planted_one_is_found(world):
    applicant = take_in(world)
    client = visit(world, "claire", unlocked=True)
    everything = text_of(client.get(URL, {"columns": ALL}))

    assert "Lotus 47" in everything
    assert leaks(TOKENS, everything) == []
    change(applicant, special_needs=f"ask for {IDENTITY['given_name']}")
    assert leaks(TOKENS, text_of(client.get(URL, {"columns": ALL}))) == ["Тихон"]


# The same ids each time it is asked, so that rows of several tables fit together: `app` makes no temporary tables.
MORE = """(SELECT md5('person' || n)::uuid AS person, md5('name' || n)::uuid AS name,
    md5('account' || n)::uuid AS account, n FROM generate_series(1, %s) n) more"""


def copied(model, **replaced):
    """SQL that copies one row of a model for each row of `more`, with some columns replaced."""
    columns = [
        field.column for field in model._meta.concrete_fields if field.column != "id" or "id" in replaced
    ]
    values = [replaced.get(column, f"old.{column}") for column in columns]
    wanted = "old.content_object_id" if "content_object_id" in replaced else "old.id"
    table = model._meta.db_table
    return (
        f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(values)}"
        f" FROM {MORE}, {table} old WHERE {wanted} = %s"
    )


def many(world, number):
    """Copies of one case, shared like it, made by the database: registering thousands would take minutes."""
    one = take_in(world)
    with connection.cursor() as cursor:
        cursor.execute(copied(Safe, id="more.name"), [number, one.identity_safe_id])
        cursor.execute(copied(Safe, id="more.account"), [number, one.account_safe_id])
        keys = {"id": "more.person", "identity_safe_id": "more.name", "account_safe_id": "more.account"}
        cursor.execute(copied(Applicant, **keys, pseudonym="'Rondo ' || (n + 5000)"), [number, one.pk])
        cursor.execute(copied(ApplicantUserPermission, content_object_id="more.person"), [number, one.pk])


def test_the_number_of_questions_does_not_grow(world):
    client = visit(world, "claire")
    take_in(world, "Piano 12")
    few = questions(client, URL)
    many(world, 1000)

    assert (few, questions(client, URL)) == (6, 6)


def test_a_large_list_comes_in_pieces(world):
    many(world, 2000)
    pieces = list(visit(world, "claire").get(URL).streaming_content)

    assert len(pieces) > 5
    assert max(map(len, pieces)) < 70_000
    assert len(b"".join(pieces).splitlines()) == 1 + 1 + 2000


def test_a_large_list_is_never_held_as_a_whole(world):
    many(world, 5000)
    client = visit(world, "claire")
    answer = client.get(URL)
    tracemalloc.start()
    size = sum(map(len, answer.streaming_content))
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert size > 1_000_000
    assert peak < 600_000


def test_a_reader_who_goes_away_leaves_nothing_open(world):
    many(world, 2000)
    answer = visit(world, "claire").get(URL)
    rows = iter(answer.streaming_content)
    next(rows), next(rows)
    answer.close()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'COPY (SELECT%%' AND state <> 'idle' AND datname = current_database()"
        )
        assert cursor.fetchone() == (0,)


def test_other_methods_are_refused(world, recorded):
    client = visit(world, "claire")

    assert [client.post(URL).status_code, client.head(URL).status_code] == [405, 405]
    assert recorded("desk.exported") == []
