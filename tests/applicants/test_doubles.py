"""Two cases of one person: found by who holds both names, merged by who holds both, and nobody reads a name more than before."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from cases.applicants import operations
from cases.applicants.alike import known, may_be_one, pairs
from cases.applicants.doubles import doubles_for, not_compared
from cases.applicants.models import (
    Applicant,
    Compared,
    Deadline,
    Double,
    Membership,
    StageChange,
    Task,
    UncheckedText,
)
from cases.applicants.operations.doubles import (
    find_doubles,
    known_as,
    merge_cases,
    pair_up,
    say_other,
    take_apart,
)
from cases.applicants.queries import applicants_for, offer_pseudonym
from cases.applicants.refusals import AlreadyMerged, BeingErasedOrAsked, HoldsNotBoth
from cases.applicants.timeline import timeline
from cases.audit.models import Entry
from cases.staff.models import random_id
from cases.vault.models import Grant
from cases.vault.refusals import NotUnlocked
from tests.applicants.factories import IDENTITY, NAME, make_applicant

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
LATIN = {"name": "Eremei Kulebiakin", "birth_date": "1999-11-04"}


@pytest.fixture
def twin(work, applicant):
    """The same man, taken in again by Tim from his passport."""
    return make_applicant(by=work.tim, pseudonym="Brown Owl", identity=LATIN)


def find(work, person):
    return find_doubles(unlocked=work.unlocked(person), by=person)


def merge(work, kept, gone, by=None):
    by = by or work.olga
    merge_cases(kept=kept, gone=gone, unlocked=work.unlocked(by), by=by)
    kept.refresh_from_db()
    gone.refresh_from_db()


def pair(work, *cases):
    return pair_up(one=cases[0], other=cases[1], by=work.olga)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (IDENTITY, LATIN, True),
        (IDENTITY, {"name": NAME}, True),
        (IDENTITY, LATIN | {"birth_date": "1999-11"}, True),
        (IDENTITY, LATIN | {"birth_date": "1998-11-04"}, False),
        (IDENTITY, {"name": "Еремей Зимин", "birth_date": "1999-11-04"}, False),
        (IDENTITY, {"name": "Иван Зимин", "other_names": [NAME]}, True),
        ({"name": "Еремей"}, {"name": "Иван Зимин"}, False),
        ({"name": "", "family_name": "Кулебякин", "given_name": "Еремей"}, LATIN, True),
    ],
)
def test_a_name_and_a_birth_date_say_whether_it_may_be_one_person(one, other, same):
    both = {1: known(one), 2: known(other)}
    assert may_be_one(both[1], both[2]) is same
    assert list(pairs([1], both)) == ([(1, 2)] if same else [])
    assert list(pairs([], both)) == []


def test_the_next_unlock_of_a_holder_of_both_finds_the_pair_once(work, applicant, twin):
    make_applicant(by=work.olga, identity={"name": "Пантелей Худоногов"})
    assert len(not_compared(work.tim)) == 3

    assert (find(work, work.tim), find(work, work.tim), find(work, work.olga)) == (1, 0, 0)

    found = Double.objects.get()
    assert {found.first, found.second} == {applicant, twin}
    assert [list(doubles_for(user)) for user in (work.olga, work.tim, work.nina, work.cora)] == [
        [found],
        [found],
        [],
        [],
    ]
    detail = Entry.objects.filter(action="applicants.doubles_looked_for").order_by("id").first().detail
    assert detail == "3 of 3, pairs 1"
    assert not any("улебяк" in f"{row.about} {row.detail}" for row in Entry.objects.all())


def test_what_was_compared_is_not_opened_again(work, applicant, twin):
    find(work, work.tim)
    assert Compared.objects.get().up_to < timezone.now() - timedelta(minutes=4)
    Compared.objects.update(up_to=timezone.now())
    assert not_compared(work.tim) == []
    before = Entry.objects.count()
    assert find(work, work.tim) == 0
    assert Entry.objects.count() == before

    operations.seal_identity(applicant=twin, identity=LATIN, by=work.olga)
    assert [safe for safe, _since in not_compared(work.tim)] == [twin.identity_safe_id]


def test_who_holds_only_one_of_two_finds_nothing(work, applicant):
    other = make_applicant(by=work.nina, identity=LATIN)
    assert (find(work, work.olga), find(work, work.nina)) == (0, 0)

    operations.share_with_person(
        applicant=other,
        person=work.tim,
        to="work",
        expires_at=None,
        by=work.nina,
        opening=operations.Opening([other.identity_safe], work.unlocked(work.nina)),
    )
    assert find(work, work.tim) == 1


def test_pairs_that_were_answered_are_not_asked_again(work, applicant, twin):
    say_other(one=applicant, others=[twin], by=work.olga)
    assert find(work, work.tim) == 0
    assert not doubles_for(work.tim).exists()

    pair(work, applicant, twin)
    assert doubles_for(work.tim).count() == 1


class TestAtIntake:
    def form(self, **more):
        facts = {"pseudonym": offer_pseudonym(), "category": "contract", "country": "KZ", "channel": "signal"}
        return facts | {"new_id": str(random_id()), "name": "Кулебякин Еремей Ильич"} | more

    def test_a_name_that_the_writer_holds_is_asked_about(self, browse, work, applicant):
        tim, told = browse(work.tim, unlocked=True), self.form()
        answer = tim.send(reverse("applicants:register"), **told)
        page = answer.content.decode()

        assert (answer.status_code, Applicant.objects.count()) == (422, 1)
        assert ("Grey Heron" in page, "Perhaps you know this person already." in page) == (True, True)
        assert NAME not in page
        assert Entry.objects.first().action == "vault.searched"

        again = tim.send(reverse("applicants:register"), **told, known="other")
        assert (again.status_code, Applicant.objects.count()) == (204, 2)
        assert Double.objects.get().answer == "other"
        assert tim.send(reverse("applicants:register"), **told).status_code == 422

    def test_who_is_not_sure_registers_and_is_asked_later(self, browse, work, applicant):
        browse(work.tim, unlocked=True).send(reverse("applicants:register"), **self.form(known="unsure"))
        assert not Double.objects.exists()
        assert find(work, work.olga) == 1

    def test_locked_or_a_stranger_nothing_is_asked(self, browse, work, applicant):
        assert browse(work.tim).send(reverse("applicants:register"), **self.form()).status_code == 204
        told = self.form()
        answer = browse(work.nina, unlocked=True).send(reverse("applicants:register"), **told)
        assert answer.status_code == 204

    def test_the_case_itself_is_nobody_else(self, work, applicant):
        asked = {"name": NAME, "unlocked": work.unlocked(work.tim), "by": work.tim}
        assert known_as(**asked, besides=applicant.pk) == []
        assert known_as(**asked, besides=random_id()) == [applicant]


class TestMerging:
    def test_the_other_case_ends_and_points_to_the_one_that_remains(self, work, applicant, twin):
        since = timezone.localdate() - timedelta(days=2)
        Applicant.objects.filter(pk=twin.pk).update(last_contact_on=since)
        merge(work, applicant, twin)

        assert (twin.stage, twin.merged_into, twin.is_closed) == ("merged", applicant, True)
        assert (applicant.stage, applicant.last_contact_on) == ("contact", since)
        assert not Deadline.objects.filter(applicant=twin, met_at=None).exists()
        assert Double.objects.get().answer == "merged"
        assert [row.detail for row in Entry.objects.filter(action="applicants.merged")] == [
            "Brown Owl into Grey Heron"
        ] * 2
        with pytest.raises(AlreadyMerged):
            merge(work, applicant, twin)

    def test_nobody_opens_a_name_or_sees_a_case_more_than_before(self, work, applicant, twin):
        operations.share_with_person(
            applicant=twin,
            person=work.vera,
            to="read",
            expires_at=None,
            by=work.tim,
            opening=operations.Opening([twin.identity_safe], work.unlocked(work.tim)),
        )
        before = set(Grant.objects.values_list("user", "content_object"))
        seen = {user: set(applicants_for(user)) for user in (work.olga, work.tim, work.vera, work.nina)}
        merge(work, applicant, twin)

        assert set(Grant.objects.values_list("user", "content_object")) == before
        assert {user: set(applicants_for(user)) for user in seen} == seen

    def test_open_tasks_come_along_and_those_nobody_could_do_there_change_hands(self, work, applicant, twin):
        operations.share_with_person(
            applicant=twin, person=work.vera, to="work", expires_at=None, by=work.tim
        )
        told = {"applicant": twin, "due_on": None, "by": work.tim}
        tims = operations.add_task(id=random_id(), title="Call", owner=work.tim, **told)
        veras = operations.add_task(id=random_id(), title="Ask", owner=work.vera, **told)
        done = operations.add_task(id=random_id(), title="Done", owner=work.tim, **told)
        operations.finish_task(task=done, by=work.tim)
        UncheckedText.objects.create(applicant=twin, what="task", subject=str(tims.pk), by=work.tim)
        merge(work, applicant, twin)

        now = {task.title: (task.applicant, task.owner) for task in Task.objects.all()}
        assert now == {
            "Call": (applicant, work.tim),
            "Ask": (applicant, work.olga),
            "Done": (twin, work.tim),
        }
        assert UncheckedText.objects.get().applicant == applicant
        assert veras.title in now

    def test_the_place_in_a_household_is_taken_over(self, work, applicant, twin):
        wife = make_applicant(by=work.olga, category="partner")
        kinship = {"kinship": "spouse", "has_certificate": True, "travels_with": True}
        operations.join_household(applicant=twin, with_applicant=wife, **kinship, by=work.olga)
        merge(work, applicant, twin)

        living = Membership.objects.filter(until=None).values_list("applicant", "kinship")
        assert set(living) == {(wife.pk, "principal"), (applicant.pk, "spouse")}

    def test_two_of_one_household_leave_nobody_alone_in_it(self, work, applicant, twin):
        kinship = {"kinship": "spouse", "has_certificate": True, "travels_with": True}
        operations.join_household(applicant=twin, with_applicant=applicant, **kinship, by=work.olga)
        merge(work, applicant, twin)
        assert not Membership.objects.filter(until=None).exists()

    def test_only_who_is_unlocked_holds_both_and_works_on_both_merges(self, work, applicant, twin):
        operations.share_with_person(
            applicant=twin, person=work.vera, to="work", expires_at=None, by=work.tim
        )
        operations.share_with_person(
            applicant=applicant, person=work.vera, to="work", expires_at=None, by=work.olga
        )
        with pytest.raises(HoldsNotBoth):
            merge(work, applicant, twin, by=work.vera)
        for unlocked in (None, work.unlocked(work.tim)):
            with pytest.raises(NotUnlocked):
                merge_cases(kept=applicant, gone=twin, unlocked=unlocked, by=work.olga)
        with pytest.raises(HoldsNotBoth):
            merge(work, applicant, Applicant.objects.get(pk=applicant.pk))
        until = timezone.now() + timedelta(days=1)
        operations.share_with_person(
            applicant=twin,
            person=work.vera,
            to="work",
            expires_at=until,
            by=work.tim,
            opening=operations.Opening([twin.identity_safe], work.unlocked(work.tim)),
        )
        with pytest.raises(HoldsNotBoth):
            pair_up(one=applicant, other=twin, by=work.vera)
        assert not StageChange.objects.exists()

    def test_what_is_to_be_erased_is_not_merged(self, work, applicant, twin):
        operations.ask_erasure(applicants=[twin], reason="wish", by=work.olga)
        with pytest.raises(BeingErasedOrAsked):
            merge(work, applicant, twin)

    def test_erasing_a_person_reaches_every_case_of_theirs(self, work, applicant, twin):
        merge(work, applicant, twin)
        erasure = operations.ask_erasure(applicants=[applicant], reason="wish", by=work.olga)
        assert {one.case for one in erasure.cases.all()} == {applicant.pk, twin.pk}

        operations.approve_erasure(erasure=erasure, by=work.cora)
        assert not Applicant.objects.exists()
        assert not Double.objects.exists()

    def test_a_chain_ends_where_the_person_is(self, work, applicant, twin):
        third = make_applicant(by=work.olga, identity=IDENTITY)
        merge(work, twin, third)
        merge(work, applicant, twin)
        third.refresh_from_db()
        assert third.merged_into == applicant

    def test_it_can_be_taken_apart_again(self, work, applicant, twin):
        operations.move_stage(applicants=[twin], target="intake", reason="", by=work.tim)
        merge(work, applicant, twin)
        take_apart(gone=twin, unlocked=work.unlocked(work.tim), by=work.tim)

        twin.refresh_from_db()
        assert (twin.stage, twin.merged_into) == ("intake", None)
        assert Deadline.objects.get(applicant=twin, met_at=None).rule == "applicants.intake"
        assert Double.objects.get().answer == "other"
        with pytest.raises(AlreadyMerged):
            take_apart(gone=twin, unlocked=work.unlocked(work.tim), by=work.tim)

    def test_the_timeline_tells_both_pasts(self, work, applicant, twin):
        operations.add_note(id=random_id(), applicant=twin, text="He wrote again.", by=work.tim)
        merge(work, applicant, twin)

        told = {(one.kind, one.text, one.case) for one in timeline(applicant, merged=[twin]).past}
        assert ("note", "He wrote again.", "Brown Owl") in told
        assert not any(one.text == "He wrote again." for one in timeline(applicant).past)


class TestPages:
    def page(self, name, *arguments):
        return reverse(f"applicants:{name}", args=[getattr(one, "pk", one) for one in arguments])

    def test_from_the_desk_to_the_merged_case(self, browse, work, applicant, twin):
        olga = browse(work.olga, unlocked=True)
        assert self.page("check_doubles") in olga.get("/").content.decode()
        answer = olga.send(self.page("check_doubles")).content.decode()
        assert "Two cases may be one person." in answer
        double = Double.objects.get()
        assert self.page("double", double) in olga.get(self.page("doubles")).content.decode()
        assert NAME not in olga.get(self.page("double", double)).content.decode()

        names = olga.send(self.page("double_names", double), reason="same", words="").content.decode()
        assert (NAME in names, LATIN["name"] in names) == (True, True)
        opened = Entry.objects.filter(
            action="vault.opened", about__in=[applicant.identity_safe_id, twin.identity_safe_id]
        )
        assert opened.count() == 2

        bad = olga.send(self.page("double", double))
        assert (bad.status_code, list(bad.context["form"].errors)) == (422, ["kept"])
        done = olga.send(self.page("double", double), kept=str(applicant.pk))
        assert done["HX-Redirect"] == applicant.get_absolute_url()
        assert "Brown Owl" in olga.get(applicant.get_absolute_url()).content.decode()
        assert "Grey Heron" in olga.get(twin.get_absolute_url()).content.decode()
        assert olga.send(self.page("apart", twin)).status_code == 204

    def test_who_does_not_see_the_case_that_remains_does_not_learn_which(self, browse, work, applicant, twin):
        operations.share_with_person(
            applicant=twin, person=work.vera, to="read", expires_at=None, by=work.tim
        )
        merge(work, applicant, twin)
        page = browse(work.vera).get(twin.get_absolute_url()).content.decode()
        assert ("not shared with you" in page, "Grey Heron" in page) == (True, False)
        timeline_page = browse(work.vera).get(self.page("timeline", twin)).content.decode()
        assert "Grey Heron" not in timeline_page

    def test_locked_no_name_opens_and_nothing_is_merged(self, browse, work, applicant, twin):
        double = pair(work, applicant, twin)
        olga = browse(work.olga)
        shut = olga.send(self.page("double_names", double), reason="same", words="")
        refused = olga.send(self.page("double", double), kept=str(applicant.pk))
        assert (shut.status_code, refused.status_code) == (422, 422)
        assert NAME not in shut.content.decode()
        assert not StageChange.objects.exists()

    def test_who_may(self, browse, work, applicant, twin):
        double = pair(work, applicant, twin)
        operations.share_with_person(
            applicant=applicant, person=work.vera, to="work", expires_at=None, by=work.olga
        )
        for name in ("double", "double_other", "double_names"):
            address = self.page(name, double)
            assert browse(work.nina).send(address).status_code == 404, name
            assert browse(work.vera).send(address).status_code == 404, name
            assert browse(work.audrey).send(address).status_code == 403, name
            assert browse(work.olga).client.put(address).status_code == 405, name
        assert browse(work.nina).get(self.page("apart", twin)).status_code == 404
        assert browse(work.audrey).send(self.page("check_doubles")).status_code == 403

    def test_a_pair_is_named_by_hand_and_answered(self, browse, work, applicant, twin):
        olga = browse(work.olga)
        for typed in ("Nobody Known", "Grey Heron"):
            answer = olga.send(self.page("pair_up", applicant), pseudonym=typed)
            assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["pseudonym"])
        olga.send(self.page("pair_up", applicant), pseudonym="brown owl")
        double = doubles_for(work.olga).get()
        assert olga.send(self.page("double_other", double)).status_code == 204
        assert Double.objects.get().answer == "other"
