"""Scans of a document: sent in parts by who may work on the case, seen small and opened by who may open the name."""

import base64
import hashlib
import io
import re

import pytest
from django.test import Client

from cases.applicants.operations import share_with_person
from cases.audit.models import Entry
from cases.documents.models import Scan
from cases.vault.models import SealedFile
from tests.documents.scans.sending import FETCH, FILE_NAME, REASON, Sender, address, make_document, scan_of
from tests.scanner import leaks
from tests.vault.files import made
from tests.vault.files.watching import watched

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
PICTURE = made.picture(size=(400, 300), exif=made.exif(position=True))
LARGE = made.large_picture()
TOKENS = ["Паспорт", "Кулебякина", made.CANARY.decode()]


@pytest.fixture(autouse=True)
def _state(vault, settings, tmp_path):
    settings.VAR_DIR = tmp_path


@pytest.fixture
def olga(browse, work):
    """Olga's browser, locked."""
    return browse(work.olga)


@pytest.fixture
def send(work, document):
    """Olga sends a file, locked, in a browser of its own."""

    def do(content):
        client = Client()
        client.force_login(work.olga)
        sender = Sender(client, document, content)
        assert sender.send().status_code == 200
        return scan_of(sender)

    return do


@pytest.fixture
def sent(send):
    """A scan that is there."""
    return send(PICTURE)


def show_to_vera(applicant, work, to):
    """Vera sees the case from now on, and cannot open the name."""
    share_with_person(applicant=applicant, person=work.vera, to=to, expires_at=None, by=work.olga)


def pictures_in(answer):
    found = re.findall(r"data:image/jpeg;base64,([A-Za-z0-9+/=]+)", answer.content.decode())
    return [base64.b64decode(one) for one in found]


class TestSending:
    def test_a_locked_colleague_sends_a_file(self, olga, document, recorded):
        before = len(recorded())
        sender = Sender(olga.client, document, LARGE)
        answer = sender.send()

        assert answer.status_code == 200
        assert [notice[:9] for notice in answer.json()["notices"]] == ["The origi", "The place"]
        assert scan_of(sender).file.state == "whole"
        assert recorded()[before:] == ["vault.sealed", "documents.scan_begun", "vault.file_sealed"]
        assert Entry.objects.filter(action="documents.scan_begun").latest("id").about == str(
            document.applicant_id
        )

    def test_the_secret_is_in_the_cookie_alone_and_goes_with_the_last_file(self, olga, document):
        first, second = Sender(olga.client, document, LARGE), Sender(olga.client, document, PICTURE)
        cookie = first.begin().cookies["upload"]
        second.begin()

        assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Strict", "/")
        assert (len(cookie.value) > 40, bool(cookie["max-age"]), bool(cookie["expires"])) == (
            True,
            False,
            False,
        )
        assert "upload" not in second.send().cookies
        assert olga.client.cookies["upload"].value == cookie.value

        assert first.send().cookies["upload"].value == ""

    def test_over_https_the_cookie_is_bound_to_the_host(self, olga, document, settings):
        settings.HTTPS = True
        cookie = Sender(olga.client, document, PICTURE).begin().cookies["__Host-upload"]

        assert (cookie["secure"], cookie["path"], cookie["domain"]) == (True, "/", "")

    def test_after_a_reload_it_goes_on(self, olga, document):
        first = Sender(olga.client, document, LARGE)
        first.begin()
        first.part(0)
        again = Sender(olga.client, document, LARGE)
        answer = again.begin()

        assert (again.scan, answer.json()["received"]) == (first.scan, 1)
        assert "Half sent: 33" in olga.get(address("scans", document)).content.decode()
        assert again.send().status_code == 200
        assert Scan.objects.count() == 1

    def test_logging_out_takes_the_secret_away(self, olga, document):
        sender = Sender(olga.client, document, LARGE)
        sender.begin()
        answer = olga.client.post("/logout/")

        assert answer.cookies["upload"].value == ""

    def test_an_expired_login_keeps_it(self, olga, document, work):
        sender = Sender(olga.client, document, LARGE)
        sender.begin()
        olga.client.cookies.pop("session")
        answer = sender.part(0)

        assert (answer.status_code, answer["HX-Trigger"]) == (401, "login-expired")
        assert "upload" not in answer.cookies
        olga.client.force_login(work.olga)
        assert sender.send().status_code == 200

    def test_a_lost_secret_is_said_so_that_the_page_begins_anew(self, olga, document):
        sender = Sender(olga.client, document, LARGE)
        sender.begin()
        olga.client.cookies["upload"] = "x" * 43
        assert sender.part(0).status_code == 409
        olga.client.cookies.pop("upload")
        assert sender.part(0).status_code == 409

        assert sender.send().status_code == 200
        assert SealedFile.objects.filter(of=None, state="whole").count() == 1

    def test_another_person_in_the_same_browser_cannot_go_on(self, olga, document, work):
        sender = Sender(olga.client, document, LARGE)
        sender.begin()
        olga.client.force_login(work.tim)

        assert sender.part(0).status_code == 404
        assert sender.post("scan_remove", sender.scan).status_code == 404

    @pytest.mark.parametrize(
        ("content", "word"),
        [
            (b"", "empty"),
            (made.SVG, "SVG"),
            (made.HTML, "web page"),
            (made.zip_bomb(), "ZIP"),
            (made.png_claiming(50_000, 50_000), "too large"),
            (made.pdf_with_password(), "password"),
            (PICTURE[:600], "damaged"),
        ],
    )
    def test_what_is_refused_is_refused_in_words(self, content, word, olga, document, settings):
        sender = Sender(olga.client, document, content)
        answer = sender.send()

        assert answer.status_code == 422
        assert word in answer.json()["error"]
        assert [path for path in (settings.VAR_DIR / "files").rglob("*") if path.is_file()] == []
        assert "No scan yet." in olga.get(address("scans", document)).content.decode()

    @pytest.mark.parametrize(
        "about",
        [{}, {"size": "many"}, {"size": "-1"}, {"size": "10", "start": "zz"}, {"size": "10", "start": "ab"}],
    )
    def test_a_strange_beginning_is_refused(self, about, olga, document):
        assert olga.client.post(address("scan_begin", document), about, headers=FETCH).status_code == 400

    def test_a_part_larger_than_agreed(self, olga, document):
        sender = Sender(olga.client, document, LARGE)
        sender.begin()

        assert sender.post("scan_part", sender.scan, 0, data=bytes(1024 * 1024 + 1)).status_code == 422
        assert sender.post("scan_part", sender.scan, 0, data=bytes(3 * 1024 * 1024)).status_code == 400
        assert scan_of(sender).file.received == 0

    def test_a_half_sent_file_is_removed(self, olga, document, settings):
        sender = Sender(olga.client, document, LARGE)
        sender.begin()
        sender.part(0)
        answer = sender.post("scan_remove", sender.scan)

        assert (answer.status_code, Scan.objects.count()) == (200, 0)
        assert list((settings.VAR_DIR / "files").iterdir()) == []

    def test_the_name_loses_its_folders_and_what_cannot_be_seen(self, olga, document, browse, work):
        Sender(olga.client, document, PICTURE, name="C:\\Users\\Olga\\па\u202eспорт.jpg").send()
        scan = Scan.objects.get()
        answer = browse(work.olga, unlocked=True).send(address("scan_open", document, scan.pk), **REASON)

        assert "<b>паспорт.jpg</b>" in answer.content.decode()


class TestScope:
    @pytest.mark.parametrize("name", ["scan_begin", "scans", "scans_small"])
    def test_a_case_that_is_not_shared_does_not_exist(self, name, browse, work, document):
        nina = browse(work.nina, unlocked=True)
        method = nina.get if name == "scans" else nina.send

        assert method(address(name, document)).status_code == 404

    def test_a_reader_sees_that_they_are_there_and_adds_none(self, browse, work, document, sent, applicant):
        show_to_vera(applicant, work, "read")
        vera = browse(work.vera, unlocked=True)

        page = vera.get(address("scans", document)).content.decode()
        assert "picture (JPEG)" in page
        assert "Olga Owner" in page
        assert "data-upload=" not in page
        assert Sender(vera.client, document, PICTURE).begin().status_code == 403
        assert vera.send(address("scan_strike", document, sent.pk)).status_code == 403

    def test_roles_without_case_work_are_kept_out(self, browse, work, document, sent):
        audrey = browse(work.audrey)

        assert audrey.get(address("scans", document)).status_code == 403
        assert audrey.send(address("scan_open", document, sent.pk), **REASON).status_code == 403

    def test_a_scan_belongs_to_its_document(self, browse, work, applicant, document, sent):
        other = make_document(applicant, by=work.olga)
        olga = browse(work.olga, unlocked=True)

        assert olga.send(address("scan_open", other, sent.pk), **REASON).status_code == 404

    @pytest.mark.parametrize("name", ["scan_open", "scan_original", "scan_strike", "scan_finish"])
    def test_only_by_post(self, name, olga, document, sent):
        assert olga.get(address(name, document, sent.pk)).status_code == 405


class TestList:
    def test_to_who_is_locked_it_says_kind_day_size_and_by_whom(self, olga, document, sent):
        page = olga.get(address("scans", document)).content.decode()

        assert "picture (JPEG)" in page
        assert "up to 1 MB" in page
        assert "Olga Owner" in page
        assert leaks(TOKENS, page) == []
        assert "data:image" not in page
        assert 'data-opens="open-' not in page

    def test_small_pictures_come_on_demand_and_leave_one_row(self, browse, work, document, sent):
        tim = browse(work.tim, unlocked=True)
        assert "data:image" not in tim.get(address("scans", document)).content.decode()
        answer = tim.send(address("scans_small", document))

        [small] = pictures_in(answer)
        assert small.startswith(b"\xff\xd8\xff")
        assert 'id="scan-list" data-opened' in answer.content.decode()
        assert "data:image" not in answer.content.decode().partition("<template data-sealed>")[2]
        assert Entry.objects.latest("id").detail == "thumbnails: 1"

    def test_none_without_an_unlock(self, olga, document, sent):
        answer = olga.send(address("scans_small", document))

        assert (answer.status_code, pictures_in(answer)) == (422, [])
        assert "Your vault is locked." in answer.content.decode()

    def test_none_for_who_cannot_open_the_name(self, browse, work, document, sent, applicant):
        show_to_vera(applicant, work, "work")
        vera = browse(work.vera, unlocked=True)
        answer = vera.send(address("scans_small", document))

        assert (answer.status_code, pictures_in(answer)) == (200, [])

    def test_a_fetch_gets_the_part_alone(self, olga, document):
        part = olga.client.get(address("scans", document), headers=FETCH).content.decode()

        assert part.strip().startswith('<div id="scans">')

    @pytest.mark.parametrize("number", [1, 3])
    def test_the_number_of_questions_does_not_grow(
        self, number, send, olga, document, django_assert_num_queries
    ):
        for place in range(number):
            send(made.picture(size=(50 + place, 50)))
        url = address("scans", document)
        olga.client.get(url, headers=FETCH)
        with django_assert_num_queries(12):
            olga.client.get(url, headers=FETCH)


class TestOpening:
    @pytest.fixture
    def tim(self, browse, work):
        return browse(work.tim, unlocked=True)

    def test_the_pages_the_name_and_the_hash(self, tim, document, sent):
        answer = tim.send(address("scan_open", document, sent.pk), **REASON)
        page = answer.content.decode()

        assert (answer.status_code, answer["HX-Retarget"]) == (200, f"#scan-{sent.pk.hex}")
        assert answer["Cache-Control"] == "no-store"
        assert len(pictures_in(answer)) == 1
        assert hashlib.sha256(PICTURE).hexdigest() in page
        assert FILE_NAME in page
        assert "The place where it was taken" in page
        assert made.CANARY not in pictures_in(answer)[0]
        assert leaks(TOKENS, page.partition("<template data-sealed>")[2]) == []
        assert Entry.objects.latest("id").detail == f"file-{sent.file.pk.hex}: To fill in or check papers"

    def test_not_without_a_reason(self, tim, document, sent):
        before = Entry.objects.count()
        answer = tim.send(address("scan_open", document, sent.pk))

        assert (answer.status_code, pictures_in(answer)) == (422, [])
        assert Entry.objects.count() == before

    def test_not_when_locked(self, olga, document, sent):
        answer = olga.send(address("scan_open", document, sent.pk), **REASON)

        assert answer.status_code == 422
        assert "Your vault is locked." in answer.content.decode()
        assert leaks(TOKENS, answer.content) == []

    def test_not_by_who_cannot_open_the_name(self, browse, work, document, sent, applicant):
        show_to_vera(applicant, work, "work")
        answer = browse(work.vera, unlocked=True).send(address("scan_open", document, sent.pk), **REASON)

        assert (answer.status_code, pictures_in(answer)) == (422, [])
        assert "You cannot open this." in answer.content.decode()

    def test_sound_is_not_played(self, send, tim, document):
        answer = tim.send(address("scan_open", document, send(made.OGG).pk), **REASON)

        assert "Sound and film are not played here." in answer.content.decode()

    def test_a_chunk_that_was_changed(self, tim, document, sent, settings):
        for path in (settings.VAR_DIR / "files").rglob("*-0"):
            path.write_bytes(path.read_bytes()[:-1] + b"?")
        answer = tim.send(address("scan_open", document, sent.pk), **REASON)

        assert answer.status_code == 422
        assert "This does not open" in answer.content.decode()


class TestOriginal:
    def test_it_comes_untouched_under_a_name_that_tells_nothing(self, browse, work, document, sent):
        tim = browse(work.tim, unlocked=True)
        answer = tim.client.post(address("scan_original", document, sent.pk), REASON)

        assert b"".join(answer.streaming_content) == PICTURE
        assert answer["Content-Disposition"] == f'attachment; filename="scan-{sent.pk.hex[:8]}.jpg"'
        assert answer["Content-Type"] == "application/octet-stream"
        assert answer["Content-Length"] == str(len(PICTURE))
        assert (answer["Cache-Control"], answer["X-Content-Type-Options"]) == ("no-store", "nosniff")
        assert Entry.objects.latest("id").action == "vault.opened"

    @pytest.mark.parametrize(("unlocked", "reason"), [(False, REASON), (True, {})])
    def test_not_without_unlock_and_reason(self, unlocked, reason, browse, work, document, sent):
        tim = browse(work.tim, unlocked=unlocked)
        answer = tim.client.post(address("scan_original", document, sent.pk), reason, follow=True)

        assert answer.redirect_chain == [(address("scans", document), 302)]
        assert "notice" in answer.content.decode() or "alert" in answer.content.decode()
        assert made.CANARY not in answer.content


class TestStriking:
    def test_it_goes_out_of_sight_and_stays_sealed(self, olga, document, sent, recorded, settings):
        answer = olga.send(address("scan_strike", document, sent.pk))

        assert answer.status_code == 204
        assert recorded()[-1] == "documents.scan_struck"
        assert "No scan yet." in olga.get(address("scans", document)).content.decode()
        assert olga.send(address("scan_strike", document, sent.pk)).status_code == 404
        assert len([path for path in (settings.VAR_DIR / "files").rglob("*") if path.is_file()]) == 3


def test_nothing_is_in_clear_on_its_way_through_the_server(olga, document, tmp_path, monkeypatch, settings):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with watched(LARGE, tmp_path, settings.RUNTIME_DIR) as watch:
        assert Sender(olga.client, document, LARGE).send().status_code == 200

    allowed = [str(tmp_path / "files") + "/", str(settings.RUNTIME_DIR) + "/", "/dev/null"]
    allowed += [str(tmp_path / "audit-heads.log")]
    assert watch.found == set()
    assert [path for path in watch.written if not path.startswith(tuple(allowed))] == []


def test_an_ordinary_form_upload_is_refused(olga, document):
    """Only the raw parts are read: a file in a form would be kept whole in memory."""
    sender = Sender(olga.client, document, LARGE)
    sender.begin()
    url = address("scan_part", document, sender.scan, 0)
    answer = olga.client.post(url, {"file": io.BytesIO(PICTURE)}, headers=FETCH)

    assert answer.status_code == 422
