"""What a real browser keeps: its profile on disk, and the pages it brings back for the Back button."""

import html
import http.server
import shutil
import threading
from contextlib import contextmanager
from pathlib import Path

from django.contrib.sessions.models import Session

from cases.vault import unlock
from tests.canary.database import in_parts
from tests.canary.tokens import FIELDS, token
from tests.conftest import QUIET_BROWSER, browser_program

PROFILE, BACK = "browser profile on disk", "Back button"
# Playwright switches it off, and that would prove nothing.
KEEPS_PAGES = ["--disable-back-forward-cache"]
PERSISTED = "addEventListener('pageshow', event => { window.wasKept = event.persisted })"


@contextmanager
def browser(profile):
    from playwright.sync_api import sync_playwright  # needed by this part alone

    with sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            str(profile),
            executable_path=browser_program(),
            args=[*QUIET_BROWSER, "--headless=new"],
            ignore_default_args=KEEPS_PAGES,
        )
        context.add_init_script(PERSISTED)
        yield context
        context.close()


def look_at_profile(search, name, profile):
    for file in sorted(Path(profile).rglob("*")):
        if file.is_file():
            for part in in_parts(file.read_bytes()):
                search.look(name, str(file.relative_to(profile)), part)


class Sitting:
    """Somebody opens, types and sends names, locks, and goes back."""

    def __init__(self, search, server, rows, user, come_in):
        self.search, self.server, self.rows, self.user, self.come_in = search, server, rows, user, come_in
        self.kept = []

    def run(self, profile):
        with browser(profile) as context:
            page = context.pages[0] if context.pages else context.new_page()
            for when, happens in (
                ("after leaving", lambda: None),
                ("after lock", lambda: page.keyboard.press("l")),
                ("after the unlock expired", lambda: unlock.drop(self.user.pk)),
                ("after the login expired", lambda: Session.objects.all().delete()),
            ):
                cookies = self.come_in()
                context.add_cookies(
                    [{"name": name, "value": cookies[name], "url": self.server.url} for name in cookies]
                )
                if when == "after leaving":
                    self.types(page)
                self.goes_back(page, when, happens)
        look_at_profile(self.search, PROFILE, profile)

    def address(self, *parts):
        return "/".join([self.server.url, "cases", str(self.rows.case.pk), *parts, ""])

    def opens_the_name(self, page):
        page.goto(self.address())
        page.get_by_role("button", name="Open the name").first.click()
        dialog = page.locator("dialog[open]")
        dialog.locator("[name=reason]").select_option("contact")
        dialog.get_by_role("button", name="Open the name").click()
        page.get_by_text(token(self.rows.person, "family_name")).first.wait_for()

    def types(self, page):
        """A search by name, a form that is not whole and so comes back, and one that is taken."""
        page.goto(f"{self.server.url}/cases/find/")
        page.locator("#find [name=q]").fill(token(self.rows.person, "family_name"))
        page.locator("#find [name=q]").press("Enter")
        page.get_by_text(str(self.rows.case)).first.wait_for()
        self.submits(page, f"{self.server.url}/cases/new/", "name", token(self.rows.person, "typed"))
        self.submits(page, self.address("contact", "edit"), "address", token(self.rows.person, "sent"))
        # Left as it is: what was typed may be asked for, and goes with the page.
        page.on("dialog", lambda dialog: dialog.accept())

    def submits(self, page, address, field, text):
        page.goto(address)
        box = page.locator(f"main form [name={field}]:visible").first
        box.fill(text)
        with page.expect_response(lambda answer: answer.request.method == "POST"):
            box.press("Enter")

    def goes_back(self, page, when, happens):
        """An opened name, then another page, then Back: with what the browser keeps of pages."""
        self.opens_the_name(page)
        happens()
        page.goto(f"{self.server.url}/account/")
        page.go_back(wait_until="commit")
        page.wait_for_function("document.readyState == 'complete'")
        self.kept.append((when, page.evaluate("window.wasKept")))
        fields = {token(self.rows.person, name) for name in FIELDS}
        self.search.look(BACK, when, page.content().encode())
        text = page.evaluate("document.documentElement.innerText")
        if any(word in text for word in fields):
            self.search.sink(BACK).leaks.append(f"{when}: a token in the text of the page")


class Leaking(http.server.BaseHTTPRequestHandler):
    """Pages that a careless program would send: cacheable, with names, and an ordinary form."""

    plants, spoken = [], b""

    def do_GET(self):
        number = self.path.strip("/")
        body = self.plants[int(number)][2] if number.isdigit() else self.spoken
        self.answer(body, "text/plain; charset=utf-8" if number.isdigit() else "text/html; charset=utf-8")

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self.answer(b"<p>thank you</p>", "text/html")

    def answer(self, body, kind):
        self.send_response(200)
        for name, value in (
            ("Content-Type", kind),
            ("Cache-Control", "max-age=600"),
            ("X-Content-Type-Options", "nosniff"),
        ):
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


@contextmanager
def careless_program(plants, spoken):
    handler = type("Planted", (Leaking,), {"plants": plants, "spoken": spoken})
    served = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=served.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{served.server_port}"
    served.shutdown()


def plant(search, folder):
    """What a careless program leaves behind in the same browser; returns whether Back brought a kept page."""
    on_disk, on_page = search.plants(PROFILE), search.plants(BACK, binary=False)
    posted = token(1, "sent")
    said = "".join(f"<p>{html.escape(content.decode())}</p>" for _spelling, _token, content in on_page)
    form = f"<form method=post action=/><input name=who value={posted}><button>Send</button></form>"
    profile = folder / "careless"
    with careless_program(on_disk, (form + said).encode()) as url, browser(profile) as context:
        page = context.pages[0] if context.pages else context.new_page()
        page.goto(url)
        for number in range(len(on_disk)):
            page.evaluate("number => fetch(`/${number}`).then(answer => answer.text())", number)
        page.goto(f"{url}/other")
        page.go_back(wait_until="commit")
        kept = page.evaluate("window.wasKept")
        search.prove(BACK, on_page, [page.content().encode()])
        page.get_by_role("button", name="Send").click()
        page.get_by_text("thank you").wait_for()
    on_disk = [*on_disk, ("an ordinary form, sent", posted, b"")]
    search.prove(
        PROFILE,
        on_disk,
        [part for file in profile.rglob("*") if file.is_file() for part in in_parts(file.read_bytes())],
    )
    shutil.rmtree(profile)
    return kept
