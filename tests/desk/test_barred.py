"""Claire works, unlocked; Olga freezes her. From the next request on nothing of hers opens, whatever it is."""

import pytest
from allauth.account.auth_backends import AuthenticationBackend
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client

from cases.audit.models import Entry
from cases.staff import operations
from cases.staff.backends import Door
from cases.staff.models import Invitation, User
from cases.vault import operations as vault
from cases.vault import queries
from cases.vault import refusals as vault_refusals
from cases.vault.due import due_safes
from cases.vault.models import Grant
from tests.desk.cases import TOKENS, take_in, text_of
from tests.documents.scans.sending import REASON, Sender, address, make_document, scan_of
from tests.scanner import leaks
from tests.staff.test_login import SECRET, code_of
from tests.vault.files import made
from tests.world import FETCH, visit

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
PASSWORD = "four blue lamps at dusk"


@pytest.fixture
def case(world):
    return take_in(world)


@pytest.fixture
def claire(world):
    return world.people["claire"]


def freeze(world, whom="claire", by="olga"):
    people = world.people
    return operations.freeze(user=people[whom], kind="arrested", reason="searched", by=people[by])


def travel(world, whom="claire"):
    operations.begin_travel(until=None, deputy=world.people["ana"], by=world.people[whom])


@pytest.fixture(params=[freeze, travel], ids=["frozen", "travelling"])
def bar(request):
    return request.param


class TestALiveLogin:
    def test_ends_with_the_next_request(self, world, case, bar):
        client = visit(world, "claire", unlocked=True)
        assert client.get("/").status_code == 200
        bar(world)

        answer = client.get("/")
        assert (answer.status_code, answer["Location"]) == (302, "/login/?next=/")

    def test_a_fetch_is_told_that_the_login_is_over(self, world, case, bar):
        client = visit(world, "claire", unlocked=True)
        url = f"/cases/{case.pk}/name/"
        assert leaks(TOKENS, text_of(client.post(url, REASON, **FETCH))) != []
        bar(world)

        answer = client.post(url, REASON, **FETCH)
        assert (answer.status_code, answer["HX-Trigger"]) == (401, "login-expired")
        assert leaks(TOKENS, text_of(answer)) == []

    def test_what_was_unlocked_is_gone_from_memory(self, world, case, bar, claire):
        visit(world, "claire", unlocked=True)
        kept = world.runtime_dir / f"unlocked-{claire.pk}"
        assert kept.exists()
        bar(world)

        assert not kept.exists()

    def test_files_come_no_more(self, world, case, bar, claire):
        client = visit(world, "claire", unlocked=True)
        document = make_document(case, by=claire)
        picture = made.picture(size=(40, 30))
        sender = Sender(client, document, picture)
        assert sender.send().status_code == 200
        url = address("scan_original", document, scan_of(sender).pk)
        assert b"".join(client.post(url, REASON).streaming_content) == picture
        bar(world)

        answer = client.post(url, REASON)
        assert (answer.status_code, answer.streaming) == (302, False)

    def test_the_admin_panel_too(self, world):
        client = visit(world, "mira")
        assert client.get("/admin/").status_code == 200
        freeze(world, "mira")

        assert client.get("/admin/").status_code == 302

    def test_a_superuser_too(self, world):
        client = visit(world, "root")
        freeze(world, "root")

        assert client.get("/").status_code == 302

    def test_it_does_not_come_back_with_the_account(self, world, case):
        client = visit(world, "claire", unlocked=True)
        held = freeze(world)
        operations.ask_lift(freeze=held, reason="x", by=world.people["olga"])
        operations.approve_lift(freeze=held, by=world.people["ana"])

        assert client.get("/").status_code == 302
        again = Client()
        again.force_login(User.objects.get(username="claire"))
        assert again.get("/").status_code == 200


class TestTheDoor:
    """A login that slips in between carries the new epoch: only the door keeps it out."""

    def test_keeps_out_a_login_that_raced_with_the_freeze(self, world, bar):
        bar(world)
        client = Client()
        client.force_login(User.objects.get(username="claire"))

        assert client.get("/").status_code == 302

    def test_without_it_this_would_be_seen(self, world, bar, monkeypatch):
        bar(world)
        monkeypatch.setattr(Door, "user_can_authenticate", AuthenticationBackend.user_can_authenticate)
        client = Client()
        client.force_login(User.objects.get(username="claire"))

        assert client.get("/").status_code == 200


class TestLoggingIn:
    @pytest.fixture
    def with_password(self, claire):
        claire.set_password(PASSWORD)
        claire.save()
        return claire

    def enter(self, client, password=PASSWORD):
        return client.post("/login/", {"login": "claire", "password": password})

    def test_is_refused_without_saying_why(self, world, with_password, bar):
        bar(world)
        client = Client()
        answer = self.enter(client)

        assert answer["Location"] == "/login/inactive/"
        said = text_of(client.get(answer["Location"]))
        assert "This account cannot log in now" in said
        assert not any(word in said.lower() for word in ("frozen", "freeze", "travel"))
        assert Entry.objects.filter(action="staff.login_barred", about="claire").exists()
        assert client.get("/").status_code == 302

    def test_a_wrong_password_learns_nothing(self, world, with_password, bar):
        bar(world)
        shut, other = (
            self.enter(Client(), "wrong"),
            Client().post("/login/", {"login": "no", "password": "x"}),
        )

        sentence = "The username and/or password you specified are not correct."
        assert (sentence in text_of(shut), sentence in text_of(other)) == (True, True)

    def test_frozen_between_password_and_code(self, world, with_password, bar, settings):
        settings.MFA_TOTP_TOLERANCE = 1
        TOTP.activate(with_password, SECRET)
        client = Client()
        assert self.enter(client)["Location"].startswith("/login/factor/")
        bar(world)
        answer = client.post("/login/factor/", {"code": code_of(SECRET)})

        assert answer["Location"] == "/login/inactive/"
        assert "_auth_user_id" not in client.session

    def test_by_a_click_in_the_demo(self, world, bar, settings):
        settings.DEMO = True
        bar(world)
        client = Client()
        client.post("/demo/login/", {"username": "claire"})

        assert "_auth_user_id" not in client.session

    @pytest.mark.parametrize("purpose", [Invitation.Purpose.PASSWORD, Invitation.Purpose.FACTOR])
    def test_no_link_leads_around_it(self, world, claire, bar, purpose):
        bar(world)
        token = operations.make_link(user=claire, purpose=purpose, by=world.people["mira"])

        assert Client().get(f"/join/{token}/").status_code == 410


class TestKeys:
    """Ana and Claire hold the name."""

    def test_are_kept_and_nothing_is_sealed_anew(self, world, case, claire):
        number = Grant.objects.filter(user=claire).count()
        freeze(world)

        assert (Grant.objects.filter(user=claire).count(), due_safes().count()) == (number, 0)

    def test_the_frozen_holder_is_no_second_one(self, world, case):
        assert not queries.thin_safes().exists()
        freeze(world)

        safe = case.identity_safe
        assert list(queries.thin_safes_for(world.people["ana"]).values_list("pk", flat=True)) != []
        assert queries.lasting_holders(safe) == {world.people["ana"].pk}

    def test_a_traveller_still_is(self, world, case):
        travel(world)

        assert not queries.thin_safes().exists()

    def test_neither_the_frozen_one_nor_the_last_who_reads_is_taken_out(self, world, case):
        freeze(world)
        for name in ("claire", "ana"):
            with pytest.raises(vault_refusals.TooFewHolders):
                vault.revoke_access(
                    safe=case.identity_safe, of=world.people[name], by=world.people["ana"], reason="x"
                )

    def test_in_other_hands_what_another_two_hold_is_sealed_anew(self, world, case, claire):
        ana, viktor = world.people["ana"], world.people["viktor"]
        unlocked = vault.unlock(user=ana, passphrase=world.words["ana"])
        safe = case.identity_safe
        vault.give_access(safe=safe, to=viktor, unlocked=unlocked, by=ana, reason="x")
        held = freeze(world)
        operations.confirm_loss(freeze=held, by=ana)

        assert not queries.may_open(claire, safe)
        assert safe in due_safes()
        # Of the account only Ana would be left.
        assert queries.may_open(claire, case.account_safe)
        vault.rekey_step(unlocked=unlocked, by=ana)
        assert not Grant.objects.filter(user=claire, content_object=safe).exists()

    def test_nothing_new_is_sealed_for_the_frozen_one(self, world, case, claire):
        freeze(world)
        ana = world.people["ana"]
        unlocked = vault.unlock(user=ana, passphrase=world.words["ana"])
        new = take_in(world, "Piano 12", by="ana")
        assert not Grant.objects.filter(user=claire, content_object=new.identity_safe).exists()
        claire.refresh_from_db()

        with pytest.raises(vault_refusals.Frozen):
            vault.give_access(safe=new.identity_safe, to=claire, unlocked=unlocked, by=ana, reason="x")

    def test_a_new_key_for_another_reason_goes_to_the_frozen_one_too(self, world, case, claire):
        ana, viktor = world.people["ana"], world.people["viktor"]
        unlocked = vault.unlock(user=ana, passphrase=world.words["ana"])
        safe = case.identity_safe
        for person in (viktor, world.people["olga"]):
            vault.give_access(safe=safe, to=person, unlocked=unlocked, by=ana, reason="x")
        freeze(world, by="dora")
        vault.revoke_access(safe=safe, of=viktor, by=ana, reason="x")
        vault.rekey_step(unlocked=unlocked, by=ana)

        safe.refresh_from_db()
        kept = Grant.objects.filter(content_object=safe).values_list("user__username", "key_version")
        assert sorted(kept) == [("ana", safe.version), ("claire", safe.version), ("olga", safe.version)]
