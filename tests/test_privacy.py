"""Every field of ours is classed; a new one without a class fails here, so that somebody thinks about it.

plain     says nothing about a person who is helped
file      the clear part of the case file: seen with the case, by pseudonym
person    about a colleague
sealed    cannot be read without a key
"""

import pytest
from django.apps import apps

OURS = (
    "ngo",
    "desk",
    "relocation",
    "asylum",
    "journeys",
    "vetting",
    "alarms",
    "needs",
    "transfers",
    "letters",
    "retention",
    "own_data",
    "documents",
    "disclosures",
    "applicants",
    "vault",
    "staff",
    "audit",
)

CLASSES = {
    "audit.entry": "plain",
    "staff.organisation": "plain",
    "staff.user": "person",
    "staff.rolegrant": "person",
    "staff.team": "plain",
    "staff.invitation": "person",
    "staff.announcement": "person",
    "staff.freeze": "person",
    "desk.breach": "person",
    "desk.exposed": "file",
    # Their words are notes of the case.
    "alarms.alarm": "file",
    "alarms.riskevent": "file",
    "alarms.alarmstep": "plain",
    "letters.lettertemplate": "plain",
    # Their words are notes of the case; of a provider nothing about a case.
    "needs.needkind": "plain",
    "needs.need": "file",
    "needs.referral": "file",
    "needs.provider": "plain",
    "transfers.eeastate": "plain",
    "transfers.transfer": "file",
    "transfers.pack": "file",
    "letters.letter": "file",
    # Officials in clear, and what was said with them: of the people we help only groups and pseudonyms.
    "relocation.government": "plain",
    "relocation.contact": "person",
    "relocation.talk": "person",
    # Days and codes; what is said about them are notes of the case.
    "journeys.leg": "file",
    "journeys.place": "plain",
    "asylum.claim": "file",
    "asylum.claimminor": "file",
    "asylum.step": "file",
    "asylum.setdate": "file",
    "asylum.regimerule": "plain",
    "asylum.deadlinerule": "plain",
    "relocation.group": "plain",
    "relocation.member": "file",
    "retention.retentionrule": "plain",
    "retention.keptlonger": "file",
    "own_data.datarequest": "file",
    "desk.publication": "person",
    # By pseudonym, frozen in the words of a day.
    "relocation.submission": "file",
    "relocation.submittedperson": "file",
    "relocation.inquiry": "file",
    "relocation.grouplimit": "plain",
    "desk.searchtext": "file",
    "desk.savedfilter": "person",
    "desk.registersetting": "person",
    "vault.organisationkey": "plain",
    "vault.keyring": "person",
    "vault.vaultpasskey": "sealed",
    "vault.wrap": "sealed",
    "vault.safe": "sealed",
    "vault.sealeditem": "sealed",
    "vault.sealedfile": "sealed",
    "vault.grant": "sealed",
    "vault.mark": "plain",
    # Who opened whom today, by the id of a case: gone after two days.
    "vault.countedperson": "person",
    "vault.moreopenings": "person",
    "vault.openinterview": "person",
    "vault.groupgrant": "plain",
    "vault.accessrequest": "person",
    "vetting.vetting": "file",
    "vetting.checkkind": "plain",
    "vetting.check": "file",
    # The register of incidents: published elsewhere, of units and places, never of a person.
    "vetting.unit": "plain",
    "vetting.incident": "plain",
    "vetting.incidentsource": "plain",
    "vetting.sourcecopy": "plain",
    "vetting.serviceentry": "file",
    "vetting.watchlist": "plain",
    "vetting.listkind": "plain",
    "vetting.listimport": "plain",
    # Public lists; whom somebody was compared with stands nowhere in clear.
    "vetting.listentry": "plain",
    "vetting.bucketsizes": "plain",
    "vetting.screening": "file",
    "vault.dutyofficer": "person",
    "vault.officerpair": "sealed",
    "vault.dutyrequest": "person",
    "vault.dutylayer": "sealed",
    "documents.documenttype": "plain",
    "documents.areamember": "plain",
    "documents.entryrule": "plain",
    "documents.visarule": "plain",
    "documents.remedyrule": "plain",
    "documents.stayrule": "plain",
    "documents.exitrule": "plain",
    "documents.safetyrule": "plain",
    # Officials stand here in clear; of the people only that they were told of, and which fields.
    # Blank: what is filled in leaves at once.
    "disclosures.recipientform": "plain",
    "disclosures.disclosure": "file",
    "disclosures.disclosedperson": "file",
    "disclosures.export": "file",
    "disclosures.exportperson": "file",
    "applicants.consent": "file",
    "applicants.consenttext": "plain",
    "documents.document": "file",
    "documents.documentchange": "file",
    "documents.stay": "file",
    "documents.scan": "file",
    "vetting.checkchange": "file",
    "vetting.question": "file",
    "vetting.interviewframe": "plain",
    "vetting.interviewquestion": "plain",
    "vetting.entrychange": "file",
    "vetting.evidence": "file",
    "vetting.referee": "file",
    "vetting.interview": "file",
    "vetting.conflict": "file",
    "vetting.vote": "file",
    "vetting.decision": "file",
    "applicants.usedpseudonym": "file",
    "applicants.household": "file",
    "applicants.applicant": "file",
    "applicants.applicantuserpermission": "person",
    "applicants.applicantgrouppermission": "plain",
    "applicants.membership": "file",
    "applicants.stagechange": "file",
    "applicants.note": "file",
    # Topic and day; the words are sealed.
    "applicants.sealednote": "file",
    "applicants.task": "file",
    "applicants.deadline": "file",
    "applicants.uncheckedtext": "file",
    "applicants.legalhold": "file",
    "applicants.double": "file",
    "applicants.compared": "person",
    # Who decided, and random ids; nothing of it leads to a person once it is done.
    "applicants.erasure": "person",
    "applicants.erasedcase": "plain",
    "applicants.tally": "plain",
    "vault.leftfile": "plain",
}
# Free text in the clear part: where a name could be typed. The list is short on purpose.
FREE_TEXT = {
    "applicants.applicant": {"urgency_reason", "special_needs"},
    # The code of a reason that a form offers.
    "applicants.stagechange": {"reason", "code"},
    "applicants.note": {"text"},
    "applicants.task": {"title"},
    "desk.exposed": {"note"},
    # Compared with what is sealed before it is saved.
    "letters.letter": {"for_whom"},
    # A colleague of the organisation, asked for so.
    "transfers.transfer": {"contact"},
    # The two letters of an airline.
    "journeys.leg": {"carrier"},
    # Of a newspaper, asked for so.
    "applicants.consent": {"outlet"},
    # The number that a government gave, and a hash.
    "relocation.submission": {"receipt", "content_hash"},
    "relocation.submittedperson": {"content_hash"},
    # Compared with what is sealed before they are saved.
    "relocation.inquiry": {"question", "answer"},
    "applicants.deadline": {"title", "source", "subject", "rule"},
    "applicants.usedpseudonym": {"pseudonym"},
    # The number of a row.
    "applicants.uncheckedtext": {"subject"},
    # Compared with what is sealed before they are saved: the reason and the reference. The recipient is an official.
    "disclosures.disclosure": {"recipient", "organisation", "ground_reference"},
    "disclosures.export": {"recipient", "organisation", "ground_reference", "reason", "age_key", "language"},
    # Codes and days that forms choose; nothing is typed into them.
    "documents.documentchange": {"field", "before", "after"},
    "vetting.checkchange": {"field", "before", "after"},
    "vetting.entrychange": {"field", "before", "after"},
}
NEVER_A_FIELD = ("surname", "family_name", "given_name", "birth", "passport", "phone", "address", "latin")


def models():
    return [model for label in OURS for model in apps.get_app_config(label).get_models()]


@pytest.mark.parametrize("model", models(), ids=lambda model: model._meta.label_lower)
def test_every_model_is_classed(model):
    assert model._meta.label_lower in CLASSES


@pytest.mark.parametrize(
    "model",
    [model for model in models() if CLASSES.get(model._meta.label_lower) == "file"],
    ids=str,
)
def test_free_text_about_people_is_known(model):
    free = {
        field.name
        for field in model._meta.get_fields()
        if field.concrete
        and field.get_internal_type() in ("CharField", "TextField")
        and not field.choices
        and field.name not in ("pseudonym", "country", "destination")
    }

    assert free - {"pseudonym"} == FREE_TEXT.get(model._meta.label_lower, set()) - {"pseudonym"}


@pytest.mark.parametrize("model", models(), ids=lambda model: model._meta.label_lower)
def test_no_clear_field_is_named_like_a_part_of_an_identity(model):
    named = [
        field.name
        for field in model._meta.concrete_fields
        if any(part in field.name for part in NEVER_A_FIELD)
    ]

    assert named == []
