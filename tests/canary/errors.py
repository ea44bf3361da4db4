"""An exception inside every view, with a token in its text: neither page nor mail nor log may repeat it."""

import io
import logging
from contextlib import contextmanager

from django.conf import settings
from django.core import mail
from django.db import DataError, connection
from django.http import HttpResponse
from django.test import Client
from django.urls import path
from django.utils.log import AdminEmailHandler

from tests.canary.addresses import every_address
from tests.canary.answers import taken_apart
from tests.canary.people import FETCH, enter
from tests.canary.tokens import token
from tests.canary.visits import OPENING

PAGE, MAIL, LOG = "forced errors: pages", "error mail", "application log"


@contextmanager
def listening():
    """Yield what the program's own handlers write, and let errors be mailed to somebody."""
    kept, text, mailing = [], io.StringIO(), AdminEmailHandler(include_html=True)
    names = ("", "django")
    handlers = {
        one
        for name in names
        for one in logging.getLogger(name).handlers
        if type(one) is logging.StreamHandler
    }
    backend, admins = settings.EMAIL_BACKEND, settings.ADMINS
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.ADMINS = [("An administrator", "admin@mail.invalid")]
    mail.outbox = []
    mailing.setLevel(logging.ERROR)
    logging.getLogger("django").addHandler(mailing)
    try:
        kept = [(handler, handler.setStream(text)) for handler in handlers]
        yield text
    finally:
        for handler, stream in kept:
            handler.setStream(stream)
        logging.getLogger("django").removeHandler(mailing)
        settings.EMAIL_BACKEND, settings.ADMINS = backend, admins


class Trap:
    """Raises at one of the queries of a request, or only counts them."""

    def __init__(self, at, said):
        self.at, self.said, self.count = at, said, 0

    def __call__(self, execute, sql, params, many, context):
        self.count += 1
        if self.count == self.at:
            raise DataError(f'value too long: "{self.said}"')
        return execute(sql, params, many, context)


def ask(client, method, address, at, said):
    trap = Trap(at, said)
    with connection.execute_wrapper(trap):
        answer = client.post(address, OPENING, **FETCH) if method == "POST" else client.get(address)
    return answer, trap.count


def force_errors(search, world, visitor, rows, *, wanted=lambda route: True):
    """Every view fails twice: as soon as it is called, and in the middle of its queries. Returns how many errors."""
    client, forced = enter(world, visitor), 0
    said = token(rows.person, "reasons")
    for route, address in every_address(world, rows):
        if route.ends_something or not wanted(route):
            continue
        with failing(route.pattern, said):
            forced += _look(search, route, "at once", client.get(address))
        for method in ("GET", "POST"):
            _answer, queries = ask(client, method, address, None, said)
            answer, _count = ask(client, method, address, max(1, queries // 2), said)
            forced += _look(search, route, f"{method}, in a query", answer)
            if answer.status_code in (302, 401):
                client = enter(world, visitor)
    search.look_now()
    return forced


@contextmanager
def failing(pattern, said):
    """The view of an address raises, behind the same door."""
    real = pattern.callback

    def fail(request, *arguments, **more):
        raise RuntimeError(said)

    fail.__dict__ |= {name: value for name, value in vars(real).items() if name != "__wrapped__"}
    pattern.callback = fail
    try:
        yield
    finally:
        pattern.callback = real


def _look(search, route, how, answer):
    for sink, data in taken_apart(answer):
        search.look_later(PAGE if answer.status_code >= 500 else sink, f"{route.text}, failing {how}", data)
    return answer.status_code >= 500


def look_at_mail_and_log(search, text):
    for number, message in enumerate(mail.outbox):
        search.look_later(MAIL, f"mail {number}", message.message().as_bytes())
    search.look_now()
    for number, chunk in enumerate(_lines(text.getvalue())):
        search.look(LOG, f"part {number}", chunk.encode())


def _lines(text, size=500_000):
    for start in range(0, len(text), size):
        yield text[max(0, start - 400) : start + size]


def plant(search, text):
    """Mail that quotes, a log line that quotes, and an error page that does."""
    mails = search.plants(MAIL, binary=False)
    mail.outbox.clear()
    for _spelling, _token, content in mails:
        mail.mail_admins("planted", content.decode())
    search.prove(MAIL, mails, [one.message().as_bytes() for one in mail.outbox])
    logged, start = search.plants(LOG, binary=False), text.tell()
    for _spelling, _token, content in logged:
        logging.getLogger("django.request").error(content.decode())
    search.prove(LOG, logged, [text.getvalue()[start:].encode()])
    pages = search.plants(PAGE)
    search.prove(PAGE, pages, [_page_that_quotes(content) for _spelling, _token, content in pages])


def _page_that_quotes(content):
    def page(request):
        return HttpResponse(content, status=500)

    page.login_required = False
    kept = settings.ROOT_URLCONF
    settings.ROOT_URLCONF = type("Planted", (), {"urlpatterns": [path("quotes/", page)]})
    try:
        return Client().get("/quotes/").content
    finally:
        settings.ROOT_URLCONF = kept
