import csv
import shutil
from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from cases.audit.models import Entry
from cases.documents.models import DocumentType, EntryRule, SafetyRule
from cases.documents.operations.reference import load_reference, verify_facts
from cases.documents.queries.reference import rules, to_verify, types
from cases.documents.reference.files import BadFile, read_rules, read_tables
from cases.documents.tables import SHELVES, all_models, is_edited

pytestmark = pytest.mark.django_db
KEY = "fr-ru-zag5-refused-2025-06"
ROWS = sum(len(rows) for shelf in SHELVES for rows in shelf.read().values())
TABLES = len(all_models())


@pytest.fixture
def folder(tmp_path):
    for shelf in SHELVES:
        for name in shelf.files:
            shutil.copy(shelf.folder / f"{name}.csv", tmp_path)
    return tmp_path


@pytest.fixture
def recorded():
    before = Entry.objects.count()
    return lambda: [
        (row.action, row.actor, row.about, row.detail) for row in Entry.objects.order_by("id")[before:]
    ]


def rewrite(folder, table, key, **cells):
    """Change cells of one row of a file; without cells the row goes."""
    path = folder / f"{table}.csv"
    with path.open(newline="", encoding="utf-8") as text:
        reader = csv.DictReader(text)
        rows = list(reader)
    kept = [row | cells if row["key"] == key else row for row in rows if cells or row["key"] != key]
    with path.open("w", newline="", encoding="utf-8") as text:
        writer = csv.DictWriter(text, reader.fieldnames)
        writer.writeheader()
        writer.writerows(kept)


def edit(key=KEY, **values):
    EntryRule.objects.filter(pk=key).update(**values)


def outcome(loaded):
    return {
        name: getattr(loaded, name)
        for name in ("added", "updated", "kept", "differs", "gone")
        if getattr(loaded, name)
    }


def in_order(found):
    return {name: sorted(rows, key=lambda row: row.key) for name, rows in vars(found).items()}


class TestFirstAndAgain:
    def test_all_files_arrive_whole(self, recorded):
        loaded = load_reference()

        assert (loaded.rows, len(loaded.added)) == (ROWS, ROWS)
        assert in_order(rules()) == in_order(read_rules())
        assert recorded() == [("documents.reference_loaded", "system", "", f"{ROWS} added, 0 updated")]

    def test_again_does_nothing_in_one_query_a_table(self, recorded, django_assert_num_queries):
        load_reference()
        before = recorded()

        with django_assert_num_queries(TABLES + 2):
            assert outcome(load_reference()) == {}
        assert recorded() == before

    def test_the_first_takes_few_queries(self, django_assert_num_queries):
        with django_assert_num_queries(TABLES * 2 + 3):
            load_reference()

    def test_rules_take_one_query_a_table(self, django_assert_num_queries):
        load_reference()

        with django_assert_num_queries(8):
            rules()

    def test_types_come_in_the_order_of_the_list(self):
        load_reference()

        assert [one.code for one in types()][:3] == ["RU_INT", "RU_ZAG5", "RU_ZAG10"]
        assert list(types())[-1].code == "OTHER"


class TestNewFiles:
    def test_a_row_nobody_edited_follows_its_file(self, folder, recorded):
        load_reference()
        rewrite(folder, "entry_rules", KEY, begins="2025-06-02", note_en="Another day.")

        loaded = load_reference(folder=folder)

        row = EntryRule.objects.get(pk=KEY)
        assert outcome(loaded) == {"updated": [f"entry_rules/{KEY}"]}
        assert (row.begins, row.note_en, is_edited(row)) == (date(2025, 6, 2), "Another day.", False)
        assert recorded()[-1][3] == "0 added, 1 updated"
        assert outcome(load_reference(folder=folder)) == {}

    def test_an_edited_row_is_kept_and_named(self, recorded):
        load_reference()
        edit(begins=date(2025, 5, 3))
        before = recorded()

        assert outcome(load_reference()) == {"kept": [f"entry_rules/{KEY}"]}
        assert EntryRule.objects.get(pk=KEY).begins == date(2025, 5, 3)
        assert recorded() == before

    def test_an_edited_row_whose_file_changed_too_is_left_and_told_every_time(self, folder):
        load_reference()
        edit(begins=date(2025, 5, 3))
        rewrite(folder, "entry_rules", KEY, begins="2025-06-02")

        for _again in range(2):
            assert outcome(load_reference(folder=folder)) == {"differs": [f"entry_rules/{KEY}"]}
        assert EntryRule.objects.get(pk=KEY).begins == date(2025, 5, 3)

    def test_a_file_that_comes_to_say_the_same_settles_it(self, folder):
        load_reference()
        edit(begins=date(2025, 6, 2))
        rewrite(folder, "entry_rules", KEY, begins="2025-06-02")

        assert outcome(load_reference(folder=folder)) == {"updated": [f"entry_rules/{KEY}"]}
        assert not is_edited(EntryRule.objects.get(pk=KEY))
        assert outcome(load_reference(folder=folder)) == {}

    def test_a_row_that_left_the_files_stays_and_is_named_while_it_counts(self, folder):
        load_reference()
        rewrite(folder, "entry_rules", KEY)

        assert outcome(load_reference(folder=folder)) == {"gone": [f"entry_rules/{KEY}"]}
        assert EntryRule.objects.filter(pk=KEY).exists()

        edit(ends=timezone.localdate() - timedelta(days=1))
        assert outcome(load_reference(folder=folder)) == {}

    def test_a_row_that_was_added_here_is_nobodys_business(self):
        load_reference()
        SafetyRule.objects.create(
            key="tj-unsafe", country="TJ", danger="unsafe", source="A call", confidence="low"
        )

        assert outcome(load_reference()) == {}
        assert SafetyRule.objects.filter(pk="tj-unsafe").exists()

    def test_a_row_that_was_added_here_under_the_key_of_a_later_file_is_not_overwritten(self):
        EntryRule.objects.create(
            key=KEY,
            destination="FR",
            document="RU_ZAG5",
            effect="accepted",
            visa="none",
            source="A call",
            confidence="low",
        )

        assert outcome(load_reference())["differs"] == [f"entry_rules/{KEY}"]
        assert EntryRule.objects.get(pk=KEY).effect == "accepted"

    def test_a_code_that_was_added_here_under_another_key_stops_nothing(self):
        ours = next(row for row in read_tables()["document_types"] if row["code"] == "RU_RET")
        DocumentType.objects.create(**(ours | {"key": "our-own"}))

        loaded = load_reference()

        assert loaded.differs == ["document_types/ru-ret"]
        assert DocumentType.objects.get(code="RU_RET").key == "our-own"
        assert outcome(load_reference()) == {"differs": ["document_types/ru-ret"]}


class TestVerification:
    def test_who_verifies_a_row_again_has_not_edited_it(self, work_of_mira, folder):
        load_reference()
        verify_facts(facts=list(EntryRule.objects.filter(pk=KEY)), by=work_of_mira)
        row = EntryRule.objects.get(pk=KEY)

        assert (row.verified_on, is_edited(row)) == (timezone.localdate(), False)
        assert outcome(load_reference()) == {}
        assert EntryRule.objects.get(pk=KEY).verified_on == timezone.localdate()

        rewrite(folder, "entry_rules", KEY, begins="2025-06-02")
        load_reference(folder=folder)
        assert EntryRule.objects.get(pk=KEY).verified_on == date(2026, 11, 22)

    def test_a_later_day_in_the_file_is_taken_over(self, folder):
        load_reference()
        edit(verified_on=date(2026, 1, 1))

        assert outcome(load_reference()) == {"updated": [f"entry_rules/{KEY}"]}
        assert EntryRule.objects.get(pk=KEY).verified_on == date(2026, 11, 22)

    def test_an_edited_row_keeps_its_day(self):
        load_reference()
        edit(verified_on=date(2026, 1, 1), note_en="Ours.")

        assert outcome(load_reference()) == {"kept": [f"entry_rules/{KEY}"]}
        assert EntryRule.objects.get(pk=KEY).verified_on == date(2026, 1, 1)

    def test_it_is_recorded_with_the_rows(self, work_of_mira, recorded):
        load_reference()
        verify_facts(
            facts=list(EntryRule.objects.filter(destination="KZ", document="RU_INT")), by=work_of_mira
        )
        verify_facts(facts=[], by=work_of_mira)

        assert recorded()[-1] == ("documents.reference_verified", "mira", "", "entry_rules: kz-ru-int")

    @pytest.mark.parametrize(
        ("days", "again"),
        [(0, False), (180, False), (181, True), (None, True)],
    )
    def test_to_verify_after_180_days_or_if_never(self, days, again):
        load_reference()
        today = timezone.localdate()
        EntryRule.objects.update(verified_on=today)
        edit(verified_on=None if days is None else today - timedelta(days=days))

        row = EntryRule.objects.get(pk=KEY)

        assert to_verify()[EntryRule] == ([row] if again else [])
        assert row.is_stale is again

    def test_what_is_over_is_not_verified_again(self):
        load_reference()
        EntryRule.objects.update(verified_on=None, ends=timezone.localdate())
        assert len(to_verify()[EntryRule]) == EntryRule.objects.count()

        EntryRule.objects.update(ends=timezone.localdate() - timedelta(days=1))
        assert to_verify()[EntryRule] == []

    def test_what_was_never_verified_is_listed_by_table(self):
        load_reference()
        never = {
            model: {row.key for row in rows if row.verified_on is None} for model, rows in to_verify().items()
        }

        assert set(never) == set(all_models().values())
        assert {"ru-snils", "kz-res", "fr-ofpra", "other-passport"} <= never[DocumentType]
        assert {"schengen-ru-int", "tr-ru-zag5"} <= never[EntryRule]


class TestCommand:
    def said(self, capsys, **options):
        call_command("load_reference", **options)
        return capsys.readouterr().out

    def test_sentences(self, capsys, folder):
        assert self.said(capsys) == f"Reference data: {ROWS} rows added.\n"
        assert self.said(capsys) == f"Reference data: nothing to do, the files hold {ROWS} rows.\n"

        edit(begins=date(2025, 5, 3))
        edit("kz-ru-int", note_en="Ours.")
        rewrite(folder, "entry_rules", KEY, begins="2025-06-02")
        rewrite(folder, "entry_rules", "am-ru-int", note_en="By air.")
        rewrite(folder, "exit_rules", "kz-exit-barred")

        assert self.said(capsys, folder=folder).splitlines() == [
            "Reference data: 1 row brought up to date: entry_rules/am-ru-int.",
            "Edited here and kept: entry_rules/kz-ru-int.",
            f"Edited here, and the file now says something else: entry_rules/{KEY}. "
            "Nothing was overwritten: open each in the admin panel, compare, and save.",
            "No longer in the files, but still in force here: exit_rules/kz-exit-barred. "
            "To close one, set its last day in the admin panel.",
        ]

    def test_a_start_speaks_only_of_what_is_new_or_open(self, capsys):
        assert self.said(capsys, verbosity=0) == f"Reference data: {ROWS} rows added.\n"
        edit(note_en="Ours.")
        assert self.said(capsys, verbosity=0) == ""

    def test_a_bad_file_changes_nothing(self, folder, recorded):
        rewrite(folder, "safety_rules", "kz-extradites", danger="bad")

        with pytest.raises(CommandError) as raised:
            call_command("load_reference", folder=folder)

        assert str(raised.value) == (
            "The reference data was not loaded, nothing was changed. safety_rules.csv, line 2, column danger: "
            'holds "bad"; possible are extradites, unsafe, visible, unknown.'
        )
        assert [model.objects.count() for model in all_models().values()] == [0] * TABLES
        assert recorded() == []

    def test_a_bad_file_is_no_crash_for_other_callers(self, tmp_path):
        with pytest.raises(BadFile):
            load_reference(folder=tmp_path)


@pytest.fixture
def work_of_mira():
    from tests.staff.factories import make_person

    return make_person("Mira", ["administrator"])
