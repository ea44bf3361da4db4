"""What holds for whatever comes: envelopes, padding, passphrases and the guard against names that leak.

The plainest of these stand beside each part (tests/vault/test_envelope.py, test_passphrase.py, tests/names/test_leaks.py).
"""

from itertools import pairwise

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cases.names.leaks import Kind, Secret, find_leaks, replaced
from cases.vault import envelope, passphrase
from cases.vault.envelope import KeyPair, Suite, info
from cases.vault.refusals import DoesNotOpen, Refused

KEYS = {suite: KeyPair.from_root(bytes(range(32)), suite) for suite in (Suite.HYBRID, Suite.X25519)}
SECRET = bytes(range(32, 64))
TEXT = st.text(st.characters(codec="utf-8"), max_size=80)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)
LANGUAGES = st.sampled_from(["en", "fr", "ru"])
CYRILLIC = st.text(st.sampled_from("абвгдежзиклмнопрстуфхчшэюя"), min_size=6, max_size=12)


def sealed_by_all(about, content):
    """The same thing in each suite, with how it is opened."""
    for keys in KEYS.values():
        yield (
            envelope.seal(keys.public, about, content),
            lambda about, it, keys=keys: envelope.open_sealed(keys, about, it),
        )
    yield (
        envelope.seal_under(SECRET, about, content),
        lambda about, it: envelope.open_under(SECRET, about, it),
    )


class TestEnvelopes:
    @given(st.binary(max_size=300), st.binary(max_size=60), st.data())
    @settings(max_examples=60)
    def test_what_was_touched_anywhere_in_any_way_does_not_open(self, content, about, data):
        for sealed, open_it in sealed_by_all(about, content):
            start = data.draw(st.integers(0, len(sealed)))
            end = data.draw(st.integers(start, min(len(sealed), start + 40)))
            touched = sealed[:start] + data.draw(st.binary(max_size=40)) + sealed[end:]
            assume(touched != sealed)
            with pytest.raises(DoesNotOpen):
                open_it(about, touched)
            assert open_it(about, sealed) == content

    @given(st.lists(TEXT, min_size=1, max_size=4), st.lists(TEXT, min_size=1, max_size=4))
    @settings(max_examples=60)
    def test_what_is_sealed_for_one_purpose_opens_for_no_other(self, one, other):
        assume(one != other)
        for sealed, open_it in sealed_by_all(info(*one), b"x"):
            assert open_it(info(*one), sealed) == b"x"
            with pytest.raises(DoesNotOpen):
                open_it(info(*other), sealed)

    @given(st.binary(max_size=1500))
    def test_noise_opens_nothing_and_is_refused_by_name(self, noise):
        for keys in KEYS.values():
            with pytest.raises(DoesNotOpen):
                envelope.open_sealed(keys, b"", noise)
        with pytest.raises(DoesNotOpen):
            envelope.open_under(SECRET, b"", noise)


class TestPadding:
    @given(st.dictionaries(TEXT, JSON, max_size=5))
    def test_every_document_comes_back_whole_and_in_whole_steps(self, content):
        padded = envelope.pad(content)

        assert envelope.unpad(padded) == content
        assert len(padded) % envelope.STEP == 0
        assert len(padded.rstrip(b"\0")) > len(padded) - envelope.STEP - 4

    @given(st.integers(0, 240), st.integers(0, 240))
    def test_within_a_step_the_length_tells_nothing(self, one, other):
        assert len(envelope.pad({"n": "x" * one})) == len(envelope.pad({"n": "x" * other}))

    @given(st.binary(max_size=400))
    def test_noise_is_a_document_or_refused_by_name(self, noise):
        try:
            assert isinstance(envelope.unpad(noise), dict)
        except DoesNotOpen:
            pass


class TestPassphrases:
    @given(LANGUAGES, st.text(max_size=120))
    def test_whatever_is_typed_is_read_or_refused_without_repeating_it(self, language, typed):
        try:
            assert passphrase.read(typed, language).count(b" ") == passphrase.PASSPHRASE_WORDS - 1
        except Refused as refusal:
            said = str(refusal).casefold().split()
            assert not {word for word in typed.casefold().split() if len(word) > 8} & set(said)

    @given(
        LANGUAGES,
        st.lists(st.integers(0, 2047), min_size=7, max_size=7),
        st.integers(0, 6),
        st.integers(1, 2047),
    )
    def test_another_word_at_any_place_is_another_passphrase(self, language, places, at, step):
        words = passphrase.words(language)
        other = [*places[:at], (places[at] + step) % 2048, *places[at + 1 :]]
        one, two = (" ".join(words[place] for place in some) for some in (places, other))

        assert passphrase.read(one, language) != passphrase.read(two, language)


class TestLeakGuard:
    @given(st.text(max_size=80), st.text(max_size=80), CYRILLIC, st.sampled_from([str, str.upper, str.title]))
    def test_a_name_anywhere_in_any_text_is_found(self, before, after, name, spelling):
        text = f"{before} {spelling(name)} {after}"
        places = find_leaks(text, [Secret(Kind.NAME, name.title(), "Maple 12")])

        start = len(before) + 1
        assert any(place.start <= start and place.end >= start + len(name) for place in places)

    @given(st.text(max_size=80), st.lists(CYRILLIC, min_size=1, max_size=3), st.data())
    def test_what_was_replaced_leaks_no_more(self, text, names, data):
        for name in names:
            at = data.draw(st.integers(0, len(text)))
            text = f"{text[:at]} {name} {text[at:]}"
        secrets = [Secret(Kind.NAME, name.title(), "Maple 12") for name in names]
        places = find_leaks(text, secrets)
        clean = replaced(text, places, lambda place: " Maple 12 ")

        assert all(one.end <= other.start for one, other in pairwise(places))
        assert find_leaks(clean, secrets) == []
