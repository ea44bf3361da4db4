"""Who knows of Grey Heron by another door than an export: a letter, a dossier, a helper. Blue Lotus is nobody's."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cases.disclosures import elsewhere
from cases.letters.models import Letter
from tests.letters.factories import make_template
from tests.needs.factories import make_referral
from tests.relocation.factories import make_group, make_submission

pytestmark = pytest.mark.django_db


def of(applicant):
    return [(one.whom, one.what, one.fields) for one in elsewhere.told_elsewhere(applicant)]


@pytest.fixture
def gone_out(heron, lotus, work):
    """A letter with the name, a dossier that was handed in and one that was not, a provider."""
    olga = work.olga
    Letter.objects.create(
        applicant=heron,
        template=make_template(),
        for_whom="Mairie de Lyon",
        fields=["name", "birth_date"],
        written_by=olga,
    )
    make_referral(heron, by=olga)
    group = make_group(by=olga)
    make_submission(group, heron, by=olga)
    make_submission(group, lotus, by=olga, handed_in=False)
    return group


def test_each_door_is_said_with_what_went_out(heron, lotus, gone_out):
    said = {whom: (what, fields) for whom, what, fields in of(heron)}

    assert said["Mairie de Lyon"][1] == ("name", "birth_date")
    assert said["Maison ouverte"] == ("housing", ())
    assert said[str(gone_out.government)] == ("dossier without names", ())
    assert of(lotus) == []


def test_the_newest_first(heron, gone_out):
    Letter.objects.update(written_at=timezone.now() - timedelta(days=9))

    assert of(heron)[-1][0] == "Mairie de Lyon"


def test_a_door_that_says_nothing_is_missed(heron, gone_out, monkeypatch):
    monkeypatch.setattr(elsewhere, "_TELLERS", elsewhere._TELLERS[1:])

    assert len(of(heron)) == 2


def test_the_page_says_it(browse, work, heron, lotus, gone_out):
    page = browse(work.tim)
    told = page.get(f"/cases/{heron.pk}/told/").content.decode()

    for words in ("Mairie de Lyon", "Full name, Birth date", "Maison ouverte", "by pseudonym"):
        assert words in told
    assert "Nobody outside was told" not in told
    assert "Nobody outside was told" in page.get(f"/cases/{lotus.pk}/told/").content.decode()
