"""The recipient's own Excel form: what is brought, what is refused, and what is filled from what was approved."""

import io
import shutil
from dataclasses import replace

import openpyxl
import pytest
import pyzipper
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from cases.disclosures import operations, queries
from cases.disclosures.models import Disclosure, Form, RecipientForm
from cases.disclosures.packing.blank import NotBlank, Unfit, filled, read_blank
from cases.disclosures.refusals import NoColumn, NoForm, NoSuchColumn, SetAlready
from cases.sheets.refusals import NotASpreadsheet, Unreadable
from cases.staff.models import random_id
from tests.disclosures.factories import TERMS, blank_book, make_export, make_form
from tests.disclosures.test_ordinary_tools import program, run, unpacked
from tests.disclosures.test_packing import NAME, TOKENS, shown, written_files
from tests.scanner import leaks

pytestmark = pytest.mark.django_db
LIMIT = 1_000_000
THEIRS = replace(TERMS, form=Form.THEIRS)
PEOPLE = [["Кулебякин", "04.11.1990"], ['=HYPERLINK("x")', "+33 1 <&> \x07 2"]]
COLUMNS = {"B": 0, "C": 1}


def sheet_of(content):
    return openpyxl.load_workbook(io.BytesIO(content)).active


class TestReading:
    def test_the_fullest_of_the_first_rows_holds_the_headings(self):
        found = read_blank(blank_book(), limit=LIMIT)

        assert (found.row, found.headings["B"], set(found.taken)) == (3, "Surname", {"A"})
        with pytest.raises(NotBlank):
            read_blank(blank_book(), limit=LIMIT, row=2)

    @pytest.mark.parametrize("row", [1, 40])
    def test_a_row_without_headings_is_refused(self, row):
        with pytest.raises(Unfit):
            read_blank(blank_book(numbers=0), limit=LIMIT, row=row)

    def test_a_form_that_is_filled_in_is_refused(self):
        def fill(book):
            book.active["D5"] = "Кулебякин"

        with pytest.raises(NotBlank) as refused:
            read_blank(blank_book(change=fill), limit=LIMIT)
        assert refused.value.row == 5

    def test_joined_cells_below_the_headings_are_refused_and_above_them_not(self):
        read_blank(blank_book(change=lambda book: book.active.merge_cells("A2:D2")), limit=LIMIT)
        with pytest.raises(Unfit):
            read_blank(blank_book(change=lambda book: book.active.merge_cells("B5:C5")), limit=LIMIT)

    def test_macros_are_refused(self):
        with pytest.raises(Unfit):
            read_blank(with_part(blank_book(), "xl/vbaProject.bin", b"x"), limit=LIMIT)

    def test_entities_are_refused(self):
        content = blank_book()
        name = "xl/workbook.xml"
        bomb = b'<!DOCTYPE x [<!ENTITY a "b">]>' + part_of(content, name)
        with pytest.raises(Unreadable):
            read_blank(with_part(content, name, bomb), limit=LIMIT)

    @pytest.mark.parametrize("content", [b"", b"a;b;c", b"%PDF-1.7", b"PK\x03\x04 no"])
    def test_what_is_no_xlsx_is_refused(self, content):
        with pytest.raises(Unreadable):
            read_blank(content, limit=LIMIT)
        if content == b"a;b;c":
            with pytest.raises(NotASpreadsheet):
                read_blank(content, limit=LIMIT)


def part_of(content, name):
    with pyzipper.ZipFile(io.BytesIO(content)) as parts:
        return parts.read(name)


def with_part(content, name, part):
    sink = io.BytesIO()
    with pyzipper.ZipFile(io.BytesIO(content)) as before, pyzipper.ZipFile(sink, "w") as after:
        for info in before.infolist():
            if info.filename != name:
                after.writestr(info.filename, before.read(info.filename))
        after.writestr(name, part)
    return sink.getvalue()


class TestFilling:
    def test_each_person_gets_a_row_and_the_rest_stays(self):
        page = sheet_of(filled(blank_book(), row=3, columns=COLUMNS, people=PEOPLE))

        assert [cell.value for cell in page[4]] == [1, "Кулебякин", "04.11.1990", None]
        assert [cell.value for cell in page[6]][:2] == [3, None]
        assert page["A2"].value == "Ministry of Examples"
        assert page["B4"].font.bold

    def test_nothing_becomes_a_formula_and_no_sign_breaks_it(self):
        page = sheet_of(filled(blank_book(), row=3, columns=COLUMNS, people=PEOPLE))

        assert (page["B5"].value, page["B5"].data_type) == ('=HYPERLINK("x")', "s")
        assert page["C5"].value == "+33 1 <&>  2"

    def test_more_people_than_rows_get_rows_of_the_same_look(self):
        page = sheet_of(filled(blank_book(numbers=1), row=3, columns=COLUMNS, people=PEOPLE * 3))

        assert [page.cell(row, 2).value for row in range(4, 10)] == [one[0] for one in PEOPLE] * 3
        assert all(page.cell(row, 2).font.bold for row in range(4, 10))

    def test_every_other_part_stays_as_it_was(self):
        before = blank_book()
        after = filled(before, row=3, columns=COLUMNS, people=PEOPLE)
        with pyzipper.ZipFile(io.BytesIO(before)) as one, pyzipper.ZipFile(io.BytesIO(after)) as other:
            assert one.namelist() == other.namelist()
            changed = [name for name in one.namelist() if one.read(name) != other.read(name)]
        assert changed == ["xl/worksheets/sheet1.xml"]

    def test_a_form_of_another_program_is_filled_too(self):
        """With a prefix before every element, as some libraries write it."""
        name = "xl/worksheets/sheet1.xml"
        content = blank_book()
        text = (
            part_of(content, name).decode().replace("<", "<x:").replace("<x:/", "</x:").replace("<x:?", "<?")
        )
        prefixed = with_part(content, name, text.replace("xmlns=", "xmlns:x=").encode())
        page = sheet_of(filled(prefixed, row=3, columns=COLUMNS, people=PEOPLE))

        assert page["B4"].value == "Кулебякин"

    def test_no_file_is_written(self):
        content = blank_book()

        assert written_files(lambda: filled(content, row=3, columns=COLUMNS, people=PEOPLE)) == []


@pytest.fixture
def theirs(work):
    return make_form(by=work.olga)


class TestKeeping:
    def test_what_goes_into_its_columns_is_said_once(self, theirs, work, recorded):
        with pytest.raises(SetAlready):
            operations.set_columns(form=theirs, columns={"B": "name"}, by=work.olga)
        assert theirs.columns == {"B": "family_name", "C": "birth_date"}
        assert theirs in queries.forms_in_use()

    @pytest.mark.parametrize(
        "columns", [{}, {"B": ""}, {"A": "name"}, {"B": "invented"}, {"B": "name", "C": "name"}]
    )
    def test_columns_that_make_no_sense_are_refused(self, work, columns):
        form = make_form(by=work.olga, columns={})
        with pytest.raises(NoSuchColumn):
            operations.set_columns(form=form, columns=columns, by=work.olga)
        assert form not in queries.forms_in_use()

    def test_put_away_it_is_offered_no_more(self, theirs, work, recorded):
        for _ in range(2):
            operations.retire_form(form=theirs, by=work.olga)

        assert theirs not in queries.forms_in_use()
        assert recorded().count("disclosures.form_retired") == 1


class TestAsking:
    def test_only_with_a_form_in_use(self, heron, work, theirs):
        with pytest.raises(NoForm):
            make_export(heron, by=work.olga, terms=THEIRS, fields=["family_name"])
        unset = make_form(by=work.olga, columns={})
        operations.retire_form(form=(old := make_form(by=work.olga)), by=work.olga)
        old.refresh_from_db()
        for wrong in (unset, old):
            with pytest.raises(NoForm):
                make_export(
                    heron,
                    by=work.olga,
                    terms=replace(THEIRS, recipient_form=wrong),
                    fields=["family_name"],
                )
        with pytest.raises(NoColumn, match="Telephone"):
            make_export(
                heron,
                by=work.olga,
                terms=replace(THEIRS, recipient_form=theirs),
                fields=["family_name", "phone"],
            )

    def test_the_database_holds_it_too(self, heron, work, theirs):
        export = make_export(
            heron, by=work.olga, terms=replace(THEIRS, recipient_form=theirs), fields=["family_name"]
        )
        for wrong in ({"recipient_form": None}, {"form": "zip"}):
            with pytest.raises(IntegrityError), transaction.atomic():
                type(export).objects.filter(pk=export.pk).update(**wrong)


class TestLeaving:
    @pytest.fixture
    def collected(self, heron, work):
        theirs = make_form(by=work.olga, columns={"B": "name", "C": "birth_date"})
        olga, tim = work.unlocked(work.olga), work.unlocked(work.tim)
        # The birth date was not asked for: its column stays empty.
        export = make_export(
            heron,
            by=work.olga,
            terms=replace(THEIRS, recipient_form=theirs),
            fields=["name"],
            unlocked=olga,
        )
        operations.answer_export(export=export, approve=True, unlocked=tim, by=work.tim)
        operations.retire_form(form=theirs, by=work.olga)
        return operations.collect_export(export=export, expected=[heron.pk], unlocked=olga, by=work.olga)

    def test_what_was_approved_is_filled_in_and_nothing_else(self, collected, tmp_path):
        package = collected.package
        with pyzipper.AESZipFile(io.BytesIO(package.content)) as opened:
            opened.setpassword(package.words.encode())
            page = sheet_of(opened.read("people.xlsx"))

        assert [cell.value for cell in page[4]] == [1, NAME, None, None]
        assert shown(package.content) == []
        assert Disclosure.objects.get().recipient_form.title == "List of the ministry"

    def test_it_opens_with_seven_zip_and_libreoffice(self, collected, tmp_path):
        (path := tmp_path / collected.package.name).write_bytes(collected.package.content)
        folder = tmp_path / "out"
        folder.mkdir()
        for wrong in ("", "x"):
            opened, seen = unpacked(path, wrong, folder)
            assert (opened, leaks(TOKENS, *seen)) == (False, [])
            shutil.rmtree(folder)
            folder.mkdir()
        opened, _seen = unpacked(path, collected.package.words, folder)
        assert opened
        went_well, said = run(
            program("soffice", "libreoffice"),
            "--headless",
            "--convert-to",
            "csv:Text - txt - csv (StarCalc):44,34,76",
            "--outdir",
            str(folder),
            str(folder / "people.xlsx"),
            home=tmp_path,
        )
        assert went_well, said
        assert f"1,{NAME},," in (folder / "people.csv").read_text()


class TestPages:
    def send(self, browser, name, *rows, **data):
        return browser.send(reverse(f"disclosures:{name}", args=[row.pk for row in rows]), **data)

    def brought(self, content, **more):
        file = SimpleUploadedFile("form.xlsx", content)
        return {"new_id": str(random_id()), "title": "List", "file": file} | more

    def test_from_the_file_to_the_columns(self, browse, work):
        olga = browse(work.olga)
        assert self.send(olga, "form_add", **self.brought(blank_book())).status_code == 204
        form = RecipientForm.objects.get()
        page = olga.get(form.get_absolute_url())
        assert page.context["form"]["B"].initial == "family_name"
        twice = self.send(olga, "form", form, B="name", C="name")
        assert list(twice.context["form"].errors) == ["C"]
        assert self.send(olga, "form", form, B="family_name", C="birth_date").status_code == 204
        form.refresh_from_db()
        assert form.columns == {"B": "family_name", "C": "birth_date"}
        assert "Surname" in olga.get(form.get_absolute_url()).content.decode()
        self.send(olga, "form_retire", form)
        assert not queries.forms_in_use()

    @pytest.mark.parametrize(
        ("content", "said"),
        [
            (blank_book(change=lambda book: book.active.__setitem__("D5", "Кулебякин")), "in row 5"),
            (blank_book(change=lambda book: book.active.merge_cells("B5:C5")), "cannot be filled"),
            (b"a;b", "no spreadsheet"),
        ],
    )
    def test_what_cannot_be_used_is_said_beside_the_file(self, browse, work, content, said):
        answer = self.send(browse(work.olga), "form_add", **self.brought(content))

        assert list(answer.context["form"].errors) == ["file"]
        assert said in answer.content.decode()
        assert answer.context["form"]["title"].value() == "List"
        assert not RecipientForm.objects.exists()

    def test_asking_names_what_has_no_column(self, browse, work, heron, theirs):
        said = {
            "new_id": str(random_id()),
            "people": str(heron.pk),
            "identity": ["family_name", "phone"],
            "packed_as": "theirs",
            "recipient_form": str(theirs.pk),
            "reason": "visas",
            "language": "fr",
        }
        said |= {
            name: getattr(TERMS, name)
            for name in ("recipient", "organisation", "audience", "channel", "ground")
        }
        olga = browse(work.olga, unlocked=True)
        answer = self.send(olga, "ask", **said, ground_reference="form")
        assert list(answer.context["form"].errors) == ["recipient_form"]
        said["identity"] = ["family_name"]
        assert self.send(olga, "ask", **said, ground_reference="form").status_code == 204
