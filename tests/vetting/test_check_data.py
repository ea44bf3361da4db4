"""The catalogue of checks: its file, its way into the database, its page in the admin panel."""

import csv
import re
import shutil
from datetime import date

import pytest

from cases.applicants.models import Category
from cases.documents.operations.reference import load_reference
from cases.documents.queries.reference import to_verify
from cases.documents.reference.files import BadFile
from cases.documents.tables import SHELVES, file_says_else, is_edited
from cases.staff.roles import Role
from cases.vetting.models import CheckKind
from cases.vetting.reference.columns import FILES, HERE
from tests.staff.factories import login, make_person

SHELF = next(shelf for shelf in SHELVES if "checks" in shelf.files)
ROWS = {row["code"]: row for row in SHELF.read()["checks"]}
CODES = [f"V{number:02}" for number in range(1, 21)]
NEEDED = {"V01", "V03", "V04", "V05", "V08", "V09", "V12"}
SOLDIERS = {"contract", "conscript", "mobilised", "officer"}
URL = "/admin/vetting/checkkind/"


def checks_for(category):
    return {code for code, row in ROWS.items() if not row["categories"] or category in row["categories"]}


class TestFile:
    def test_every_check_is_there_in_its_order(self):
        assert sorted(ROWS, key=lambda code: ROWS[code]["order"]) == CODES

    @pytest.mark.parametrize("code", CODES)
    def test_a_check_speaks_three_languages_and_says_where_it_comes_from(self, code):
        row = ROWS[code]
        for text in ("name", "question", "method", "flags"):
            said = [row[f"{text}_{language}"] for language in ("en", "fr", "ru")]

            assert len(set(said)) == 3
            assert all(said)
            assert re.search("[а-яё]", said[2], re.I)
        assert row["question_en"].endswith("?")
        assert row["source"]
        # Only what was read is called verified.
        assert row["verified_on"] == (date(2026, 11, 22) if row["confidence"] == "found" else None)

    def test_what_support_needs_and_what_only_a_lawyer_answers(self):
        assert {code for code, row in ROWS.items() if row["needed"]} == NEEDED
        assert [code for code, row in ROWS.items() if row["for_lawyer"]] == ["V09"]

    @pytest.mark.parametrize("category", sorted(SOLDIERS))
    def test_who_served_is_asked_everything_but_the_free_will_of_relatives(self, category):
        assert checks_for(category) == set(CODES) - {"V19"}

    @pytest.mark.parametrize(
        ("category", "codes"),
        [
            (
                "draft_refuser",
                "V01 V02 V03 V09 V10 V11 V12 V13 V14 V15 V16 V17 V18 V20",
            ),
            ("partner", "V01 V02 V12 V14 V18 V19 V20"),
            ("dependant", "V01 V02 V12 V18 V19 V20"),
            ("child", "V01 V02 V19"),
        ],
    )
    def test_who_did_not_serve_is_not_asked_about_a_service(self, category, codes):
        assert checks_for(category) == set(codes.split())

    def test_a_table_can_hold_what_the_file_holds(self):
        for row in ROWS.values():
            CheckKind(**row).clean_fields()
        assert set(FILES["checks"]) == {
            field.name for field in CheckKind._meta.fields if field.name != "loaded"
        }

    @pytest.mark.parametrize(
        ("cells", "sentence"),
        [
            (
                {"categories": "contract;king"},
                f'categories: holds "king"; possible are {", ".join(Category.values)}, with ; between them.',
            ),
            ({"code": "v1"}, 'code: holds "v1"; it should look like V01.'),
            ({"question_ru": ""}, "question_ru: is empty."),
            ({"needed": "no"}, 'needed: holds "no"; it should be yes or empty.'),
            ({"valid_days": "soon"}, 'valid_days: holds "soon"; it should be a whole number.'),
        ],
    )
    def test_a_bad_cell_is_named(self, tmp_path, cells, sentence):
        rewrite(tmp_path, "V01", **cells)

        with pytest.raises(BadFile) as raised:
            SHELF.read(tmp_path)

        assert str(raised.value) == f"checks.csv, line 2, column {sentence}"


def rewrite(folder, check, **cells):
    """Put a copy of the file into `folder`, with some cells of one row changed."""
    with (HERE / "checks.csv").open(newline="", encoding="utf-8") as text:
        reader = csv.DictReader(text)
        rows = [row | cells if row["code"] == check else row for row in reader]
    with (folder / "checks.csv").open("w", newline="", encoding="utf-8") as text:
        writer = csv.DictWriter(text, reader.fieldnames)
        writer.writeheader()
        writer.writerows(rows)


@pytest.mark.django_db
class TestLoading:
    def test_the_checks_arrive_with_the_rules_of_travel(self):
        loaded = load_reference()

        kind = CheckKind.objects.get(code="V03")
        assert list(CheckKind.objects.values_list("code", flat=True)) == CODES
        assert set(kind.categories) == SOLDIERS | {"draft_refuser"}
        assert (kind.needed, kind.for_lawyer, is_edited(kind)) == (True, False, False)
        assert [name for name in loaded.added if name == "entry_rules/kz-ru-int"] != []
        assert load_reference().added == load_reference().updated == []

    def test_a_list_that_was_edited_here_is_kept_and_compared(self, tmp_path):
        load_reference()
        CheckKind.objects.filter(code="V19").update(categories=["partner"])
        kind = CheckKind.objects.get(code="V19")

        assert load_reference().kept == ["checks/v19"]
        assert file_says_else(kind) == {"categories": ["partner", "child", "dependant"]}
        assert is_edited(kind)

    def test_a_list_that_changed_in_the_file_arrives(self, tmp_path):
        load_reference()
        for shelf in SHELVES:
            for name in shelf.files:
                shutil.copy(shelf.folder / f"{name}.csv", tmp_path)
        rewrite(tmp_path, "V19", categories="")

        assert load_reference(folder=tmp_path).updated == ["checks/v19"]
        assert CheckKind.objects.get(code="V19").categories == []

    def test_checks_that_nobody_verified_are_in_the_list_of_what_to_verify(self):
        load_reference()
        CheckKind.objects.filter(code__in=["V05", "V08"]).update(verified_on=date(2026, 11, 22))

        assert {"V01", "V09", "V20"} <= {row.code for row in to_verify()[CheckKind]}


@pytest.mark.django_db
class TestAdminPage:
    @pytest.fixture
    def as_cora(self, client):
        load_reference()
        return login(client, make_person("Cora", [Role.COORDINATOR]))

    @pytest.mark.parametrize("role", Role)
    def test_who_may_enter(self, client, role):
        load_reference()
        login(client, make_person("Somebody", [role]))
        allowed = role in (Role.ADMINISTRATOR, Role.COORDINATOR)

        for page in (URL, f"{URL}v01/change/", f"{URL}add/"):
            assert client.get(page, follow=True).status_code == (200 if allowed else 403)

    def filled(self, client, url):
        form = client.get(url).context["adminform"].form
        data = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
        return {name: value for name, value in data.items() if value not in (None, False)}

    def test_for_whom_a_check_is_can_be_ticked(self, as_cora):
        url = f"{URL}v19/change/"
        answer = as_cora.post(url, self.filled(as_cora, url) | {"categories": ["partner", "child"]})

        assert answer.status_code == 302
        assert CheckKind.objects.get(code="V19").categories == ["partner", "child"]
        assert "partner, child, dependant" in as_cora.get(url).content.decode()

    def test_saving_unchanged_edits_nothing(self, as_cora):
        url = f"{URL}v19/change/"
        as_cora.post(url, self.filled(as_cora, url))

        assert not is_edited(CheckKind.objects.get(code="V19"))

    def test_what_cannot_be_is_said(self, as_cora):
        url = f"{URL}v19/change/"
        answer = as_cora.post(url, self.filled(as_cora, url) | {"categories": ["king"], "question_fr": ""})

        assert set(answer.context["adminform"].form.errors) == {"categories", "question_fr"}
        assert CheckKind.objects.get(code="V19").categories == ["partner", "child", "dependant"]
