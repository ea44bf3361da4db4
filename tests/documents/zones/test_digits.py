import pytest

from cases.documents.zones.digits import check_digit


@pytest.mark.parametrize(
    ("text", "digit"),
    [
        # Worked examples of Doc 9303 part 3, appendix A.
        ("520727", "3"),
        ("AB2134<<<", "5"),
        ("HA672242<658022549601086<<<<<<<<<<<<<<0", "8"),
        ("", "0"),
        ("<<<<<<", "0"),
        ("L898902C3", "6"),
        ("740812", "2"),
    ],
)
def test_check_digit(text, digit):
    assert check_digit(text) == digit


def test_a_sign_of_no_zone_counts_nothing():
    assert check_digit("Щ12") == check_digit("<12")
