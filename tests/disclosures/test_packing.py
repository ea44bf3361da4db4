"""Each form opens for who has the password, with a reader that did not write it, and shows nothing to anybody else."""

import csv
import io
import sys
import zipfile
import zlib

import pypdf
import pypdfium2
import pyrage
import pytest
import pyzipper
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC

from cases.disclosures import packing
from cases.disclosures.models import Form, RecipientForm
from cases.disclosures.packing import Column, Sheet, archive, pack, paper, table
from cases.sheets.formulas import defused_text
from tests.disclosures.factories import blank_book
from tests.scanner import leaks

NAME = "Еремей Кулебякин"
TOKENS = (NAME, "Кулебякин", "Kulebyakin", "75 1234567", "Olga Owner")


def sheet(people=None, language="en", mark="Olga Owner, 23 Nov 2026"):
    columns = [Column("name", "Full name"), Column("latin_name", "Latin"), Column("papers", "Papers")]
    said = people or [[[NAME], ["Kulebyakin"], ["Passport 75 1234567"]]]
    about = [("For", "Mme Laure Fabre"), ("From", "Olga Owner")]
    return Sheet(
        language, "Personal data", about, ["Give it to nobody else."], "Handed over by", mark, columns, said
    )


def shown(content):
    """What of the tokens a thief finds in the bytes, or in any stream inside them that unpacks."""
    places = [content]
    for at in range(len(content) - 1):
        for bits in (15, -15):
            if bits == 15 and content[at] & 0x0F != 8:
                continue
            if bits == -15 and content[at - 2 : at] != b"\n\n" and at not in local_data(content):
                continue
            unpacker = zlib.decompressobj(bits)
            try:
                places.append(unpacker.decompress(content[at:], 1 << 20))
            except zlib.error:
                continue
    if content.startswith(b"%PDF"):
        places.append(read_without_words(content))
    return leaks(TOKENS, *places)


def read_without_words(content):
    """A PDF names its letters by number, so a thief opens it with a reader."""
    try:
        return pdf_text(content, None)
    except pypdfium2.PdfiumError:
        return ""


def local_data(content):
    """Where the bytes of the files in a ZIP begin."""
    found, at = set(), content.find(b"PK\x03\x04")
    while at >= 0:
        name, more = (int.from_bytes(content[at + 26 + gap : at + 28 + gap], "little") for gap in (0, 2))
        found.add(at + 30 + name + more)
        at = content.find(b"PK\x03\x04", at + 4)
    return found


def pdf_text(content, words):
    document = pypdfium2.PdfDocument(content, password=words)
    return "\n".join(page.get_textpage().get_text_range() for page in document)


def open_as_winzip_wrote_down(content, name, words):
    """The published format by hand: PBKDF2, a check of the password, AES in counter mode, an authentication code."""
    with zipfile.ZipFile(io.BytesIO(content)) as outer:
        entry = outer.getinfo(name)
    at = entry.header_offset
    skip = sum(int.from_bytes(content[at + gap : at + gap + 2], "little") for gap in (26, 28))
    data = content[at + 30 + skip :][: entry.compress_size]
    salt, check, sealed = data[:16], data[16:18], data[18:-10]
    keys = PBKDF2HMAC(SHA1(), 66, salt, 1000).derive(words.encode())
    assert keys[64:] == check
    clear = b""
    for number in range(0, len(sealed), 16):
        counter = (number // 16 + 1).to_bytes(16, "little")
        stream = Cipher(algorithms.AES(keys[:32]), modes.ECB()).encryptor().update(counter)
        clear += bytes(a ^ b for a, b in zip(sealed[number : number + 16], stream, strict=False))
    return zlib.decompress(clear, -15), entry


def test_the_zip_opens_with_the_words_and_holds_a_table():
    package = pack(sheet(), form=Form.ZIP)
    with pyzipper.AESZipFile(io.BytesIO(package.content)) as opened:
        opened.setpassword(package.words.encode())
        files = {name: opened.read(name) for name in opened.namelist()}
    [heading, row] = csv.reader(io.StringIO(files["people.csv"].decode("utf-8-sig")))

    assert heading == ["#", "Full name", "Latin", "Papers", "Handed over by"]
    assert row == ["1", NAME, "Kulebyakin", "Passport 75 1234567", "Olga Owner, 23 Nov 2026"]
    assert "For: Mme Laure Fabre" in files["README.txt"].decode("utf-8-sig")


def test_the_zip_opens_by_the_published_format_alone():
    package = pack(sheet(), form=Form.ZIP)
    clear, entry = open_as_winzip_wrote_down(package.content, "people.csv", package.words)

    assert NAME in clear.decode("utf-8-sig")
    # Of the second version: no checksum of the clear text, by which a guess at a name could be proven.
    assert (entry.CRC, entry.flag_bits & 1) == (0, 1)


def test_the_pdf_opens_with_the_words():
    package = pack(sheet(), form=Form.PDF)
    text = pdf_text(package.content, package.words)

    assert NAME in text
    assert "1 / 1" in text
    assert pypdf.PdfReader(io.BytesIO(package.content)).trailer["/Encrypt"]["/R"] == 6


def test_the_age_files_open_with_words_or_key():
    mine = pyrage.x25519.Identity.generate()
    by_words = pack(sheet(), form=Form.AGE_WORDS)
    by_key = pack(sheet(), form=Form.AGE_KEY, age_key=str(mine.to_public()))
    inside = [
        pyrage.passphrase.decrypt(by_words.content, by_words.words),
        pyrage.decrypt(by_key.content, [mine]),
    ]

    for opened in inside:
        with zipfile.ZipFile(io.BytesIO(opened)) as files:
            assert NAME in files.read("people.csv").decode("utf-8-sig")
    assert by_key.words == ""
    assert [shown(one.content) for one in (by_words, by_key)] == [[], []]


@pytest.mark.parametrize("form", [Form.PDF, Form.ZIP])
def test_without_the_words_nothing_is_shown(form):
    package = pack(sheet(), form=form)
    words = package.words[:-1]

    assert shown(package.content) == []
    if form == Form.PDF:
        with pytest.raises(pypdfium2.PdfiumError):
            pypdfium2.PdfDocument(package.content, password=words)
    else:
        with pyzipper.AESZipFile(io.BytesIO(package.content)) as opened, pytest.raises(RuntimeError):
            opened.read("people.csv", pwd=words.encode())


def test_a_build_without_encryption_would_be_seen():
    files = {"README.txt": table.as_readme(sheet()), "people.csv": table.as_csv(sheet())}

    assert shown(archive.plain(files)) != []
    assert shown(b"".join(files.values())) != []
    assert shown(paper.plain(sheet())) != []


def test_the_words_are_eight_new_ones_each_time_and_the_name_of_the_file_is_chance():
    first, second = (pack(sheet(), form=Form.ZIP) for _ in range(2))

    assert [len(one.words.split("-")) for one in (first, second)] == [8, 8]
    assert first.words != second.words
    assert first.words.isascii()
    assert first.name != second.name
    assert first.words not in repr(first)
    assert NAME not in repr(sheet())


@pytest.mark.parametrize("text", ["=1+1", "+7 701 555", "-1", "@me", "\t=1", " =1", "＝1", "'=1", "a\n=1"])
def test_no_cell_begins_a_formula(text):
    people = [[[text], [], []]]
    [_heading, row] = csv.reader(io.StringIO(table.as_csv(sheet(people)).decode("utf-8-sig")))

    assert row[1] == ("a; =1" if text.startswith("a") else f"'{text.strip()}")


def test_what_begins_no_formula_stays_as_it_is():
    assert [defused_text(text) for text in ("Анна-Мария", "7 + 1", "")] == ["Анна-Мария", "7 + 1", ""]


def test_where_commas_stand_in_numbers_cells_part_at_semicolons():
    assert b'"#";"Full name"' in table.as_csv(sheet(language="fr"))
    assert b'"#","Full name"' in table.as_csv(sheet(language="en"))


def test_what_is_typed_into_a_name_is_no_markup():
    package = pack(sheet([[['#panic("x") $x$ *b* \\ <a>'], ["-"], []]]), form=Form.PDF)

    assert "#panic" in pdf_text(package.content, package.words)


def test_forty_people_fill_numbered_pages_and_nothing_runs_off():
    people = [
        [[f"{NAME} {number}"], ["Éléonore d’Aubigné-Saint-Maur" * 4], ["Ж" * 300]] for number in range(40)
    ]
    package = pack(sheet(people), form=Form.PDF)
    document = pypdfium2.PdfDocument(package.content, password=package.words)
    pages = len(document)

    assert pages > 2
    for number, page in enumerate(document, start=1):
        text = page.get_textpage()
        assert f"{number} / {pages}" in text.get_text_range()
        assert "Olga Owner, 23 Nov 2026" in text.get_text_range()
        boxes = [text.get_charbox(at) for at in range(text.count_chars())]
        assert max(box[2] for box in boxes) <= page.get_width()
    # What is broken anywhere is whole again without the marks where it may break.
    assert "Ж" * 300 in pdf_text(package.content, package.words).replace("\u200b", "").replace("\r\n", "")


# Everything that may not be written to; what the libraries read is their own code and fonts.
_WRITING = ("w", "a", "x", "+")


@pytest.mark.parametrize("form", list(Form))
def test_nothing_clear_touches_the_disk(form, monkeypatch, tmp_path):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    key = str(pyrage.x25519.Identity.generate().to_public())

    theirs = (
        RecipientForm(content=blank_book(), row=3, columns={"B": "name"}) if form == Form.THEIRS else None
    )
    assert written_files(lambda: pack(sheet(), form=form, age_key=key, blank=theirs)) == []
    assert list(tmp_path.iterdir()) == []


def test_a_library_that_writes_a_temporary_file_would_be_seen():
    import openpyxl

    book = openpyxl.Workbook()
    book.active.append([NAME])

    assert written_files(lambda: book.save(io.BytesIO())) != []


def written_files(act):
    """The files that Python opens for writing meanwhile, wherever that is."""
    found, watching = [], True

    def watch(event, arguments):
        if not watching:
            return
        if (
            event == "open"
            and isinstance(arguments[1], str)
            and any(sign in arguments[1] for sign in _WRITING)
        ):
            found.append(arguments[0])
        if event == "open" and isinstance(arguments[2], int) and arguments[2] & 0o3:
            found.append(arguments[0])
        if event in ("tempfile.mkstemp", "tempfile.mkdtemp"):
            found.append(arguments[0])

    sys.addaudithook(watch)
    act()
    watching = False
    return found


def test_an_age_key_is_read_or_refused():
    key = str(pyrage.x25519.Identity.generate().to_public())

    assert str(packing.read_age_key(f" {key}\n")) == key
    assert packing.read_age_key("age1nonsense") is None
    assert packing.read_age_key("") is None
