import json
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from hypothesis import given
from hypothesis import strategies as st

from cases.vault import passphrase
from cases.vault.refusals import UnknownWord, WrongCount

LANGUAGES = ["en", "fr", "ru"]


@pytest.mark.parametrize("language", LANGUAGES)
class TestLists:
    def test_has_2048_different_words(self, language):
        assert len({passphrase.normalise(word) for word in passphrase.words(language)}) == 2048

    def test_four_letters_tell_a_word(self, language):
        assert len({passphrase.normalise(word)[:4] for word in passphrase.words(language)}) == 2048

    def test_the_browser_gets_the_same_list(self, language):
        file = Path(django_settings.BASE_DIR) / "ngo" / "static" / "words" / f"{language}.json"

        assert json.loads(file.read_text(encoding="utf-8")) == list(passphrase.words(language))


class TestGenerate:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_seven_words_of_the_list(self, language):
        drawn = passphrase.generate(language).split()

        assert len(drawn) == 7
        assert set(drawn) <= set(passphrase.words(language))

    def test_twelve_for_the_sheet(self):
        assert len(passphrase.generate("fr", passphrase.SHEET_WORDS).split()) == 12

    def test_no_two_alike(self):
        assert len({passphrase.generate("ru") for _ in range(100)}) == 100


class TestRead:
    @given(st.sampled_from(LANGUAGES), st.lists(st.integers(0, 2047), min_size=7, max_size=7), st.data())
    def test_forgives_how_it_is_typed(self, language, places, data):
        words = [passphrase.words(language)[place] for place in places]
        typed = [
            data.draw(
                st.sampled_from(
                    [word, word.upper(), word.title(), passphrase.normalise(word)[:4], word + ","]
                )
            )
            for word in words
        ]
        between = data.draw(st.sampled_from([" ", "  ", "\n", " - ", "\t", ", "]))

        assert passphrase.read(between.join(typed), language) == passphrase.read(" ".join(words), language)

    def test_accents_may_be_missing(self):
        assert passphrase.read(
            "ACADEMIE acquerir adequat adhesif aerer aeronef algebre", "fr"
        ) == passphrase.read("académie acquérir adéquat adhésif aérer aéronef algèbre", "fr")

    def test_combining_accents_are_the_same_letters(self):
        assert passphrase.read("acade\u0301mie " * 7, "fr") == passphrase.read("académie " * 7, "fr")

    def test_yo_is_ye(self):
        assert passphrase.read("Бёрег " * 7, "ru") == passphrase.read("берег " * 7, "ru")

    def test_short_i_stays_a_letter_of_its_own(self):
        assert passphrase.normalise("Район") == "район"

    def test_numbers_of_a_sheet_are_skipped(self):
        numbered = "\n".join(f"{number}. abandon" for number in range(1, 8))

        assert passphrase.read(numbered, "en") == b" ".join([b"abandon"] * 7)

    def test_a_whole_word_beats_a_longer_one(self):
        assert passphrase.read("art " * 7, "en") == b" ".join([b"art"] * 7)

    def test_says_which_word_is_wrong(self):
        with pytest.raises(UnknownWord) as refusal:
            passphrase.read("abandon ability able zzzz above absent absorb", "en")

        assert refusal.value.position == 4
        assert "4" in str(refusal.value)

    def test_the_word_itself_is_not_repeated(self):
        with pytest.raises(UnknownWord) as refusal:
            passphrase.read("topsecretword", "en")

        assert "topsecretword" not in str(refusal.value) + repr(refusal.value)

    @pytest.mark.parametrize("start", ["ab", "a", "acc"])
    def test_too_few_letters_are_not_guessed(self, start):
        with pytest.raises(UnknownWord):
            passphrase.read(f"{start} " * 7, "en")

    @pytest.mark.parametrize("count", [0, 6, 8])
    def test_the_number_of_words_must_fit(self, count):
        with pytest.raises(WrongCount) as refusal:
            passphrase.read("abandon " * count, "en")

        assert (refusal.value.expected, refusal.value.found) == (7, count)
        assert str(refusal.value) == f"There should be 7 words, and there are {count}."

    def test_words_of_another_language_are_unknown(self):
        with pytest.raises(UnknownWord):
            passphrase.read("абзац " * 7, "en")
