"""What the actions of the audit log are called, one plain sentence each, said of the person who did it."""

import re

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.desk.audit_details import in_words

GROUPS: dict[str, Promise] = {
    "openings": _("Names and accounts opened"),
    "access": _("Who can open what"),
    "cases": _("Cases"),
    "lists": _("Lists in and out"),
    "unlocking": _("Unlocking and keys"),
    "logins": _("Logins"),
    "accounts": _("Accounts, roles and teams"),
    "reference": _("Reference data"),
    "keeping": _("Backups and checks"),
    "log": _("This log"),
}

# Action -> group, sentence. "%(about)s" is the case by pseudonym, or the colleague.
_TABLE: dict[str, tuple[str, Promise]] = {
    "vault.opened": ("openings", _("opened what is sealed of %(about)s")),
    "vault.opened_quietly": ("openings", _("looked into what is sealed")),
    "vault.searched": ("openings", _("searched by name")),
    "vault.damaged": ("openings", _("met something sealed of %(about)s that does not open")),
    "vault.access_given": ("access", _("let a colleague open something of %(about)s")),
    "vault.access_revoked": ("access", _("took from a colleague what could be opened of %(about)s")),
    "vault.access_limited": (
        "access",
        _("set the day until which a colleague can open something of %(about)s"),
    ),
    "vault.access_suspended": ("access", _("suspended what a colleague could open")),
    "vault.access_asked": ("access", _("asked to be able to open something of %(about)s")),
    "vault.access_refused": ("access", _("refused a colleague who asked to open something of %(about)s")),
    "vault.access_renewed": ("access", _("renewed what they can open")),
    "vault.rekeyed": ("access", _("sealed anew what somebody could open of %(about)s")),
    "vault.recovered": ("access", _("opened to a colleague again what had been lost")),
    "vault.recovered_case": ("access", _("let a colleague into %(about)s with the paper shares")),
    "vault.duty_asked": ("access", _("asked the other duty officers to approve something")),
    "vault.duty_done": ("access", _("approved, as a duty officer, what another one asked")),
    "vault.duty_refused": ("access", _("ended a request of duty officers")),
    "vault.officers_named": ("access", _("named the duty officers")),
    "applicants.registered": ("cases", _("registered %(about)s")),
    "applicants.registered_many": ("cases", _("registered people")),
    "applicants.edited": ("cases", _("changed the case file of %(about)s")),
    "applicants.identity_sealed": ("cases", _("sealed the name of %(about)s")),
    "applicants.contact_sealed": ("cases", _("sealed the contact card of %(about)s")),
    "vault.sealed": ("cases", _("sealed something of %(about)s")),
    "vault.file_sealed": ("cases", _("sealed a file of %(about)s")),
    "vault.file_refused": ("cases", _("sent a file for %(about)s that was refused")),
    "vault.upload_removed": ("cases", _("removed an unfinished file of %(about)s")),
    "documents.scan_begun": ("cases", _("began to send a scan for %(about)s")),
    "documents.scan_struck": ("cases", _("struck out a scan of %(about)s")),
    "vault.safes_made": ("cases", _("made safes for new cases")),
    "applicants.shared": ("cases", _("shared %(about)s")),
    "applicants.unshared": ("cases", _("took %(about)s back")),
    "applicants.assigned": ("cases", _("chose owner and team of %(about)s")),
    "applicants.stage_moved": ("cases", _("moved %(about)s to another stage")),
    "applicants.note_added": ("cases", _("wrote a note on %(about)s")),
    "applicants.text_kept": ("cases", _("saved a text of %(about)s that may tell who it is")),
    "applicants.text_cleaned": ("cases", _("took out of a text of %(about)s what told who it is")),
    "applicants.texts_checked": ("cases", _("compared texts with what is sealed")),
    "applicants.task_added": ("cases", _("set a task for %(about)s")),
    "applicants.task_done": ("cases", _("did a task of %(about)s")),
    "applicants.task_reopened": ("cases", _("reopened a task of %(about)s")),
    "applicants.deadline_set": ("cases", _("set a deadline of %(about)s")),
    "applicants.deadline_met": ("cases", _("met a deadline of %(about)s")),
    "applicants.deadline_withdrawn": ("cases", _("took back a deadline of %(about)s")),
    "applicants.household_joined": ("cases", _("joined %(about)s to a household")),
    "applicants.household_left": ("cases", _("took %(about)s out of a household")),
    "documents.added": ("cases", _("added a paper of %(about)s")),
    "documents.edited": ("cases", _("changed a paper of %(about)s")),
    "documents.struck": ("cases", _("struck out a paper of %(about)s")),
    "documents.verified": ("cases", _("verified a paper of %(about)s")),
    "documents.stay_saved": ("cases", _("wrote how %(about)s can leave")),
    "documents.no_paper_said": ("cases", _("wrote that %(about)s holds no paper at all")),
    "vetting.service_added": ("cases", _("added to the service record of %(about)s")),
    "vetting.service_edited": ("cases", _("corrected the service record of %(about)s")),
    "vetting.service_struck": ("cases", _("struck out an entry in the service record of %(about)s")),
    "vetting.check_answered": ("cases", _("answered a check of %(about)s")),
    "vetting.question_raised": ("cases", _("raised a question about %(about)s")),
    "vetting.question_asked": ("cases", _("noted that a question was asked of %(about)s")),
    "vetting.question_answered": ("cases", _("wrote down an answer of %(about)s")),
    "vetting.question_settled": ("cases", _("settled a question about %(about)s")),
    "vetting.evidence_added": ("cases", _("added evidence on %(about)s")),
    "vetting.evidence_begun": ("cases", _("began to send evidence on %(about)s")),
    "vetting.evidence_edited": ("cases", _("described evidence on %(about)s")),
    "vetting.evidence_struck": ("cases", _("struck out evidence on %(about)s")),
    "vetting.referee_added": ("cases", _("named a referee of %(about)s")),
    "vetting.referee_edited": ("cases", _("changed a referee of %(about)s")),
    "vetting.referee_struck": ("cases", _("struck out a referee of %(about)s")),
    "vetting.interview_added": ("cases", _("planned or recorded an interview with %(about)s")),
    "vetting.interview_edited": ("cases", _("changed an interview with %(about)s")),
    "vetting.interview_written": ("cases", _("wrote down an interview with %(about)s")),
    "vetting.interview_struck": ("cases", _("struck out an interview with %(about)s")),
    "vetting.screened": ("cases", _("compared %(about)s with the lists")),
    "vetting.pair_decided": ("cases", _("decided on a hit of %(about)s")),
    "vetting.list_uploaded": ("reference", _("sent a list of people, %(about)s")),
    "vetting.list_taken_in": ("reference", _("took in the list %(about)s")),
    "vetting.voted": ("cases", _("voted on %(about)s")),
    "vetting.decided": ("cases", _("completed the votes on %(about)s")),
    "vetting.conflict_declared": ("cases", _("wrote down who does not vote on %(about)s")),
    "vetting.conflict_ended": ("cases", _("ended a conflict of interest about %(about)s")),
    "desk.imported": ("lists", _("took in a spreadsheet")),
    "desk.exported": ("lists", _("took the list out as CSV")),
    "vault.unlocked": ("unlocking", _("unlocked")),
    "vault.locked": ("unlocking", _("locked")),
    "vault.unlock_failed": ("unlocking", _("tried to unlock with wrong words")),
    "vault.too_many_tries": ("unlocking", _("tried too often and was logged out")),
    "vault.key_made": ("unlocking", _("set up a vault")),
    "vault.key_confirmed": ("unlocking", _("confirmed the new key of a colleague")),
    "vault.passphrase_changed": ("unlocking", _("changed the passphrase")),
    "vault.sheet_made": ("unlocking", _("printed a new recovery sheet")),
    "vault.restored_with_sheet": ("unlocking", _("came back with the recovery sheet")),
    "vault.taken_back": ("unlocking", _("found earlier words again and took back what they opened")),
    "vault.started_over": ("unlocking", _("lost everything and started over with a new key")),
    "vault.organisation_key_made": ("unlocking", _("made the organisation key")),
    "staff.logged_in": ("logins", _("logged in")),
    "staff.logged_out": ("logins", _("logged out")),
    "staff.logins_ended": ("logins", _("ended the other logins")),
    "staff.login_failed": ("logins", _("refused a login as %(about)s")),
    "staff.factor_failed": ("logins", _("refused a second factor of %(about)s")),
    "staff.password_changed": ("logins", _("changed the password")),
    "staff.password_set_by_link": ("logins", _("set a password by a link")),
    "staff.factor_added": ("logins", _("added a second factor")),
    "staff.factor_removed": ("logins", _("removed a second factor")),
    "staff.factors_reset_by_link": ("logins", _("set a second factor by a link")),
    "staff.codes_renewed": ("logins", _("made new recovery codes")),
    "staff.invited": ("accounts", _("invited %(about)s")),
    "staff.joined": ("accounts", _("took up the account %(about)s")),
    "staff.link_made": ("accounts", _("made a link for %(about)s")),
    "staff.account_edited": ("accounts", _("changed the account %(about)s")),
    "staff.away_set": ("accounts", _("said when %(about)s is away")),
    "staff.role_given": ("accounts", _("gave %(about)s a role")),
    "staff.role_ended": ("accounts", _("ended a role of %(about)s")),
    "staff.deactivated": ("accounts", _("closed the account %(about)s")),
    "staff.reactivated": ("accounts", _("reopened the account %(about)s")),
    "staff.team_made": ("accounts", _("made the team %(about)s")),
    "staff.team_renamed": ("accounts", _("renamed a team to %(about)s")),
    "staff.team_joined": ("accounts", _("took %(about)s into a team")),
    "staff.team_left": ("accounts", _("took %(about)s out of a team")),
    "staff.holders_set": ("accounts", _("chose the name holders of the team %(about)s")),
    "staff.organisation_edited": ("accounts", _("changed the organisation")),
    "vetting.incident_added": ("reference", _("added an incident to the register")),
    "vetting.incident_edited": ("reference", _("changed an incident of the register")),
    "vetting.incident_struck": ("reference", _("struck out an incident of the register")),
    "vetting.source_added": ("reference", _("added a source to an incident of the register")),
    "vetting.copy_kept": ("reference", _("kept a copy of a source of the register of incidents")),
    "vetting.incidents_imported": ("reference", _("took in incidents from a file")),
    "vetting.unit_added": ("reference", _("added a unit to the register of incidents")),
    "vetting.unit_edited": ("reference", _("changed a unit of the register of incidents")),
    "vetting.units_merged": ("reference", _("merged two units of the register of incidents")),
    "documents.reference_loaded": ("reference", _("loaded the reference data from its files")),
    "documents.reference_added": ("reference", _("added %(about)s to the reference data")),
    "documents.reference_edited": ("reference", _("changed %(about)s in the reference data")),
    "documents.reference_verified": ("reference", _("verified reference data")),
    "vault.adopted": ("keeping", _("began to mark what is sealed")),
    "vault.found_whole": ("keeping", _("checked the vault and found it whole")),
    "vault.found_faulty": ("keeping", _("checked the vault and found faults")),
    "backup.made": ("keeping", _("made a backup")),
    "backup.failed": ("keeping", _("could not make a backup")),
    "backup.proven": ("keeping", _("proved that a backup can be restored")),
    "backup.drill_failed": ("keeping", _("could not restore a backup that was tried")),
    "backup.restored": ("keeping", _("restored a backup")),
    "backup.upgraded": ("keeping", _("brought the database to a new version of the program")),
    "backup.upgrade_undone": ("keeping", _("went back to the version before an upgrade that failed")),
    "desk.audit_read": ("log", _("read this log")),
}

# What was opened stands at the beginning of the detail.
_OPENED: dict[str, Promise] = {
    "identity": _("opened the name of %(about)s"),
    "contact": _("opened the contact card of %(about)s"),
    "account": _("opened the account of %(about)s"),
    "paper": _("opened the number of a paper of %(about)s"),
    "service": _("opened an entry in the service record of %(about)s"),
    "file": _("opened a file of %(about)s"),
    "check": _("opened what a check of %(about)s found"),
    "question": _("opened a question about %(about)s"),
    "screening": _("opened the hits of %(about)s on lists"),
}
# Each is sealed under a kind of its own, an interview under one of each sitting, too: the id tells the reader nothing.
_WORDS: dict[str, Promise] = {
    "paper": _("paper"),
    "service": _("service record"),
    "question": _("question"),
    "evidence": _("evidence"),
    "referee": _("referee"),
    "interview": _("interview"),
    "vote": _("reasons of a vote"),
}
_NUMBERED = re.compile(rf"\b({'|'.join(_WORDS)})-[0-9a-f]{{32}}(?:-[0-9a-f]{{16}})?\b")


# For the verifier, not for reading.
_DIGEST = re.compile(r",? digest [0-9a-f]{64}")


def actions_of(group: str) -> list[str]:
    return [action for action, (its_group, _sentence) in _TABLE.items() if its_group == group]


def sentence(action: str, about: str, detail: str) -> str:
    """One line of the log in plain words; an action that is not in the table is shown as it is stored."""
    words: str | Promise = _TABLE[action][1] if action in _TABLE else action
    if action == "vault.opened":
        kind, _colon, reason = _NUMBERED.sub(r"\1", detail).partition(": ")
        kind = kind.partition("-")[0] if kind.startswith(("file-", "check-")) else kind
        kind = kind.partition("-")[0] if kind.startswith("file-") else kind
        if kind in _OPENED:
            words, detail = _OPENED[kind], reason
    said = str(words) % {"about": about or gettext("somebody")} if action in _TABLE else str(words)
    # Most details begin with the pseudonym, which the sentence has said already.
    detail = detail.removeprefix(about).lstrip(":, ") if about and action in _TABLE else detail
    detail = _NUMBERED.sub(lambda found: str(_WORDS[found[1]]), _DIGEST.sub("", detail))
    detail = in_words(action, detail)
    return f"{said} — {detail}" if detail else said
