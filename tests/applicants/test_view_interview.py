"""The page that begins an interview, the bar, and what the case page and the vetting show within one."""

import pytest
from django.urls import reverse

from cases.applicants.models import ApplicantGroupPermission, ApplicantUserPermission
from cases.audit.models import Entry
from cases.staff.models import User
from cases.vault import operations as vault
from cases.vault.models import OpenInterview
from cases.vetting.account import seal_account
from tests.world import FETCH, register, small_world, visit

pytestmark = pytest.mark.django_db(databases=["default", "owner"])
BEGIN = {"reason": "vetting", "words": ""}
END = "/cases/interview/end/"
BAR = "End the interview"


@pytest.fixture
def world(db, settings, tmp_path):
    with small_world(settings, tmp_path) as world:
        world.case, world.other = register(
            world, [({"name": "Кто То"}, {"phone": "+7 701"}), ({"name": "Кто Другой"}, {})]
        )
        yield world


def url(case, page="interview/"):
    return f"/cases/{case.pk}/{page}"


def text(response):
    return " ".join(response.content.decode().split())


@pytest.fixture
def claire(world):
    return visit(world, "claire", unlocked=True)


@pytest.fixture
def begun(world, claire):
    assert claire.post(url(world.case), BEGIN, **FETCH).status_code == 204
    return OpenInterview.objects.get()


def opens(browser, case):
    return browser.post(url(case, "name/"), {}, **FETCH)


class TestBeginning:
    def test_it_begins_and_leads_to_the_case(self, world, claire):
        response = claire.post(url(world.case), BEGIN | {"words": "second one"}, **FETCH)

        assert response.headers["HX-Redirect"] == url(world.case, "")
        row = OpenInterview.objects.get()
        assert (row.user.username, row.reason) == ("claire", "To check who the person was: second one")
        assert set(row.safes) == {world.case.identity_safe_id, world.case.account_safe_id}

    def test_the_page_asks_why(self, world, claire):
        seen = text(claire.get(url(world.case)))

        assert "Interview with Lotus 100" in seen
        assert "Why do you open it?" in seen

    def test_without_a_reason_what_was_typed_stays(self, world, claire):
        response = claire.post(url(world.case), {"reason": "", "words": "typed"}, **FETCH)

        assert response.status_code == 422
        assert 'value="typed"' in text(response)
        assert OpenInterview.objects.count() == 0

    def test_locked(self, world):
        response = visit(world, "claire").post(url(world.case), BEGIN, **FETCH)

        assert response.status_code == 422
        assert "Your vault is locked." in text(response)

    def test_who_can_open_nothing_of_it(self, world):
        response = visit(world, "viktor", unlocked=True).post(url(world.case), BEGIN, **FETCH)

        assert response.status_code == 422
        assert "You cannot open this." in text(response)

    def test_a_second_one_is_refused(self, world, claire, begun):
        response = claire.post(url(world.other), BEGIN, **FETCH)

        assert response.status_code == 422
        assert "You are in an interview already." in text(response)
        assert OpenInterview.objects.get() == begun

    @pytest.mark.parametrize(
        ("name", "status"), [("viktor", 200), ("olga", 404), ("dora", 404), ("paul", 403), (None, 302)]
    )
    def test_the_door(self, world, name, status):
        assert visit(world, name).get(url(world.case)).status_code == status

    def test_the_wrong_ways(self, world, claire):
        assert claire.put(url(world.case)).status_code == 405
        assert claire.post(url(world.case), BEGIN).status_code == 400


class TestInside:
    def test_the_name_opens_without_a_reason_and_stays(self, world, claire, begun):
        seen = text(opens(claire, world.case))

        assert "Кто То" in seen
        seconds = int(seen.split('data-seconds="')[1].split('"')[0])
        assert 3 * 3600 - 60 < seconds <= 3 * 3600

    def test_outside_it_asks_and_hides_after_a_minute(self, world, claire):
        assert opens(claire, world.case).status_code == 422
        seen = text(claire.post(url(world.case, "name/"), BEGIN, **FETCH))
        assert 'data-seconds="60"' in seen

    def test_another_case_asks_for_a_reason(self, world, claire, begun):
        response = opens(claire, world.other)

        assert response.status_code == 422
        assert "Кто Другой" not in text(response)

    def test_the_page_of_the_case_opens_by_itself_and_that_of_another_does_not(self, world, claire, begun):
        assert "data-interview>" in text(claire.get(url(world.case, "")))
        assert "data-interview>" not in text(claire.get(url(world.other, "")))

    def test_no_page_holds_the_name_before_it_is_fetched(self, world, claire, begun):
        assert "Кто То" not in text(claire.get(url(world.case, "")))

    def test_the_account_opens_without_a_reason(self, world, claire, begun):
        seal_account(applicant=world.case, kind="vote-1", content={"reasons": "x"}, by=world.people["claire"])
        opened = reverse("vetting:reasons", args=[world.case.pk])
        assert claire.post(opened, {}, **FETCH).status_code == 200
        visited = visit(world, "ana", unlocked=True)
        assert visited.post(opened, {}, **FETCH).status_code == 422

    def test_each_name_once_in_the_log(self, world, claire, begun):
        before = Entry.objects.count()
        opens(claire, world.case)
        opens(claire, world.case)

        [row] = Entry.objects.order_by("id")[before:]
        assert (row.action, row.about) == ("vault.opened", str(world.case.identity_safe_id))
        assert row.detail == f"identity: interview {begun.pk}: To check who the person was"

    def test_the_bar_stands_on_every_page(self, world, claire, begun):
        for page in ("/", "/cases/", "/vault/", url(world.case, ""), url(world.other, "notes/")):
            seen = text(claire.get(page))
            assert BAR in seen, page
            assert "Interview until" in seen
        assert BAR not in text(visit(world, "ana", unlocked=True).get("/"))

    def test_it_goes_by_itself_from_the_page(self, world, claire, begun):
        bar = text(claire.get("/")).split("data-interview-bar")[1]

        assert bar.startswith(" data-opened data-seconds=")


class TestTheEnd:
    def after(self, world, browser):
        assert BAR not in text(browser.get("/"))
        refused = opens(browser, world.case)
        assert refused.status_code == 422
        assert "Кто То" not in text(refused)

    def test_by_the_button(self, world, claire, begun):
        response = claire.post(END, {}, **FETCH)

        assert response.headers["HX-Redirect"] == url(world.case, "")
        assert "The interview is ended." in text(claire.get("/"))
        self.after(world, claire)

    def test_by_locking_and_unlocking_again(self, world, claire, begun):
        claire.post("/vault/lock/", {}, **FETCH)
        self.after(world, claire)
        claire.post("/vault/unlock/", {"words": world.words["claire"]}, **FETCH)
        self.after(world, claire)

    def test_by_logging_out(self, world, claire, begun):
        claire.post(reverse("account_logout"), {})
        self.after(world, visit(world, "claire", unlocked=True))
        assert OpenInterview.objects.get().ended_at is not None

    def test_by_an_unlock_elsewhere(self, world, claire, begun):
        self.after(world, visit(world, "claire", unlocked=True))
        self.after(world, claire)

    def test_by_a_change_of_password_or_factor(self, world, claire, begun):
        User.objects.filter(username="claire").update(epoch=1)
        claire.force_login(User.objects.get(username="claire"))
        self.after(world, claire)

    def test_by_a_case_that_is_not_shared_any_more(self, world, begun, claire):
        ApplicantUserPermission.objects.all().delete()
        ApplicantGroupPermission.objects.all().delete()
        assert BAR not in text(claire.get("/"))
        assert opens(claire, world.case).status_code == 404

    def test_by_taking_the_key_away(self, world, claire, begun):
        for safe in (world.case.identity_safe, world.case.account_safe):
            for holder in ("viktor", "dora"):
                vault.give_access(
                    safe=safe, to=world.people[holder], unlocked=unlocked_as(world, "ana"),
                    by=world.people["ana"], reason="x",
                )  # fmt: skip
            vault.revoke_access(safe=safe, of=world.people["claire"], by=world.people["ana"], reason="x")

        self.after(world, claire)

    def test_ended_twice_it_is_ended(self, claire, begun):
        claire.post(END, {}, **FETCH)

        assert claire.post(END, {}, **FETCH).headers["HX-Redirect"] == "/"

    def test_nobody_else_ends_it(self, world, claire, begun):
        visit(world, "ana", unlocked=True).post(END, {}, **FETCH)

        assert BAR in text(claire.get("/"))

    @pytest.mark.parametrize(("name", "status"), [("paul", 403), ("mira", 403), (None, 302)])
    def test_the_door(self, world, name, status):
        assert visit(world, name).post(END).status_code == status

    def test_get_ends_nothing(self, claire, begun):
        assert claire.get(END).status_code == 405
        assert BAR in text(claire.get("/"))


def unlocked_as(world, name):
    return vault.unlock(user=world.people[name], passphrase=world.words[name])
