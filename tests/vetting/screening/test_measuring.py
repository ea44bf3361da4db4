import pytest
from django.core.management import CommandError, call_command


def test_without_a_pepper_it_says_what_to_do(settings, tmp_path):
    settings.PEPPER_FILE = tmp_path / "pepper"
    with pytest.raises(CommandError, match="Set the program up first"):
        call_command("measure_screening", str(tmp_path))


def test_a_folder_without_the_names_is_told(settings, tmp_path):
    settings.PEPPER_FILE = tmp_path / "pepper"
    from cases.vault import pepper

    pepper.create()
    with pytest.raises(CommandError, match="is not in this folder"):
        call_command("measure_screening", str(tmp_path))
