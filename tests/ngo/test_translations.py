import gettext
import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from ngo.catalogues import Sources, SourceUnreadable, collect, compile_catalogues, extract_strings, problems

PYTHON = """
from django.utils.translation import gettext as _, gettext_lazy, ngettext, npgettext, pgettext

SAVE = gettext_lazy("Save")
def told(count):
    said = _("A sentence in "
             "two parts")
    return ngettext("%(count)d case", "%(count)d cases", count) % {"count": count}, pgettext("month", "May"), said
def more(count):
    return npgettext("paper", "%(n)s sheet", "%(n)s sheets", count)
"""
TEMPLATE = """
{% load i18n %}
  <div class="a'b">
{% translate "Open" %} {% translate "Order" context "of a list" %} {# a note #}
      <p title="{% translate 'Close' as close %}">{{ _("Filter") }} {% chip _("Urgent") tone="danger" %}</p>
    {% blocktranslate trimmed with name=person.name %}
        {{ name }} has
        opened it, 100% sure
    {% endblocktranslate %}
  {% blocktranslate trimmed count number=cases|length %}{{ number }} name{% plural %}{{ number }} names{% endblocktranslate %}
{% blocktranslate trimmed context "verb" %}Seal{% endblocktranslate %}
</div>
"""
FRENCH = {
    "Save": "Enregistrer",
    "A sentence in two parts": "Une phrase",
    "May": "mai",
    "Open": "Ouvrir",
    "Order": "Ordre",
    "Close": "Fermer",
    "Filter": "Filtre",
    "Urgent": "Urgent",
    "Seal": "Sceller",
    "%(name)s has opened it, 100%% sure": "%(name)s l’a ouvert, sûr à 100 %%",
    "%(count)d case": ("%(count)d dossier", "%(count)d dossiers", "%(count)d dossiers"),
    "%(n)s sheet": ("%(n)s feuille", "%(n)s feuilles", "%(n)s feuilles"),
    "%(number)s name": ("%(number)s nom", "%(number)s noms", "%(number)s noms"),
}


@pytest.fixture
def tree(tmp_path):
    (tmp_path / "ngo").mkdir()
    (tmp_path / "cases").mkdir()
    (tmp_path / "templates/desk").mkdir(parents=True)
    (tmp_path / "cases/pages.py").write_text(PYTHON)
    (tmp_path / "templates/desk/page.html").write_text(TEMPLATE)
    return Sources(tmp_path)


@pytest.fixture
def translated(tree):
    """The tree with every string translated (Russian borrows the French words) and compiled."""
    extract_strings(tree)
    for language in ("fr", "ru"):
        edit(tree, language, filled)
    compile_catalogues(tree)
    return tree


def edit(tree, language, change):
    path = tree.po(language)
    path.write_text(change(path.read_text()))


def filled(text):
    blocks = text.split("\n\n")
    return "\n\n".join([blocks[0], *map(filled_block, blocks[1:])])


def filled_block(block):
    words = FRENCH[re.search(r'^msgid "(.*)"$', block, re.MULTILINE).group(1)]
    forms = re.findall(r"msgstr\[\d\]", block)
    for number, form in enumerate(forms):
        block = block.replace(f'{form} ""', f'{form} "{words[number]}"')
    return block if forms else block.replace('msgstr ""', f'msgstr "{words}"')


def recompiled(tree, language, change):
    edit(tree, language, change)
    compile_catalogues(tree)
    return problems(tree)


def swapped(old, new):
    def change(text):
        assert old in text
        return text.replace(old, new)

    return change


def test_strings_are_found_in_python_and_templates(tree):
    found = {(message.id, message.context) for message in collect(tree) if message.id}

    assert found == {
        ("Save", None),
        ("A sentence in two parts", None),
        ("May", "month"),
        (("%(count)d case", "%(count)d cases"), None),
        (("%(n)s sheet", "%(n)s sheets"), "paper"),
        ("Open", None),
        ("Order", "of a list"),
        ("Close", None),
        ("Filter", None),
        ("Urgent", None),
        ("%(name)s has opened it, 100%% sure", None),
        (("%(number)s name", "%(number)s names"), None),
        ("Seal", "verb"),
    }


def test_extracting_keeps_what_is_translated_and_drops_what_is_gone(translated):
    (translated.root / "cases/pages.py").write_text('_("Save")\n_("New")\n')

    waiting = extract_strings(translated)
    text = translated.po("fr").read_text()

    assert waiting == {"fr": 1, "ru": 1}
    assert 'msgid "Save"\nmsgstr "Enregistrer"' in text
    assert 'msgid "New"\nmsgstr ""' in text
    assert "May" not in text
    assert "fuzzy" not in text


def test_the_header_holds_no_date_no_path_and_the_formula_of_the_language(tree):
    extract_strings(tree)
    french, russian = (tree.po(language).read_text() for language in ("fr", "ru"))

    assert '"Plural-Forms: nplurals=2; plural=(n > 1);"' in french
    assert "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 :" in russian
    for text in (french, russian):
        assert not re.search(r"\b20\d\d\b", text)
        assert str(tree.root) not in text
        assert "#: templates/desk/page.html\n" in text


def test_a_second_extraction_changes_nothing(translated):
    before = translated.po("ru").read_bytes()

    extract_strings(translated)

    assert translated.po("ru").read_bytes() == before


def test_what_is_compiled_is_what_gettext_reads(translated):
    with translated.po("ru").with_suffix(".mo").open("rb") as file:
        words = gettext.GNUTranslations(file)

    assert words.gettext("Save") == "Enregistrer"
    assert words.pgettext("month", "May") == "mai"
    assert [words.ngettext("%(count)d case", "", n) for n in (1, 2, 21)] == [
        "%(count)d dossier",
        "%(count)d dossiers",
        "%(count)d dossier",
    ]


def test_a_complete_tree_has_no_problems(translated):
    assert problems(translated) == []


def test_a_new_string_is_missing_until_it_is_extracted(translated):
    (translated.root / "ngo/more.py").write_text('_("Brand new")')

    assert problems(translated) == [
        "fr: missing: 'Brand new' (ngo/more.py)",
        "ru: missing: 'Brand new' (ngo/more.py)",
    ]


def test_a_string_that_became_plural_is_missing(translated):
    (translated.root / "ngo/more.py").write_text('ngettext("Save", "Save all", 2)')

    assert "fr: missing: 'Save' (cases/pages.py, ngo/more.py)" in problems(translated)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('msgstr "Enregistrer"', 'msgstr ""', "ru: not translated: 'Save' (cases/pages.py)"),
        ('msgid "Save"', '#, fuzzy\nmsgid "Save"', "ru: fuzzy: 'Save' (cases/pages.py)"),
        (
            'msgstr[2] "%(count)d dossiers"',
            'msgstr[2] ""',
            "ru: a plural form is missing: '%(count)d case' (cases/pages.py)",
        ),
        (
            'msgstr[1] "%(count)d doss',
            'msgstr[1] "%(cuont)d doss',
            "ru: placeholders differ: '%(count)d case' (cases/pages.py)",
        ),
        (
            'msgstr[0] "%(count)d doss',
            'msgstr[0] "un doss',
            "ru: placeholders differ: '%(count)d case' (cases/pages.py)",
        ),
        (
            'msgstr[0] "%(count)d doss',
            'msgstr[0] "%(count) doss',
            "ru: placeholders differ: '%(count)d case' (cases/pages.py)",
        ),
        (
            "sûr à 100 %%",
            "sûr à 100 %",
            "ru: a percent sign stands alone: '%(name)s has opened it, 100%% sure' (templates/desk/page.html)",
        ),
    ],
)
def test_each_fault_of_a_translation_is_said(translated, old, new, said):
    assert recompiled(translated, "ru", swapped(old, new)) == [said]


def test_sentences_under_a_name_that_is_not_listened_for_are_said(translated):
    source = translated.root / "cases" / "renamed.py"
    source.write_text("from django.utils.translation import gettext as _t\n\nx = _t('never heard')\n")

    assert problems(translated) == ["cases/renamed.py: what is said by _t() is not collected"]


def test_what_is_obsolete_is_said(translated):
    found = recompiled(translated, "fr", lambda text: text + '\n#~ msgid "Old"\n#~ msgstr "Vieux"\n')

    assert found == ["fr: no longer in the sources: 'Old' (nowhere)"]


def test_what_left_the_sources_is_said(translated):
    (translated.root / "cases/pages.py").write_text(PYTHON.replace('pgettext("month", "May")', "1"))

    assert problems(translated) == [
        "fr: no longer in the sources: 'May' (cases/pages.py)",
        "ru: no longer in the sources: 'May' (cases/pages.py)",
    ]


def test_a_wrong_plural_formula_is_said(translated):
    found = recompiled(translated, "fr", swapped("plural=(n > 1)", "plural=(n != 1)"))

    assert found == ["fr: the plural formula in the header is not that of the language"]


@pytest.mark.parametrize("change", ["edited", "removed"])
def test_a_compiled_catalogue_that_does_not_match_is_said(translated, change):
    if change == "edited":
        edit(translated, "fr", swapped("Enregistrer", "Garder"))
    else:
        translated.po("fr").with_suffix(".mo").unlink()

    assert problems(translated) == [
        "fr: the compiled catalogue does not match; run `manage.py translations compile`"
    ]


def test_a_catalogue_that_is_no_catalogue_is_said(translated):
    translated.po("fr").write_text('msgid "half"\nthis is no catalogue\n')
    translated.po("ru").unlink()

    assert problems(translated) == ["fr: the catalogue cannot be read", "ru: there is no catalogue"]


def test_an_unreadable_source_stops_the_extraction_and_keeps_the_catalogue(translated):
    before = translated.po("fr").read_bytes()
    (translated.root / "cases/broken.py").write_text('_("half"\nx = """')

    with pytest.raises(SourceUnreadable, match=r"cases/broken\.py"):
        extract_strings(translated)
    assert translated.po("fr").read_bytes() == before


def test_the_command_lists_the_problems_and_fails(tree, settings):
    settings.BASE_DIR = tree.root
    out, errors = StringIO(), StringIO()

    call_command("translations", "extract", stdout=out)
    with pytest.raises(CommandError, match="28 problems"):
        call_command("translations", check=True, stderr=errors)
    assert out.getvalue().splitlines()[0] == "fr: 13 strings wait for a translation"
    assert "fr: not translated: 'Save' (cases/pages.py)" in errors.getvalue()


def test_the_command_is_content_with_a_complete_tree(translated, settings):
    settings.BASE_DIR = translated.root
    out = StringIO()

    call_command("translations", "compile")
    call_command("translations", check=True, stdout=out)

    assert out.getvalue() == "Every string is translated into French and Russian.\n"
