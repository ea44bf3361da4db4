"""Ten kinds of visitor ask for every address in every way, and nothing that comes back may name anybody."""

from pathlib import Path

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.test import Client
from django.urls import path

from cases.staff.models import random_id
from tests.canary.addresses import every_address
from tests.canary.answers import BODIES, SINKS, taken_apart
from tests.canary.people import FETCH, enter, let_in, user_of
from tests.canary.tokens import FIELDS, token

SAFE, UNSAFE = ("GET", "HEAD", "OPTIONS"), ("PUT", "PATCH", "DELETE", "POST")
METHODS = (*SAFE, *UNSAFE)
# The body that gets as far as the vault: whoever asks like this and may open it, opens it.
OPENING = {
    name: value
    for prefix in ("", "screen-", "result-")
    for name, value in ((f"{prefix}reason", "contact"), (f"{prefix}words", "to call back"))
} | {"give": "no", "choice": "not_now"}
# What may be read by who holds it, and there alone.
OPENINGS = {
    "applicants:open_name",
    "applicants:contact_card",
    "applicants:identity_open",
    "applicants:contact_open",
    "applicants:double_names",
    "documents:open_number",
    "documents:open_to_correct",
    "documents:scan_open",
    "documents:scan_original",
    "documents:scans_small",
    "vetting:service_open",
    "vetting:service_correct",
    "vetting:open_finding",
    "vetting:finding_to_correct",
    "vetting:open_questions",
    "vetting:evidence_open",
    "vetting:evidence_correct",
    "vetting:evidence_file",
    "vetting:evidence_original",
    "vetting:referees_open",
    "vetting:referee_correct",
    "vetting:interview_open",
    "vetting:interview_correct",
    "vetting:screen",
    "vetting:screening_open",
    "vetting:annex",
    "vetting:reasons",
    "desk:open_to_warn",
    "applicants:account_open",
}
PEOPLE = "desk:people"
# Those that hold a token in the rows of every case: none of them may have stayed shut.
MUST_OPEN = OPENINGS - {
    "documents:scans_small",
    "vetting:screen",
    "vetting:screening_open",
    "vetting:reasons",
}


def typed(person):
    """What somebody types into forms of what is sealed: it may come back into the same form, and go nowhere else."""
    word = token(person, "typed")
    names = ("name", "family_name", "given_name", "patronymic", "birth_place", "address", "how", "surname")
    return dict.fromkeys((*names, "authority", "unit_name", "place", "role", "note"), word) | {
        "birth_date": "no date",
        "phone": word,
    }


TYPED = {
    "applicants:register": typed,
    "applicants:identity": typed,
    "applicants:contact": typed,
    "documents:add": typed,
    "vetting:service_add": typed,
    "vetting:service_copy": typed,
    "vetting:referee_add": typed,
    "applicants:tell": lambda person: {
        "new_id": str(random_id()),
        "topic": "story",
        "text": token(person, "typed"),
    },
    # What comes back is a PDF: it is searched, and holds the name in a way that no page may.
    "letters:write": lambda person: {"for_whom": "Prefecture", "typed_recipient": token(person, "typed")},
    "desk:find": lambda person: {"q": token(person, "searched")},
    "desk:search": lambda person: {"words": token(person, "searched")},
}


def requests_for(route, rows, methods, *, brief):
    """Method and body of everything that is asked of one address."""
    for method in methods:
        if method != "POST" or not brief:
            yield method, {}, ()
        if method != "POST":
            continue
        yield method, OPENING, ()
        if route.name == "disclosures:collect":
            yield method, {"people": str(rows.case.pk)}, ()
        if route.name in TYPED:
            body = TYPED[route.name](rows.person)
            yield method, body, {token(rows.person, "typed"), token(rows.person, "searched")}


def in_order(addresses, methods):
    """Reading before writing, and what ends something last."""
    for some in (SAFE, UNSAFE):
        wanted = [method for method in methods if method in some]
        for route, address in sorted(addresses, key=lambda one: one[0].ends_something):
            yield route, address, wanted


class Visit:
    """One visitor's way through the whole program."""

    def __init__(self, search, world, visitor, rows):
        self.search, self.world, self.visitor, self.rows = search, world, visitor, rows
        self.user = user_of(world, visitor)
        self.asked, self.statuses, self.read = 0, {}, {}

    def go(self, *, methods=METHODS, wanted=lambda route: True, brief=False):
        """Ask everything; where `brief`, nothing is sent without a body that could open something."""
        client = enter(self.world, self.visitor)
        addresses = [one for one in every_address(self.world, self.rows) if wanted(one[0])]
        for route, address, some in in_order(addresses, methods):
            for method, body, own in requests_for(route, self.rows, some, brief=brief):
                if self.ask(client, route, address, method, body, own) == 401 and self.visitor.returns:
                    client = self.again(client)
                    self.ask(client, route, address, method, body, own)
                if method == "POST":
                    client = self.still_there(client)
        self.search.look_now()
        return self

    def ask(self, client, route, address, method, body, own):
        answer = client.post(address, body, **FETCH) if method == "POST" else client.generic(method, address)
        self.asked += 1
        self.statuses[answer.status_code] = self.statuses.get(answer.status_code, 0) + 1
        where = f"{self.visitor.name}, {method} {route.text}"
        for sink, data in taken_apart(answer):
            body_of_page = sink not in ("headers and cookies", "messages")
            allowed = (self.readable(route, method) | set(own)) if body_of_page else set()
            if not allowed:
                self.search.look_later(sink, where, data)
                continue
            found = self.search.look(sink, where, data, allowed=allowed)
            if set(found) - set(own):
                self.read.setdefault(route.name, set()).update(found)
        return answer.status_code

    def readable(self, route, method):
        if not self.visitor.may_read or method != "POST":
            return set()
        if route.name == PEOPLE:
            return {token(person, "given_name") for person in range(self.world.size)}
        return {token(self.rows.person, name) for name in FIELDS} if route.name in OPENINGS else set()

    def still_there(self, client):
        """Come in again where the page just asked for ended the unlock."""
        kept = self.user is None or not self.visitor.unlocked or not self.visitor.returns
        if kept or (Path(settings.RUNTIME_DIR) / f"unlocked-{self.user.pk}").exists():
            return client
        return self.again(client)

    def again(self, client):
        if self.user is None:
            return client
        fresh = Client(raise_request_exception=False)
        let_in(self.world, fresh, self.user, unlocked=self.visitor.unlocked)
        return fresh


def plant_in_pages(search):
    """Pages that leak, answered by the real program: each spelling in each kind of answer, in a header and a message."""
    for sink in SINKS:
        text_only = {"headers and cookies", "messages"}
        one_line = {"headers and cookies"}
        plants = search.plants(sink, binary=sink not in text_only, lines=sink not in one_line)
        found = []
        for _spelling, _token, content in plants:
            answer = _leaking_client(sink, content)
            found += [data for name, data in taken_apart(answer) if name == sink]
        search.prove(sink, plants, found)


def _leaking_client(sink, content):
    kinds = {name: kind for kind, name in BODIES.items()}

    def leak(request):
        answer = HttpResponse(b"nothing", content_type=kinds.get(sink, "text/plain"))
        if sink == "headers and cookies":
            answer.headers["X-Leak"] = content.decode()
        elif sink == "messages":
            messages.info(request, content.decode())
        else:
            answer.content = content
        return answer

    leak.login_required = False
    kept = settings.ROOT_URLCONF
    settings.ROOT_URLCONF = type("Planted", (), {"urlpatterns": [path("leak/", leak)]})
    client = Client()
    try:
        return client.get("/leak/")
    finally:
        settings.ROOT_URLCONF = kept
        # A message waits in a session, which is searched later.
        if settings.SESSION_COOKIE_NAME in client.cookies:
            client.session.flush()
