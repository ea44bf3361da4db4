import hashlib
import os
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from cases.audit.models import Entry
from cases.vault import operations, queries
from cases.vault.files import storage
from cases.vault.files.refusals import (
    ChunkDoesNotFit,
    FileRefused,
    LookLater,
    NoSpace,
    NotAllThere,
    TooManyUploads,
    UploadLost,
)
from cases.vault.models import SealedFile, SealedItem
from cases.vault.tasks import remove_stale_uploads
from tests.scanner import leaks
from tests.vault.files import made
from tests.vault.files.sending import MIB, SECRET, begin, parts, send, told

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
PICTURE = made.picture(exif=made.exif(position=True))
SOUND = made.OGG + os.urandom(2 * MIB)


def add(file, content, index, by, secret=SECRET):
    return operations.add_chunk(file=file, index=index, data=parts(content)[index], secret=secret, by=by)


class TestBegin:
    def test_the_key_and_the_name_lie_in_the_safe_alone(self, safe, team):
        file = begin(safe, SOUND, team.ana)
        row = SealedFile.objects.filter(pk=file.pk).values_list().get()

        assert (file.state, file.received, file.chunks, file.key_item.kind) == (
            "uploading",
            0,
            3,
            f"file-{file.pk.hex}",
        )
        assert leaks(["Тайнописцева"], repr(row), bytes(file.key_item.envelope)) == []

    def test_it_needs_no_unlock_and_no_access(self, safe, team):
        """Olga can open nothing here, and is locked; she takes in a file all the same."""
        file = send(safe, PICTURE, team.olga)

        assert file.state == "whole"
        assert not queries.may_open(team.olga, safe)

    def test_the_same_file_goes_on(self, safe, team):
        file = begin(safe, SOUND, team.ana)
        add(file, SOUND, 0, team.ana)

        again = begin(safe, SOUND, team.ana)
        assert (again.pk, again.received) == (file.pk, 1)

    @pytest.mark.parametrize("change", ["secret", "person", "document", "content", "no hash"])
    def test_anything_else_begins_anew(self, change, safe, team):
        file = begin(safe, SOUND, team.ana)
        again = {
            "secret": lambda: begin(safe, SOUND, team.ana, b"t" * 32),
            "person": lambda: begin(safe, SOUND, team.boris),
            "document": lambda: begin(safe, SOUND, team.ana, about="another"),
            "content": lambda: begin(safe, SOUND[:-1], team.ana),
            "no hash": lambda: operations.begin_upload(
                safe=safe, new=operations.NewFile("a", len(SOUND), "", "document"), secret=SECRET, by=team.ana
            ),
        }[change]()

        assert again.pk != file.pk

    def test_the_tag_tells_nothing_without_the_cookie(self, safe, team):
        first, second = begin(safe, SOUND, team.ana), begin(safe, SOUND, team.ana, b"t" * 32)

        assert bytes(first.resume_tag) != bytes(second.resume_tag)
        assert hashlib.sha256(SOUND[:MIB]).digest()[:16] not in (
            bytes(first.resume_tag),
            bytes(second.resume_tag),
        )

    @pytest.mark.parametrize(("size", "code"), [(0, "empty"), (-1, "empty"), (200 * MIB + 1, "large")])
    def test_sizes_that_are_refused(self, size, code, safe, team):
        new = operations.NewFile("a", size, "", "document")
        with pytest.raises(FileRefused) as refused:
            operations.begin_upload(safe=safe, new=new, secret=SECRET, by=team.ana)

        assert refused.value.code == code
        assert "200 MB" in str(refused.value) or code == "empty"
        assert SealedFile.objects.count() == 0

    def test_the_limit_itself_is_taken(self, safe, team):
        new = operations.NewFile("a", 200 * MIB, "", "document")

        assert operations.begin_upload(safe=safe, new=new, secret=SECRET, by=team.ana).chunks == 200

    def test_too_many_half_sent(self, safe, team, settings):
        settings.VAULT = settings.VAULT | {"uploads_at_once": 2}
        for number in range(2):
            begin(safe, SOUND + bytes(number), team.ana)
        with pytest.raises(TooManyUploads):
            begin(safe, SOUND + bytes(9), team.ana)

        assert begin(safe, SOUND + bytes(9), team.boris).state == "uploading"
        assert begin(safe, SOUND, team.ana).state == "uploading"


class TestChunks:
    @pytest.fixture
    def file(self, safe, team):
        return begin(safe, SOUND, team.ana)

    def test_one_sent_twice_is_stored_once(self, file, team, stored):
        add(file, SOUND, 0, team.ana)
        before = stored()
        again = add(file, SOUND, 0, team.ana)

        assert (again.received, stored()) == (1, before)

    @pytest.mark.parametrize(
        ("index", "data"),
        [
            (1, SOUND[:MIB]),
            (-1, SOUND[:MIB]),
            (0, SOUND[: MIB - 1]),
            (0, SOUND[: MIB + 1]),
            (0, b""),
            (3, b"x"),
        ],
    )
    def test_what_does_not_fit_is_refused(self, file, index, data, team, stored):
        with pytest.raises(ChunkDoesNotFit):
            operations.add_chunk(file=file, index=index, data=data, secret=SECRET, by=team.ana)

        file.refresh_from_db()
        assert (file.received, stored()) == (0, {})

    def test_another_secret_seals_nothing(self, file, team, stored):
        with pytest.raises(UploadLost):
            add(file, SOUND, 0, team.ana, b"t" * 32)

        with pytest.raises(UploadLost):
            operations.add_chunk(file=file, index=0, data=SOUND[:MIB], secret=None, by=team.ana)
        assert stored() == {}

    def test_another_person_cannot(self, file, team):
        with pytest.raises(SealedFile.DoesNotExist):
            add(file, SOUND, 0, team.boris)

    @pytest.mark.parametrize(
        ("content", "code", "word"),
        [
            (made.SVG, "kind:svg", "SVG"),
            (made.HTML, "kind:html", "web page"),
            (made.zip_bomb(), "kind:zip", "ZIP"),
            (b"MZ" + bytes(99), "kind:program", "program"),
            (bytes(99), "kind:unknown", "unknown kind"),
        ],
    )
    def test_the_first_bytes_decide_at_once(self, content, code, word, safe, team, stored):
        file = begin(safe, content, team.ana)
        with pytest.raises(FileRefused, match=word):
            add(file, content, 0, team.ana)
        file.refresh_from_db()

        assert (file.state, file.refusal, stored()) == ("refused", code, {})
        with pytest.raises(FileRefused, match=word):
            add(file, content, 0, team.ana)

    def test_a_picture_may_be_smaller_than_a_film(self, safe, team, settings):
        settings.VAULT = settings.VAULT | {"opened_file_bytes": MIB}
        content = made.picture() + bytes(MIB)
        file = begin(safe, content, team.ana)

        with pytest.raises(FileRefused, match="at most 1 MB"):
            add(file, content, 0, team.ana)

    def test_a_full_disk_is_said_and_loses_nothing(self, file, team, monkeypatch):
        add(file, SOUND, 0, team.ana)

        def full(*arguments):
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(storage.os, "fsync", full)
        with pytest.raises(NoSpace):
            add(file, SOUND, 1, team.ana)
        monkeypatch.undo()

        assert add(file, SOUND, 1, team.ana).received == 2


class TestFinish:
    def test_a_picture(self, safe, team, recorded):
        file = send(safe, PICTURE, team.ana)
        copies = list(file.copies.order_by("purpose").values_list("purpose", "page", "state", "kind"))

        assert (file.state, file.kind, file.notices) == ("whole", "jpeg", ["metadata", "position"])
        assert copies == [("thumbnail", 0, "whole", "jpeg"), ("view", 0, "whole", "jpeg")]
        assert recorded() == ["vault.sealed", "vault.file_sealed"]

    def test_sound_is_sealed_as_it_came(self, safe, team, opened):
        file = send(safe, SOUND, team.ana)

        assert (file.kind, file.notices, file.copies.count()) == ("ogg", [], 0)

    def test_a_lost_answer_is_given_again(self, safe, team, recorded):
        file = send(safe, PICTURE, team.ana)
        before = recorded()
        again = operations.finish_upload(file=file, secret=None, by=team.ana)

        assert (again.state, again.notices, again.copies.count()) == ("whole", ["metadata", "position"], 2)
        assert recorded() == before

    def test_parts_missing(self, safe, team):
        file = begin(safe, SOUND, team.ana)
        add(file, SOUND, 0, team.ana)
        with pytest.raises(NotAllThere):
            operations.finish_upload(file=file, secret=SECRET, by=team.ana)

        assert add(file, SOUND, 1, team.ana).received == 2

    def test_damaged_is_refused_and_leaves_the_reason_alone(self, safe, team, stored, recorded):
        with pytest.raises(FileRefused, match="damaged"):
            send(safe, PICTURE[:600], team.ana)
        file = SealedFile.objects.get()

        assert (file.state, file.refusal, stored()) == ("refused", "damaged", {})
        assert recorded()[-1] == "vault.file_refused"
        with pytest.raises(FileRefused, match="damaged"):
            operations.finish_upload(file=file, secret=SECRET, by=team.ana)

    def test_the_password_of_a_pdf_is_told(self, safe, team):
        with pytest.raises(FileRefused, match="password"):
            send(safe, made.pdf_with_password(), team.ana)

    def test_while_it_is_looked_at_nobody_waits(self, safe, team):
        from django.db import connections

        file = begin(safe, SOUND, team.ana)
        other = connections["owner"]
        with transaction.atomic(using="owner"), other.cursor() as cursor:
            cursor.execute("SELECT 1 FROM vault_sealedfile WHERE id = %s FOR UPDATE", [file.pk])
            with pytest.raises(LookLater):
                add(file, SOUND, 0, team.ana)

        assert add(file, SOUND, 0, team.ana).received == 1

    def test_what_a_killed_process_left_of_copies_goes(self, safe, team, stored, settings):
        file = begin(safe, PICTURE, team.ana)
        add(file, PICTURE, 0, team.ana)
        (settings.VAR_DIR / "files" / file.pk.hex / "half-a-copy").write_bytes(b"x")
        operations.finish_upload(file=file, secret=SECRET, by=team.ana)

        assert len(stored()) == 3
        assert "half-a-copy" not in " ".join(stored())


class TestLeaving:
    def test_an_upload_is_removed_with_its_name(self, safe, team, stored, recorded):
        file = begin(safe, SOUND, team.ana)
        add(file, SOUND, 0, team.ana)
        operations.abandon_upload(file=file, by=team.ana)

        assert (SealedFile.objects.count(), stored()) == (0, {})
        assert not SealedItem.objects.filter(kind__startswith="file-").exists()
        assert recorded()[-1] == "vault.upload_removed"

    def test_a_whole_file_is_not(self, safe, team, stored):
        file = send(safe, PICTURE, team.ana)
        operations.abandon_upload(file=file, by=team.ana)

        assert (SealedFile.objects.count(), len(stored())) == (3, 3)

    def test_after_two_days_it_goes_by_itself(self, safe, team, stored):
        whole = send(safe, PICTURE, team.ana)
        old, young = begin(safe, SOUND, team.ana), begin(safe, SOUND, team.boris)
        refused = begin(safe, made.SVG, team.ana)
        with pytest.raises(FileRefused):
            add(refused, made.SVG, 0, team.ana)
        add(old, SOUND, 0, team.ana)
        long_ago = timezone.now() - timedelta(days=2, minutes=1)
        SealedFile.objects.exclude(pk=young.pk).update(created_at=long_ago)

        remove_stale_uploads(timestamp=0)

        assert set(SealedFile.objects.filter(of=None)) == {whole, young}
        assert len(stored()) == 3
        assert {(entry.actor, entry.action) for entry in Entry.objects.order_by("-id")[:2]} == {
            ("system", "vault.upload_removed")
        }


class TestRows:
    """The database itself refuses what must not be."""

    @pytest.mark.parametrize(
        "change",
        [
            "state = 'whole'",
            "state = 'strange'",
            "state = 'refused', finished_at = now()",
            "size = 0",
            "purpose = 'view'",
        ],
    )
    def test_a_row_that_makes_no_sense(self, change, safe, team):
        file = begin(safe, SOUND, team.ana)
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE vault_sealedfile SET {change} WHERE id = %s", [file.pk])

    def test_the_start_of_the_name_told_by_the_browser_reaches_no_clear_column(self, safe, team):
        send(safe, PICTURE, team.ana)
        with connection.cursor() as cursor:
            cursor.execute("SELECT to_jsonb(f)::text FROM vault_sealedfile f")
            rows = "".join(row for (row,) in cursor.fetchall())

        assert leaks(["Тайнописцева", "паспорт"], rows) == []
        assert told(PICTURE).name == "паспорт Тайнописцева.jpg"
