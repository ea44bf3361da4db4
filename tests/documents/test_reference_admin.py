from datetime import date, timedelta

import pytest
from django.utils import timezone

from cases.audit.models import Entry
from cases.documents.models import AreaMember, DocumentType, EntryRule, VisaRule
from cases.documents.operations.reference import load_reference
from cases.documents.tables import MODELS, file_says_else, is_edited
from cases.staff.roles import Role
from tests.staff.factories import login, make_person

pytestmark = pytest.mark.django_db
PAGES = [model._meta.model_name for model in MODELS.values()]
URL = "/admin/documents/entryrule/"
KEY = "fr-ru-zag5-refused-2025-06"
CHANGE = f"{URL}{KEY}/change/"


@pytest.fixture
def mira():
    return make_person("Mira", [Role.ADMINISTRATOR])


@pytest.fixture
def as_mira(client, mira):
    return login(client, mira)


@pytest.fixture(autouse=True)
def loaded(db):
    load_reference()


@pytest.fixture
def recorded(loaded):
    before = Entry.objects.count()
    return lambda: [
        (row.action, row.actor, row.about, row.detail) for row in Entry.objects.order_by("id")[before:]
    ]


def filled(client, url):
    """What a browser would send back unchanged."""
    form = client.get(url).context["adminform"].form
    data = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    return {name: value for name, value in data.items() if value not in (None, False)}


def errors(response):
    form = response.context["adminform"].form
    return {name: list(said) for name, said in form.errors.items()}


def keys(page):
    return {row.key for row in page.context["cl"].queryset}


class TestWhoMay:
    @pytest.mark.parametrize("role", Role)
    def test_enter(self, client, role):
        login(client, make_person("Somebody", [role]))
        allowed = role in (Role.ADMINISTRATOR, Role.COORDINATOR)

        for page in (URL, CHANGE, f"{URL}add/"):
            assert client.get(page, follow=True).status_code == (200 if allowed else 403)

    def test_somebody_without_the_permission_changes_nothing(self, client, recorded):
        login(client, make_person("Somebody", [Role.CASEWORKER]))

        assert client.post(CHANGE, {"effect": "accepted"}, follow=True).status_code == 403
        action = {"action": "verified_today", "_selected_action": [KEY]}
        assert client.post(URL, action, follow=True).status_code == 403
        row = EntryRule.objects.get(pk=KEY)
        assert (row.effect, row.verified_on) == ("refused", date(2026, 11, 22))
        assert [row for row in recorded() if row[0].startswith("documents.")] == []

    @pytest.mark.parametrize("page", PAGES)
    def test_nobody_deletes(self, as_mira, page):
        model = next(model for model in MODELS.values() if model._meta.model_name == page)
        row = model.objects.first()

        answer = as_mira.post(f"/admin/documents/{page}/{row.pk}/delete/", {"post": "yes"})
        selected = {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"}
        as_mira.post(f"/admin/documents/{page}/", selected)

        assert answer.status_code == 403
        assert model.objects.filter(pk=row.pk).exists()


class TestLists:
    @pytest.mark.parametrize("page", PAGES)
    def test_every_table_has_its_list_and_its_forms(self, as_mira, page):
        shown = as_mira.get(f"/admin/documents/{page}/")
        first = shown.context["cl"].result_list[0]

        assert first.key in shown.content.decode()
        assert as_mira.get(f"/admin/documents/{page}/{first.pk}/change/").status_code == 200
        assert as_mira.get(f"/admin/documents/{page}/add/").status_code == 200

    @pytest.mark.parametrize("rows", [1, 70])
    def test_a_list_takes_the_same_queries_however_long(self, as_mira, rows, django_assert_num_queries):
        kept = EntryRule.objects.values_list("pk", flat=True)[:rows]
        EntryRule.objects.exclude(pk__in=list(kept)).delete()
        as_mira.get(URL)

        with django_assert_num_queries(10):
            as_mira.get(URL)

    def test_columns_say_what_since_when_how_sure_and_from_where(self, as_mira):
        page = as_mira.get(f"{URL}?q={KEY}").content.decode()

        for said in (KEY, "refused", "2025-06-01 – …", "22 Nov 2026", "sources disagree", "osnmedia"):
            assert said in page

    def test_what_is_to_be_verified_again(self, as_mira):
        EntryRule.objects.update(verified_on=timezone.localdate())
        EntryRule.objects.filter(pk=KEY).update(verified_on=timezone.localdate() - timedelta(days=181))
        EntryRule.objects.filter(pk="am-ru-int").update(verified_on=None)

        assert keys(as_mira.get(f"{URL}?verification=again")) == {KEY, "am-ru-int"}
        assert keys(as_mira.get(f"{URL}?verification=never")) == {"am-ru-int"}
        assert "to be verified again" in as_mira.get(f"{URL}?q={KEY}").content.decode()

    def test_what_is_in_force(self, as_mira):
        today = timezone.localdate()
        EntryRule.objects.update(begins=None, ends=None)
        EntryRule.objects.filter(pk=KEY).update(ends=today - timedelta(days=1))
        EntryRule.objects.filter(pk="am-ru-int").update(begins=today + timedelta(days=1))
        EntryRule.objects.filter(pk="kz-ru-int").update(begins=today, ends=today)

        assert keys(as_mira.get(f"{URL}?in_force=past")) == {KEY}
        assert keys(as_mira.get(f"{URL}?in_force=coming")) == {"am-ru-int"}
        assert len(keys(as_mira.get(f"{URL}?in_force=today"))) == EntryRule.objects.count() - 2

    def test_by_confidence(self, as_mira):
        assert keys(as_mira.get(f"{URL}?confidence__exact=conflict")) == {
            KEY,
            "fr-ru-zag5-accepted-2025-04",
        }

    def test_other_lookups_answer_nothing(self, as_mira):
        assert as_mira.get(f"{URL}?loaded__startswith=a").status_code == 400

    def test_what_was_edited_or_added_here_is_marked(self, as_mira):
        EntryRule.objects.filter(pk=KEY).update(note_en="Ours.")
        EntryRule.objects.filter(pk="am-ru-int").update(loaded="")

        page = as_mira.get(URL)

        marks = {
            row.key: page.context["cl"].model_admin.edited_here(row) for row in page.context["cl"].queryset
        }
        assert {key: mark for key, mark in marks.items() if mark} == {
            KEY: "edited here",
            "am-ru-int": "added here",
        }

    def test_in_another_language(self, client):
        login(client, make_person("Mira", [Role.ADMINISTRATOR], language="ru"))

        assert "Биометрический загранпаспорт" in client.get("/admin/documents/documenttype/").content.decode()


class TestChanging:
    def test_only_what_changed_is_saved_and_recorded(self, as_mira, recorded):
        data = filled(as_mira, CHANGE) | {"note_en": "Ours.", "begins": "2025-05-03", "key": "other"}

        as_mira.post(CHANGE, data)

        row = EntryRule.objects.get(pk=KEY)
        assert (row.note_en, row.begins, row.loaded != "") == ("Ours.", date(2025, 5, 3), True)
        assert is_edited(row)
        assert not EntryRule.objects.filter(pk="other").exists()
        assert recorded() == [
            ("documents.reference_edited", "mira", KEY, "entry_rules: note_en, begins"),
        ]

    def test_a_form_sent_back_unchanged_changes_nothing(self, as_mira, recorded):
        for page in PAGES:
            model = next(model for model in MODELS.values() if model._meta.model_name == page)
            for row in model.objects.all()[:5]:
                url = f"/admin/documents/{page}/{row.pk}/change/"
                assert as_mira.post(url, filled(as_mira, url)).status_code == 302
                assert not is_edited(model.objects.get(pk=row.pk))
        assert recorded() == []

    def test_the_page_shows_what_the_file_says_and_saving_settles_it(self, as_mira, recorded):
        EntryRule.objects.filter(pk=KEY).update(note_en="Ours.", loaded="0" * 64)
        assert load_reference().differs == [f"entry_rules/{KEY}"]

        page = as_mira.get(CHANGE).content.decode()
        as_mira.post(CHANGE, filled(as_mira, CHANGE))

        assert "Note (English): A visa issued already stays usable." in page
        assert load_reference().kept == [f"entry_rules/{KEY}"]
        assert EntryRule.objects.get(pk=KEY).note_en == "Ours."
        assert recorded() == [
            ("documents.reference_edited", "mira", KEY, "entry_rules: kept against the file"),
        ]

    def test_what_the_file_says_is_shown_as_text(self, as_mira):
        EntryRule.objects.filter(pk=KEY).update(effect="accepted")

        assert file_says_else(EntryRule.objects.get(pk=KEY)) == {"effect": "refused"}
        assert "Effect: refused" in as_mira.get(CHANGE).content.decode()

    def test_a_code_never_changes(self, as_mira):
        url = "/admin/documents/documenttype/ru-int/change/"

        as_mira.post(url, filled(as_mira, url) | {"code": "RU_NEW", "years": "7"})

        row = DocumentType.objects.get(pk="ru-int")
        assert (row.code, row.years) == ("RU_INT", 7)

    def test_verified_today_for_many_at_once(self, as_mira, recorded):
        chosen = ["am-ru-int", "tr-ru-zag5"]

        page = as_mira.post(URL, {"action": "verified_today", "_selected_action": chosen}, follow=True)

        assert {row.verified_on for row in EntryRule.objects.filter(pk__in=chosen)} == {timezone.localdate()}
        assert "2 rows verified today." in page.content.decode()
        assert recorded() == [
            ("documents.reference_verified", "mira", "", "entry_rules: am-ru-int, tr-ru-zag5"),
        ]


NEW = {
    "key": "jp-ru-zag10",
    "destination": "JP",
    "document": "RU_ZAG10",
    "effect": "accepted",
    "visa": "needed",
    "source": "Consulate, by telephone",
    "confidence": "low",
}


class TestAdding:
    def test_a_row(self, as_mira, recorded):
        as_mira.post(f"{URL}add/", NEW)

        row = EntryRule.objects.get(pk="jp-ru-zag10")
        assert (row.destination, row.effect, row.loaded) == ("JP", "accepted", "")
        assert recorded() == [("documents.reference_added", "mira", "jp-ru-zag10", "entry_rules")]
        assert load_reference().gone == []

    def test_a_part_of_a_country_an_area_or_any(self, as_mira):
        for place in ("GE-AB", "SCHENGEN", "ANY"):
            as_mira.post(f"{URL}add/", NEW | {"key": f"k-{place.lower()}", "destination": place})

            assert EntryRule.objects.get(pk=f"k-{place.lower()}").destination == place

    def test_a_key_that_is_there_already(self, as_mira):
        answer = as_mira.post(f"{URL}add/", NEW | {"key": KEY})

        assert "key" in errors(answer)
        assert EntryRule.objects.get(pk=KEY).destination == "FR"


class TestBadValues:
    @pytest.mark.parametrize(
        ("change", "said"),
        [
            ({"ends": "2025-05-31", "begins": "2025-06-01"}, {"ends": ["The last day is before the first day."]}),
            ({"destination": "XX"}, {"destination": ["XX is no country and no area."]}),
            ({"document": "RU_NIL"}, {"document": ["RU_NIL is no document type of the catalogue."]}),
            ({"verified_on": "2999-01-01"}, {"verified_on": ["This day has not come yet."]}),
            ({"source_date": "2999-01-01"}, {"source_date": ["This day has not come yet."]}),
            ({"begins": "2025-02-30"}, {"begins": ["Enter a valid date."]}),
            ({"source": ""}, {"source": ["This field is required."]}),
            (
                {"age_from": "15", "age_below": "15"},
                {"age_below": ["Nobody is of such an age: the second must be higher than the first."]},
            ),
            (
                {"destination": "KZ", "document": "RU_ZAG10", "effect": "refused"},
                {
                    "__all__": [
                        "For the same days and ages kz-ru-zag10 says something else. Close that row first."
                    ]
                },
            ),
        ],
    )  # fmt: skip
    def test_of_an_entry_rule(self, as_mira, recorded, change, said):
        answer = as_mira.post(f"{URL}add/", NEW | change)

        assert errors(answer) == said
        assert not EntryRule.objects.filter(pk="jp-ru-zag10").exists()
        assert recorded() == []

    def test_the_day_of_verification_is_not_taken_back(self, as_mira):
        answer = as_mira.post(CHANGE, filled(as_mira, CHANGE) | {"verified_on": ""})

        assert errors(answer) == {
            "verified_on": [
                "Leave the day when somebody last looked. If you doubt the row, change its confidence."
            ]
        }
        assert EntryRule.objects.get(pk=KEY).verified_on == date(2026, 11, 22)

    @pytest.mark.parametrize(
        ("change", "said"),
        [
            (
                {"number_pattern": "([", "number_example": ""},
                {
                    "number_pattern": [
                        "This is no regular expression: unterminated character set at position 1."
                    ]
                },
            ),
            (
                {"number_pattern": r"^\d{3}$", "number_example": "12"},
                {"number_example": ["The example does not fit the pattern."]},
            ),
            ({"issuer": "ZZ"}, {"issuer": ["ZZ is no country."]}),
            ({"order": "-1"}, {"order": ["Ensure this value is greater than or equal to 0."]}),
        ],
    )
    def test_of_a_document_type(self, as_mira, change, said):
        url = "/admin/documents/documenttype/ru-int/change/"

        assert errors(as_mira.post(url, filled(as_mira, url) | change)) == said
        assert DocumentType.objects.get(pk="ru-int").number_pattern == r"^\d{4}\d{6}$"

    @pytest.mark.parametrize(
        ("page", "model", "data", "said"),
        [
            (
                "documenttype",
                DocumentType,
                {"code": "ru int"},
                {"code": ["Write the code in capitals, like RU_INT."]},
            ),
            (
                "areamember",
                AreaMember,
                {"area": "eu", "country": "FR"},
                {"area": ["Write the area in capitals, like SCHENGEN."]},
            ),
            (
                "visarule",
                VisaRule,
                {"visa": "NIL", "destination": "FR"},
                {"visa": ["NIL is no document type of the catalogue."]},
            ),
        ],
    )
    def test_of_other_tables(self, as_mira, page, model, data, said):
        before = model.objects.count()

        answer = as_mira.post(
            f"/admin/documents/{page}/add/",
            {"key": "new", "source": "A call", "confidence": "low"} | data,
        )

        assert {name: text for name, text in errors(answer).items() if name in said} == said
        assert model.objects.count() == before
