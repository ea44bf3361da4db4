import pytest

from cases.vault import pepper
from cases.vault.refusals import NoPepper

KEY = b"\x01" + bytes(40)


def test_file_is_private(vault, settings):
    assert settings.PEPPER_FILE.stat().st_mode & 0o777 == 0o600
    assert len(pepper.load()) == 32


def test_an_existing_one_is_never_overwritten(vault):
    before = pepper.load()

    with pytest.raises(FileExistsError):
        pepper.create()

    assert pepper.load() == before


def test_missing_file_is_refused(vault, settings):
    settings.PEPPER_FILE.unlink()

    with pytest.raises(NoPepper):
        pepper.load()


@pytest.mark.parametrize("content", ["", "00", "no hexadecimal", "00" * 31])
def test_damaged_file_is_refused(vault, settings, content):
    settings.PEPPER_FILE.write_text(content)

    with pytest.raises(NoPepper):
        pepper.load()


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660])
def test_file_that_others_can_read_is_refused(vault, settings, mode):
    settings.PEPPER_FILE.chmod(mode)

    with pytest.raises(NoPepper):
        pepper.load()


class TestMac:
    def test_vouches_for_what_was_signed(self, vault):
        assert pepper.vouched("safe", "a", KEY, 1, pepper.mac("safe", "a", KEY, 1))

    @pytest.mark.parametrize(
        "changed",
        [
            ("keyring", "a", KEY, 1),
            ("safe", "b", KEY, 1),
            ("safe", "a", KEY + b"x", 1),
            ("safe", "a", KEY, 2),
        ],
    )
    def test_not_for_anything_else(self, vault, changed):
        assert not pepper.vouched(*changed, pepper.mac("safe", "a", KEY, 1))

    def test_not_with_another_pepper(self, vault, settings):
        mac = pepper.mac("safe", "a", KEY, 1)
        settings.PEPPER_FILE.unlink()
        pepper.create()

        assert not pepper.vouched("safe", "a", KEY, 1, mac)


class TestFingerprint:
    def test_six_words_alike_each_time(self):
        assert pepper.fingerprint(KEY, "fr") == pepper.fingerprint(memoryview(KEY), "fr")
        assert len(pepper.fingerprint(KEY, "fr").split()) == 6

    def test_another_key_has_other_words(self):
        assert pepper.fingerprint(KEY, "en") != pepper.fingerprint(KEY + b"x", "en")
