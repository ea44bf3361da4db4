"""What stands in braces: a closed list, and nothing of it is left in a letter."""

import io

import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.documents.tables import SHELVES
from cases.letters import placeholders
from cases.letters.paper import as_pdf

KNOWN = [*placeholders.PLACEHOLDERS, *placeholders.OWN]
# What typst reads as markup, and what Python and HTML would.
MARKUP = st.text(alphabet="#[]{}$*_`@<>\\/\"'=+-~% \nаяё", max_size=40)
TEXTS = st.lists(st.one_of(st.sampled_from([f"{{{code}}}" for code in KNOWN]), st.text(alphabet="abé .\n")))


@given(TEXTS.map("".join), st.dictionaries(st.sampled_from(KNOWN), MARKUP))
def test_every_placeholder_is_filled_and_a_value_is_never_read_again(text, some):
    values = dict.fromkeys(KNOWN, "") | some
    letter = placeholders.filled(text, values)

    expected = text
    for code in KNOWN:
        expected = expected.replace(f"{{{code}}}", f"\0{KNOWN.index(code)}\0")
    for at, code in enumerate(KNOWN):
        expected = expected.replace(f"\0{at}\0", values[code])
    assert letter == expected


@pytest.mark.parametrize("text", ["{nmae}", "{", "a } b", "{{name}}", "{name", "{ name }", "{Name}"])
def test_what_is_no_placeholder_is_found(text):
    assert placeholders.wrong_in("{name}", text)


@given(TEXTS.map("".join))
def test_what_is_one_is_not(text):
    assert placeholders.wrong_in(text) == ""
    assert set(placeholders.in_text(text)) <= set(KNOWN)


@given(MARKUP)
def test_markup_in_a_name_stays_text(value):
    """A letter with it is laid out, and as many pages long as one with plain letters."""
    assert as_pdf(heading="Attestation", text=f"A\n\n{value}\n\nB", language="fr").startswith(b"%PDF")


def test_a_command_in_a_name_is_not_obeyed():
    attack = '#panic("x") #read("/etc/passwd") $x$ *fat* #pagebreak()'
    letter = as_pdf(heading="Attestation", text=attack, language="fr")

    [page] = pypdf.PdfReader(io.BytesIO(letter)).pages
    assert '#panic("x")' in page.extract_text().replace("“", '"').replace("”", '"')


def test_the_templates_of_the_file_hold_only_placeholders_and_come_in_both_languages():
    [shelf] = [shelf for shelf in SHELVES if "letter_templates" in shelf.files]
    rows = shelf.read()["letter_templates"]

    assert {(row["kind"], row["language"]) for row in rows} == {
        (kind, language)
        for kind in ("attestation", "power", "accommodation", "appeal")
        for language in ("fr", "ru")
    }
    for row in rows:
        assert placeholders.wrong_in(row["heading"], row["body"]) == ""
        assert "{name}" in row["body"]
        assert not placeholders.in_text(row["heading"])
