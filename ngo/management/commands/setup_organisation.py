import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from cases.audit.operations import record
from cases.staff.models import Organisation
from cases.staff.operations import invite
from cases.staff.queries import organisation
from cases.staff.roles import Role
from cases.vault import organisation as organisation_key
from cases.vault import pepper
from cases.vault.refusals import Refused
from ngo.controls import missing_controls, share_rule


class Command(BaseCommand):
    help = "Set up a real organisation: its first administrator, the pepper, the organisation key and its paper shares."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--name", help="what the organisation is called")
        parser.add_argument("--people", type=int, help="how many will work with the program")
        parser.add_argument("--administrator", help="user name of the first administrator of accounts")
        parser.add_argument("--full-name", help="how colleagues see the administrator")
        parser.add_argument(
            "--address", default="", help="where people reach the program, e.g. https://cases.example.org"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.DEMO:
            raise CommandError(
                "This is the demo. Set SAFE_CONDUCT_MODE=production to set up a real organisation."
            )
        if organisation() is not None:
            raise CommandError("This database already belongs to an organisation; nothing was changed.")
        name = self.ask(options["name"], "What is the organisation called?")
        people = self.ask_number(options["people"], "How many people will work with the program?")
        username = self.ask(options["administrator"], "User name of the first administrator of accounts?")
        full_name = self.ask(options["full_name"], "The administrator's name, as colleagues see it?")
        try:
            token, shares = self.set_up(name, people, username, full_name)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.tell(people, options["address"].rstrip("/"), token, shares)

    def set_up(self, name: str, people: int, username: str, full_name: str) -> tuple[str, list[str]]:
        if not settings.PEPPER_FILE.exists():
            pepper.create()
        threshold, count = share_rule(people)
        with transaction.atomic():
            Organisation.objects.create(kind=Organisation.Kind.REAL, name=name, headcount=people)
            administrator, token = invite(
                username=username,
                full_name=full_name,
                email="",
                language=settings.LANGUAGE_CODE,
                roles=[Role.ADMINISTRATOR],
                teams=[],
                by=None,
            )
            shares = organisation_key.create(threshold=threshold, shares=count, by=administrator)
            record("organisation.set_up", by=None, detail=f"{people} people, {threshold} of {count} shares")
        return token, shares

    def tell(self, people: int, address: str, token: str, shares: list[str]) -> None:
        threshold, count = share_rule(people)
        say = self.stdout.write
        say(
            f"\nThe organisation key, as {count} paper shares; any {threshold} of them open every name again."
        )
        say(
            "Write or print each on its own sheet, give each to another person, and keep no copy on a computer.\n"
        )
        for number, share in enumerate(shares, 1):
            say(f"Share {number} of {count} (any {threshold} of them are enough)\n  {share}\n")
        say("The first administrator takes up the account here, once, within 7 days:")
        say(f"  {address or 'https://<your host>'}/join/{token}/\n")
        say("The first colleague who sets up a vault is made known here, at the terminal; that one then")
        say("makes the others known: manage.py confirm_key <user name>\n")
        if lacking := missing_controls(people):
            say(f"With {people} people these controls cannot work:")
            for sentence in lacking:
                say(f"- {sentence}")

    def ask(self, given: str | None, question: str) -> str:
        if given is None and sys.stdin.isatty():
            given = input(f"{question} ")
        if not given or not given.strip():
            raise CommandError(
                f"{question} Answer at the terminal or give it as an option (--help lists them)."
            )
        return given.strip()

    def ask_number(self, given: int | None, question: str) -> int:
        if given is None:
            answer = self.ask(None, question)
            given = int(answer) if answer.isascii() and answer.isdigit() else 0
        if not 1 <= given <= 10_000:
            raise CommandError(f"{question} It must be a whole number from 1 to 10000.")
        return given
