"""The one sentence on top of the desk, for each kind of work."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.desk.queries.home import Accounts, Agenda
from cases.desk.queries.keeping import Waiting


def for_cases(agenda: Agenda, waiting: Waiting) -> str:
    late, today, people = agenda.late_in_all, agenda.today_in_all, waiting.colleagues
    said = []
    if late:
        said.append(ngettext("%(n)d thing is overdue", "%(n)d things are overdue", late) % {"n": late})
    if today:
        said.append(ngettext("%(n)d is due today", "%(n)d are due today", today) % {"n": today})
    if people:
        waits = ngettext("%(n)d colleague waits for you", "%(n)d colleagues wait for you", people)
        said.append(waits % {"n": people})
    if not said:
        return _("Nothing is overdue, and nobody waits for you.")
    return _("%(things)s.") % {"things": ", ".join(said)}


def for_accounts(accounts: Accounts) -> str:
    number = len(accounts.invitations) + len(accounts.ending) + len(accounts.thin_teams)
    if not number:
        return _("All accounts are in order.")
    return ngettext("%(n)d thing to look after.", "%(n)d things to look after.", number) % {"n": number}


def for_standing() -> str:
    return _("Backups or vault need to be looked after.")


def for_auditor(today: int) -> str:
    if not today:
        return _("No name was opened today.")
    return ngettext("%(n)d opening or search today.", "%(n)d openings or searches today.", today) % {
        "n": today
    }
