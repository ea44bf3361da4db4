import pytest
from django.contrib.auth.models import Group, Permission
from django.db import IntegrityError
from django.utils import timezone
from guardian.models import GroupObjectPermission, UserObjectPermission
from guardian.shortcuts import assign_perm

from cases.vault.models import (
    AccessRequest,
    Grant,
    GroupGrant,
    Keyring,
    OrganisationKey,
    Safe,
    SealedItem,
    Wrap,
)

pytestmark = pytest.mark.django_db(databases=["default", "owner"])
SEALED = bytes(60)


def grant(safe, user, **fields):
    complete = {
        "permission": Permission.objects.get(codename="open_safe"),
        "sealed_root": SEALED,
        "key_version": 1,
        "granted_by": user,
        "expires_at": timezone.now(),
    }
    return Grant.objects.create(content_object=safe, user=user, **complete | fields)


class TestGuardian:
    def test_assigning_without_a_key_is_refused(self, safe, team):
        with pytest.raises(IntegrityError):
            assign_perm("open_safe", team.olga, safe)

    def test_it_writes_no_generic_row_either(self):
        assert UserObjectPermission.objects.count() == 0
        assert GroupObjectPermission.objects.count() == 0

    def test_groups_are_refused(self, safe):
        with pytest.raises(IntegrityError, match="safes_are_never_opened_to_groups"):
            assign_perm("open_safe", Group.objects.create(name="team"), safe)

    def test_a_group_row_written_by_hand_is_refused(self, safe):
        group = Group.objects.create(name="team")

        with pytest.raises(IntegrityError):
            GroupGrant.objects.create(
                group=group, content_object=safe, permission=Permission.objects.get(codename="open_safe")
            )

    def test_there_is_one_permission_and_it_opens(self):
        named = Permission.objects.filter(content_type__app_label="vault", content_type__model="safe")

        assert list(named.values_list("codename", flat=True)) == ["open_safe"]


class TestGrant:
    @pytest.mark.parametrize("sealed_root", [None, b"", bytes(28)])
    def test_carries_a_key(self, safe, team, sealed_root):
        with pytest.raises(IntegrityError):
            grant(safe, team.olga, sealed_root=sealed_root)

    def test_one_a_person(self, safe, team):
        with pytest.raises(IntegrityError):
            grant(safe, team.ana)

    @pytest.mark.parametrize("field", ["key_version", "granted_by", "expires_at"])
    def test_is_complete(self, safe, team, field):
        with pytest.raises(IntegrityError):
            grant(safe, team.olga, **{field: None})


class TestSafe:
    @pytest.mark.parametrize("wrap", [None, b"", bytes(20)])
    def test_is_sealed_to_the_organisation(self, wrap):
        with pytest.raises(IntegrityError):
            Safe.objects.create(kind="identity", public_key=SEALED, mac=SEALED, organisation_wrap=wrap)

    def test_kind_is_known(self):
        with pytest.raises(IntegrityError, match="safe_kind_known"):
            Safe.objects.create(kind="other", public_key=SEALED, mac=SEALED, organisation_wrap=SEALED)

    def test_id_has_128_random_bits(self, safe):
        ids = {Safe().pk for _ in range(64)}

        assert len({identity.version for identity in ids}) > 1


class TestSealedItem:
    def test_one_a_version(self, item):
        with pytest.raises(IntegrityError, match="one_item_a_version"):
            SealedItem.objects.create(safe=item.safe, kind=item.kind, version=item.version, envelope=SEALED)

    @pytest.mark.parametrize("envelope", [None, b""])
    def test_is_sealed(self, safe, envelope):
        with pytest.raises(IntegrityError):
            SealedItem.objects.create(safe=safe, kind="contact", envelope=envelope)


class TestKeyring:
    def test_one_a_person(self, team):
        with pytest.raises(IntegrityError):
            Keyring.objects.create(user=team.ana, public_key=SEALED, mac=SEALED)

    def test_who_confirmed_is_never_without_when(self, team):
        with pytest.raises(IntegrityError, match="keyring_confirmation_is_paired"):
            Keyring.objects.filter(user=team.ana).update(confirmed_at=None)

    def test_nobody_confirms_the_own_key(self, team):
        with pytest.raises(IntegrityError, match="keyring_confirmed_by_another"):
            Keyring.objects.filter(user=team.ana).update(confirmed_at=timezone.now(), confirmed_by=team.ana)

    def test_one_wrap_a_kind(self, team):
        wrap = Wrap.objects.get(keyring__user=team.ana, kind="sheet")
        wrap.pk = None

        with pytest.raises(IntegrityError, match="one_wrap_a_kind"):
            wrap.save(force_insert=True)

    def test_kind_of_wrap_is_known(self, team):
        with pytest.raises(IntegrityError, match="wrap_kind_known"):
            Wrap.objects.filter(keyring__user=team.ana, kind="sheet").update(kind="other")


class TestAccessRequest:
    def test_one_open_a_person(self, safe, team):
        AccessRequest.objects.create(safe=safe, asker=team.olga)

        with pytest.raises(IntegrityError, match="one_open_request"):
            AccessRequest.objects.create(safe=safe, asker=team.olga)

    def test_another_after_the_answer(self, safe, team):
        answered = {"answered_at": timezone.now(), "answered_by": team.ana, "answer": "refused"}
        AccessRequest.objects.create(safe=safe, asker=team.olga, **answered)
        AccessRequest.objects.create(safe=safe, asker=team.olga)

        assert AccessRequest.objects.count() == 2

    @pytest.mark.parametrize("missing", ["answered_at", "answered_by", "answer"])
    def test_answer_is_whole_or_absent(self, safe, team, missing):
        answered = {"answered_at": timezone.now(), "answered_by": team.ana, "answer": "given"}
        del answered[missing]

        with pytest.raises(IntegrityError, match="request_answer_is_paired"):
            AccessRequest.objects.create(safe=safe, asker=team.olga, **answered)

    def test_nobody_answers_the_own_request(self, safe, team):
        answered = {"answered_at": timezone.now(), "answered_by": team.olga, "answer": "given"}

        with pytest.raises(IntegrityError, match="request_answered_by_another"):
            AccessRequest.objects.create(safe=safe, asker=team.olga, **answered)


def test_there_is_one_organisation_key(team):
    with pytest.raises(IntegrityError, match="organisation_key_is_one_row"):
        OrganisationKey.objects.create(id=2, public_key=SEALED, mac=SEALED)


def test_rows_do_not_name_anybody(safe, team):
    request = AccessRequest.objects.create(safe=safe, asker=team.olga)
    rows = [
        safe,
        safe.items.get(),
        safe.grants.first(),
        team.ana.keyring,
        team.ana.keyring.wraps.first(),
        request,
        OrganisationKey.objects.get(),
        GroupGrant(),
    ]

    printed = " ".join(str(row) for row in rows).lower()
    assert not {"ana", "olga", "boris", "иван", "identity"} & set(printed.split())
