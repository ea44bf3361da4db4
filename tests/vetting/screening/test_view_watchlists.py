import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cases.vetting.models import ListImport, Screening
from cases.vetting.operations.watchlists import begin_import, run_upload
from tests.applicants.factories import make_applicant
from tests.vetting.screening.lists import IDENTITY, entity, lines, living, table, take_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("meanings")]
URL = "/vetting/watchlists/"
AGAIN = "/vetting/watchlists/again/"
LIST = table({"id": "Q1", "name": "Eremei Kulebiakin"}, {"id": "", "name": "x"})


def upload(content=LIST, **more):
    return {"name": "Sanctions", "file": SimpleUploadedFile("targets.simple.csv", content)} | more


def test_the_page_begins_with_what_to_do(browse, officers):
    body = browse(officers.vera).get(URL).content.decode()

    assert "No list was taken in yet" in body
    assert "import_watchlist targets.simple.csv --index index.json" in body


def test_a_file_is_sent_and_taken_in_by_the_worker(browse, officers):
    page = browse(officers.vera)
    answer = page.send(URL, **upload())
    assert (answer.status_code, answer["HX-Redirect"]) == (204, URL)
    [waiting] = ListImport.objects.all()
    assert (waiting.state, waiting.watchlist.slug, waiting.by) == ("waiting", "sanctions", officers.vera)
    progress = reverse("vetting:list_progress", args=[waiting.pk])
    assert progress in page.get(URL).content.decode()
    assert page.get(progress).json() == {"done": 0, "total": 100}

    run_upload(import_id=waiting.pk)
    assert page.get(progress).json() == {"done": 100, "total": 100, "next": URL}
    body = page.get(URL).content.decode()
    assert "new: 1 · changed: 0 · ended: 0 · unchanged: 0" in body
    assert "Line 3: It has no id." in body
    assert living() == ["Q1"]


def test_a_refused_file_says_why_on_the_page(browse, officers):
    page = browse(officers.vera)
    page.send(URL, **upload(b"hello"))
    run_upload(import_id=ListImport.objects.get().pk)

    assert "This is neither a table of targets" in page.get(URL).content.decode()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": ""}, "This field is required"),
        ({"name": "ъъ"}, "Write the name in Latin letters or digits"),
        ({"file": ""}, "Choose the file."),
    ],
)
def test_a_bad_upload_is_told_beside_the_field(browse, officers, wrong, said):
    answer = browse(officers.vera).send(URL, **(upload() | wrong))

    assert (answer.status_code, said in answer.content.decode()) == (422, True)
    assert not ListImport.objects.exists()


def test_a_file_that_is_too_large_for_the_page_is_sent_to_the_terminal(browse, officers, settings):
    settings.UPLOAD_LIMIT = 50
    answer = browse(officers.vera).send(URL, **upload())

    assert "too large for the page" in answer.content.decode()
    assert not ListImport.objects.exists()


def test_a_list_that_is_being_taken_in_is_not_taken_in_twice(browse, officers):
    begin_import(slug="sanctions", by=None)
    answer = browse(officers.vera).send(URL, **upload())

    assert (answer.status_code, "being taken in right now" in answer.content.decode()) == (422, True)


def test_lists_filed_with_another_key_are_told(browse, officers, settings):
    take_in(LIST)
    settings.SCREENING = settings.SCREENING | {"bucket_bits": 7}

    assert "would find nobody. Take it in again." in browse(officers.vera).get(URL).content.decode()


def test_everybody_is_compared_in_steps(browse, officers, person, settings):
    take_in(lines(entity(birthDate=["1999-11-04"])))
    settings.SCREENING = settings.SCREENING | {"step_seconds": 0.0001}
    for _ in range(11):
        make_applicant(by=officers.olga, identity=IDENTITY, team=officers.vetters)
    page = browse(officers.vera, unlocked=True)
    assert "12 people whose names you can open were not compared" in page.get(URL).content.decode()
    first = page.send(AGAIN)
    body = first.content.decode()
    assert 'value="10"' in body
    assert 'hx-trigger="load"' in body
    assert "10 / 12" in body
    assert Screening.objects.count() == 10

    last = body.split('name="last" value="')[1].split('"')[0]
    done = page.send(AGAIN, last=last, done="10").content.decode()
    assert "12 people were compared" in done
    assert "hx-trigger" not in done
    assert Screening.objects.count() == 12
    assert "Everybody whose name you can open was compared" in page.get(URL).content.decode()


def test_a_step_while_locked_says_so_and_can_be_taken_up_again(browse, officers, person):
    take_in(lines(entity()))
    answer = browse(officers.vera).send(AGAIN, last="nonsense", done="-5")

    assert (answer.status_code, "Your vault is locked" in answer.content.decode()) == (422, True)
    assert "1 person whose name you can open was not compared" in answer.content.decode()


def test_who_can_open_no_name_is_told(browse, officers):
    from tests.staff.factories import make_person

    take_in(lines(entity()))
    assert (
        "You can open the name of nobody" in browse(make_person("New", ["vetting"])).get(URL).content.decode()
    )


def test_other_roles_see_no_lists(browse, officers):
    waiting = begin_import(slug="sanctions", by=None)
    for somebody in (officers.olga, officers.audrey):
        page = browse(somebody)
        assert page.get(URL).status_code == 403
        assert page.get(reverse("vetting:list_progress", args=[waiting.pk])).status_code == 403
        assert page.send(AGAIN).status_code == 403


def test_wrong_methods(browse, officers):
    page = browse(officers.vera)

    assert page.client.put(URL).status_code == 405
    assert page.get(AGAIN).status_code == 405
    assert page.client.post(AGAIN).status_code == 400
    assert page.client.post(URL, upload()).status_code == 400
    assert page.get("/vetting/watchlists/00000000-0000-0000-0000-000000000001/progress/").status_code == 404
