"""Who may do what, on one page. A person holds one or more roles; a role is a set of permissions.

Which *cases* somebody sees is decided by what was shared with the person or the team, never here;
which *names* somebody can open is decided by the vault, never here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _


class Permission(Enum):
    SEE_CASES = gettext_noop("see the cases shared with me")
    REGISTER = gettext_noop("register a new person")
    WORK = gettext_noop("write notes, tasks and the case file")
    MOVE_STAGE = gettext_noop("move a case to its next stage")
    VET = gettext_noop("record checks, interviews and screening, and keep the registers of the vetting")
    DECIDE_VETTING = gettext_noop("say how the vetting ended")
    ASSIGN = gettext_noop("choose owner and team of a case, and end or reopen it")
    SHARE = gettext_noop("share a case with a colleague or a team")
    USE_VAULT = gettext_noop("unlock, and open the names one was given")
    IMPORT = gettext_noop("take in a spreadsheet")
    EXPORT = gettext_noop("take the list out as CSV")
    DISCLOSE = gettext_noop(
        "ask to hand names over to a recipient, and collect them once another has approved"
    )
    NEGOTIATE = gettext_noop("talk with governments, put groups together and submit them")
    APPROVE_FIGURES = gettext_noop("approve figures before they leave the house")
    READ_AUDIT = gettext_noop("read who did what")
    MANAGE_ACCOUNTS = gettext_noop("invite colleagues, give and end roles, keep teams")
    MANAGE_REFERENCE = gettext_noop("keep the reference data")
    HANDLE_BREACH = gettext_noop("lead when a device is lost or a colleague arrested, and keep the 72 hours")
    ERASE = gettext_noop("ask for a case to be erased, and set or end a legal hold")
    APPROVE_ERASURE = gettext_noop("approve the erasing that a colleague asked for")
    SEE_ERASURES = gettext_noop("see what was erased, with the certificates")
    SEE_STANDING = gettext_noop("see whether backups and the vault are in order")
    REPORT = gettext_noop("send people in from the field, and see nothing but that they arrived")

    @property
    def sentence(self) -> str:
        return gettext(self.value)


class Role(models.TextChoices):
    FIELD = "field", _("Field worker")
    INTAKE = "intake", _("Intake worker")
    CASEWORKER = "caseworker", _("Caseworker")
    VETTING = "vetting", _("Vetting officer")
    COORDINATOR = "coordinator", _("Coordinator")
    DIRECTOR = "director", _("Director")
    AUDITOR = "auditor", _("Data-protection officer (auditor)")
    ADMINISTRATOR = "administrator", _("Administrator of accounts")


@dataclass(frozen=True)
class RoleSheet:
    sentence: str | Promise
    may: frozenset[Permission]


_CASE_WORK = frozenset({Permission.SEE_CASES, Permission.WORK, Permission.SHARE, Permission.USE_VAULT})

ROLES: dict[Role, RoleSheet] = {
    Role.FIELD: RoleSheet(
        _("Sends people in from a telephone that may be taken: writes, and can open nothing."),
        frozenset({Permission.REPORT}),
    ),
    Role.INTAKE: RoleSheet(
        _("Takes the first message, registers the person and seals the name."),
        _CASE_WORK | {Permission.REGISTER, Permission.MOVE_STAGE, Permission.ERASE},
    ),
    Role.CASEWORKER: RoleSheet(
        _("Accompanies people from intake to safety: notes, tasks, papers, sharing."),
        _CASE_WORK
        | {
            Permission.REGISTER,
            Permission.MOVE_STAGE,
            Permission.IMPORT,
            Permission.EXPORT,
            Permission.ERASE,
            Permission.DISCLOSE,
            Permission.NEGOTIATE,
        },
    ),
    Role.VETTING: RoleSheet(
        _("Checks who the person was in the war, and says how the vetting ended."),
        _CASE_WORK | {Permission.MOVE_STAGE, Permission.VET, Permission.DECIDE_VETTING},
    ),
    Role.COORDINATOR: RoleSheet(
        _("Keeps the whole moving: assigns owners and teams, ends and reopens cases."),
        _CASE_WORK
        | {
            Permission.REGISTER,
            Permission.MOVE_STAGE,
            Permission.VET,
            Permission.ASSIGN,
            Permission.IMPORT,
            Permission.EXPORT,
            Permission.DISCLOSE,
            Permission.NEGOTIATE,
            Permission.MANAGE_REFERENCE,
            Permission.HANDLE_BREACH,
            Permission.ERASE,
            Permission.APPROVE_ERASURE,
            Permission.SEE_ERASURES,
        },
    ),
    Role.DIRECTOR: RoleSheet(
        _("Answers for the work: sees what is shared with the direction, approves what leaves the house."),
        frozenset(
            {
                Permission.SEE_CASES,
                Permission.USE_VAULT,
                Permission.ASSIGN,
                Permission.SHARE,
                Permission.EXPORT,
                Permission.ERASE,
                Permission.APPROVE_ERASURE,
                Permission.SEE_ERASURES,
                Permission.DISCLOSE,
                Permission.NEGOTIATE,
                Permission.APPROVE_FIGURES,
                Permission.SEE_STANDING,
                Permission.HANDLE_BREACH,
            }
        ),
    ),
    Role.AUDITOR: RoleSheet(
        _("Reads who did what and who opened which name, and decides nothing."),
        frozenset({Permission.READ_AUDIT, Permission.SEE_ERASURES}),
    ),
    Role.ADMINISTRATOR: RoleSheet(
        _("Invites colleagues, gives and ends roles. Sees no case and no name."),
        frozenset({Permission.MANAGE_ACCOUNTS, Permission.MANAGE_REFERENCE, Permission.SEE_STANDING}),
    ),
}

# An administrator could hand himself access, an auditor would check himself: neither works on cases. Who writes from
# the field can be forced to open whatever the account opens.
ALONE = (Role.ADMINISTRATOR, Role.AUDITOR, Role.FIELD)
INCOMPATIBLE: frozenset[frozenset[Role]] = frozenset(
    frozenset({alone, other}) for alone in ALONE for other in Role if other != alone
)


def clash(roles: Iterable[Role]) -> frozenset[Role] | None:
    """Return the first pair among `roles` that nobody may hold together, or None."""
    held = set(roles)
    return next((pair for pair in INCOMPATIBLE if pair <= held), None)


def permissions_of(roles: Iterable[Role]) -> frozenset[Permission]:
    return frozenset().union(*(ROLES[role].may for role in roles))
