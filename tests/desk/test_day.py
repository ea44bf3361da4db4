"""The day of `docs/day.md`: forty cases, and what they cost in logins and passphrases."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cases.applicants import operations as applicants
from cases.applicants.models import Applicant, Consent, ConsentText, Note, Task
from cases.staff.models import random_id
from cases.vault import operations as vault
from tests.desk.cases import IDENTITY, take_in, take_in_many
from tests.sessions.test_clock import clocks  # noqa: F401  # the clocks of the wall and of the machine, to be moved
from tests.world import FETCH

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


class Day:
    """Somebody at work, who logs in and unlocks when the program asks for it, and counts how often that was."""

    def __init__(self, world, name, clocks):  # noqa: F811
        self.world, self.name, self.clocks, self.client = world, name, clocks, Client()
        self.logins = self.passphrases = 0

    def at(self, clock):
        hours, minutes = map(int, clock.split(":"))
        self.clocks["wall"] = self.clocks["boot"] = (hours * 60 + minutes - 8 * 60 - 30) * 60

    def look(self, address, **asked):
        return self._again(lambda: self.client.get(address, asked))

    def do(self, address, **said):
        answer = self._again(lambda: self.client.post(address, said, **FETCH))
        assert answer.status_code in (200, 204), (address, answer.status_code, answer.content[:500])
        if "HX-Redirect" in answer:
            # As the browser does; the page that it leads to keeps login and vault alive.
            self.client.get(answer["HX-Redirect"])
        return answer

    def with_the_vault(self, address, **said):
        """A step that opens something: the passphrase first, where it is locked."""
        self.look("/")
        if not self.client.get("/").context["lock"].until:
            self.passphrases += 1
            self.do("/vault/unlock/", words=self.world.words[self.name])
        return self.do(address, **said)

    def _again(self, ask):
        answer = ask()
        if answer.status_code == 401 or "/login" in answer.get("Location", ""):
            self.logins += 1
            self.client.force_login(self.world.people[self.name])
            answer = ask()
        return answer


def of(case, name, *more):
    return reverse(f"applicants:{name}", args=[case.pk, *more])


def test_forty_cases_cost_two_passphrases_and_two_logins(world, clocks):  # noqa: F811
    take_in_many(world, 40, identity={"name": "Тихон"})
    heron = take_in(world, "Grey Heron", stage="intake")
    applicants.load_consent_texts()
    asked = vault.ask_access(safe=heron.account_safe, by=world.people["viktor"], reason="to vet")
    day = Day(world, "claire", clocks)

    day.at("08:30")
    assert "claire" in day.look("/").content.decode()
    day.with_the_vault(reverse("desk:answer", args=[asked.pk]), give="yes")
    day.at("08:40")
    waiting = Applicant.objects.filter(stage="contact").first()
    assert waiting.pseudonym in day.look("/cases/waiting/").content.decode()
    day.do(of(waiting, "written"))
    day.at("09:00")
    ticked = [str(pk) for pk in Applicant.objects.filter(stage="contact").values_list("pk", flat=True)[:6]]
    task = {"case": ticked, "sent": "1", "title": "Ask for the passport", "new_id": str(random_id())}
    looked = day.do(reverse("desk:bulk_task"), **task)
    day.do(reverse("desk:bulk_task"), **task, looked_at=looked.context["seal"], do="1")
    assert Task.objects.filter(title="Ask for the passport").count() == 6
    day.at("09:20")
    day.with_the_vault(of(heron, "contact_card"))
    day.do(of(heron, "note"), text="Called. @viktor he waits for you.", new_id=str(random_id()))
    assert Note.objects.get().applicant == heron
    day.at("09:45")
    day.with_the_vault(of(heron, "open_name"), reason="contact", words="")
    day.at("10:10")
    said = {
        "new_id": str(random_id()),
        "answer": "yes",
        "on": timezone.localdate().isoformat(),
        "channel": "signal",
    }
    text = ConsentText.objects.get(purpose="keeping", language="ru").pk
    day.do(of(heron, "consent", "keeping"), text=text, **said)
    assert Consent.objects.get().agrees
    day.at("10:35")
    day.do(of(heron, "stage"), target="vetting", reason="")

    day.at("13:30")
    found = day.do("/cases/search/", words="passport").content.decode()
    assert "Ask for the <mark>passport</mark>" in found
    day.at("13:50")
    found = day.with_the_vault("/cases/find/", q=IDENTITY["family_name"])
    assert "Grey Heron" in found.content.decode()
    day.at("14:15")
    day.do(reverse("applicants:task_done", args=[Task.objects.first().pk]))
    day.at("14:40")
    day.with_the_vault(of(heron, "contact_card"))

    assert (day.passphrases, day.logins) == (2, 2)
