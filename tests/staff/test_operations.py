from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission as ModelPermission
from django.db import IntegrityError, transaction
from django.utils import timezone

from cases.staff import operations, queries
from cases.staff.models import Invitation, RoleGrant, Team, User
from cases.staff.refusals import (
    AlreadyJoined,
    AlreadyOver,
    DeputyUnfit,
    FullNameTaken,
    HolderMayNotOpen,
    LastAdministrator,
    LinkEnded,
    NotActive,
    OwnAccount,
    OwnRoles,
    RolesClash,
    TeamNameTaken,
    TooFewHolders,
    UsernameTaken,
)
from cases.staff.roles import INCOMPATIBLE, Permission, Role
from tests.staff.factories import make_organisation, make_person, make_team

pytestmark = pytest.mark.django_db
TOMORROW = timezone.now() + timedelta(days=1)


def invite(by, **changes):
    wanted = {
        "username": "nina",
        "full_name": "Nina",
        "email": "",
        "language": "ru",
        "roles": [Role.INTAKE],
        "teams": [],
    }
    return operations.invite(**wanted | changes, by=by)


class TestRoles:
    def test_a_role_is_given_and_ended(self, mira, claire, recorded):
        before = len(recorded())

        operations.give_role(user=claire, role=Role.VETTING, expires_at=None, by=mira)
        assert claire.may(Permission.DECIDE_VETTING)
        operations.end_role(user=claire, role=Role.VETTING, by=mira)

        assert not claire.may(Permission.DECIDE_VETTING)
        assert recorded()[before:] == [
            ("staff.role_given", "mira", "claire"),
            ("staff.role_ended", "mira", "claire"),
        ]

    def test_a_role_ends_by_itself(self, mira, claire):
        operations.give_role(user=claire, role=Role.VETTING, expires_at=TOMORROW, by=mira)
        RoleGrant.objects.filter(role=Role.VETTING).update(expires_at=timezone.now())

        assert User.objects.get(pk=claire.pk).roles == {Role.CASEWORKER}

    def test_giving_it_again_sets_another_end(self, mira, claire):
        operations.give_role(user=claire, role=Role.CASEWORKER, expires_at=TOMORROW, by=mira)

        assert claire.role_grants.get().expires_at == TOMORROW

    @pytest.mark.parametrize("pair", INCOMPATIBLE, ids=lambda pair: "+".join(sorted(pair)))
    def test_forbidden_pairs_are_refused(self, mira, pair):
        first, second = sorted(pair)
        nina = make_person("Nina", [first])

        with pytest.raises(RolesClash, match="Nobody may hold these two roles together"):
            operations.give_role(user=nina, role=second, expires_at=None, by=mira)

        assert queries.roles_of(nina) == {first}

    def test_a_role_that_has_ended_forbids_nothing(self, mira, claire):
        RoleGrant.objects.filter(user=claire).update(expires_at=timezone.now())

        operations.give_role(user=claire, role=Role.AUDITOR, expires_at=None, by=mira)

        assert queries.roles_of(claire) == {Role.AUDITOR}

    def test_nobody_changes_their_own(self, mira):
        with pytest.raises(OwnRoles):
            operations.give_role(user=mira, role=Role.ADMINISTRATOR, expires_at=None, by=mira)
        with pytest.raises(OwnRoles):
            operations.end_role(user=mira, role=Role.ADMINISTRATOR, by=mira)

        assert queries.roles_of(mira) == {Role.ADMINISTRATOR}

    def test_an_end_in_the_past_is_refused(self, mira, claire):
        with pytest.raises(AlreadyOver):
            operations.give_role(user=claire, role=Role.VETTING, expires_at=timezone.now(), by=mira)

    def test_the_last_lasting_administrator_stays(self, mira):
        temporary = make_person("Temporary", [])
        operations.give_role(user=temporary, role=Role.ADMINISTRATOR, expires_at=TOMORROW, by=mira)

        with pytest.raises(LastAdministrator):
            operations.end_role(user=mira, role=Role.ADMINISTRATOR, by=temporary)
        with pytest.raises(LastAdministrator):
            operations.give_role(user=mira, role=Role.ADMINISTRATOR, expires_at=TOMORROW, by=temporary)
        with pytest.raises(LastAdministrator):
            operations.deactivate(user=mira, by=temporary)

        assert User.objects.get(pk=mira.pk).may(Permission.MANAGE_ACCOUNTS)

    def test_one_of_two_administrators_can_go(self, mira):
        other = make_person("Other", [Role.ADMINISTRATOR])

        operations.end_role(user=mira, role=Role.ADMINISTRATOR, by=other)

        assert queries.roles_of(mira) == set()


class TestInvitations:
    def test_makes_the_account_with_roles_and_teams(self, mira, recorded):
        team = make_team()
        before = len(recorded())

        nina, token = invite(mira, teams=[team], expires_at=TOMORROW)

        assert (nina.username, nina.language, nina.has_usable_password()) == ("nina", "ru", False)
        assert nina.role_grants.get().expires_at == TOMORROW
        assert list(queries.teams_of(nina)) == [team]
        assert [action for action, *_ in recorded()[before:]] == [
            "staff.role_given",
            "staff.team_joined",
            "staff.link_made",
            "staff.invited",
        ]
        assert queries.find_invitation(token).user == nina

    def test_the_token_is_not_in_the_database(self, mira):
        _, token = invite(mira)

        assert token not in str(Invitation.objects.values())

    @pytest.mark.parametrize("name", ["claire", "Claire", "CLAIRE"])
    def test_a_user_name_is_taken_in_any_case(self, mira, claire, name):
        with pytest.raises(UsernameTaken):
            invite(mira, username=name)

        assert User.objects.count() == 2

    def test_the_database_refuses_a_second_spelling(self, claire):
        with pytest.raises(IntegrityError), transaction.atomic():
            User.objects.create(username="CLAIRE")

    def test_clashing_roles_make_no_account(self, mira):
        with pytest.raises(RolesClash):
            invite(mira, roles=[Role.AUDITOR, Role.INTAKE])

        assert not User.objects.filter(username="nina").exists()

    def test_is_accepted_once(self, mira):
        nina, token = invite(mira)

        operations.accept_invitation(token=token, password="a b c d e f g h")

        nina.refresh_from_db()
        assert nina.check_password("a b c d e f g h")
        with pytest.raises(LinkEnded):
            operations.accept_invitation(token=token, password="something else 1")
        assert User.objects.get(pk=nina.pk).password == nina.password

    def test_ends_after_seven_days(self, mira):
        nina, token = invite(mira)
        Invitation.objects.update(expires_at=timezone.now())

        with pytest.raises(LinkEnded):
            operations.accept_invitation(token=token, password="a b c d e f g h")

        assert not User.objects.get(pk=nina.pk).has_usable_password()

    def test_is_valid_for_seven_days(self, mira):
        invite(mira)

        left = Invitation.objects.get().expires_at - timezone.now()
        assert timedelta(days=6, hours=23) < left <= timedelta(days=7)

    def test_a_newer_link_ends_the_older(self, mira):
        nina, old = invite(mira)
        new = operations.make_link(user=nina, purpose=Invitation.Purpose.JOIN, by=mira)

        assert queries.find_invitation(old) is None
        assert queries.find_invitation(new).user == nina

    def test_an_account_in_use_is_not_joined_again(self, mira, claire):
        with pytest.raises(AlreadyJoined):
            operations.make_link(user=claire, purpose=Invitation.Purpose.JOIN, by=mira)

        assert not Invitation.objects.filter(user=claire).exists()

    def test_a_link_for_one_purpose_does_not_serve_another(self, mira, claire):
        token = operations.make_link(user=claire, purpose=Invitation.Purpose.FACTOR, by=mira)

        with pytest.raises(LinkEnded):
            operations.accept_invitation(token=token, password="a b c d e f g h")

        assert claire.check_password("four blue lamps at dusk")

    def test_a_lost_factor_ends_every_login_at_once(self, client, mira, claire):
        client.force_login(claire)

        operations.make_link(user=claire, purpose=Invitation.Purpose.FACTOR, by=mira)

        assert client.get("/account/").status_code == 302

    def test_a_lost_password_ends_logins_when_the_new_one_is_set(self, client, mira, claire):
        client.force_login(claire)
        token = operations.make_link(user=claire, purpose=Invitation.Purpose.PASSWORD, by=mira)
        assert client.get("/account/").status_code == 200

        operations.accept_invitation(token=token, password="a b c d e f g h")

        assert client.get("/account/").status_code == 302

    @pytest.mark.parametrize("purpose", Invitation.Purpose)
    @pytest.mark.parametrize("end", ["closed", "role"])
    def test_those_of_a_dismissed_administrator_end(self, mira, claire, purpose, end):
        otto = make_person("Otto", [Role.ADMINISTRATOR])
        person = make_person("Nina") if purpose == Invitation.Purpose.JOIN else claire
        token = operations.make_link(user=person, purpose=purpose, by=otto)
        kept = operations.make_link(user=make_person("Olga"), purpose=purpose, by=mira)

        if end == "closed":
            operations.deactivate(user=otto, by=mira)
            operations.reactivate(user=otto, by=mira)
        else:
            operations.end_role(user=otto, role=Role.ADMINISTRATOR, by=mira)
            operations.give_role(user=otto, role=Role.ADMINISTRATOR, expires_at=None, by=mira)

        assert queries.find_invitation(token) is None
        assert queries.find_invitation(kept) is not None

    def test_an_administrator_whose_role_ran_out_has_none(self, mira, claire):
        otto = make_person("Otto", [])
        operations.give_role(user=otto, role=Role.ADMINISTRATOR, expires_at=TOMORROW, by=mira)
        token = operations.make_link(user=claire, purpose=Invitation.Purpose.PASSWORD, by=otto)
        assert queries.find_invitation(token).user == claire

        RoleGrant.objects.filter(user=otto).update(expires_at=timezone.now())

        with pytest.raises(LinkEnded):
            operations.accept_invitation(token=token, password="a b c d e f g h")
        assert not queries.find_account(claire.pk).open_invitations

    def test_another_role_that_ends_ends_no_link(self, mira, claire):
        root = make_person("Root", [Role.ADMINISTRATOR])
        token = operations.make_link(user=claire, purpose=Invitation.Purpose.PASSWORD, by=root)

        operations.end_role(user=root, role=Role.AUDITOR, by=mira)

        assert queries.find_invitation(token).user == claire

    def test_those_of_the_terminal_need_no_maker(self, claire):
        token = operations.make_link(user=claire, purpose=Invitation.Purpose.PASSWORD, by=None)

        assert queries.find_invitation(token).user == claire

    def test_none_for_a_closed_account(self, mira, claire):
        token = operations.make_link(user=claire, purpose=Invitation.Purpose.PASSWORD, by=mira)
        operations.deactivate(user=claire, by=mira)

        assert queries.find_invitation(token) is None
        with pytest.raises(NotActive):
            operations.make_link(user=claire, purpose=Invitation.Purpose.PASSWORD, by=mira)


class TestAccounts:
    def test_closing_ends_logins_and_places(self, client, mira, claire):
        team = make_team(claire, holders=[claire])
        client.force_login(claire)

        operations.deactivate(user=claire, by=mira)

        assert client.get("/account/").status_code == 302
        assert (list(team.members), list(team.holders.all())) == ([], [])
        assert not User.objects.get(pk=claire.pk).may(Permission.SEE_CASES)

    def test_opening_again_brings_the_roles_back(self, mira, claire):
        operations.deactivate(user=claire, by=mira)
        operations.reactivate(user=claire, by=mira)

        assert User.objects.get(pk=claire.pk).may(Permission.SEE_CASES)

    def test_nobody_closes_their_own(self, mira):
        with pytest.raises(OwnAccount):
            operations.deactivate(user=mira, by=mira)

    def test_away_names_a_deputy(self, mira, claire):
        day = timezone.localdate() + timedelta(days=3)

        operations.set_away(user=claire, until=day, deputy=mira, by=claire)
        assert (claire.is_away, claire.deputy) == (True, mira)
        operations.set_away(user=claire, until=None, deputy=mira, by=claire)

        claire.refresh_from_db()
        assert (claire.is_away, claire.deputy) == (False, None)

    def test_unfit_deputies_are_refused(self, mira, claire):
        day = timezone.localdate() + timedelta(days=3)
        closed = make_person("Closed", is_active=False)
        other = make_person("Other", away_until=day, deputy=mira)

        for deputy in (None, claire, closed, other):
            with pytest.raises(DeputyUnfit):
                operations.set_away(user=claire, until=day, deputy=deputy, by=claire)
        with pytest.raises(AlreadyOver):
            operations.set_away(
                user=claire, until=timezone.localdate() - timedelta(days=1), deputy=mira, by=claire
            )

    def test_what_changed_is_recorded_and_who_was_called_what(self, claire, recorded):
        from cases.audit.models import Entry

        operations.edit_account(
            user=claire, full_name="Claire B", email="", language="fr", time_zone="Europe/Paris", by=claire
        )

        assert recorded()[-1] == ("staff.account_edited", "claire", "claire")
        assert Entry.objects.first().detail == "language, full_name: Claire → Claire B"

    def test_other_values_are_not_recorded(self, claire):
        from cases.audit.models import Entry

        facts = {"language": "en", "time_zone": "Europe/Paris"}
        operations.edit_account(user=claire, full_name="Claire", email="c@example.org", **facts, by=claire)

        assert Entry.objects.first().detail == "email"

    @pytest.mark.parametrize(
        "name", ["Tim Team", "tim team", " Tim  Team ", "TIM-TEAM", "Tim Tеam", "Tim\u200b Team", "Тim Теаm"]
    )
    def test_nobody_takes_the_name_of_a_colleague(self, mira, claire, name):
        tim = make_person("Tim Team")
        operations.deactivate(user=tim, by=mira)
        facts = {"email": "", "language": "en", "time_zone": "Europe/Paris"}

        with pytest.raises(FullNameTaken):
            operations.edit_account(user=claire, full_name=name, **facts, by=claire)
        with pytest.raises(FullNameTaken):
            invite(mira, full_name=name)

        assert User.objects.get(pk=claire.pk).full_name == "Claire"
        assert not User.objects.filter(username="nina").exists()

    def test_two_who_are_called_alike_since_long_can_save_the_rest(self, claire):
        User.objects.create_user("claire2", full_name="Claire")

        operations.edit_account(
            user=claire, full_name="Claire", email="", language="ru", time_zone="Europe/Paris", by=claire
        )

        assert User.objects.get(pk=claire.pk).language == "ru"

    def test_one_s_own_name_may_be_written_anew(self, claire):
        operations.edit_account(
            user=claire, full_name="CLAIRE", email="", language="en", time_zone="Europe/Paris", by=claire
        )

        assert User.objects.get(pk=claire.pk).full_name == "CLAIRE"


class TestTeams:
    def test_members_are_those_of_a_group_without_permissions(self, mira, claire):
        team = make_team(claire)

        assert list(claire.groups.all()) == [team.group]
        assert list(team.members) == [claire]
        assert ModelPermission.objects.filter(group=team.group).count() == 0
        assert claire.get_all_permissions() == set()

    def test_a_closed_account_joins_no_team(self, mira):
        with pytest.raises(NotActive):
            make_team(make_person("Closed", is_active=False))

    def test_names_are_taken_in_any_case(self, mira):
        make_team(name="East")

        with pytest.raises(TeamNameTaken):
            make_team(name="east")

    def test_is_brought_to_what_was_chosen(self, mira, claire, recorded):
        nina, olga = make_person("Nina"), make_person("Olga")
        team = make_team(claire, nina)
        before = len(recorded())

        operations.edit_team(team=team, name="West", members=[nina, olga], holders=[claire, nina], by=mira)

        team = Team.objects.get()
        assert (team.name, team.group.name) == ("West", "West")
        assert set(team.members) == {nina, olga}
        assert set(team.holders.all()) == {claire, nina}
        assert recorded()[before:] == [
            ("staff.team_renamed", "mira", "West"),
            ("staff.team_joined", "mira", "olga"),
            ("staff.team_left", "mira", "claire"),
            ("staff.holders_set", "mira", "West"),
        ]

    def test_what_stays_is_not_recorded(self, mira, claire, recorded):
        team = make_team(claire)
        before = len(recorded())

        operations.edit_team(team=team, name=team.name, members=[claire], holders=[], by=mira)

        assert recorded()[before:] == []

    def test_one_holder_is_too_few(self, mira, claire):
        team = make_team(claire)

        with pytest.raises(TooFewHolders):
            operations.set_holders(team=team, holders=[claire], by=mira)

        assert list(team.holders.all()) == []

    def test_one_holder_must_do_where_one_works(self, mira, claire):
        make_organisation(headcount=1)
        team = make_team(claire)

        operations.set_holders(team=team, holders=[claire], by=mira)

        assert list(team.holders.all()) == [claire]

    def test_holders_must_be_able_to_open_names(self, mira, claire):
        with pytest.raises(HolderMayNotOpen):
            operations.set_holders(team=make_team(claire), holders=[claire, mira], by=mira)


def test_the_organisation_keeps_its_kind(mira):
    us = make_organisation("demo")

    operations.edit_organisation(organisation=us, name="Road", headcount=7, by=mira)

    us.refresh_from_db()
    assert (us.name, us.headcount, us.kind) == ("Road", 7, "demo")
