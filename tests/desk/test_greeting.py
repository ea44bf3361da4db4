from types import SimpleNamespace

import pytest

from cases.desk import greeting
from cases.desk.queries.home import Agenda


def waiting(people):
    return SimpleNamespace(colleagues=people)


@pytest.mark.parametrize(
    ("late", "today", "people", "said"),
    [
        (0, 0, 0, "Nothing is overdue, and nobody waits for you."),
        (1, 0, 0, "1 thing is overdue."),
        (2, 0, 3, "2 things are overdue, 3 colleagues wait for you."),
        (0, 1, 1, "1 is due today, 1 colleague waits for you."),
        (5, 2, 0, "5 things are overdue, 2 are due today."),
    ],
)
def test_the_most_important_comes_first(late, today, people, said):
    assert greeting.for_cases(Agenda([], late, today, has_more=False), waiting(people)) == said


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, "No name was opened today."),
        (1, "1 opening or search today."),
        (4, "4 openings or searches today."),
    ],
)
def test_the_auditor_reads_how_much_was_opened(number, said):
    assert greeting.for_auditor(number) == said


@pytest.mark.parametrize(
    ("number", "said"),
    [(0, "All accounts are in order."), (1, "1 thing to look after."), (3, "3 things to look after.")],
)
def test_the_administrator_reads_how_much_there_is_to_look_after(number, said):
    accounts = SimpleNamespace(invitations=[None] * number, ending=[], thin_teams=[])

    assert greeting.for_accounts(accounts) == said
