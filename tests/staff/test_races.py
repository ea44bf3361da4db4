"""What two people do at the same moment."""

from threading import Barrier, Thread

import pytest
from django.db import connections

from cases.staff import operations, queries
from cases.staff.refusals import Refused
from cases.staff.roles import Permission, Role, clash
from tests.staff.factories import make_person

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


def at_once(*deeds):
    """Do all of them, each in its own thread and connection, beginning together; refusals are fine."""
    start = Barrier(len(deeds))

    def run(deed):
        try:
            start.wait(timeout=10)
            deed()
        except Refused:
            pass
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=[deed]) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)


def test_two_administrators_who_close_each_other_leave_one():
    mira, otto = make_person("Mira", [Role.ADMINISTRATOR]), make_person("Otto", [Role.ADMINISTRATOR])

    at_once(
        lambda: operations.deactivate(user=otto, by=mira), lambda: operations.deactivate(user=mira, by=otto)
    )

    assert queries.colleagues(who_may=Permission.MANAGE_ACCOUNTS).count() == 1


def test_two_roles_given_at_once_make_no_forbidden_pair():
    mira, nina = make_person("Mira", [Role.ADMINISTRATOR]), make_person("Nina", [])

    at_once(
        lambda: operations.give_role(user=nina, role=Role.AUDITOR, expires_at=None, by=mira),
        lambda: operations.give_role(user=nina, role=Role.INTAKE, expires_at=None, by=mira),
    )

    assert clash(queries.roles_of(nina)) is None
    assert len(queries.roles_of(nina)) == 1


def test_a_link_sent_twice_at_once_is_used_once(mira):
    _person, token = operations.invite(
        username="nina", full_name="Nina", email="", language="en", roles=[], teams=[], by=mira
    )
    accepted = []

    def accept(password):
        operations.accept_invitation(token=token, password=password)
        accepted.append(password)

    at_once(lambda: accept("nine green doors one"), lambda: accept("nine green doors two"))

    assert len(accepted) == 1
