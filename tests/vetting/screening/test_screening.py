"""Screening as operations: what is sealed, what stands in clear, and what happens when two colleagues are at it."""

import json

import pytest

from cases.applicants.operations import seal_identity
from cases.audit.models import Entry as AuditEntry
from cases.vault.models import SealedItem
from cases.vault.operations import open_item
from cases.vault.queries import item_of
from cases.vault.refusals import NoReason, NotGranted, NotUnlocked
from cases.vetting.models import ListKind, Screening
from cases.vetting.operations import screening as operations
from cases.vetting.queries.screening import is_current, screening_of, screening_said, to_screen
from cases.vetting.screening.pairs import Decision
from cases.vetting.screening.refusals import (
    DecidedMeanwhile,
    ListsFiledOtherwise,
    NoLists,
    NoName,
    NoReasonForDecision,
    PairGone,
)
from tests.applicants.factories import make_applicant
from tests.vetting.screening.lists import EU, IDENTITY, RUSSIA, WAGNER, entity, lines, take_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("meanings")]
BORN = ["1999-11-04"]


@pytest.fixture
def lists(vault):
    take_in(
        lines(
            entity("eu", birthDate=BORN),
            entity("ru", ["КУЛЕБЯКИН ЕРЕМЕЙ ФРОЛОВИЧ"], [RUSSIA], birthDate=BORN),
            entity("lead", ["Kulebiakin Eremei"], [WAGNER]),
            entity("nobody", ["Ivan Smirnov"]),
        )
    )


def screen(person, officers, by=None):
    by = by or officers.vera
    return operations.screen(applicant=person, reason="vetting", unlocked=officers.unlocked(by), by=by)


def decide(person, officers, pair, decision=Decision.OTHER, by=None, **more):
    by = by or officers.vera
    given = {"reason": "another father", "seen": pair["at"], "unlocked": officers.unlocked(by)} | more
    return operations.decide_pair(applicant=person, pair_id=pair["id"], decision=decision, by=by, **given)


def sealed(person, officers):
    item = item_of(person.identity_safe, "screening")
    return open_item(item=item, reason="test", unlocked=officers.unlocked(officers.vera), by=officers.vera)


def by_entity(document):
    return {pair["entity"]: pair for pair in document["pairs"]}


def clear(person):
    row = screening_of(person)
    return {name: getattr(row, name) for name in ("open", "obstacle", "risk", "lead", "same", "unclear")}


def test_hits_are_sealed_and_only_their_numbers_stand_in_clear(officers, person, lists, recorded):
    document = screen(person, officers)

    pairs = by_entity(document)
    assert {id: pair["kinds"] for id, pair in pairs.items()} == {
        "eu": ["obstacle"],
        "ru": ["risk"],
        "lead": ["lead"],
    }
    assert sealed(person, officers) == document
    assert clear(person) == {"open": 3, "obstacle": 1, "risk": 1, "lead": 1, "same": 0, "unclear": 0}
    assert (is_current(person), screening_of(person).by) == (True, officers.vera)
    assert recorded() == ["vault.opened_quietly", "vault.sealed", "vetting.screened", "vault.opened"]


def test_the_log_says_that_somebody_was_screened_and_neither_name_nor_entry(officers, person, lists):
    document = screen(person, officers)
    decide(person, officers, document["pairs"][0])
    told = json.dumps(list(AuditEntry.objects.values_list("action", "about", "detail")), ensure_ascii=False)

    assert "screening of Grey Heron: vetting" in told
    assert [
        word for word in ("улебяк", "ULEB", "uleb", '"eu"', "eu_fsf", "another father") if word in told
    ] == []


def test_a_hit_on_two_kinds_of_lists_is_both(officers, person, vault):
    take_in(lines(entity("both", datasets=[EU, RUSSIA, WAGNER])))
    [pair] = screen(person, officers)["pairs"]

    assert pair["kinds"] == ["obstacle", "risk"]
    assert (clear(person)["obstacle"], clear(person)["risk"], clear(person)["lead"]) == (1, 1, 0)


def test_a_list_that_nobody_classified_is_a_lead_and_says_so(officers, person, vault):
    take_in(lines(entity("new", datasets=["xx_new"])))
    [pair] = screen(person, officers)["pairs"]

    assert (pair["kinds"], pair["unknown"]) == (["lead"], ["xx_new"])


def test_a_list_is_known_by_its_title_too(officers, person, vault):
    take_in(lines(entity("e", datasets=["EU Financial Sanctions Files (FSF)"])))

    assert screen(person, officers)["pairs"][0]["kinds"] == ["obstacle"]


def test_a_decision_is_remembered_and_the_pair_does_not_come_back(officers, person, lists):
    pair = by_entity(screen(person, officers))["eu"]
    after = by_entity(decide(person, officers, pair))["eu"]
    again = by_entity(screen(person, officers))["eu"]

    assert (after["decision"], after["reason"], after["by"]) == ("other", "another father", "Vera Vetting")
    assert {name: again[name] for name in ("id", "decision", "reason", "by", "at")} == {
        name: after[name] for name in ("id", "decision", "reason", "by", "at")
    }
    assert clear(person) == {"open": 2, "obstacle": 0, "risk": 1, "lead": 1, "same": 0, "unclear": 0}


def test_a_pair_comes_back_with_the_old_decision_when_the_entry_changed(officers, person, lists):
    decide(person, officers, by_entity(screen(person, officers))["eu"])
    take_in(lines({"op": "MOD", "entity": entity("eu", birthDate=BORN, birthPlace=["Урюпинск"])}))
    pair = by_entity(screen(person, officers))["eu"]

    assert (pair["decision"], pair["before"]["decision"]) == ("", "other")
    assert pair["before"]["reason"] == "another father"
    assert clear(person)["open"] == 3


def test_a_pair_comes_back_when_the_birth_date_of_the_person_was_corrected(officers, person, vault):
    take_in(lines(entity("eu", birthDate=["1999"])))
    decide(person, officers, screen(person, officers)["pairs"][0])
    assert screen(person, officers)["pairs"][0]["decision"] == "other"
    seal_identity(applicant=person, identity=IDENTITY | {"birth_date": "1999"}, by=officers.olga)
    take_in(lines({"op": "MOD", "entity": entity("eu", birthDate=["1999"])}))

    assert screen(person, officers)["pairs"][0]["decision"] == "other"
    seal_identity(applicant=person, identity=IDENTITY | {"birth_date": ""}, by=officers.olga)
    assert screen(person, officers)["pairs"][0]["decision"] == ""


def test_what_is_no_longer_on_a_list_stays_where_it_was_decided_on(officers, person, lists):
    document = screen(person, officers)
    decide(person, officers, by_entity(document)["eu"], Decision.SAME)
    take_in(lines(*({"op": "DEL", "entity": {"id": id}} for id in ("eu", "ru"))))
    pairs = by_entity(screen(person, officers))

    assert (pairs["eu"]["gone"], pairs["eu"]["decision"], "ru" in pairs) == (True, "same", False)
    assert clear(person) == {"open": 1, "obstacle": 0, "risk": 0, "lead": 1, "same": 0, "unclear": 0}
    with pytest.raises(PairGone):
        decide(person, officers, pairs["eu"])


@pytest.mark.parametrize(("decision", "field"), [(Decision.SAME, "same"), (Decision.UNCLEAR, "unclear")])
def test_what_may_be_the_person_goes_on_counting(officers, person, lists, decision, field):
    decide(person, officers, by_entity(screen(person, officers))["eu"], decision)

    assert (clear(person)[field], clear(person)["obstacle"], clear(person)["open"]) == (1, 1, 2)


def test_a_decision_needs_a_reason_and_a_pair(officers, person, lists):
    pair = screen(person, officers)["pairs"][0]
    with pytest.raises(NoReasonForDecision):
        decide(person, officers, pair, reason=" ")
    with pytest.raises(PairGone):
        decide(person, officers, pair | {"id": "0" * 32})
    assert sealed(person, officers)["pairs"][0]["decision"] == ""


def test_who_has_not_seen_the_decision_of_a_colleague_does_not_overwrite_it(officers, person, lists):
    pair = screen(person, officers)["pairs"][0]
    decide(person, officers, pair, Decision.SAME, by=officers.cora)
    with pytest.raises(DecidedMeanwhile):
        decide(person, officers, pair, Decision.OTHER)

    assert sealed(person, officers)["pairs"][0]["decision"] == "same"


def test_of_two_who_save_at_once_nothing_is_lost(officers, person, lists, monkeypatch):
    """Cora decides on another hit between Vera's opening and Vera's saving."""
    first, second, *_ = screen(person, officers)["pairs"]
    opened = operations._open
    meanwhile = iter([lambda: decide(person, officers, second, Decision.UNCLEAR, by=officers.cora)])

    def slow(*args, **kwargs):
        found = opened(*args, **kwargs)
        next(meanwhile, lambda: None)()
        return found

    monkeypatch.setattr(operations, "_open", slow)
    decide(person, officers, first, Decision.SAME)
    told = {pair["id"]: pair["decision"] for pair in sealed(person, officers)["pairs"]}

    assert (told[first["id"]], told[second["id"]]) == ("same", "unclear")
    assert (clear(person)["same"], clear(person)["unclear"]) == (1, 1)


def test_without_the_comparison_of_versions_a_decision_would_be_lost(officers, person, lists, monkeypatch):
    """The planted failure: the same two colleagues, with nobody looking at the version."""
    first, second, *_ = screen(person, officers)["pairs"]
    opened = operations._open
    meanwhile = iter([lambda: decide(person, officers, second, Decision.UNCLEAR, by=officers.cora)])

    def slow(*args, **kwargs):
        found = opened(*args, **kwargs)
        next(meanwhile, lambda: None)()
        return found

    class Blind:
        version = 1

    monkeypatch.setattr(operations, "_open", slow)
    monkeypatch.setattr(operations, "item_of", lambda safe, kind: Blind())
    decide(person, officers, first, Decision.SAME)
    told = {pair["id"]: pair["decision"] for pair in sealed(person, officers)["pairs"]}

    assert (told[first["id"]], told[second["id"]]) == ("same", "")


def test_only_who_holds_the_name_and_is_unlocked_screens(officers, person, lists):
    with pytest.raises(NotUnlocked):
        operations.screen(applicant=person, reason="vetting", unlocked=None, by=officers.vera)
    with pytest.raises(NoReason):
        operations.screen(
            applicant=person, reason=" ", unlocked=officers.unlocked(officers.vera), by=officers.vera
        )
    with pytest.raises(NotGranted):
        screen(person, officers, by=officers.nina)
    assert not SealedItem.objects.filter(kind="screening").exists()


def test_without_lists_or_without_a_name_nobody_is_said_to_be_clean(officers, person, vault):
    with pytest.raises(NoLists):
        screen(person, officers)
    assert screening_said(person) == ["Not compared with the lists yet."]
    take_in(lines(entity()))
    nameless = make_applicant(by=officers.olga, team=officers.vetters)
    with pytest.raises((NoName, NotGranted)):
        screen(nameless, officers)
    assert screening_of(nameless) is None


def test_lists_filed_with_another_key_are_not_asked(officers, person, lists, settings):
    settings.SCREENING = settings.SCREENING | {"bucket_bits": 6}
    with pytest.raises(ListsFiledOtherwise) as refusal:
        screen(person, officers)
    assert refusal.value.slugs == ["sanctions"]


def test_a_screening_is_old_after_a_change_of_lists_of_their_meaning_or_of_the_name(officers, person, lists):
    screen(person, officers)
    take_in(lines(*({"op": "MOD", "entity": entity("eu", birthDate=BORN)},)))
    assert is_current(person)

    take_in(lines({"op": "ADD", "entity": entity("another", ["Ivan Petrov"])}))
    assert not is_current(person)
    screen(person, officers)
    ListKind.objects.filter(dataset=WAGNER).update(kind="obstacle")
    assert not is_current(person)
    screen(person, officers)
    assert (is_current(person), clear(person)["obstacle"]) == (True, 2)
    seal_identity(applicant=person, identity=IDENTITY | {"birth_date": "1970-01-01"}, by=officers.olga)
    assert not is_current(person)


def test_the_check_on_lists_is_told_in_sentences(officers, person, lists):
    decide(person, officers, by_entity(screen(person, officers))["eu"], Decision.SAME)
    day, *said = screening_said(person)

    assert day.endswith("by Vera Vetting.")
    assert said == [
        "1 hit that may be an obstacle.",
        "1 hit that may be a risk to the person.",
        "1 lead only.",
        "1 was found to be the same person.",
        "2 wait for a decision.",
    ]


def test_screening_again_goes_over_everybody_one_holds_in_steps(officers, person, lists, settings):
    settings.SCREENING = settings.SCREENING | {"step_seconds": 0.0001}
    others = [make_applicant(by=officers.olga, identity=IDENTITY, team=officers.vetters) for _ in range(12)]
    make_applicant(by=officers.nina, identity=IDENTITY)
    unlocked = officers.unlocked(officers.vera)
    first = operations.screen_step(last=None, unlocked=unlocked, by=officers.vera)
    second = operations.screen_step(last=first.last, unlocked=unlocked, by=officers.vera)

    assert (first.done, first.left, second.done, second.left, second.last) == (10, 3, 3, 0, None)
    assert Screening.objects.count() == 1 + len(others)
    assert list(to_screen(officers.vera)) == []


def test_screening_again_keeps_what_was_decided_and_finds_what_is_new(officers, person, lists):
    decide(person, officers, by_entity(screen(person, officers))["eu"])
    take_in(lines({"op": "ADD", "entity": entity("new", datasets=[RUSSIA], birthDate=BORN)}))
    operations.screen_step(last=None, unlocked=officers.unlocked(officers.vera), by=officers.vera)
    pairs = by_entity(sealed(person, officers))

    assert (pairs["eu"]["decision"], pairs["new"]["decision"]) == ("other", "")


def test_more_candidates_than_can_be_looked_at_are_counted(officers, person, vault, settings):
    settings.SCREENING = settings.SCREENING | {"most_pairs": 2}
    take_in(lines(*(entity(f"e{number}") for number in range(5)), entity("best", birthDate=BORN)))
    document = screen(person, officers)

    assert ([pair["entity"] for pair in document["pairs"]], document["left_out"]) == (["best", "e0"], 4)
