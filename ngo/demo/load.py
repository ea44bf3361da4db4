"""Fills an empty database with the demo, through the same operations that people use."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from cases.applicants import operations as applicants
from cases.applicants.models import Applicant, ConsentText, Deadline, Note, Purpose, StageChange
from cases.applicants.operations import NewApplicant
from cases.applicants.stages import TRANSITIONS
from cases.desk.published.operations import approve_figures, ask_figures
from cases.desk.published.periods import over
from cases.desk.published.queries import digest, figures_of
from cases.documents.operations.reference import load_reference
from cases.names import pseudonyms
from cases.names.split import split
from cases.own_data.operations import note_request
from cases.retention.operations import keep_longer
from cases.staff import operations as staff
from cases.staff.models import Announcement, Organisation, Team, User, random_id
from cases.staff.queries import organisation
from cases.staff.roles import Role
from cases.vault import operations as vault
from cases.vault import organisation as organisation_key
from cases.vault import pepper
from cases.vault.queries import fingerprint_of, keyring_of
from cases.vault.shares import combine
from ngo.demo.accounts import ACCOUNTS, DemoAccount
from ngo.demo.asylum import claim_asylum
from ngo.demo.governments import talk_with_governments
from ngo.demo.groups import put_together
from ngo.demo.incidents import fill_register
from ngo.demo.needs import look_after
from ngo.demo.papers import give_papers
from ngo.demo.people import NOTES, PEOPLE, TASKS, Invented
from ngo.demo.story import tell
from ngo.demo.transfers import pass_on
from ngo.demo.vetting import UNDER_WAY, fill_lists, vet
from ngo.demo.winter import WINTER, go


class NotADemo(Exception):
    """The database belongs to a real organisation, or the program runs in production."""


def load() -> bool:
    """Load the demo and return True; return False where it is there already."""
    us = organisation()
    if settings.PRODUCTION or (us is not None and us.kind != Organisation.Kind.DEMO):
        raise NotADemo
    if us is not None:
        return False
    with transaction.atomic():
        # The papers of the demo are of the types of the catalogue.
        load_reference()
        applicants.load_consent_texts()
        Organisation.objects.create(kind=Organisation.Kind.DEMO, name="Demo", headcount=len(ACCOUNTS))
        team, people = _colleagues()
        cases = _register(people, team)
        _households(cases, people["claire"])
        _consents(cases, people["claire"])
        give_papers(cases, by=people["claire"], verified_by=people["ana"])
        tell(cases[UNDER_WAY], people)
        fill_lists()
        vet(cases, people)
        # Here longer than this program: nothing of the way before is written down.
        claim_asylum(cases, people, [35])
        _history(cases, people)
        fill_register(by=people["viktor"])
        france, _germany = talk_with_governments(people)
        go(cases, france, people)
        put_together(cases, france, people)
        _long_ago(cases, people)
        _publish(people)
        look_after(cases, people["claire"])
        pass_on(cases, people["claire"])
    return True


def _colleagues() -> tuple[Team, dict[str, User]]:
    # A demo that was thrown away may have left its files behind: they belong to a database that is gone.
    for left in (settings.PEPPER_FILE, settings.ORGANISATION_KEY_FILE):
        left.unlink(missing_ok=True)
    pepper.create()
    people = {account.username: _colleague(account) for account in ACCOUNTS}
    papers = organisation_key.create(threshold=2, shares=3, by=None)
    team = staff.make_team(name="Route to France", by=people["mira"])
    workers = [people[name] for name in ("claire", "viktor", "ana")]
    for person in (*workers, people["timur"]):
        staff.join_team(team=team, user=person, by=people["mira"])
    settings.DEMO_PASSPHRASES.keep(
        (person.username, vault.set_up(user=person, language="en").passphrase) for person in workers
    )
    _compare_keys(workers)
    vault.name_officers(users=[people["claire"], people["ana"]], root=combine(papers[:2]))
    # Nobody has been here yet who should be told.
    Announcement.objects.all().delete()
    staff.set_holders(team=team, holders=[people["claire"], people["ana"]], by=people["mira"])
    return team, people


def _compare_keys(workers: list[User]) -> None:
    """As at the terminal: nobody is unlocked yet who could compare the words of the others."""
    for worker in workers:
        vault.confirm_key(of=worker, fingerprint=fingerprint_of(keyring_of(worker)), unlocked=None, by=None)


def _colleague(account: DemoAccount) -> User:
    user = User.objects.create_user(
        account.username,
        full_name=account.full_name,
        language=account.language,
        time_zone=account.time_zone,
    )
    for role in account.roles:
        staff.give_role(user=user, role=Role(role), expires_at=None, by=None)
    return user


def _register(people: dict[str, User], team: Team) -> list[Applicant]:
    names = pseudonyms.propose(len(PEOPLE), set())
    new = [
        NewApplicant(
            id=random_id(),
            pseudonym=name,
            category=line.category,
            country=line.country,
            channel=line.channel,
            languages=["ru"],
            urgency=line.urgency,
            urgency_reason=line.why,
            special_needs=line.needs,
            identity=_identity(line),
            contact={"handle": f"@demo_{name.lower().replace(' ', '_')}", "how": "Evenings, Astana time"},
            owner=people[_owner(place)],
            team=team,
            # Who went the whole way begins with the dossier.
            stage="dossier" if place in WINTER else line.stage,
            last_contact_on=timezone.localdate() - timedelta(days=min(line.days, 21)),
            # Some wait for an answer, one of them for longer than one should.
            last_written_on=timezone.localdate() - timedelta(days=line.days + 3) if line.days > 1 else None,
        )
        for place, (line, name) in enumerate(zip(PEOPLE, names, strict=True))
    ]
    return applicants.register_applicants(new=new, by=people["claire"])


def _owner(place: int) -> str:
    """Who vets a person owns the case meanwhile, and so can open what is sealed of it."""
    if PEOPLE[place].stage.startswith("vetting"):
        return "viktor"
    return "ana" if place in (26, 27, 28, 29, 30) else "claire"


def _identity(line: Invented) -> dict[str, str]:
    parts = split(line.name)
    return {
        "name": line.name,
        "family_name": parts.family,
        "given_name": parts.given,
        "patronymic": parts.patronymic,
        "latin_name": line.latin,
        "birth_date": line.birth,
        "birth_place": line.place,
    }


def _households(cases: list[Applicant], by: User) -> None:
    for place, line in enumerate(PEOPLE):
        if line.principal is not None:
            applicants.join_household(
                applicant=cases[place],
                with_applicant=cases[line.principal],
                kinship=line.kin,
                has_certificate=line.kin in ("spouse", "child"),
                travels_with=True,
                by=by,
            )


def _consents(cases: list[Applicant], by: User) -> None:
    """Who is past the intake was asked."""
    for purpose in (Purpose.KEEPING, Purpose.GOVERNMENT):
        text = ConsentText.objects.filter(purpose=purpose, language="ru").latest("version")
        for place, (case, line) in enumerate(zip(cases, PEOPLE, strict=True)):
            asked_elsewhere = purpose == Purpose.GOVERNMENT and place in WINTER
            if line.stage not in ("contact", "intake") and not asked_elsewhere:
                applicants.record_consent(
                    id=random_id(),
                    applicant=case,
                    text=text,
                    agrees=True,
                    on=timezone.localdate() - timedelta(days=line.days),
                    channel=line.channel,
                    by=by,
                )


def _history(cases: list[Applicant], people: dict[str, User]) -> None:
    """What lies behind: written as it would stand there by now, since nobody can act in the past."""
    now = timezone.now()
    for place, line in enumerate(PEOPLE):
        since = now - timedelta(days=line.days, hours=2)
        registered = since - timedelta(days=0 if line.stage == "contact" else 40 + place)
        Applicant.objects.filter(pk=cases[place].pk).update(stage_since=since, created_at=registered)
        ours = Deadline.objects.filter(applicant=cases[place], rule__startswith="applicants.")
        ours.update(due_at=F("due_at") - (now - since))
        if line.stage != "contact" and place not in WINTER:
            StageChange.objects.create(
                applicant=cases[place],
                source=_before(line),
                target=line.stage,
                by=people["viktor" if line.stage.startswith("vett") else "claire"],
                at=since,
            )
    for place, days, text in NOTES:
        Note.objects.create(
            applicant=cases[place], text=text, by=people["claire"], at=now - timedelta(days=days, hours=3)
        )
    for place, title, due, owner in TASKS:
        applicants.add_task(
            id=random_id(),
            applicant=cases[place],
            title=title,
            due_on=timezone.localdate() + timedelta(days=due),
            owner=people[owner],
            by=people["ana"],
        )


def _long_ago(cases: list[Applicant], people: dict[str, User]) -> None:
    """One case was closed so long ago that somebody has to decide about it; of another somebody has decided; and a request."""
    now = timezone.now()
    Applicant.objects.filter(pk=cases[37].pk).update(
        created_at=now - timedelta(days=860),
        stage_since=now - timedelta(days=790),
        last_contact_on=timezone.localdate() - timedelta(days=800),
    )
    StageChange.objects.filter(applicant=cases[37]).update(at=now - timedelta(days=790))
    until = timezone.localdate() + timedelta(days=120)
    keep_longer(id=random_id(), applicant=cases[38], reason="claim", until=until, by=people["ana"])
    # He asks what is kept on him; Claire hands it out.
    note_request(
        id=random_id(),
        applicant=cases[31],
        asked_on=timezone.localdate() - timedelta(days=6),
        checked="met",
        by=people["ana"],
    )


def _publish(people: dict[str, User]) -> None:
    """The last quarter, for the report to those who give money."""
    last = next(period for period in over(timezone.localdate()) if period.quarter)
    asked = ask_figures(id=random_id(), period=last, by=people["claire"])
    approve_figures(publication=asked, seen=digest(figures_of(last)), by=people["ana"])


def _before(line: Invented) -> str:
    """The stage from which the table of transitions leads to the person's stage; of several, the first."""
    return str(next(move.source for move in TRANSITIONS if move.target == line.stage))
