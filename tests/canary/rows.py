"""A row of every kind about one case, so that every address leads to something real."""

import datetime
from types import SimpleNamespace

from django.utils import timezone

from cases.alarms.operations import add_risk, raise_alarm
from cases.applicants import operations as applicants
from cases.applicants.models import Deadline, Double, Household, Membership, StageChange, UncheckedText
from cases.asylum.models import DeadlineRule
from cases.asylum.operations import add_step, open_claim, set_date
from cases.desk.lists.operations import save_filter
from cases.desk.models import Breach, Exposed
from cases.desk.published.operations import ask_figures
from cases.desk.published.periods import Period
from cases.disclosures.operations import answer_export
from cases.journeys.models import Place
from cases.journeys.operations import plan_leg
from cases.needs.models import Provider
from cases.own_data.operations import note_request
from cases.staff import operations as staff
from cases.staff.models import Announcement, Invitation, random_id
from cases.vault import budget
from cases.vault import operations as vault
from cases.vault.models import AccessRequest, DutyRequest, MoreOpenings, VaultPasskey
from cases.vetting.models import Check, InterviewFrame, InterviewQuestion, ServiceEntry
from cases.vetting.models.watchlists import ListImport, Watchlist
from cases.vetting.operations.conflicts import declare_conflict
from cases.vetting.operations.evidence import add_link, begin_evidence
from cases.vetting.operations.incidents import keep_copy
from tests.applicants.factories import agree, make_applicant
from tests.canary import papers
from tests.canary.people import SECRET, VISITORS
from tests.canary.tokens import token
from tests.disclosures.factories import make_export, make_form
from tests.letters.factories import make_template
from tests.needs.factories import make_need, make_provider, make_referral
from tests.relocation.factories import make_group, make_inquiry, make_submission, make_talk
from tests.transfers.factories import make_transfer
from tests.vault.files.made import picture
from tests.vault.files.sending import told
from tests.vetting.check_factories import make_check, make_question
from tests.vetting.heard.factories import LINK, make_interview, make_referee
from tests.vetting.heard.factories import write as write_interview
from tests.vetting.incidents.making import make_incident, make_unit

MIB = 1024 * 1024


def common_rows(world):
    """What belongs to no case: registers of the vetting, a list, links of colleagues."""
    by = world.keeper
    unit = make_unit(by, name="Canary brigade")
    incident = make_incident(by, unit)
    source = incident.sources.get()
    copy = keep_copy(source=source, content=picture(), captured_at=None, by=by)
    watchlist, _made = Watchlist.objects.get_or_create(slug="sanctions")
    listed = ListImport.objects.create(watchlist=watchlist, by=by, state="done")
    token_of_link = staff.make_link(user=world.nobody, purpose=Invitation.Purpose.PASSWORD, by=by)
    freeze = staff.freeze(user=world.nobody, kind="lost", reason="a trial", by=world.second)
    wish = MoreOpenings.objects.create(asker=world.second, day=budget.today(), number=10)
    # It answers nobody: its credential is made up.
    passkey = VaultPasskey.objects.create(
        keyring=world.keeper.keyring,
        version=1,
        name="x",
        credential=b"x",
        salt=b"x" * 40,
        sealed_root=b"x" * 40,
    )
    # Of a team, so that every visitor who sees cases can come to it.
    saved = save_filter(name="Canary", query="country=KZ", team=world.team, first=False, by=by)
    world.common = SimpleNamespace(
        passkey=passkey,
        filter=saved,
        unit=unit,
        incident=incident,
        source=source,
        copy=copy,
        listed=listed,
        token=token_of_link,
        freeze=freeze,
        wish=wish,
        talk=make_talk(by=by),
        provider=make_provider(by=by),
        letter=make_template("canary"),
        form=make_form(by=by),
        publication=ask_figures(id=random_id(), period=Period(2025, 3), by=by),
    )


def rows_of(world, person):
    """Everything that the case of a person can hold, with a token in each thing that is sealed."""
    case, by = world.cases[person], world.keeper
    word = lambda field: token(person, field)  # noqa: E731  # read thirty times below
    frame = InterviewFrame.objects.order_by("key").first()
    asked = InterviewQuestion.objects.filter(frame=frame.key).order_by("order").first()
    make_check(case, "V01", by=by, sealed={"finding": word("finding"), "lawyer": ""})
    question = make_question(
        case,
        by=by,
        content={"about": word("question"), "statements": [{"text": word("said"), "source": "a talk"}]},
    )
    sealed = LINK | {"title": word("evidence"), "url": f"https://{word('link').lower()}.invalid/"}
    link = add_link(id=random_id(), applicant=case, facts={"checks": []}, sealed=sealed, by=by)
    content = papers.scan(person)
    file = begin_evidence(
        applicant=case, checks=[], new=told(content, name=papers.file_name(person)), secret=SECRET, by=by
    )
    kept = vault.add_chunk(file=file.file, index=0, data=content, secret=SECRET, by=by)
    vault.finish_upload(file=kept, secret=SECRET, by=by)
    about = {"name": word("referee"), "contact": "", "said": word("said")}
    referee = make_referee(case, by=by, sealed=about)
    interview = make_interview(case, frame, by=by, on=datetime.date(2026, 11, 4))
    write_interview(interview, by=by, answers={asked.key: word("answer")}, impressions=word("impressions"))
    task = applicants.add_task(
        id=random_id(), applicant=case, title="call back", due_on=None, owner=by, by=by
    )
    applicants.add_sealed_note(id=random_id(), applicant=case, topic="story", text=word("said"), by=by)
    note = applicants.add_note(id=random_id(), applicant=case, text="met", by=by)
    group = make_group(world.common.talk.government, case, by=world.keeper, name=f"Group {person}")
    submission = make_submission(group, case, by=world.keeper)
    return SimpleNamespace(
        person=person,
        case=case,
        scan=world.scans[person],
        entry=ServiceEntry.objects.filter(applicant=case).first(),
        check=Check.objects.get(applicant=case, kind="V01"),
        question=question,
        evidence=file,
        link=link,
        referee=referee,
        interview=interview,
        task=task,
        deadline=Deadline.objects.filter(applicant=case).first()
        or applicants.set_deadline(
            applicant=case,
            rule="canary",
            subject="",
            title="to do",
            due_at=timezone.now(),
            source="",
            by=by,
        ),
        change=StageChange.objects.create(
            applicant=case, source="contact", target=case.stage, by=by, at=timezone.now()
        ),
        membership=_left(case),
        double=_double(world, case, person),
        conflict=declare_conflict(applicant=case, user=world.second, relation="other", by=by),
        text=UncheckedText.objects.create(applicant=case, what="note", subject=str(note.pk), by=by),
        asked=AccessRequest.objects.create(safe=case.identity_safe, asker=world.nobody, reason="to call"),
        duty=DutyRequest.objects.create(
            kind="open",
            asker=world.second,
            colleague=world.nobody,
            safe=case.identity_safe,
            reason="in need",
            expires_at=timezone.now() + datetime.timedelta(hours=3),
        ),
        data_request=note_request(
            id=random_id(),
            applicant=case,
            asked_on=timezone.localdate(),
            checked="voice",
            by=world.second,
        ),
        alarm=raise_alarm(id=random_id(), applicant=case, kind="border", known="stands there", by=by),
        claim=_claim(case, by),
        referral=_referral(case, by),
        leg=_leg(case, by),
        risk=add_risk(
            id=random_id(),
            applicant=case,
            kind="police",
            severity=3,
            happened_on=datetime.date(2026, 11, 4),
            review_on=datetime.date(2027, 11, 4),
            by=by,
        ),
        exposed=Exposed.objects.create(
            breach=Breach.objects.get(user=world.nobody), applicant=case, name=True, account=True
        ),
        consent=agree(case, "partner", by=world.keeper).consents.get(),
        transfer=make_transfer(case, by=by, provider=Provider.objects.first()),
        group=group,
        submission=submission,
        inquiry=make_inquiry(submission, case, by=world.keeper),
        export=_export(world, case),
        erasure=applicants.ask_erasure(
            applicants=[_to_be_erased(world, person)], reason="wish", by=world.second
        ),
        announcement=Announcement.objects.create(to=world.keeper, code="duty_asked", who="x"),
    )


def _leg(case, by):
    place = {"country": "KZ", "zone": "Asia/Almaty", "source": "a trial", "confidence": "known"}
    origin, goal = (
        Place.objects.get_or_create(key=key, defaults=place | {"name_en": key})[0]
        for key in ("here", "there")
    )
    facts = {"origin": origin, "goal": goal, "departs_at": timezone.now()}
    return plan_leg(id=random_id(), applicant=case, facts=facts, known="by night", by=by)


def _claim(case, by):
    """Without the rules of law every deadline of a claim is unknown; the interview is set by hand."""
    DeadlineRule.objects.get_or_create(
        key="canary",
        defaults={
            "kind": "interview",
            "regime": "apr",
            "counts_from": "registered",
            "at_rest": "unknown",
            "source": "a trial",
            "confidence": "unknown",
        },
    )
    claim = open_claim(id=random_id(), applicant=case, track="standard", by=by)
    day = datetime.date(2026, 7, 6)
    for kind in ("registered", "attested"):
        add_step(id=random_id(), claim=claim, kind=kind, on=day, by=by)
    set_date(claim=claim, kind="interview", due_on=day, basis="letter", why="as written", by=by)
    return claim


def _referral(case, by):
    """One provider for all cases."""
    need = make_need(case, by=by)
    return make_referral(case, by=by, need=need, provider=Provider.objects.first())


def _export(world, case):
    """Names on their way out, approved: the reader collects them once, in a file that opens with words."""
    reader = next(visitor for visitor in VISITORS if visitor.may_read)
    asker = world.visitors[reader.name]
    agree(case, "government", by=world.keeper)
    export = make_export(case, by=asker, unlocked=world.unlocked[asker.pk])
    answer_export(export=export, approve=True, unlocked=world.unlocked[world.keeper.pk], by=world.keeper)
    return export


def _double(world, case, person):
    """A pair that whoever holds both names may look at."""
    other = make_applicant(by=world.keeper, pseudonym=f"Canary Double {person}", team=world.team)
    first, second = sorted([case, other], key=lambda one: one.pk)
    return Double.objects.create(first=first, second=second)


def _left(case):
    """A household that was left a moment ago."""
    household = Household.objects.create()
    return Membership.objects.create(
        household=household, applicant=case, kinship="principal", until=timezone.now()
    )


def _to_be_erased(world, person):
    """A case beside the one that is visited: whoever approves takes nothing away from the search."""
    return make_applicant(by=world.keeper, pseudonym=f"Canary Gone {person}", team=world.team)
