"""Fills the database that the environment names; says on the last line who is logged in, and where."""

import json
import sys

import django


def main():
    django.setup()
    from tests.bench.people import make_world

    sys.stdout.write(json.dumps(make_world(*map(int, sys.argv[1:]))) + "\n")


if __name__ == "__main__":
    main()
