"""Each deadline of each law on known days: the day before a change of law, the day itself, the day after."""

from datetime import date

import pytest

from cases.asylum import operations, queries
from cases.asylum.models import (
    Claim,
    DeadlineRule,
    Procedure,
    RegimeRule,
    Responsibility,
    SetDate,
    Step,
)
from cases.asylum.terms import terms_of
from cases.staff.models import random_id
from tests.asylum.making import happened, make_claim

pytestmark = pytest.mark.django_db
BEFORE = {"registered": "2026-03-10", "attested": "2026-03-10"}
AFTER = {"registered": "2026-07-06", "attested": "2026-07-06"}
UNKNOWN = None
STANDARD = [
    # pre-registration: three working days, and from 12 June five days
    ({"spada": "2026-03-05"}, "desk", "2026-03-10"),
    ({"spada": "2026-04-02"}, "desk", "2026-04-08"),
    ({"spada": "2026-06-11"}, "desk", "2026-06-16"),
    ({"spada": "2026-06-12"}, "desk", "2026-06-17"),
    ({"spada": "2026-06-13"}, "desk", "2026-06-18"),
    # filing: 21 days from the certificate, and from 12 June from the registration
    (BEFORE, "filing", "2026-03-31"),
    ({"registered": "2026-06-11", "attested": "2026-06-12"}, "filing", "2026-07-03"),
    ({"registered": "2026-06-12", "attested": "2026-06-15"}, "filing", "2026-07-03"),
    ({"registered": "2026-06-13", "attested": "2026-06-15"}, "filing", "2026-07-04"),
    # an incomplete file: the shorter of two that sources give, later not known
    (BEFORE | {"filed": "2026-03-27", "sent_back": "2026-04-01"}, "completing", "2026-04-09"),
    (AFTER | {"filed": "2026-07-10", "sent_back": "2026-07-13"}, "completing", UNKNOWN),
    # the certificate: one month, then nine
    ({"registered": "2026-01-30", "attested": "2026-01-31"}, "certificate", "2026-02-28"),
    (BEFORE | {"renewed": "2026-04-08"}, "certificate", "2027-01-08"),
    (AFTER, "certificate", UNKNOWN),
    # interview and hearing: in the summons alone
    (BEFORE | {"filed": "2026-03-27"}, "interview", UNKNOWN),
    (AFTER | {"filed": "2026-07-10"}, "interview", UNKNOWN),
    # the first decision
    (BEFORE | {"filed": "2026-03-27"}, "decision", UNKNOWN),
    (AFTER | {"filed": "2026-08-31"}, "decision", "2027-02-28"),
    # legal aid and appeal: after 12 June nobody has said how long
    (BEFORE | {"filed": "2026-03-27", "decided": "2026-06-04"}, "legal_aid", "2026-06-19"),
    (BEFORE | {"filed": "2026-03-27", "decided": "2026-06-04"}, "appeal", "2026-07-06"),
    (BEFORE | {"filed": "2026-03-27", "decided": "2026-05-31"}, "appeal", "2026-06-30"),
    (BEFORE | {"filed": "2026-03-27", "decided": "2026-06-14"}, "appeal", "2026-07-15"),
    (BEFORE | {"filed": "2026-03-27", "decided": "2026-09-25"}, "appeal", "2026-10-26"),
    (AFTER | {"filed": "2026-07-10", "decided": "2026-09-25"}, "legal_aid", UNKNOWN),
    (AFTER | {"filed": "2026-07-10", "decided": "2026-09-25"}, "appeal", UNKNOWN),
    # the court
    (
        BEFORE | {"filed": "2026-03-27", "decided": "2026-06-04", "appeal": "2026-06-30"},
        "court",
        "2026-11-30",
    ),
    (
        BEFORE | {"filed": "2026-03-27", "decided": "2026-06-04", "appeal": "2026-06-30"},
        "hearing",
        UNKNOWN,
    ),
    (AFTER | {"filed": "2026-07-10", "decided": "2026-09-25", "appeal": "2026-10-01"}, "court", UNKNOWN),
    # the responsible state: not known under Dublin III, two months under the AMMR, one after a hit
    ({"registered": "2026-06-30"}, "take_charge", UNKNOWN),
    ({"registered": "2026-07-01"}, "take_charge", "2026-09-01"),
    ({"registered": "2026-07-02"}, "take_charge", "2026-09-02"),
    ({"registered": "2026-07-02", "hit": "2026-07-31"}, "take_charge", "2026-08-31"),
    ({"registered": "2026-07-02", "take_charge": "2026-07-20", "transfer": "2026-08-20"}, "transfer_appeal", UNKNOWN),
    # a leap year, and the day after its 29 February
    (BEFORE | {"filed": "2026-03-27", "decided": "2028-01-31"}, "appeal", "2028-02-29"),
    (BEFORE | {"filed": "2026-03-27", "decided": "2028-02-14"}, "legal_aid", "2028-02-29"),
    ({"registered": "2026-03-10", "attested": "2028-02-10"}, "filing", "2028-03-02"),
    (AFTER | {"filed": "2027-08-31"}, "decision", "2028-02-29"),
    (BEFORE | {"renewed": "2027-05-31"}, "certificate", "2028-02-29"),
    ({"registered": "2027-12-31"}, "take_charge", "2028-02-29"),
    # what no summons, law or source has said
    (AFTER | {"renewed": "2026-08-06"}, "certificate", UNKNOWN),
    (AFTER | {"filed": "2026-07-10", "decided": "2026-09-25", "appeal": "2026-10-01"}, "hearing", UNKNOWN),
    ({"registered": "2026-06-10", "hit": "2026-06-15"}, "take_charge", UNKNOWN),
    (
        {"registered": "2026-06-10", "take_charge": "2026-06-15", "transfer": "2026-08-20"},
        "transfer_appeal",
        UNKNOWN,
    ),
    # a claim that was closed
    (BEFORE | {"closed": "2026-05-04"}, "reopen", UNKNOWN),
    (AFTER | {"closed": "2026-09-04"}, "reopen", UNKNOWN),
]  # fmt: skip
OTHERS = [
    ("accelerated", AFTER | {"filed": "2026-11-20"}, "decision", "2027-02-20"),
    ("inadmissible", AFTER | {"filed": "2026-08-31"}, "decision", "2026-10-31"),
    ("accelerated", BEFORE | {"renewed": "2026-04-08"}, "certificate", UNKNOWN),
    (
        "accelerated",
        BEFORE | {"filed": "2026-03-27", "decided": "2026-06-04", "appeal": "2026-06-30"},
        "court",
        "2026-08-04",
    ),
]
# A re-examination: nothing was found, under neither law.
AGAIN = [
    (BEFORE, "filing"),
    (AFTER, "filing"),
    (BEFORE | {"filed": "2026-03-27", "decided": "2026-06-04"}, "appeal"),
    (AFTER | {"filed": "2026-07-10", "decided": "2026-09-25"}, "appeal"),
]


def days_of(claim):
    standing = {one.kind: one.due_on.isoformat() for one in queries.standing_dates(claim)}
    lines = queries.lines_of(claim, queries.steps_of(claim))
    return {line.term.kind: standing.get(line.term.kind) for line in lines}


@pytest.mark.parametrize(
    ("registered", "procedure", "responsibility"),
    [
        ("2026-06-11", "ceseda", "dublin"),
        ("2026-06-12", "apr", "dublin"),
        ("2026-06-13", "apr", "dublin"),
        ("2026-06-30", "apr", "dublin"),
        ("2026-07-01", "apr", "ammr"),
        ("2026-07-02", "apr", "ammr"),
    ],
)
def test_the_day_of_registration_says_which_law_holds(applicant, work, registered, procedure, responsibility):
    claim = make_claim(applicant, by=work.olga, spada="2026-06-01", registered=registered)

    assert (claim.procedure, claim.responsibility) == (procedure, responsibility)


@pytest.mark.parametrize(("steps", "kind", "due"), STANDARD)
def test_deadlines_of_the_standard_procedure(applicant, work, steps, kind, due):
    claim = make_claim(applicant, by=work.olga, **steps)

    assert days_of(claim)[kind] == due


@pytest.mark.parametrize(("track", "steps", "kind", "due"), OTHERS)
def test_deadlines_of_the_other_procedures(applicant, work, track, steps, kind, due):
    assert days_of(make_claim(applicant, by=work.olga, track=track, **steps))[kind] == due


@pytest.mark.parametrize(("steps", "kind"), AGAIN)
def test_deadlines_of_a_re_examination_are_not_known(applicant, work, steps, kind):
    former = make_claim(applicant, by=work.olga, registered="2025-03-10", withdrawn="2025-04-10")
    claim = operations.open_again(id=random_id(), claim=former, track="standard", by=work.olga)

    assert days_of(happened(claim, by=work.olga, **steps))[kind] is UNKNOWN


def rules_met(tables):
    """The keys of the rules which the rows of the tables come upon."""
    rules, met = queries.rules(), set()
    for track, former, steps, kind in tables:
        day = date.fromisoformat(steps.get("registered") or steps["spada"])
        law = {
            "procedure": queries.law_on(day, Procedure.values),
            "responsibility": queries.law_on(day, Responsibility.values),
        }
        claim = Claim(track=track, former_id=former, **law)
        found = [
            Step(kind=what, on=date.fromisoformat(on), result=_result(what)) for what, on in steps.items()
        ]
        met |= {term.rule.pk for term in terms_of(claim, found, rules) if term.rule and term.kind == kind}
    return met


def _result(what):
    return "rejected" if what in ("decided", "court_decided") else ""


def all_tables():
    rows = [("standard", None, steps, kind) for steps, kind, _due in STANDARD]
    rows += [(track, None, steps, kind) for track, steps, kind, _due in OTHERS]
    return rows + [("standard", random_id(), steps, kind) for steps, kind in AGAIN]


def test_every_rule_of_the_file_has_a_row_in_a_table_of_dates():
    assert {rule.pk for rule in queries.rules()} - rules_met(all_tables()) == set()


def test_a_rule_without_a_row_is_noticed():
    DeadlineRule.objects.create(
        key="new", kind="legal_aid", regime="ceseda", counts_from="filed", number=5, unit="days",
        at_rest="stays", source="x", confidence="found",
    )  # fmt: skip

    assert {rule.pk for rule in queries.rules()} - rules_met(all_tables()) == {"new"}


def test_every_rule_is_either_counted_or_says_that_it_is_not_known():
    for rule in DeadlineRule.objects.all():
        assert (rule.period is None) == (rule.confidence == "unknown"), rule.key
        assert rule.source
        assert bool(rule.note_en) == bool(rule.note_fr) == bool(rule.note_ru), rule.key


def test_what_is_not_found_in_france_after_june_2026_stays_unknown():
    for kind in ("appeal", "legal_aid", "completing", "court", "certificate"):
        assert {rule.number for rule in DeadlineRule.objects.filter(regime="apr", kind=kind)} == {None}


def test_a_rule_that_is_over_counts_nothing(applicant, work):
    DeadlineRule.objects.filter(pk="filing-ceseda").update(ends=date(2026, 3, 9))

    assert days_of(make_claim(applicant, by=work.olga, **BEFORE))["filing"] is None
    assert not SetDate.objects.filter(kind="filing").exists()


def test_of_two_rules_the_earlier_day_stands_and_not_known_outranks_both(applicant, work):
    rule = DeadlineRule.objects.get(pk="filing-ceseda")
    facts = {
        "kind": "filing",
        "regime": "ceseda",
        "counts_from": "attested",
        "at_rest": "stays",
        "source": "x",
    }
    DeadlineRule.objects.create(key="shorter", number=7, unit="days", confidence="low", **facts)
    claim = make_claim(applicant, by=work.olga, **BEFORE)
    assert days_of(claim)["filing"] == "2026-03-17"
    assert rule.length == "21 days"

    DeadlineRule.objects.filter(pk="shorter").update(number=None, unit="", confidence="unknown")
    assert queries.line_of(claim, "filing").term.rule.pk == "shorter"


def test_where_the_law_is_not_known_nothing_is_counted(applicant, work):
    RegimeRule.objects.filter(pk="apr").update(begins=date(2027, 1, 1))
    claim = make_claim(applicant, by=work.olga, **AFTER)

    assert claim.procedure == ""
    assert days_of(claim)["filing"] is None


def test_two_laws_at_once_are_no_law(applicant, work):
    RegimeRule.objects.filter(pk="ceseda").update(ends=date(2026, 12, 31))

    assert queries.law_on(date(2026, 7, 6), ["ceseda", "apr"]) == ""
    assert queries.law_on(date(2026, 6, 11), ["ceseda", "apr"]) == "ceseda"


def test_against_full_protection_nobody_appeals(applicant, work):
    claim = make_claim(applicant, by=work.olga, **BEFORE, filed="2026-03-27")
    happened(claim, by=work.olga, decided="2026-06-04", result="refugee")
    assert days_of(claim) == {}


def test_against_subsidiary_protection_one_may_appeal(applicant, work):
    claim = make_claim(applicant, by=work.olga, **BEFORE, filed="2026-03-27")
    happened(claim, by=work.olga, decided="2026-06-04", result="subsidiary")
    assert days_of(claim)["appeal"] == "2026-07-06"
