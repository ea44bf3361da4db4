"""Grey Heron with a row of everything: what hangs on a case is in the copy, or there is a reason why not."""

from collections import defaultdict

import pytest

from cases.own_data import contents, road
from cases.relocation.models import Submission
from cases.vault.models import SealedItem
from tests.erasing.conftest import full, ready  # noqa: F401  # fixtures
from tests.erasing.test_reach import FATES

pytestmark = pytest.mark.django_db

COPIED = {
    "alarms.alarm": "danger",
    "alarms.riskevent": "danger",
    "applicants.applicant": "case",
    "applicants.consent": "consent",
    "applicants.deadline": "work",
    "applicants.membership": "case",
    "applicants.note": "notes",
    "applicants.sealednote": "account",
    "applicants.stagechange": "stages",
    "applicants.task": "work",
    "asylum.claim": "asylum",
    "asylum.claimminor": "asylum",
    "asylum.setdate": "asylum",
    "asylum.step": "asylum",
    "disclosures.disclosedperson": "told",
    "documents.document": "papers",
    "documents.stay": "papers",
    "journeys.leg": "journeys",
    "letters.letter": "letters",
    "needs.need": "needs",
    "needs.referral": "needs",
    "transfers.transfer": "transfers",
    "transfers.pack": "transfers",
    "relocation.inquiry": "governments",
    "relocation.submittedperson": "governments",
    "retention.keptlonger": "keeping",
    "vault.sealeditem": "identity",
    "vetting.decision": "vetting",
}
_VETTERS = "what vetters looked at and wrote is theirs; the result and its day are in the copy"
_ACCESS = "who may open what: colleagues, and keys without a word about the person"
_OURS = "how the work is kept in order: nothing about the person that is not said elsewhere in the copy"
LEFT_OUT = {
    "applicants.applicantgrouppermission": _ACCESS,
    "applicants.applicantuserpermission": _ACCESS,
    "vault.accessrequest": _ACCESS,
    "vault.dutylayer": _ACCESS,
    "vault.dutyrequest": _ACCESS,
    "vault.grant": _ACCESS,
    "vault.groupgrant": _ACCESS,
    "vault.openinterview": _ACCESS,
    "vault.safe": _ACCESS,
    "applicants.double": "a question whether two cases are one person, in which the other stands",
    "applicants.legalhold": "an order of a court or an authority, which may not be told",
    "applicants.uncheckedtext": _OURS,
    "desk.exposed": "who held the case when a colleague was exposed: told to the person by a colleague",
    "desk.searchtext": _OURS,
    "disclosures.exportperson": "asked for and not collected: nothing has left; what left is in the copy",
    "documents.documentchange": _OURS,
    "documents.scan": "the pictures of papers, which the person gave; handed over by hand where asked for",
    "vault.sealedfile": "the pictures of papers, which the person gave; handed over by hand where asked for",
    "own_data.datarequest": "the request for this copy",
    "relocation.member": "not handed in: nothing has left; what was handed in is in the copy",
    "staff.announcement": _OURS,
    "vetting.check": _VETTERS,
    "vetting.checkchange": _VETTERS,
    "vetting.conflict": _VETTERS,
    "vetting.entrychange": _VETTERS,
    "vetting.evidence": _VETTERS,
    "vetting.interview": _VETTERS,
    "vetting.question": _VETTERS,
    "vetting.referee": "another person, and what that person said",
    "vetting.screening": _VETTERS,
    "vetting.serviceentry": "as the person told it, with the names in the sealed service record",
    "vetting.vetting": _VETTERS,
    "vetting.vote": _VETTERS,
}


def copy(case):
    """The copy with every sealed field said as its own name, and nothing taken out."""
    kinds = SealedItem.objects.filter(safe=case.account_safe_id).values_list("kind", flat=True)
    account = defaultdict(lambda: {"text": "told"}, {kind: {"text": "told"} for kind in kinds})
    opened = {"name": ["Кулебякин"]}
    found = contents.sections(case, opened=opened, account=account, redact=lambda text: text)
    return {one.code: one for one in found}


def unthought(tables):
    return {label for label in tables if label not in COPIED and label not in LEFT_OUT}


def test_every_table_of_a_case_is_copied_or_has_a_reason():
    goes = {label for label, fate in FATES.items() if fate == "goes"}

    assert unthought(goes) == set()
    assert (COPIED.keys() | LEFT_OUT.keys()) - goes == set()
    assert COPIED.keys() & LEFT_OUT.keys() == set()
    assert unthought(goes | {"planted.rumour"}) == {"planted.rumour"}


def test_every_section_that_is_promised_is_there(full):  # noqa: F811
    found = copy(full.case)

    assert set(COPIED.values()) - found.keys() == set()
    assert [line for one in found.values() for line in one.lines if not line.label or not line.said] == []


def test_a_section_that_is_forgotten_is_noticed(full, monkeypatch):  # noqa: F811
    monkeypatch.setattr(road, "journeys", lambda *_: [])

    assert set(COPIED.values()) - copy(full.case).keys() == {"journeys"}


def test_what_was_not_handed_in_is_not_said(full):  # noqa: F811
    full.case.inquiries.all().delete()
    Submission.objects.update(submitted_on=None, submitted_by=None, receipt="", receipt_on=None)

    assert "governments" not in copy(full.case)
