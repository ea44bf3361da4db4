"""Cases for the tests of the desk: `take_in` registers one, owned by Claire for her team, with a name that could leak."""

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cases.applicants import operations
from cases.applicants.models import Applicant
from cases.applicants.operations import NewApplicant
from cases.staff.models import random_id

# Whoever finds one of these words anywhere but where a holder opened it has found a leak.
IDENTITY = {
    "name": "Зимородков Тихон Ладович",
    "family_name": "Зимородков",
    "given_name": "Тихон",
    "patronymic": "Ладович",
    "latin_name": "TIKHON ZIMORODKOV",
    "birth_date": "1996-05-17",
}
CONTACT = {"phone": "+77011234567", "handle": "@zimorodok"}
TOKENS = ["Зимородков", "Тихон", "Ладович", "ZIMORODKOV", "TIKHON", "+77011234567", "@zimorodok"]


def take_in(world, pseudonym="Lotus 47", identity=None, by="claire", owner=None, **fields):
    values = {"category": "contract", "country": "KZ", "channel": "signal", "team": world.team} | fields
    new = NewApplicant(
        pseudonym=pseudonym,
        identity=IDENTITY if identity is None else identity,
        contact=CONTACT,
        owner=world.people[owner or by],
        **values,
    )
    return operations.register_applicant(new=new, by=world.people[by])


def take_in_many(world, number, **fields):
    return [take_in(world, f"Piano {1000 + place}", **fields) for place in range(number)]


def set_task(world, applicant, *, days=None, owner="claire", title="Call back"):
    due_on = None if days is None else timezone.localdate() + timedelta(days=days)
    return operations.add_task(
        id=random_id(),
        applicant=applicant,
        title=title,
        due_on=due_on,
        owner=world.people[owner],
        by=world.people[owner],
    )


def change(applicant, **fields):
    """Set what no operation sets, such as the day of registration."""
    Applicant.objects.filter(pk=applicant.pk).update(**fields)


def text_of(answer):
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return body.decode()


def questions(client, url):
    """How many questions a page asks, without what every page costs: session, account, transactions."""
    client.get(url)
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(url)
        text_of(answer)
    assert answer.status_code == 200
    of_the_frame = (
        "SAVEPOINT",
        "BEGIN",
        "COMMIT",
        "session",
        'FROM "staff_user" WHERE "staff_user"."id" =',
        "staff_organisation",
    )
    return sum(not any(part in one["sql"] for part in of_the_frame) for one in asked.captured_queries)
