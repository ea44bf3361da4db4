import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.vault import envelope
from cases.vault.envelope import KeyPair, PublicKey, Suite, info
from cases.vault.refusals import DoesNotOpen

ROOT = bytes(range(32))
HYBRID = KeyPair.from_root(ROOT)
CLASSIC = KeyPair.from_root(ROOT, Suite.X25519)
PARTS = st.lists(st.one_of(st.text(), st.integers(), st.uuids(), st.binary()), max_size=5)
DOCUMENTS = st.dictionaries(
    st.text(st.characters(codec="utf-8")),
    st.one_of(st.text(st.characters(codec="utf-8")), st.integers(), st.none()),
)


@pytest.mark.parametrize("keys", [HYBRID, CLASSIC], ids=["hybrid", "x25519"])
class TestPublicKeySuites:
    @given(plaintext=st.binary(max_size=600), about=st.binary(max_size=80))
    @settings(max_examples=40)
    def test_what_is_sealed_opens(self, keys, plaintext, about):
        assert envelope.open_sealed(keys, about, envelope.seal(keys.public, about, plaintext)) == plaintext

    def test_first_byte_names_the_suite(self, keys):
        assert envelope.seal(keys.public, b"", b"x")[0] == keys.public.suite

    def test_another_purpose_does_not_open(self, keys):
        sealed = envelope.seal(keys.public, info("item", "a"), b"x")

        with pytest.raises(DoesNotOpen):
            envelope.open_sealed(keys, info("item", "b"), sealed)

    def test_another_root_does_not_open(self, keys):
        other = KeyPair.from_root(bytes(32), keys.public.suite)

        with pytest.raises(DoesNotOpen):
            envelope.open_sealed(other, b"", envelope.seal(keys.public, b"", b"x"))

    def test_every_byte_counts(self, keys):
        sealed = envelope.seal(keys.public, b"about", envelope.pad({"name": "Иван"}))

        for place in range(len(sealed)):
            flipped = bytearray(sealed)
            flipped[place] ^= 1
            with pytest.raises(DoesNotOpen):
                envelope.open_sealed(keys, b"about", bytes(flipped))

    @pytest.mark.parametrize("length", [0, 1, 2, 30, -1])
    def test_cut_short_does_not_open(self, keys, length):
        sealed = envelope.seal(keys.public, b"", b"x")

        with pytest.raises(DoesNotOpen):
            envelope.open_sealed(keys, b"", sealed[:length])

    def test_same_root_gives_same_keys(self, keys):
        assert KeyPair.from_root(ROOT, keys.public.suite).public == keys.public

    def test_public_key_reads_back(self, keys):
        read = PublicKey.parse(memoryview(keys.public.raw))

        assert read == keys.public
        assert envelope.open_sealed(keys, b"", envelope.seal(read, b"", b"x")) == b"x"

    def test_a_sealed_thing_is_new_each_time(self, keys):
        assert envelope.seal(keys.public, b"", b"x") != envelope.seal(keys.public, b"", b"x")


def test_hybrid_is_the_default():
    assert HYBRID.public.suite is Suite.HYBRID
    assert len(HYBRID.public.raw) == 1 + 1184 + 32


def test_each_suite_has_seeds_of_its_own():
    assert HYBRID.public.raw[-32:] != CLASSIC.public.raw[-32:]


def test_a_suite_is_not_taken_for_another():
    sealed = envelope.seal(CLASSIC.public, b"", b"x")

    with pytest.raises(DoesNotOpen):
        envelope.open_sealed(HYBRID, b"", bytes([Suite.HYBRID]) + sealed[1:])


@pytest.mark.parametrize(
    "raw", [b"", b"\x01", b"\x02" + bytes(31), b"\x03" + bytes(32), b"\x01" + bytes(1215)]
)
def test_a_public_key_of_wrong_form_is_refused(raw):
    with pytest.raises(DoesNotOpen):
        PublicKey.parse(raw)


@pytest.mark.parametrize("root", [b"", bytes(31), bytes(33)])
def test_a_root_has_32_bytes(root):
    with pytest.raises(DoesNotOpen):
        KeyPair.from_root(root)


class TestSymmetricSuite:
    @given(plaintext=st.binary(max_size=300), about=st.binary(max_size=60))
    def test_what_is_sealed_opens(self, plaintext, about):
        assert envelope.open_under(ROOT, about, envelope.seal_under(ROOT, about, plaintext)) == plaintext

    def test_every_byte_counts(self):
        sealed = envelope.seal_under(ROOT, b"about", b"secret")

        for place in range(len(sealed)):
            flipped = bytearray(sealed)
            flipped[place] ^= 0x80
            with pytest.raises(DoesNotOpen):
                envelope.open_under(ROOT, b"about", flipped)

    @pytest.mark.parametrize(("secret", "about"), [(bytes(32), b"about"), (ROOT, b"other")])
    def test_another_key_or_purpose_does_not_open(self, secret, about):
        sealed = envelope.seal_under(ROOT, b"about", b"secret")

        with pytest.raises(DoesNotOpen):
            envelope.open_under(secret, about, sealed)

    @pytest.mark.parametrize("length", [0, 1, 8, 20])
    def test_cut_short_does_not_open(self, length):
        with pytest.raises(DoesNotOpen):
            envelope.open_under(ROOT, b"", envelope.seal_under(ROOT, b"", b"x")[:length])


class TestInfo:
    @given(one=PARTS, other=PARTS)
    def test_two_lists_never_read_alike(self, one, other):
        as_bytes = [[p if isinstance(p, bytes) else str(p).encode() for p in parts] for parts in (one, other)]

        assert (info("x", *one) == info("x", *other)) == (as_bytes[0] == as_bytes[1])

    def test_parts_do_not_run_into_each_other(self):
        assert info("item", "ab", "c") != info("item", "a", "bc")
        assert info("item", "a") != info("item", "a", "")

    def test_the_purpose_is_part_of_it(self):
        assert info("item", "a") != info("grant", "a")


class TestPadding:
    @given(content=DOCUMENTS)
    def test_content_comes_back(self, content):
        padded = envelope.pad(content)

        assert envelope.unpad(padded) == content
        assert len(padded) % 256 == 0

    def test_the_length_of_a_name_does_not_show(self):
        short = envelope.seal(HYBRID.public, b"", envelope.pad({"name": "Ян"}))
        long = envelope.seal(HYBRID.public, b"", envelope.pad({"name": "Константин Константинопольский"}))

        assert len(short) == len(long)

    def test_a_longer_document_takes_the_next_step(self):
        assert len(envelope.pad({"text": "x" * 300})) == 512

    @pytest.mark.parametrize("padded", [b"", b"\0\0\0\2[]", b"\0\0\0\4null", b"\0\0\0\3abc", b"\0\0\0\1\xff"])
    def test_what_is_no_document_is_refused(self, padded):
        with pytest.raises(DoesNotOpen):
            envelope.unpad(padded)


@pytest.mark.parametrize("thing", [HYBRID, HYBRID.public])
def test_keys_do_not_print_themselves(thing):
    assert "private" not in repr(thing)
    assert ROOT.hex() not in repr(thing)
