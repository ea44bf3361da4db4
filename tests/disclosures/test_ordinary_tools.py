"""What leaves opens with the tools that a ministry has, given the password, and shows nothing without: 7-Zip, a PDF reader, LibreOffice."""

import os
import shutil
import subprocess

import pytest

from cases.disclosures.models import Form
from cases.disclosures.packing import archive, pack, paper, table
from tests.disclosures.test_packing import NAME, TOKENS, sheet
from tests.scanner import leaks

WRONG = "not-the-password"


def program(*names):
    found = next(filter(None, map(shutil.which, names)), None)
    if not found:
        missing = f"{names[0]} is not installed"
        pytest.fail(missing) if os.environ.get("REQUIRE_TOOLS") == "1" else pytest.skip(missing)
    return found


def run(*command, home):
    """Return whether it went well, and everything it said."""
    done = subprocess.run(
        command,
        # Nobody is there to be asked for a password.
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=120,
        check=False,
        env=os.environ | {"HOME": str(home)},
    )
    return done.returncode == 0, done.stdout + done.stderr


def unpacked(path, words, folder):
    """Whether 7-Zip unpacks all of it, and the bytes that then lie there."""
    went_well, said = run(
        program("7zz", "7z"), "x", "-y", f"-p{words}", f"-o{folder}", str(path), home=folder
    )
    return went_well, [said, *(one.read_bytes() for one in folder.rglob("*") if one.is_file())]


def read_pdf(path, words, folder):
    """Whether a PDF reader opens it, and its text. The command line of poppler cuts a password at 32 signs, so qpdf opens it."""
    plain = folder / "plain.pdf"
    opened, said = run(
        program("qpdf"), f"--password={words}", "--decrypt", str(path), str(plain), home=folder
    )
    if not opened:
        return opened, [said]
    went_well, text = run(program("pdftotext"), str(plain), "-", home=folder)
    return went_well, [text]


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "out"
    made.mkdir()
    return made


READERS = [(Form.ZIP, unpacked), (Form.PDF, read_pdf)]


@pytest.mark.parametrize(("form", "read"), READERS)
def test_it_opens_with_the_password_and_with_no_other(form, read, tmp_path, folder):
    package = pack(sheet(), form=form)
    (path := tmp_path / package.name).write_bytes(package.content)

    for wrong in ("", "x", WRONG):
        opened, shown = read(path, wrong, folder)
        assert (opened, leaks(TOKENS, package.content, *shown)) == (False, [])
    opened, shown = read(path, package.words, folder)
    assert opened
    assert any(NAME.encode() in one for one in shown)


def plain_zip():
    return archive.plain({"people.csv": table.as_csv(sheet())})


def plain_pdf():
    return paper.plain(sheet())


@pytest.mark.parametrize(("made", "read"), [(plain_zip, unpacked), (plain_pdf, read_pdf)])
@pytest.mark.parametrize("wrong", ["", WRONG])
def test_a_package_that_is_not_encrypted_would_be_noticed(made, read, wrong, tmp_path, folder):
    (path := tmp_path / "plain").write_bytes(made())
    opened, shown = read(path, wrong, folder)

    assert opened
    assert leaks(TOKENS, *shown) != []


def test_libreoffice_reads_the_table(tmp_path, folder):
    office = program("soffice", "libreoffice")
    package = pack(sheet(), form=Form.ZIP)
    (path := tmp_path / package.name).write_bytes(package.content)
    unpacked(path, package.words, folder)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    made = tmp_path / "made"
    # With nobody to ask, it wants to be told what its window sees by itself: commas, quotes, UTF-8.
    command = [office, profile, "--headless", "--infilter=Text - txt - csv (StarCalc):44,34,76,1"]
    command += ["--convert-to", "html", "--outdir", str(made)]
    went_well, said = run(*command, str(next(folder.rglob("people.csv"))), home=tmp_path)

    assert went_well, said
    page = (made / "people.html").read_text(encoding="utf-8")
    assert NAME in page
    # Each column in a cell of its own.
    assert page.count("<td") >= 6
