"""Nobody but the voter learns a choice before it is decided: not from a page, a list, a log or from what differs between two pages."""

import re

import pytest
from django.urls import reverse

from cases.audit.models import Entry
from cases.desk.audit_words import sentence
from cases.vetting import decision_page
from cases.vetting.annex import kinds_of
from cases.vetting.models import Check
from cases.vetting.queries.decisions import readable_votes
from tests.vetting.decision_factories import vote

pytestmark = pytest.mark.django_db
CHOICES = ("support", "not_now", "decline")


def pages(case):
    """Every page that says anything about the vetting of a case, or lists it."""
    about = [case.pk]
    return [
        reverse("vetting:list"),
        reverse("vetting:decision", args=about),
        reverse("vetting:report", args=about),
        reverse("vetting:panel", args=about),
        reverse("applicants:detail", args=about),
        reverse("applicants:timeline", args=about),
        reverse("applicants:stage", args=about),
        reverse("desk:register"),
        reverse("desk:home"),
        "/cases/export.csv",
    ]


def seen(browse, case, *people):
    """What each sees on each page, without what differs in any two answers."""
    return {
        (person.username, url): plain(browse(person).get(url)) for person in people for url in pages(case)
    }


def plain(answer):
    body = (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode()
    body = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", body)
    body = re.sub(r'name="new_id" value="[^"]+"', "", body)
    # When a page was drawn up, and when a case was last worked on.
    return re.sub(r"<time [^>]+>[^<]+</time>", "", body)


def told_apart(browse, case, votes, *people):
    """The pages that differ between the possible choices, after rolling each one back."""
    from django.db import transaction

    found = []
    for ways in votes:
        point = transaction.savepoint()
        for person, choice in ways:
            vote(case, person, choice)
        found.append(seen(browse, case, *people))
        transaction.savepoint_rollback(point)
        case.refresh_from_db()
    return {page for page in found[0] if len({one[page] for one in found}) > 1}


def test_no_page_of_anybody_else_tells_the_first_choice(browse, ready, work):
    ways = [[(ready.vera, choice)] for choice in CHOICES]

    assert told_apart(browse, ready.case, ways, ready.ilse, ready.otto, ready.owner, work.tim) == set()


def test_the_voter_sees_the_own_choice(browse, ready):
    ways = [[(ready.vera, choice)] for choice in CHOICES]

    assert {url for _who, url in told_apart(browse, ready.case, ways, ready.vera)} == {
        reverse("vetting:decision", args=[ready.case.pk])
    }


def test_after_two_who_differ_the_third_does_not_see_who_chose_what(browse, ready, work):
    ways = [
        [(ready.vera, first), (ready.ilse, second)]
        for first in CHOICES
        for second in CHOICES
        if first != second
    ]

    assert told_apart(browse, ready.case, ways, ready.otto, ready.owner, work.tim) == set()


@pytest.mark.parametrize("leak", ["{{ now.votes.0.choice }}", "{{ now.votes.0.get_choice_display }}"])
def test_a_choice_planted_on_the_page_is_found(browse, ready, settings, tmp_path, leak):
    planted = tmp_path / "vetting" / "_decision_standing.html"
    planted.parent.mkdir()
    planted.write_text(leak)
    [engine] = settings.TEMPLATES
    settings.TEMPLATES = [engine | {"DIRS": [tmp_path, *engine["DIRS"]]}]
    ways = [[(ready.vera, choice)] for choice in CHOICES]

    assert {url for _who, url in told_apart(browse, ready.case, ways, ready.ilse)} == {
        reverse("vetting:decision", args=[ready.case.pk])
    }


def test_a_headline_that_counts_votes_would_be_found(browse, ready, monkeypatch):
    honest = decision_page.headline
    counting = lambda now: f"{honest(now)} {sum(one.choice == 'support' for one in now.votes)}"  # noqa: E731
    monkeypatch.setattr(decision_page, "headline", counting)
    ways = [[(ready.vera, choice)] for choice in CHOICES]

    assert told_apart(browse, ready.case, ways, ready.ilse) != set()


def test_whether_anybody_voted_is_not_told_where_it_would_tell_the_choice(browse, ready, work):
    """While a needed check is missing nobody can have voted for support: even that there is a vote is a hint."""
    Check.objects.filter(kind="V08").delete()
    ways = [[], [(ready.vera, "decline")]]

    found = told_apart(browse, ready.case, ways, ready.ilse, ready.owner, ready.cora)
    # The list of cases says when a case was last worked on, which any work on it does.
    assert {url for _who, url in found} <= {reverse("desk:register"), reverse("desk:home")}


def test_the_rows_of_the_log_are_the_same_for_every_choice(ready):
    said = set()
    for choice in CHOICES:
        before = Entry.objects.count()
        vote(ready.case, ready.vera, choice)
        rows = Entry.objects.order_by("id")[before:]
        said.add(tuple(sentence(row.action, "Grey Heron", hidden(row.detail)) for row in rows))

    assert said == {("sealed something of Grey Heron — reasons of a vote 1", "voted on Grey Heron")}


def hidden(detail):
    return re.sub(r"digest [0-9a-f]{64}", "digest " + "0" * 64, detail)


def test_reasons_are_opened_by_others_only_once_it_is_decided(browse, ready):
    first = vote(ready.case, ready.vera)
    url = reverse("vetting:reasons", args=[ready.case.pk])
    opening = {"reason": "vetting", "words": ""}

    assert readable_votes(ready.case, ready.ilse) == []
    assert first.sealed_kind not in kinds_of(ready.case)
    before = browse(ready.ilse, unlocked=True).send(url, **opening).content.decode()
    own = browse(ready.vera, unlocked=True).send(url, **opening).content.decode()
    assert ("Лопуховке" in before, "Лопуховке" in own) == (False, True)

    vote(ready.case, ready.ilse)
    after = browse(ready.ilse, unlocked=True).send(url, **opening).content.decode()
    assert "Лопуховке" in after
    assert readable_votes(ready.case, ready.otto) == readable_votes(ready.case, ready.ilse)


def test_the_annex_holds_no_reasons_before_the_decision(browse, ready):
    vote(ready.case, ready.vera)
    url = reverse("vetting:annex", args=[ready.case.pk])
    answer = browse(ready.vera, unlocked=True).send(url, reason="vetting", words="")

    assert answer.status_code == 200
    assert "Лопуховке" not in answer.content.decode()
