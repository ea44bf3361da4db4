"""Puts as many people as each argument says into a group; says on the last line which groups these are."""

import json
import sys

import django


def main():
    django.setup()
    from cases.applicants.models import Applicant
    from cases.staff.models import User
    from tests.applicants.factories import agree
    from tests.relocation.factories import make_government, make_group

    numbers, by = [int(number) for number in sys.argv[1:]], User.objects.get(full_name="Bench many")
    people = list(Applicant.objects.order_by("created_at", "id")[: max(numbers)])
    for one in people[::2]:
        agree(one, "government", by=by)
    ministry = make_government(by=by)
    made = [make_group(ministry, *people[:number], by=by, name=f"Bench {number}") for number in numbers]
    sys.stdout.write(json.dumps([str(group.pk) for group in made]) + "\n")


if __name__ == "__main__":
    main()
