"""A group to France: the first ten of the demo, not all of them ready."""

from collections.abc import Mapping, Sequence

from cases.applicants.models import Applicant
from cases.relocation.models import Government
from cases.relocation.operations.groups import add_people, make_group, photos_here
from cases.relocation.operations.submissions import freeze
from cases.staff.models import User, random_id

TEN = 10
# Of these the photographs have come.
PHOTOS = (0, 1, 5, 6)


def put_together(cases: Sequence[Applicant], france: Government, people: Mapping[str, User]) -> None:
    ana = people["ana"]
    group = make_group(id=random_id(), name="Ten from Kazakhstan, autumn", government=france, by=ana)
    members = add_people(group=group, people=cases[:TEN], by=ana)
    for place in PHOTOS:
        photos_here(member=members[place], here=True, by=ana)
    freeze(id=random_id(), group=group, by=ana)
