import pytest
from django.conf import settings
from django.utils.translation import override
from django_countries import countries

from cases.applicants.countries import country_choices
from cases.applicants.forms import RegisterForm
from cases.applicants.models import Applicant
from cases.desk.filters import RegisterFilter
from cases.desk.imports.forms import StartForm
from tests.staff.factories import make_person


def order_of(language, *codes):
    with override(language):
        rest = [code for code, _name in country_choices()][len(settings.COUNTRIES_FIRST) :]
    return sorted(codes, key=rest.index)


@pytest.mark.parametrize(
    ("language", "codes"),
    [
        ("en", ["AF", "CI", "HR", "ZW"]),
        # Îles mineures before Îles Turques, Égypte between Djibouti and Espagne
        ("fr", ["DJ", "EG", "ES", "UM", "TC", "ZW"]),
        # Австралия, Ангола, Афганистан, Беларусь, Италия, Йемен, Казахстан, Южный Судан, Япония
        ("ru", ["AU", "AO", "AF", "BY", "IT", "YE", "KZ", "SS", "JP"]),
    ],
)
def test_they_stand_in_the_order_of_the_alphabet(language, codes):
    assert order_of(language, *reversed(codes)) == codes


@pytest.mark.parametrize("language", ["en", "fr", "ru"])
def test_those_met_most_often_come_first_and_none_is_missing(language):
    with override(language):
        choices = country_choices()

    assert [code for code, _name in choices[:8]] == settings.COUNTRIES_FIRST
    assert sorted(code for code, _name in choices[8:]) == sorted(countries.countries)


@pytest.mark.django_db
def test_every_form_offers_them_so():
    claire = make_person("Claire")
    with override("ru"):
        offered = [
            RegisterForm().fields["country"].choices,
            RegisterFilter({}, Applicant.objects.none()).form.fields["country"].choices,
            StartForm(user=claire).fields["country"].choices,
        ]
        assert [list(choices)[1:] for choices in offered] == [country_choices()] * 3
