import io
import json
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from cases.audit.models import Entry as AuditEntry
from cases.vetting.models import ListEntry, ListImport, Watchlist
from cases.vetting.operations import list_entries
from cases.vetting.operations.watchlists import Upload, begin_import, run_upload
from cases.vetting.queries.watchlists import count_surnames, filed_otherwise, list_versions, sizes
from cases.vetting.screening import filers
from cases.vetting.screening.problems import BadList
from cases.vetting.screening.refusals import ListUnderWay
from cases.vetting.tasks import take_in_uploaded
from tests.vetting.screening.lists import entity, lines, living, numbers, table, take_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vault")]


def rows(*names):
    return [{"id": f"Q{name}", "name": f"Eremei Kulebiak{name}", "birth_date": "1999"} for name in names]


def test_a_list_is_taken_in_and_counted():
    done = take_in(table(*rows("in", "ov")))

    assert (done.state, numbers(done)) == (
        "done",
        {"added": 2, "changed": 0, "ended": 0, "unchanged": 0, "others": 0, "wrong": 0},
    )
    assert (living(), done.notes, done.done) == (["Qin", "Qov"], ["unchecked"], done.size)
    watchlist = Watchlist.objects.get()
    assert (watchlist.slug, watchlist.entries, watchlist.version) == ("sanctions", 2, 1)
    assert AuditEntry.objects.latest("id").action == "vetting.list_taken_in"


def test_the_same_file_again_writes_nothing():
    take_in(table(*rows("in", "ov")))
    before = set(ListEntry.objects.values_list("pk", "added_at"))
    again = take_in(table(*reversed(rows("in", "ov"))))

    assert numbers(again)["unchanged"] == 2
    assert set(ListEntry.objects.values_list("pk", "added_at")) == before
    assert Watchlist.objects.get().version == 1


def test_what_changed_is_written_and_what_vanished_is_ended_not_deleted():
    take_in(table(*rows("in", "ov", "sky")))
    added_at = dict(ListEntry.objects.values_list("entity", "added_at"))
    changed = rows("in")[0] | {"birth_date": "1998"}
    done = take_in(table(changed, *rows("ov", "uk")))

    assert numbers(done) | {"others": 0, "wrong": 0} == numbers(done)
    assert (done.added, done.changed, done.ended, done.unchanged) == (1, 1, 1, 1)
    assert living() == ["Qin", "Qov", "Quk"]
    assert ListEntry.objects.get(entity="Qsky").ended_at is not None
    assert ListEntry.objects.get(entity="Qin").added_at == added_at["Qin"]
    assert ListEntry.objects.get(entity="Qin").born == "1998"
    assert (Watchlist.objects.get().version, Watchlist.objects.get().entries) == (2, 3)


def test_what_comes_back_lives_again():
    take_in(table(*rows("in", "ov", "sky")))
    take_in(table(*rows("in", "ov")))
    done = take_in(table(*rows("in", "ov", "sky")))

    assert (done.changed, living()) == (1, ["Qin", "Qov", "Qsky"])


def test_a_file_that_lacks_most_entries_ends_none_unless_somebody_says_it_is_right():
    take_in(table(*rows("in", "ov", "sky")))
    cut = take_in(table(*rows("in")))
    assert (cut.ended, cut.notes, len(living())) == (0, ["unchecked", "not_ended"], 3)

    meant = take_in(table(*rows("in")), may_shrink=True)
    assert (meant.ended, living()) == (2, ["Qin"])


def test_a_file_without_people_changes_nothing():
    take_in(table(*rows("in")))
    with pytest.raises(BadList) as refusal:
        take_in(table({"id": "V1", "schema": "Vessel", "name": "Kulebiakin"}))

    assert (refusal.value.code, living()) == ("nobody", ["Qin"])
    assert ListImport.objects.first().refusal == "nobody"


def test_a_delta_adds_changes_and_takes_back_and_ends_nothing_else():
    take_in(lines(entity("a"), entity("b"), entity("c")))
    changes = [
        {"op": "ADD", "entity": entity("d")},
        {"op": "MOD", "entity": entity("a", birthDate=["1999"])},
        {"op": "DEL", "entity": {"id": "b"}},
        {"op": "DEL", "entity": {"id": "unknown"}},
    ]
    done = take_in(lines(*changes))

    assert (done.added, done.changed, done.ended) == (1, 1, 1)
    assert living() == ["a", "c", "d"]


def test_of_two_lines_with_one_id_the_last_counts_also_across_batches(monkeypatch):
    monkeypatch.setattr(list_entries.batches, "__defaults__", (2,))
    done = take_in(lines(*(entity(id, birthDate=[born]) for id, born in zip("aabcb", "12345", strict=True))))

    assert (living(), done.wrong) == (["a", "b", "c"], 0)
    assert dict(ListEntry.objects.values_list("entity", "born")) == {"a": "2", "b": "5", "c": "4"}


def test_a_damaged_file_is_refused_before_anything_is_written():
    content = table(*rows("in"))
    index = json.dumps(
        {"resources": [{"name": "targets.simple.csv", "checksum": "0" * 40, "size": len(content)}]}
    )
    with pytest.raises(BadList) as refusal:
        take_in(content, index=index.encode())

    assert (refusal.value.code, living()) == ("checksum_differs", [])


def test_signs_that_mean_something_to_the_database_are_kept():
    name = 'a\\b "c", {d} \\N \\. NULL'
    take_in(lines(entity("e\\1", names=[name], birthPlace=["\t{x}"])))
    entry = ListEntry.objects.get()

    assert (entry.entity, json.loads(entry.content)[1]) == ("e\\1", [name])


def test_a_long_list_is_filed_by_a_second_process_alike(monkeypatch):
    take_in(table(*rows("in", "ov", "sky")), slug="short")
    monkeypatch.setattr(filers, "LONG", 1)
    take_in(table(*rows("in", "ov", "sky")), slug="long")
    told = ListEntry.objects.order_by("watchlist__slug", "entity").values_list("buckets", "sounds", "keys")

    assert list(told[:3]) == list(told[3:])


def test_how_many_surnames_share_a_bucket_is_counted(settings):
    settings.SCREENING = settings.SCREENING | {"bucket_bits": 1}
    take_in(table(*rows("in", "in", "ov"), {"id": "other", "name": "Ivan Kulebiakin"}))

    assert sum(sizes()) == sum(count_surnames()) >= 2
    assert len(sizes()) == 2


def test_a_list_filed_with_another_key_says_so_and_is_written_anew(settings):
    take_in(table(*rows("in", "ov")))
    assert filed_otherwise() == []
    settings.SCREENING = settings.SCREENING | {"bucket_bits": 8}
    assert [one.slug for one in filed_otherwise()] == ["sanctions"]
    with pytest.raises(BadList) as refusal:
        take_in(lines({"op": "ADD", "entity": entity("d")}))
    assert refusal.value.code == "other_rules"

    done = take_in(table(*rows("in", "ov")))
    assert (done.changed, filed_otherwise()) == (2, [])


def test_two_imports_of_one_list_do_not_meet():
    first = begin_import(slug="sanctions", by=None)
    with pytest.raises(ListUnderWay):
        begin_import(slug="sanctions", by=None)
    begin_import(slug="others", by=None)

    ListImport.objects.filter(pk=first.pk).update(seen_at=timezone.now() - timedelta(hours=1))
    begin_import(slug="sanctions", by=None)
    first.refresh_from_db()
    assert (first.state, first.refusal) == ("refused", "interrupted")


def test_an_upload_is_taken_in_by_the_worker_and_its_file_forgotten(
    work, recorded, django_capture_on_commit_callbacks
):
    content = table(*rows("in"))
    with django_capture_on_commit_callbacks() as promised:
        started = begin_import(slug="sanctions", by=work.vera, upload=Upload("x.csv", content))
    assert (started.state, living(), len(promised)) == ("waiting", [], 1)

    take_in_uploaded(import_id=str(started.pk))
    run_upload(import_id=started.pk)
    started.refresh_from_db()
    assert (started.state, started.content, living()) == ("done", None, ["Qin"])
    assert recorded() == ["vetting.list_uploaded", "vetting.list_taken_in"]


def test_an_upload_that_is_refused_says_why(work):
    started = begin_import(slug="sanctions", by=work.vera, upload=Upload("x.csv", b"hello"))
    run_upload(import_id=started.pk)
    started.refresh_from_db()

    assert (started.state, started.refusal, started.content) == ("refused", "unknown", None)


def test_the_command_takes_in_a_file_and_says_what_it_did(tmp_path, capsys):
    path = tmp_path / "targets.simple.csv"
    path.write_bytes(table(*rows("in"), {"id": "", "name": "x"}))
    call_command("import_watchlist", path, "--list", "OS Sanctions")

    assert capsys.readouterr().out.splitlines() == [
        "os-sanctions: 1 added, 0 changed, 0 ended, 0 unchanged; 0 are no people and were left out.",
        "No index was given, so nothing says whether the file is whole.",
        "1 lines were left out:",
        "Line 3: It has no id.",
    ]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [(["missing.csv"], "No such file"), (["missing.csv", "--list", "ъ"], "Say with --list")],
)
def test_the_command_refuses_in_a_sentence(tmp_path, arguments, words, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(CommandError, match=words):
        call_command("import_watchlist", *arguments)


def test_the_command_says_why_a_file_is_refused(tmp_path):
    path = tmp_path / "list.csv"
    path.write_bytes(b"")
    with pytest.raises(CommandError, match="There is nothing in this file"):
        call_command("import_watchlist", path)


def test_lists_that_were_never_taken_in_have_no_version():
    begin_import(slug="sanctions", by=None)
    assert list_versions() == {}
    take_in(table(*rows("in")), slug="other")
    assert sorted(map(str, list_versions().values()))[0] == "1"


def test_an_interrupted_import_is_finished_by_the_next(monkeypatch):
    monkeypatch.setattr(list_entries.batches, "__defaults__", (1,))

    class Cut(io.BytesIO):
        def readline(self, size=-1):
            if self.tell() > 300:
                raise OSError("the disk is gone")
            return super().readline(size)

    content = table(*rows("in", "ov", "sky", "uk", "enko", "its"))
    started = begin_import(slug="sanctions", by=None)
    from cases.vetting.operations.watchlists import run_import

    with pytest.raises(OSError, match="gone"):
        run_import(started=started, file=Cut(content))
    half = len(living())
    ListImport.objects.update(seen_at=timezone.now() - timedelta(hours=1))
    done = take_in(content)
    assert 0 < half < 6
    assert (done.unchanged, done.added, len(living())) == (half, 6 - half, 6)
