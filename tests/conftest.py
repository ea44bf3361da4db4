"""Before any test: a database server, Django's settings, no way to the network, and a browser if there is one."""

import contextlib
import hashlib
import os
import shutil
import socket
import sys
import tempfile
from ipaddress import ip_address
from pathlib import Path

import pytest
from hypothesis import settings as property_settings

from ngo import postgres

ROOT = Path(__file__).resolve().parent.parent
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
QUIET_BROWSER = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]
# A crash of the machine may lose these databases, so they need not wait for its disk.
FORGETFUL = ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]
# No test is timed: a machine with other work beside it is slow now and then.
property_settings.register_profile("untimed", deadline=None)
property_settings.load_profile("untimed")
DATABASE = pytest.StashKey[contextlib.ExitStack]()


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config):
    stack = config.stash[DATABASE] = contextlib.ExitStack()
    if config.option.help:
        return
    if "django.conf" in sys.modules and sys.modules["django.conf"].settings.configured:
        raise pytest.UsageError(
            "The settings were read before the database was there: unset DJANGO_SETTINGS_MODULE."
        )
    if "DATABASE_URL" not in os.environ:
        try:
            stack.enter_context(embedded_server())
        except postgres.PostgresError as error:
            pytest.exit(str(error), returncode=1)
    os.environ.setdefault("DATABASE_OWNER_URL", os.environ["DATABASE_URL"])
    os.environ["DJANGO_SETTINGS_MODULE"] = "ngo.settings"
    os.environ["VAR_DIR"] = stack.enter_context(tempfile.TemporaryDirectory(prefix="safe-conduct-var-"))
    (Path(os.environ["VAR_DIR"]) / "static").mkdir()
    os.environ.pop("SAFE_CONDUCT_MODE", None)
    from django.conf import settings

    # Hashed names need collectstatic first.
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    sys.addaudithook(refuse_network)


def pytest_unconfigure(config):
    config.stash[DATABASE].close()


@contextlib.contextmanager
def embedded_server():
    """One server for all test runs of this user in this checkout, each with its own database; the last removes it."""
    mark = hashlib.sha256(f"{os.geteuid()} {ROOT}".encode()).hexdigest()[:12]
    folder = Path(tempfile.gettempdir()) / f"safe-conduct-tests-{mark}"
    with postgres.using(folder / "postgres", FORGETFUL, keep=False):
        for variable, role in (("DATABASE_URL", "app"), ("DATABASE_OWNER_URL", "owner")):
            os.environ[variable] = postgres.address(
                folder / "postgres", role=role, database=f"run_{os.getpid()}"
            )
        yield


def refuse_network(event, arguments):
    if event == "socket.connect" and arguments[0].family in (socket.AF_INET, socket.AF_INET6):
        host = arguments[1][0]
    elif event == "socket.getaddrinfo":
        host = arguments[0]
    else:
        return
    if not is_this_machine(host):
        raise RuntimeError(f"A test may not use the network: {host}")


def is_this_machine(host):
    if host in (None, "", "localhost", b"localhost"):
        return True
    try:
        return ip_address(host.decode() if isinstance(host, bytes) else host).is_loopback
    except ValueError:
        return False


def browser_program():
    return next((found for name in BROWSERS if (found := shutil.which(name))), None)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config, items):
    for item in items:
        if {"browser", "page", "browser_path"} & set(item.fixturenames):
            item.add_marker("browser")
        # The server of the test writes in its own transactions; `owner` empties the tables afterwards.
        if "live_server" in item.fixturenames and not item.get_closest_marker("django_db"):
            item.add_marker(pytest.mark.django_db(transaction=True, databases=["default", "owner"]))


def pytest_terminal_summary(terminalreporter, config):
    left_out = [report for report in terminalreporter.getreports("skipped") if "browser" in report.keywords]
    if left_out and not browser_program():
        terminalreporter.write_line(
            f"NO BROWSER: {len(left_out)} browser tests were left out; install chromium to run them.",
            yellow=True,
        )


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker):
    """`owner` makes the tables, `default` uses them with the rights of `app` alone, as in earnest."""
    from django.db import connections
    from django.test.utils import setup_databases, teardown_databases

    aliases = ["default", "owner"]
    with django_db_blocker.unblock():
        made = setup_databases(verbosity=0, interactive=False, aliases=aliases, serialized_aliases=[])
    yield
    with django_db_blocker.unblock():
        # A mirror is closed by nobody else, and a database in use cannot be dropped.
        connections["default"].close()
        teardown_databases(made, verbosity=0)


@pytest.fixture(scope="session")
def browser_path():
    if not (program := browser_program()):
        missing = "chromium is not installed"
        pytest.fail(missing) if os.environ.get("REQUIRE_BROWSER") == "1" else pytest.skip(missing)
    return program


@pytest.fixture(scope="session")
def browser(browser_path):
    from playwright.sync_api import sync_playwright

    # Playwright runs an event loop in this thread, where Django would refuse to use the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=browser_path, args=QUIET_BROWSER)
        yield running
        running.close()


@pytest.fixture
def page(browser):
    context = browser.new_context()
    yield context.new_page()
    context.close()


@pytest.fixture(autouse=True)
def begin_in_english():
    """A request leaves its language and time zone behind in the thread: the next test begins in its own."""
    from django.utils import timezone, translation

    translation.activate("en")
    timezone.deactivate()
