"""A day of work with a dozen identities: nothing of it stays where a name must not be, and a planted one is found.

Who sees what at every address is asked in `tests/canary`.

Every place is searched in the spellings of `tests/scanner.py`. A search that finds nothing proves something only
because the same search, in the same place, finds what was planted there.
"""

import base64
import logging
import subprocess

import pytest
from django.contrib.sessions.models import Session
from django.db import connections
from django.http import HttpResponse
from django.urls import get_resolver, path, reverse

from cases.applicants.models import Applicant
from cases.desk.columns import usual_columns
from cases.staff.models import random_id
from cases.vault.queries import item_of
from ngo import postgres
from ngo.failures import FramesOnlyFormatter
from tests.documents.paper_factories import make_paper
from tests.scanner import leaks
from tests.vetting.check_factories import make_check, make_kind, make_question
from tests.vetting.service_factories import make_entry
from tests.world import FETCH, register, small_world, visit

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

PEOPLE = 12


def syllables(number):
    """Three letters for a number, so that every token is one word."""
    return "".join(
        "бвгджзклмнпрст"[number // 14**place % 14] + "аоуиэыяюёе"[(number + place) % 10] for place in range(3)
    )


def identity(number):
    mark = syllables(number)
    return {
        "name": f"Канар{mark} Тайн{mark}",
        "given_name": f"Канар{mark}",
        "family_name": f"Тайн{mark}",
        "patronymic": f"Скрыт{mark}ович",
        "latin_name": f"KANAR{number:03}QX TAIN{number:03}QX",
        "other_names": [f"Прозв{mark}"],
        "birth_date": f"19{60 + number % 40}-03-{1 + number % 28:02}",
        "birth_place": f"Тайногорск{mark}",
    }


def contact(number):
    return {
        "phone": f"+7999{number:03}{number * 7919 % 10000:04}",
        "handle": f"@kanar{number:03}qx",
        "email": f"kanar{number:03}qx@mail.invalid",
        "address": f"улица Безымянная{syllables(number)}",
        "how": f"тихо{syllables(number)}ночью",
    }


def paper(number):
    """What is sealed of a passport; the last is a zone as it is typed."""
    mark = f"{number:03}"
    return {
        "number": f"75 9{mark}{number * 7919 % 1000:03}",
        "authority": f"ОВД Тайногорск{syllables(number)}",
        "unit_code": f"9{mark[:2]}-{mark}",
        "surname": f"ZETKA{mark}QX",
        "given_names": f"ZOSIA{mark}QX",
        "note": f"штамп{syllables(number)}брак",
        "zone": f"P<RUSZETKA{mark}QX<<ZOSIA{mark}QX\n759{mark}0000RUS",
    }


def service(number):
    """What a period of service says."""
    mark = syllables(number)
    return {
        "from": "2022-03",
        "unit_number": f"9{number:03}7",
        "unit_name": f"бригада{mark}",
        "unit_spellings": [f"BRIGADE{number:03}QX"],
        "place": f"Глухово{mark}",
        "role": f"номерной{mark}",
        "note": f"колонна{mark}",
    }


def told(number):
    """What a check found."""
    mark = syllables(number)
    return {"finding": f"жетонщик{mark}вч", "lawyer": f"Адвокат{mark}ова"}


def asked(number):
    """What a question says."""
    mark = syllables(number)
    return {
        "about": f"вопросник{mark}март",
        "statements": [{"text": f"склад{mark}ово", "source": f"рассказ{mark}чик"}],
        "reason": [f"частьвстреча{mark}"],
        "match": {"incident": f"случай{mark}ный"},
    }


def tokens_of(number):
    who, how, held, served = identity(number), contact(number), paper(number), service(number)
    question = asked(number)
    return [
        *told(number).values(),
        question["about"],
        *question["statements"][0].values(),
        *question["reason"],
        *question["match"].values(),
        *(word for key in ("name", "latin_name") for word in who[key].split()),
        who["patronymic"],
        who["other_names"][0],
        who["birth_place"],
        *how.values(),
        *(held[name] for name in ("number", "authority", "surname", "given_names", "note")),
        *held["zone"].splitlines(),
        *(served[name] for name in ("unit_name", "place", "role", "note")),
        *served["unit_spellings"],
    ]


TOKENS = [token for number in range(PEOPLE) for token in tokens_of(number)]


@pytest.fixture
def world(settings, tmp_path):
    with small_world(settings, tmp_path) as world:
        world.cases = register(world, [(identity(number), contact(number)) for number in range(PEOPLE)])
        world.papers = [
            make_paper(case, by=world.people["claire"], sealed=paper(number))
            for number, case in enumerate(world.cases)
        ]
        world.entries = [
            make_entry(case, by=world.people["claire"], **service(number))
            for number, case in enumerate(world.cases)
        ]
        make_kind("V01")
        for number, case in enumerate(world.cases):
            make_check(case, by=world.people["viktor"], sealed=told(number))
        world.questions = [
            make_question(case, by=world.people["viktor"], content=asked(number))
            for number, case in enumerate(world.cases)
        ]
        yield world


def test_a_name_planted_in_a_page_is_found(world, settings):
    planted = identity(7)["name"]

    def leaking(request):
        return HttpResponse(f"<p>{planted}</p>")

    client = visit(world, "olga")
    settings.ROOT_URLCONF = type("Planted", (), {"urlpatterns": [path("leak/", leaking)]})
    body = client.get("/leak/").content

    assert leaks(TOKENS, body) == sorted(planted.split())


def test_who_may_read_reads(world):
    client = visit(world, "claire", unlocked=True)
    answer = client.post(
        reverse("applicants:open_name", args=[world.cases[7].pk]),
        {"reason": "contact", "words": "to call back"},
        **FETCH,
    )

    assert answer.status_code == 200, answer.content
    assert identity(7)["family_name"] in answer.content.decode()
    assert set(leaks(TOKENS, answer.content)) <= set(tokens_of(7))


def test_who_may_read_reads_the_number(world):
    client = visit(world, "claire", unlocked=True)
    url = reverse("documents:open_number", args=[world.papers[7].pk])
    answer = client.post(url, {"reason": "papers", "words": ""}, **FETCH)

    assert answer.status_code == 200, answer.content
    assert paper(7)["number"] in answer.content.decode()
    assert set(leaks(TOKENS, answer.content)) <= set(tokens_of(7))


def test_who_may_read_reads_the_service_record(world):
    client = visit(world, "claire", unlocked=True)
    url = reverse("vetting:service_open", args=[world.cases[7].pk])
    answer = client.post(url, {"reason": "vetting", "words": ""}, **FETCH)

    assert answer.status_code == 200, answer.content
    assert service(7)["place"] in answer.content.decode()
    assert set(leaks(TOKENS, answer.content)) <= set(tokens_of(7))


def test_the_csv_holds_pseudonyms_only(world):
    columns = [*usual_columns(), "papers", "paper_statuses", "paper_codes", "earliest_expiry"]
    answer = visit(world, "claire", unlocked=True).get("/cases/export.csv", {"columns": columns})
    text = b"".join(answer.streaming_content)

    assert text.count(b"Lotus ") == PEOPLE
    assert text.count(b"RU_ZAG10") >= PEOPLE
    assert leaks(TOKENS, text) == []
    assert leaks(TOKENS, text + identity(3)["latin_name"].encode()) != []


def dump():
    wanted = connections["owner"].settings_dict
    command = [postgres.program("pg_dump"), "--dbname", wanted["NAME"]]
    for option, key in (("--host", "HOST"), ("--port", "PORT"), ("--username", "USER")):
        if wanted[key]:
            command += [option, str(wanted[key])]
    environment = {"PGPASSWORD": wanted["PASSWORD"], "PATH": "/usr/bin:/bin"}
    done = subprocess.run(command, capture_output=True, env=environment, check=True)
    return done.stdout


def test_a_dump_of_the_database_holds_no_name(world):
    everything_by_somebody(world)
    everything = dump()

    assert b"Lotus 107" in everything
    assert leaks(TOKENS, everything) == []


def everything_by_somebody(world):
    """A day of work that touches names: search, opening, forms with a name and an error in them."""
    client = visit(world, "claire", unlocked=True)
    case, held = world.cases[7], world.papers[7]
    adding = reverse("documents:add", args=[case.pk])
    opening = {"reason": "contact", "words": "to call back"}
    record, entry = reverse("vetting:service_add", args=[case.pk]), world.entries[7]
    served = {"kind": "period", "account": "own", **service(8), "from": "3.2022"}
    wrong = identity(9) | {"birth_date": "not a date"}
    answers = {
        "find": client.post("/cases/find/", {"q": identity(7)["name"]}, **FETCH),
        "open": client.post(reverse("applicants:open_name", args=[case.pk]), opening, **FETCH),
        "register": client.post(reverse("applicants:register"), {"name": identity(8)["name"]}, **FETCH),
        "identity": client.post(reverse("applicants:identity", args=[case.pk]), wrong, **FETCH),
        "number": client.post(reverse("documents:open_number", args=[held.pk]), opening, **FETCH),
        "correct": client.post(reverse("documents:open_to_correct", args=[held.pk]), opening, **FETCH),
        "zone": client.post(adding, {"type": "RU_ZAG10", "reading": "name", **paper(8)}, **FETCH),
        "choose": client.post(adding, {"type": "RU_ZAG10", "choosing": "1", **paper(8)}, **FETCH),
        "add": client.post(adding, {"type": "RU_ZAG10", **paper(8)}, **FETCH),
        "saved": client.post(adding, {**adding_form(client, adding), **paper(9)}, **FETCH),
        "record": client.post(reverse("vetting:service_open", args=[case.pk]), opening, **FETCH),
        "entry": client.post(reverse("vetting:service_correct", args=[entry.pk]), opening, **FETCH),
        "copied": client.post(reverse("vetting:service_copy", args=[entry.pk]), served, **FETCH),
        "unsaid": client.post(record, served, **FETCH),
        "served": client.post(record, served | {"new_id": str(random_id())}, **FETCH),
        "corrected": client.post(
            reverse("vetting:service_edit", args=[entry.pk]), {"version": 1, **served}, **FETCH
        ),
        "struck": client.post(
            reverse("vetting:service_strike", args=[entry.pk]), {"reason": "wrong"}, **FETCH
        ),
    }
    statuses = {name: answer.status_code for name, answer in answers.items()}
    assert statuses == {
        "find": 200,
        "open": 200,
        "register": 422,
        "identity": 422,
        "number": 200,
        "correct": 200,
        "zone": 200,
        "choose": 200,
        "add": 422,
        "saved": 204,
        "record": 200,
        "entry": 200,
        "copied": 200,
        "unsaid": 422,
        "served": 204,
        "corrected": 204,
        "struck": 204,
    }

    vote_with_names(world)


def vote_with_names(world):
    """An officer who writes into the reasons of a vote what belongs there least, and then reads every page of the decision."""
    case, viktor = world.cases[7], visit(world, "viktor")
    Applicant.objects.filter(pk=case.pk).update(stage="vetting")
    said = {"choice": "not_now", "no_conflict": "on", "reasons": " ".join(tokens_of(7))}
    vote = reverse("vetting:vote", args=[case.pk])
    assert viktor.post(vote, {**said, "new_id": str(random_id())}, **FETCH).status_code == 204
    assert viktor.post(vote, {**said, "new_id": "", "no_conflict": ""}, **FETCH).status_code == 422
    for name in ("decision", "report"):
        assert leaks(TOKENS, viktor.get(reverse(f"vetting:{name}", args=[case.pk])).content) == []


def adding_form(client, url):
    new_id = client.get(url).context["form"]["new_id"].value()
    return {
        "new_id": str(new_id),
        "type": "RU_ZAG10",
        "status": "held",
        "country": "RU",
        "whereabouts": "person",
        "chip": "true",
    }


@pytest.mark.parametrize("column", ["text", "bytea"])
def test_a_name_planted_in_the_database_is_found_in_the_dump(world, column):
    with connections["owner"].cursor() as cursor:
        cursor.execute(f"CREATE TABLE planted (value {column})")
        try:
            value = identity(7)["name"]
            cursor.execute(
                "INSERT INTO planted VALUES (%s)", [value.encode() if column == "bytea" else value]
            )
            found = leaks(TOKENS, dump())
        finally:
            cursor.execute("DROP TABLE planted")

    assert set(identity(7)["name"].split()) <= set(found)


def test_sessions_hold_no_name(world):
    everything_by_somebody(world)
    held = [str(session.get_decoded()) for session in Session.objects.all()]

    assert held != []
    assert leaks(TOKENS, *held) == []


def test_a_name_planted_in_a_session_is_found(world):
    client = visit(world, "claire")
    session = client.session
    session["draft"] = identity(5)["name"]
    session.save()

    assert leaks(TOKENS, *(str(one.get_decoded()) for one in Session.objects.all())) != []


class Kept(logging.Handler):
    def __init__(self):
        super().__init__()
        self.lines = []
        self.setFormatter(FramesOnlyFormatter())

    def emit(self, record):
        self.lines.append(self.format(record))


@pytest.fixture
def log():
    handler = Kept()
    loggers = [logging.getLogger(name) for name in ("", "django", "django.request")]
    for logger in loggers:
        logger.addHandler(handler)
    yield handler.lines
    for logger in loggers:
        logger.removeHandler(handler)


def test_an_error_shows_no_name_in_page_or_log(world, settings, log):
    settings.DEBUG_PROPAGATE_EXCEPTIONS = False
    client = visit(world, "claire", unlocked=True)

    def failing(request):
        secret = identity(7)["name"]
        raise ValueError(secret)

    settings.ROOT_URLCONF = type(
        "Failing", (), {"urlpatterns": [path("fail/", failing), *get_resolver().url_patterns]}
    )
    answer = client.get("/fail/")

    assert answer.status_code == 500
    assert leaks(TOKENS, answer.content) == []
    assert any("ValueError" in line and "in failing" in line for line in log)
    assert leaks(TOKENS, *log) == []


def test_a_day_of_work_writes_no_name_into_the_log(world, log):
    everything_by_somebody(world)
    logging.getLogger("django.request").warning("the log is listened to")

    assert log != []
    assert leaks(TOKENS, *log) == []


def test_a_name_planted_in_the_log_is_found(world, log):
    logging.getLogger("django.request").warning(identity(7)["name"])

    assert leaks(TOKENS, *log) != []


def test_the_folders_hold_no_name(world, tmp_path):
    everything_by_somebody(world)
    files = [file for folder in (tmp_path, world.runtime_dir) for file in folder.rglob("*") if file.is_file()]
    content = [file.read_bytes() + str(file).encode() for file in files]

    assert files != []
    assert leaks(TOKENS, *content) == []
    (tmp_path / "planted").write_text(identity(1)["patronymic"])
    assert leaks(TOKENS, (tmp_path / "planted").read_bytes()) == [identity(1)["patronymic"]]


@pytest.mark.parametrize(
    "written",
    [
        lambda token: token.encode().hex(),
        lambda token: base64.b64encode(b"ab" + token.encode() + b" and more"),
        lambda token: token.encode("utf-16"),
        lambda token: "".join(f"\\u{ord(letter):04x}" for letter in token),
        lambda token: "".join(f"%{byte:02X}" for byte in token.encode()),
    ],
)
def test_the_scanner_knows_other_spellings(written):
    token = identity(11)["family_name"]

    assert leaks([token], b"before ", written(token), b" after") == [token]


def test_each_safe_holds_what_was_entered(world):
    assert all(
        item_of(case.identity_safe, kind)
        for case, held in zip(world.cases, world.papers, strict=True)
        for kind in ("identity", "contact", held.sealed_kind)
    )
    assert all(
        item_of(case.account_safe, entry.sealed_kind)
        for case, entry in zip(world.cases, world.entries, strict=True)
    )
