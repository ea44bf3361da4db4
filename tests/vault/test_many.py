"""Thousands of rows at once are what one by one would be."""

import pytest
from django.db import IntegrityError, transaction

from cases.staff.models import User
from cases.vault.many import WORTH_A_COPY, any_of, write_many

pytestmark = pytest.mark.django_db
HARD = ("П\tЁ", "back\\slash", "\\N", "two\nlines", '"quoted", and more', "")


def people(number, names=HARD):
    return [User(username=f"u{place}", full_name=names[place % len(names)]) for place in range(number)]


@pytest.mark.parametrize("number", [0, 3, WORTH_A_COPY + len(HARD)])
def test_every_value_arrives_as_it_was(number):
    write_many(people(number))

    found = {user.username: user for user in User.objects.exclude(username="AnonymousUser")}
    for one in people(number):
        saved = found.pop(one.username)
        assert (saved.full_name, saved.is_active, saved.away_until) == (one.full_name, True, None)
        assert saved.date_joined is not None
    assert found == {}


@pytest.mark.parametrize("number", [3, WORTH_A_COPY])
def test_what_is_there_already_is_an_error_of_django(number):
    User.objects.create(username="u2", full_name="The first")

    with pytest.raises(IntegrityError), transaction.atomic():
        write_many(people(number))
    assert list(User.objects.filter(username__startswith="u").values_list("full_name", flat=True)) == [
        "The first"
    ]


def test_any_of_takes_ids_and_rows(team, safe):
    from cases.vault.models import Safe

    assert list(Safe.objects.filter(any_of("pk", [safe.pk]))) == [safe]
    assert list(Safe.objects.filter(any_of("pk", [safe]))) == [safe]
    assert list(Safe.objects.filter(any_of("pk", []))) == []
