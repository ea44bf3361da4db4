import re

import pytest
from django.db import connection
from django.db.models import Func, TextField, Value
from django.test.utils import CaptureQueriesContext

from cases.applicants import operations
from cases.applicants.models import Note, StageChange, Task
from cases.desk.models import SearchText
from cases.desk.queries import words
from cases.desk.queries.register import register_for
from cases.staff.models import random_id
from tests.desk.cases import TOKENS, change, set_task, take_in, take_in_many
from tests.scanner import leaks
from tests.world import FETCH, visit

pytestmark = pytest.mark.django_db
URL = "/cases/search/"


def write(world, applicant, text, by="claire"):
    return operations.add_note(id=random_id(), applicant=applicant, text=text, by=world.people[by])


def found(world, typed, name="claire"):
    with words.typed(typed) as question:
        cases = words.with_words(register_for(world.people[name]), question)
        return sorted(cases.values_list("pseudonym", flat=True))


def search(world, typed, name="claire", query="", **more):
    return visit(world, name).post(f"{URL}{query}", {"words": typed, **more}, **FETCH)


def shown(answer):
    return re.findall(r'<th scope="row"[^>]*>\s*<a href="[^"]+">([^<]+)</a>', answer.content.decode())


NOTES = {
    "Lotus 47": "Его вызвали на допросы в Алматы; паспорт у хозяйки квартиры, счёт 338-5.",
    "Piano 12": "La réfugiée a été menacée à l’œuvre sociale ; procès-verbal demandé.",
    "Rondo 33": "She is waiting for the lawyer’s letters; panic attacks at night.",
}


@pytest.fixture
def cases(world):
    for pseudonym, text in NOTES.items():
        write(world, take_in(world, pseudonym), text)
    return world


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("допрос", "Lotus"),
        ("ДОПРОСОВ", "Lotus"),
        ("допр", "Lotus"),
        ("квартире хозяйка", "Lotus"),
        ("счет", "Lotus"),
        ("счёту", "Lotus"),
        ("338", "Lotus"),
        ("менacée", ""),
        ("menacé", "Piano"),
        ("menacee", "Piano"),
        ("réfugiés", "Piano"),
        ("refugie", "Piano"),
        ("oeuvre", "Piano"),
        ("verbaux procès", "Piano"),
        ("letter", "Rondo"),
        ("wait attack", "Rondo"),
        ("LAWYER", "Rondo"),
        ("letter допрос", ""),
        ("lotus", "Lotus"),
        ("nothing", ""),
        ("'; DROP TABLE x; --", ""),
        ("& | ! <-> :* \\", ""),
    ],
)
def test_words_are_found_in_three_languages_in_whatever_form(cases, typed, expected):
    assert [one.split()[0] for one in found(cases, typed)] == expected.split()


@pytest.mark.parametrize(
    "typed", ["²", "ﬁ", "７７", "a" * 120, "я" * 120, "_", "İ", "\u0301", "ª º", "%s %(x)s", "ſ"]
)
def test_whatever_is_typed_is_a_question(cases, typed):
    assert found(cases, typed) == []


def test_every_clear_text_is_searched_and_what_is_changed_follows(world):
    lotus = take_in(world, urgency=3, urgency_reason="обыск", special_needs="инсулин")
    note, task = write(world, lotus, "явка"), set_task(world, lotus, title="позвонить юристу")
    operations.move_stage(
        applicants=[lotus], target="withdrawn", reason="вернулся в Омск", by=world.people["claire"]
    )
    everything = ("обыск", "инсулин", "явку", "юрист", "Омск", "Lotus")
    assert [found(world, one) for one in everything] == [["Lotus 47"]] * len(everything)

    Note.objects.filter(pk=note.pk).update(text="письмо")
    Task.objects.filter(pk=task.pk).delete()
    StageChange.objects.filter(applicant=lotus).update(reason="")
    change(lotus, urgency_reason="", special_needs="")

    assert [found(world, one) for one in everything] == [[]] * 5 + [["Lotus 47"]]
    assert found(world, "письма") == ["Lotus 47"]


def test_a_text_that_moves_to_another_case_is_found_there(world):
    lotus, piano = take_in(world), take_in(world, "Piano 12")
    note = write(world, lotus, "допрос")
    Note.objects.filter(pk=note.pk).update(applicant=piano)

    assert found(world, "допрос") == ["Piano 12"]


def test_words_of_several_texts_of_a_case_add_up(world):
    lotus = take_in(world)
    write(world, lotus, "допрос")
    write(world, lotus, "адвокат")

    assert found(world, "адвоката допрос") == ["Lotus 47"]


def test_far_too_many_words_do_not_stop_a_note_from_being_saved(world):
    lotus = take_in(world)
    many = " ".join(f"{number:x}word{number}" for number in range(60_000))
    Note.objects.create(applicant=lotus, text=many, by=world.people["claire"])
    note = Note.objects.create(applicant=lotus, text="допрос", by=world.people["claire"])

    assert Note.objects.count() == 2
    assert found(world, "допрос") == ["Lotus 47"]
    Note.objects.filter(pk=note.pk).update(text="адвокат")
    assert found(world, "допрос") == []


def test_only_what_is_shared_is_found(cases):
    assert found(cases, "допрос", name="viktor") == ["Lotus 47"]
    assert found(cases, "допрос", name="olga") == []


def test_no_name_goes_into_the_words(world):
    lotus = take_in(world)
    vector = str(SearchText.objects.get(applicant=lotus).vector)

    assert leaks([*TOKENS, *(one.lower() for one in TOKENS)], vector.encode()) == []
    assert [found(world, one) for one in TOKENS] == [[]] * len(TOKENS)
    write(world, lotus, TOKENS[0])
    assert found(world, TOKENS[0]) == ["Lotus 47"]


def statements(act):
    with CaptureQueriesContext(connection) as asked:
        act()
    return "\n".join(one["sql"] for one in asked.captured_queries).encode()


def test_what_is_typed_stands_in_no_statement(cases):
    typed = "Зимородков допросы"
    client = visit(cases, "claire")
    asked = statements(lambda: client.post(URL, {"words": typed}, **FETCH))

    assert b"desk_typed" in asked
    spelled = [form(word) for word in typed.split() for form in (str, str.lower, str.upper)]
    spelled += [word.lower()[:6] for word in typed.split()] + [word.encode().hex() for word in typed.split()]
    assert [one for one in spelled if one.encode() in asked] == []


def test_a_statement_with_the_words_would_be_seen(cases):
    planted = Func(Value("зимородков"), function="desk_query", output_field=TextField())
    asked = statements(lambda: list(SearchText.objects.annotate(said=planted).values_list("said")))

    assert "зимородков".encode() in asked


def test_the_mask_is_another_one_each_time(db):
    masks = set()
    for _time in range(3):
        with words.typed("допрос") as question:
            masks.add(bytes(question.source_expressions[0].value))
    assert len(masks) == 3


@pytest.mark.django_db(transaction=True)
def test_the_pad_is_gone_with_its_question():
    held = []
    with words.typed("допрос"):
        held.append(pad())
    held.append(pad())

    assert [len(one) for one in held] == [64, 0]


def pad():
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting('desk.pad', true), '')")
        return cursor.fetchone()[0]


@pytest.mark.parametrize(
    ("name", "status"), [("claire", 200), ("olga", 200), ("dora", 200), ("paul", 403), ("mira", 403)]
)
def test_the_door(cases, name, status):
    assert search(cases, "допрос", name).status_code == status


def test_the_answer_is_the_list_with_the_line_that_answers(cases):
    answer = search(cases, "допрос")
    body = answer.content.decode()

    assert (answer.status_code, shown(answer)) == (200, ["Lotus 47"])
    assert "вызвали на <mark>допросы</mark> в Алматы" in body
    assert "the file of 1 case" in body
    assert "<html" not in body


def test_a_note_is_escaped_in_the_line(world):
    write(world, take_in(world), "допрос <script>alert(1)</script>")

    assert "<script>" not in search(world, "допрос").content.decode()


def test_the_filter_of_the_address_counts(cases):
    change(register_for(cases.people["claire"]).get(pseudonym="Lotus 47"), stage="protected")

    assert shown(search(cases, "допрос")) == []
    assert "Search closed cases too" in search(cases, "допрос").content.decode()
    assert shown(search(cases, "допрос", query="?state=all")) == ["Lotus 47"]
    assert shown(search(cases, "letter", query="?country=FR")) == []


def test_the_pages_of_what_was_found(world):
    for one in take_in_many(world, 52, identity={}):
        Note.objects.create(applicant=one, text="допрос", by=world.people["claire"])

    assert len(shown(search(world, "допрос"))) == 50
    assert len(shown(search(world, "допрос", page=2))) == 2


def test_nothing_typed_is_the_whole_list_again(cases):
    answer = search(cases, " ", query="?country=KZ")

    assert (answer.status_code, answer["HX-Redirect"]) == (204, "/cases/?country=KZ")


@pytest.mark.parametrize(
    ("typed", "query", "sentence"),
    [
        ("!!!", "", "Type a word or a number."),
        ("a" * 121, "", "at most 120"),
        ("a", "?stage=x", "does not exist"),
    ],
)
def test_bad_input_gets_a_sentence(cases, typed, query, sentence):
    answer = search(cases, typed, query=query)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_other_ways_of_asking_are_refused(cases):
    client = visit(cases, "claire")

    assert client.get(URL, {"words": "допрос"}).status_code == 405
    assert client.post(URL, {"words": "допрос"}).status_code == 400


@pytest.mark.parametrize("number", [1, 3])
def test_the_number_of_questions_does_not_grow(world, number):
    for one in take_in_many(world, number):
        write(world, one, "допрос")
    client = visit(world, "claire")
    client.post(URL, {"words": "допрос"}, **FETCH)
    with CaptureQueriesContext(connection) as asked:
        client.post(URL, {"words": "допрос"}, **FETCH)
    ours = [one for one in asked.captured_queries if "applicants_" in one["sql"] or "desk" in one["sql"]]

    assert len(ours) == 8
