"""One whole search, step by step; the table and the verdict at its end."""

import os
import shutil
import sys
import time
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from types import SimpleNamespace

from django.conf import settings
from django.db import connections
from django.test import Client
from django.urls import reverse

from ngo import postgres
from tests.canary import backups, chromium, database, errors, openings, people, rows, server, visits
from tests.canary.scanner import Scanner
from tests.canary.sinks import Search

SERVED, TEMPORARY, PROCESSES = (
    "log of the server, with its access log",
    "temporary and state folders after kill -9",
    "environment and command lines",
)
CLEAR_FILES = (b"\x89PNG\r\n\x1a\n", b"%PDF-1", b"JFIF\0")


class Run:
    def __init__(self, running, folder, key, chosen):
        self.server, self.folder, self.key, self.chosen = running, folder, key, chosen
        self.data_dir, self.faults, self.began = running.var_dir / "postgres", [], time.monotonic()
        settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

    def go(self):
        watched = server.Watched(self.server.var_dir)
        watched.start()
        steps = (self.fill, self.read, self.visit, self.fail, self.browse, self.store, self.backup, self.kill)
        with errors.listening() as self.said:
            for step in steps:
                with self.timed(step.__doc__):
                    step()
            errors.look_at_mail_and_log(self.search, self.said)
            errors.plant(self.search, self.said)
        with self.timed("Environment and command lines of every process"):
            self.processes(watched)
        return self.verdict()

    @contextmanager
    def timed(self, what):
        start = time.monotonic()
        yield
        say(f"{what.strip().splitlines()[0]} ({time.monotonic() - start:.0f} s)")

    def fill(self):
        """Everybody registered, sealed and scanned."""
        self.world = people.make_world(self.chosen.people, self.chosen.scans)
        rows.common_rows(self.world)
        self.rows = [rows.rows_of(self.world, number) for number in range(len(people.VISITORS))]
        self.search = Search(Scanner(self.world.tokens))

    def visitor(self, *, may_read):
        return next(one for one in people.VISITORS if one.may_read == may_read)

    def read(self):
        """Who may read reads everything, with one audit row committed before each opening."""
        visitor = self.visitor(may_read=True)
        client, user = Client(), self.world.visitors[visitor.name]
        people.let_in(self.world, client, user, unlocked=True)
        self.opened = 0
        for person in range(self.chosen.scans):
            about = people.about(self.world, person)
            for what in openings.OPENINGS:
                self.faults += openings.faults_of(client, about, what)
                self.opened += 1

    def visit(self):
        """Ten kinds of visitor at every address, in every way."""
        visits.plant_in_pages(self.search)
        self.asked, opened = 0, set()
        for connection in connections.all():
            connection.close()
        Run.current = self
        # Two at a time: each is mostly waiting for the database.
        with get_context("fork").Pool(2, maxtasksperchild=1) as pool:
            for visitor, visit in zip(people.VISITORS, pool.imap(visit_as, range(10)), strict=True):
                self.search.take(visit.sinks)
                self.asked, opened = self.asked + visit.asked, opened | visit.read
                self.search.scanner.scanned += visit.scanned
                answers = ", ".join(f"{count} x {status}" for status, count in sorted(visit.statuses.items()))
                say(f"  {visitor.name}: {visit.asked} requests; {answers}")
        for name in sorted(visits.MUST_OPEN - opened):
            self.faults.append(f"{name} opened nothing for who may read")

    def visit_as(self, number):
        """In a process of its own, whose log and mail are searched there."""
        search = Search(self.search.scanner)
        search.scanner.scanned = 0
        with errors.listening() as text:
            visit = visits.Visit(search, self.world, people.VISITORS[number], self.rows[number]).go()
            errors.look_at_mail_and_log(search, text)
        return SimpleNamespace(
            sinks=search.sinks,
            asked=visit.asked,
            statuses=visit.statuses,
            read=set(visit.read),
            scanned=search.scanner.scanned,
        )

    def fail(self):
        """An exception inside every view."""
        visitor = self.visitor(may_read=True)
        self.forced = errors.force_errors(self.search, self.world, visitor, self.rows[-1])
        admin = next(one for one in people.VISITORS if one.account)
        self.forced += errors.force_errors(
            self.search, self.world, admin, self.rows[-1], wanted=lambda route: route.is_admin
        )
        # Before the browser's logins end, and all sessions with them.
        database.look_at_rows(self.search)
        if not self.forced:
            self.faults.append("no error could be forced")

    def browse(self):
        """A browser that opens, types, sends, locks and goes back."""
        user = self.world.visitors[self.visitor(may_read=True).name]
        about = people.about(self.world, self.chosen.scans - 1)
        sitting = chromium.Sitting(self.search, self.server, about, user, self.come_in)
        sitting.run(self.folder / "profile")
        if not chromium.plant(self.search, self.folder):
            self.faults.append("the browser kept no page for its Back button: nothing is proven by it")
        kept = ", ".join(f"{when}: {'kept page' if was else 'new page'}" for when, was in sitting.kept)
        self.search.sink(chromium.BACK).remark = kept

    def come_in(self):
        """The cookies of a fresh login of who may read, unlocked; the real program knows them too."""
        self.client = Client()
        people.let_in(
            self.world, self.client, self.world.visitors[self.visitor(may_read=True).name], unlocked=True
        )
        self.client.get("/account/")
        return self.cookies()

    def cookies(self):
        return {name: morsel.value for name, morsel in self.client.cookies.items()}

    def store(self):
        """Dumps, data directory, WAL, logs, sessions, jobs, audit log."""
        log = self.data_dir / "log"
        if database.provoke(3) < 6:
            self.faults.append("a statement that was to fail did not")
        database.look_at_dumps(self.search, self.folder)
        database.look_at_folder(self.search, self.data_dir)
        database.look_at_log(self.search, log)
        since = time.time() - 1
        database.plant_in_rows(self.search)
        database.plant_in_dumps(self.search, self.folder)
        database.plant_in_folder(self.search, self.data_dir / "data", since)
        database.plant_in_log(self.search, log)

    def backup(self):
        """Backups, closed and opened."""
        backups.look_at_backup(self.search, self.folder, self.key)
        backups.plant(self.search, self.folder, self.key)

    def kill(self):
        """The server is killed with signal 9 in the middle of an upload, twice."""
        killed = 0
        kind, form = server.form_with_file(5)
        # One MiB of a scan, as the page sends it: begun first, so that the part is taken.
        part = self._begun_part()
        imports = (reverse("desk:import"), kind, form)
        for address, content_type, content in (part, imports):
            if self.server.program.poll() is not None:
                self.server.start()
            host = f"127.0.0.1:{self.server.port}"
            sending = server.half_an_upload(host, self.cookies(), address, content_type, content)
            killed += self.server.kill_during(sending)
        if killed < 4:
            self.faults.append(f"only {killed} processes were there to be killed")
        # Everything of the program but the database, which has a line of its own.
        for name in (TEMPORARY, SERVED):
            self.search.sink(name)
        self._look_at_folders()
        self._plant_in_folders()
        postgres.start(self.data_dir)

    def _begun_part(self):
        person, about = 4, people.about(self.world, 4)
        content = people.large_scan(person)
        self.come_in()
        address = reverse("documents:scan_begin", args=[about.scan.document_id])
        said = {
            "name": people.papers.file_name(person),
            "size": len(content),
            "type": "image/jpeg",
            "start": "",
        }
        answer = self.client.post(address, said, **people.FETCH)
        scan = answer.json()["id"]
        part = reverse("documents:scan_part", args=[about.scan.document_id, scan, 0])
        return part, "application/octet-stream", content[: 1 << 20]

    def _files(self):
        for top in (self.server.temp, self.server.var_dir, Path(settings.RUNTIME_DIR)):
            for file in sorted(top.rglob("*")):
                ours = not file.is_relative_to(self.data_dir) and not file.is_relative_to(
                    settings.STATIC_ROOT
                )
                if file.is_file() and ours:
                    yield file

    def _look_at_folders(self):
        for file in self._files():
            content = file.read_bytes()
            for part in database.in_parts(str(file).encode() + b"\n" + content):
                self.search.look(TEMPORARY, file.name, part)
            if any(mark in content for mark in CLEAR_FILES):
                self.search.sink(TEMPORARY).leaks.append(f"{file}: a picture or paper in clear")
        for part in database.in_parts(self.server.log.read_bytes()):
            self.search.look(SERVED, "log", part)

    def _plant_in_folders(self):
        plants, folder = self.search.plants(TEMPORARY), self.server.temp / "planted"
        folder.mkdir()
        for number, (_spelling, _token, content) in enumerate(plants):
            (folder / str(number)).write_bytes(content)
        self.search.prove(TEMPORARY, plants, [file.read_bytes() for file in self._files()])
        shutil.rmtree(folder)
        plants, start = self.search.plants(SERVED, binary=False), self.server.log.stat().st_size
        with self.server.log.open("ab") as log:
            log.writelines(b"it says: " + content + b"\n" for _spelling, _token, content in plants)
        self.search.prove(SERVED, plants, [self.server.log.read_bytes()[start:]])

    def processes(self, watched):
        for seen in watched.stop():
            self.search.look(PROCESSES, "a process", seen)
        plants = self.search.plants(PROCESSES, binary=False)
        watched = server.Watched(self.server.var_dir)
        with server.leaking_processes(self.server.var_dir, plants):
            time.sleep(0.5)
            watched.look()
        self.search.prove(PROCESSES, plants, sorted(watched.seen))

    def verdict(self):
        search = self.search
        say(f"\n{search.table()}\n")
        read = f"{self.opened} openings of who may read, {self.asked} requests, {self.forced} errors forced"
        say(f"{read}, {search.scanner.scanned / 1e6:,.0f} MB searched.")
        wrong = [*search.leaks, *search.missed, *self.faults]
        for line in wrong:
            say(f"  {line}")
        say(
            f"{len(search.leaks)} leaks, {len(search.missed)} plants not found, {len(self.faults)} other faults."
        )
        return 1 if wrong else 0


def visit_as(number):
    """Called in a forked process, which has the run as it was."""
    return Run.current.visit_as(number)


def say(text):
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
