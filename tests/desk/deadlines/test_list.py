"""Claire owns the cases, Viktor sees them with her team; Olga is outside, Paul audits."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cases.applicants import operations
from cases.applicants.models import Applicant, Deadline
from cases.desk.deadlines import queries
from cases.desk.deadlines.kinds import SLICES, choices, part_of
from cases.desk.deadlines.reminders import remind
from cases.desk.queries.notices import waiting_number
from cases.staff.models import Announcement
from tests.desk.cases import TOKENS, take_in
from tests.journeys.making import load_places
from tests.scanner import leaks
from tests.world import FETCH, small_world, visit

pytestmark = pytest.mark.django_db
URL = "/deadlines/"


@pytest.fixture
def world(db, settings, tmp_path):
    with small_world(settings, tmp_path) as world:
        load_places()
        yield world


def case(world, pseudonym="Lotus 1", **fields):
    """Without the deadlines that registering sets."""
    applicant = take_in(world, pseudonym, **fields)
    Deadline.objects.filter(applicant=applicant).delete()
    return applicant


def due(applicant, rule="asylum.appeal", *, days=3, subject="", at=None):
    return Deadline.objects.create(
        applicant=applicant,
        rule=rule,
        subject=subject,
        title="Appeal to the CNDA",
        due_at=at or timezone.now() + timedelta(days=days),
        source="rules of the asylum procedure; see Asylum",
    )


def listed(world, name="claire", **query):
    return [row.deadline.rule for row in visit(world, name).get(URL, query).context["rows"]]


class TestWhatIsListed:
    def test_the_longest_overdue_first(self, world):
        applicant = case(world)
        for place, days in enumerate((4, -2, 9, -7, 0)):
            due(applicant, f"asylum.{place}", days=days)

        assert listed(world) == ["asylum.3", "asylum.1", "asylum.4", "asylum.0", "asylum.2"]
        assert visit(world, "claire").get(URL).context["late"] == 2

    def test_what_is_met_is_gone(self, world):
        found = due(case(world))
        operations.meet_deadline(deadline=found, by=world.people["claire"])

        assert listed(world) == []

    def test_mine_are_of_my_cases_the_others_of_all_that_i_see(self, world):
        due(case(world))
        due(case(world, "Lotus 2", owner="viktor"), "vetting.decision")

        assert listed(world) == ["asylum.appeal"]
        assert listed(world, show="team") == ["asylum.appeal", "vetting.decision"]
        assert listed(world, "viktor") == ["vetting.decision"]
        assert listed(world, "olga", show="team") == []
        assert visit(world, "claire").get(URL).context["tabs"] == [
            ("", "My cases", 1),
            ("team", "All that I see", 2),
        ]

    def test_who_does_not_see_cases_has_no_such_page(self, world):
        for name in ("paul", "mira"):
            assert visit(world, name).get(URL).status_code == 403


class TestFilters:
    @pytest.mark.parametrize(
        ("kind", "rules"),
        [
            ("", ["asylum.appeal", "asylum.filing", "journeys.departure", "documents.stay"]),
            ("asylum", ["asylum.appeal", "asylum.filing"]),
            ("asylum.appeal", ["asylum.appeal"]),
            ("documents", ["documents.stay"]),
            ("journeys.arrival", []),
        ],
    )
    def test_by_kind_and_by_rule(self, world, kind, rules):
        applicant = case(world)
        for days, rule in enumerate(
            ("asylum.appeal", "asylum.filing", "journeys.departure", "documents.stay")
        ):
            due(applicant, rule, days=days + 1)

        assert listed(world, kind=kind) == rules

    def test_by_the_person_in_charge(self, world):
        due(case(world))
        due(case(world, "Lotus 2", owner="viktor"), "vetting.decision")
        viktor = world.people["viktor"].pk

        assert listed(world, show="team", owner=viktor) == ["vetting.decision"]
        # Among one's own there is nobody else to choose.
        assert listed(world, owner=viktor) == ["asylum.appeal"]

    @pytest.mark.parametrize(
        "query",
        [
            {"kind": "x' OR 1=1"},
            {"show": "all"},
            {"show": "team", "owner": "x"},
            {"show": "team", "owner": 10**6},
        ],
    )
    def test_a_value_that_does_not_exist_is_said(self, world, query):
        due(case(world))
        answer = visit(world, "claire").get(URL, query)

        assert answer.status_code == 200
        assert "does not exist" in answer.content.decode()
        assert answer.context["rows"] == []

    def test_somebody_who_owns_nothing_i_see_is_not_offered(self, world):
        due(case(world))
        assert list(queries.in_charge(world.people["viktor"])) == [world.people["claire"]]
        assert list(queries.in_charge(world.people["olga"])) == []

    def test_every_slice_is_offered(self):
        offered = {
            value if isinstance(label, str) or not isinstance(label, list) else label[0][0]
            for value, label in choices()
        }

        assert offered == {"", *SLICES}


class TestHours:
    NINE = datetime(2026, 12, 12, 4, 40, tzinfo=UTC)

    @pytest.mark.parametrize(
        ("country", "said"),
        [
            ("KZ", "09:40 (Astana)"),
            ("FR", "05:40 (Paris)"),
            ("AM", "08:40 (Yerevan)"),
            ("BR", "05:40 (Paris)"),
        ],
    )
    def test_by_the_clock_where_the_person_is(self, world, country, said):
        applicant = case(world, country=country)
        due(applicant, "journeys.departure", at=self.NINE)

        assert said in visit(world, "claire").get(URL).content.decode()

    def test_a_deadline_of_a_day_has_no_hour(self, world):
        due(case(world), at=self.NINE)
        [row] = queries.rows(Deadline.objects.select_related("applicant"))

        assert row.hour is None


class TestRows:
    def test_each_leads_to_the_tab_that_deals_with_it(self, world):
        applicant = case(world)
        due(applicant)
        assert f"/cases/{applicant.pk}/part/asylum/" in visit(world, "claire").get(URL).content.decode()
        assert part_of("applicants.answer") == ""
        assert part_of("unknown") == ""

    def test_what_a_person_may_tick_off_has_a_button_among_ones_own(self, world):
        applicant = case(world)
        found, other = due(applicant, "applicants.visa_appeal"), due(applicant)
        claire = visit(world, "claire")
        shown = claire.get(URL).content.decode()

        buttons = [line for line in shown.splitlines() if "hx-post" in line and str(found.pk) in line]
        assert len(buttons) == 1
        assert str(other.pk) not in shown
        assert str(found.pk) not in claire.get(URL, {"show": "team"}).content.decode()

    def test_no_name_stands_there(self, world):
        due(case(world))
        assert leaks(TOKENS, visit(world, "claire").get(URL, {"show": "team"}).content) == []

    def test_fifty_a_page_and_the_filter_goes_along(self, world):
        applicant = case(world)
        for place in range(53):
            due(applicant, subject=str(place), days=place)
        claire = visit(world, "claire")

        assert len(claire.get(URL).context["rows"]) == 50
        assert len(claire.get(URL, {"page": 2}).context["rows"]) == 3
        assert "kind=asylum&amp;page=2" in claire.get(URL, {"kind": "asylum"}).content.decode()
        assert len(claire.get(URL, {"page": "x"}).context["rows"]) == 50

    def test_the_pages_are_of_what_is_filtered_and_in_its_order(self, world):
        mine, others = case(world), case(world, "Lotus 2", owner="viktor")
        for place in range(52):
            due(mine, subject=str(place), days=place)
        for place in range(3):
            due(others, "vetting.decision", subject=str(place), days=place)
        claire = visit(world, "claire")
        asked = [{}, {"show": "team"}, {"show": "team", "kind": "vetting"}, {"show": "all"}]
        asked.append({"show": "team", "owner": world.people["viktor"].pk})
        pages = [claire.get(URL, one).context["page"] for one in asked]

        assert [page.paginator.count for page in pages] == [52, 55, 3, 0, 3]
        last = claire.get(URL, {"show": "team", "page": 2}).context["rows"]
        assert [row.deadline.due_at for row in last] == sorted(row.deadline.due_at for row in last)
        assert len(last) == 5

    def test_of_an_account_that_is_closed_nothing_is_listed(self, world):
        due(case(world))
        claire = world.people["claire"]
        assert queries.counts(claire)["team"] == 1
        claire.is_active = False
        assert queries.counts(claire)["team"] == 0


class TestQuick:
    def many(self, applicant, number):
        Deadline.objects.bulk_create(
            Deadline(
                applicant=applicant,
                rule="asylum.appeal",
                subject=str(place),
                title="x",
                due_at=timezone.now() + timedelta(hours=place),
            )
            for place in range(number)
        )

    def test_the_same_questions_for_one_and_for_many(self, world):
        claire, numbers = visit(world, "claire"), []
        for number in (1, 60):
            self.many(case(world, f"Lotus {number}"), number)
            claire.get(URL)
            with CaptureQueriesContext(connection) as asked:
                claire.get(URL, {"show": "team", "kind": "asylum"})
            numbers.append(len(asked))

        assert numbers[0] == numbers[1]

    def test_ten_thousand_are_read_a_page_at_a_time(self, world):
        """By an index, on the day or on the case and the day: the table is never read as a whole."""
        self.many(case(world), 10_000)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE applicants_deadline")
        page = queries.filtered(world.people["claire"], team=True)[:50]
        plan = page.explain()

        assert len(list(page)) == 50
        assert "Seq Scan on applicants_deadline" not in plan
        # Which index is the planner's choice; on another server it was the one on the case.
        assert re.search(r"Index Scan (Backward )?(using|on) \w*deadline", plan)

    def test_the_page_of_ten_thousand_comes_at_once(self, world):
        self.many(case(world), 10_000)
        claire = visit(world, "claire")
        claire.get(URL)
        with CaptureQueriesContext(connection) as asked:
            claire.get(URL, {"show": "team"})

        assert sum(float(one["time"]) for one in asked) < 1


class TestReminders:
    def test_what_is_due_today_or_late_counts_in_the_mail_and_leads_to_its_tab(self, world):
        applicant = case(world)
        before = waiting_number(world.people["claire"])
        due(applicant, days=-1)
        due(applicant, "asylum.filing", days=30)

        assert waiting_number(world.people["claire"]) == before + 1
        home = visit(world, "claire").get("/", **FETCH).content.decode()
        assert f"/cases/{applicant.pk}/part/asylum/" in home
        assert URL in home

    def test_a_case_of_somebody_else_does_not_count_for_me(self, world):
        applicant = case(world)
        Applicant.objects.filter(pk=applicant.pk).update(owner=world.people["ana"])
        before = waiting_number(world.people["claire"])
        due(applicant, days=-1)

        assert waiting_number(world.people["claire"]) == before


class TestToldAhead:
    def told(self):
        return list(Announcement.objects.filter(code="deadline_near").values_list("to__username", "about"))

    @pytest.mark.parametrize(
        ("rule", "days", "tells"),
        [
            ("asylum.appeal", 2, True),
            ("asylum.appeal", 4, False),
            ("asylum.appeal", -1, False),
            ("journeys.departure", 1, True),
            ("documents.stay", 1, True),
            ("applicants.visa_appeal", 1, True),
            ("applicants.intake", 1, False),
            ("alarms.review", 1, False),
        ],
    )
    def test_of_what_costs_a_right_days_before(self, world, rule, days, tells):
        applicant = case(world)
        Announcement.objects.all().delete()
        due(applicant, rule, days=days)

        assert remind() == int(tells)
        assert self.told() == ([("claire", applicant.pk)] if tells else [])

    def test_once_however_often_it_runs_and_however_many_there_are(self, world):
        applicant = case(world)
        due(applicant, days=2)
        due(applicant, "asylum.filing", days=1)

        assert (remind(), remind()) == (1, 0)
        assert len(self.told()) == 1

    def test_what_is_met_or_of_a_closed_account_is_not_told(self, world):
        met, of_the_gone = due(case(world), days=2), due(case(world, "Lotus 2", owner="viktor"), days=2)
        operations.meet_deadline(deadline=met, by=world.people["claire"])
        world.people["viktor"].is_active = False
        world.people["viktor"].save()

        assert remind() == 0
        assert of_the_gone.met_at is None

    def test_the_desk_says_it_with_the_case(self, world):
        applicant = case(world)
        due(applicant, days=2)
        remind()
        home = visit(world, "claire").get("/").content.decode()

        assert "comes within three days" in home
        assert applicant.pseudonym in home
