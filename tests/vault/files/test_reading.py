import hashlib
import io

import pytest
from django.db import transaction
from PIL import Image

from cases.audit.models import Entry
from cases.vault import operations
from cases.vault.models import SealedFile
from cases.vault.refusals import DoesNotOpen, NoReason, NotGranted, NotUnlocked
from tests.vault.colleagues import make_safe
from tests.vault.files import made
from tests.vault.files.sending import begin, send

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
PICTURE = made.picture(size=(400, 300), exif=made.exif(position=True))


@pytest.fixture
def file(safe, team):
    return send(safe, PICTURE, team.olga)


@pytest.fixture
def read(team):
    def do(file, user, reason="to check the stamp"):
        return operations.read_file(file=file, reason=reason, unlocked=team.of(user), by=user)

    return do


@pytest.fixture
def glance(team):
    return lambda files, user: operations.read_thumbnails(files=files, unlocked=team.of(user), by=user)


class TestReading:
    def test_the_original_comes_out_untouched(self, file, team, read):
        opened = read(file, team.ana)

        assert b"".join(opened.content()) == PICTURE
        assert (opened.name, opened.sha256) == (
            "паспорт Тайнописцева.jpg",
            hashlib.sha256(PICTURE).hexdigest(),
        )

    def test_the_pages_to_look_at(self, file, team, read):
        [view] = read(file, team.ana).views()

        assert Image.open(io.BytesIO(view)).size == (400, 300)
        assert made.CANARY not in view

    def test_the_pages_of_a_pdf_come_in_order(self, safe, team, read):
        views = read(send(safe, made.pdf(3), team.olga), team.ana).views()
        colours = [Image.open(io.BytesIO(view)).getpixel((9, 9)) for view in views]

        assert [tuple(value > 128 for value in colour) for colour in colours] == [
            (True, True, True),
            (True, False, False),
            (False, False, True),
        ]

    def test_the_row_of_the_log_comes_first(self, file, team, read):
        read(file, team.ana)
        row = Entry.objects.latest("id")

        assert (row.actor, row.action, row.about) == ("ana", "vault.opened", str(file.safe_id))
        assert row.detail == f"file-{file.pk.hex}: to check the stamp"

    def test_never_within_a_transaction(self, file, team, read):
        with transaction.atomic(), pytest.raises(RuntimeError):
            read(file, team.ana)

    def test_who_sent_it_cannot_read_it(self, file, team, read):
        with pytest.raises(NotGranted):
            read(file, team.olga)

    def test_without_reason(self, file, team, read):
        with pytest.raises(NoReason):
            read(file, team.ana, reason=" ")

    def test_with_somebody_elses_unlock(self, file, team):
        with pytest.raises(NotUnlocked):
            operations.read_file(file=file, reason="x", unlocked=team.of(team.boris), by=team.ana)

    def test_an_unfinished_one(self, safe, team, read):
        with pytest.raises(DoesNotOpen):
            read(begin(safe, PICTURE, team.ana), team.ana)

    def test_a_copy_alone(self, file, team, read):
        with pytest.raises(DoesNotOpen):
            read(file.copies.first(), team.ana)


class TestThumbnails:
    def test_with_one_row_for_all(self, safe, file, team, glance):
        other = send(safe, made.pdf(), team.ana)
        before = Entry.objects.count()
        small = glance([file, other], team.ana)

        assert {Image.open(io.BytesIO(one)).width for one in small.values()} <= {160, 107}
        assert set(small) == {file.pk, other.pk}
        assert [entry.detail for entry in Entry.objects.order_by("id")[before:]] == ["thumbnails: 2"]

    def test_none_for_who_cannot_open(self, file, team, glance):
        assert glance([file], team.olga) == {}

    def test_a_file_without_one_is_left_out(self, safe, team, glance):
        sound = send(safe, made.OGG, team.ana)
        before = Entry.objects.count()

        assert (glance([sound], team.ana), Entry.objects.count()) == ({}, before)


class TestRowsMovedByWhoCanWriteToTheDatabase:
    @pytest.fixture
    def other(self, team):
        """A file in a safe that Olga can open."""
        return send(make_safe(team.olga, team.boris), made.picture(size=(90, 90)), team.olga)

    def test_to_another_safe(self, file, other, team, read):
        SealedFile.objects.filter(pk=file.pk).update(safe=other.safe, key_item=other.key_item)
        file.refresh_from_db()
        with pytest.raises(DoesNotOpen):
            read(file, team.olga)

    def test_with_the_check_of_the_other_as_well(self, file, other, team, read):
        SealedFile.objects.filter(pk=file.pk).update(
            safe=other.safe, key_item=other.key_item, key_check=other.key_check
        )
        file.refresh_from_db()
        with pytest.raises(DoesNotOpen):
            read(file, team.olga)

    def test_a_view_to_another_original(self, file, other, team, read):
        file.copies.filter(purpose="view").delete()
        other.copies.filter(purpose="view").update(of=file)
        with pytest.raises(DoesNotOpen):
            read(file, team.ana).views()

    def test_a_view_to_another_page(self, safe, team, read):
        file = send(safe, made.pdf(2), team.ana)
        file.copies.filter(purpose="view", page=0).delete()
        file.copies.filter(purpose="view").update(page=0)
        with pytest.raises(DoesNotOpen):
            read(file, team.ana).views()
