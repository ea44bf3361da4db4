import pytest
from django.db import DatabaseError, connection, connections, transaction

from cases.staff.models import Organisation
from tests.staff.factories import make_organisation

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


@pytest.mark.parametrize("role", ["default", "owner"])
@pytest.mark.parametrize(
    "statement", ["UPDATE staff_organisation SET kind = 'real'", "DELETE FROM staff_organisation"]
)
def test_a_database_keeps_its_kind_for_ever(role, statement):
    make_organisation("demo")

    with pytest.raises(DatabaseError, match="keeps its kind"), connections[role].cursor() as cursor:
        cursor.execute(statement)

    assert Organisation.objects.get().kind == "demo"


def test_its_name_and_number_may_change():
    make_organisation("demo")

    assert Organisation.objects.update(name="Another", headcount=7) == 1


def test_who_serves_cannot_rewrite_what_was_migrated():
    with (
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("DELETE FROM django_migrations")
