import pytest
from shamir_mnemonic import generate_mnemonics

from cases.vault.envelope import KeyPair
from cases.vault.share_refusals import (
    ShareDamaged,
    SharesDoNotFit,
    SharesOfAnotherOrganisation,
    ShareWordUnknown,
    ShareWrongLength,
    TooFewShares,
)
from cases.vault.shares import combine, keys_behind, parse_share, read_shares

ROOT = bytes(range(32))


def papers(threshold=3, count=5, root=ROOT):
    [made] = generate_mnemonics(1, [(threshold, count)], root)
    return made


def answering(*answers):
    """Somebody at the terminal; `asked` keeps what the questions said."""
    waiting, asked = list(answers), []

    def ask(question):
        asked.append(question)
        return waiting.pop(0)

    ask.asked = asked
    return ask


def test_any_three_of_five_give_the_root():
    first, _second, third, _fourth, fifth = papers()

    assert read_shares(answering(fifth, first, third)) == ROOT


def test_it_says_how_many_are_needed():
    ask = answering(*papers()[:3])

    read_shares(ask)

    assert ask.asked[1:] == ["Share 2 of 3: ", "Share 3 of 3: "]


def test_capitals_line_ends_and_first_letters_are_forgiven():
    made = papers(2, 3)
    typed = "\n".join(word[:4].upper() for word in made[0].split())

    assert read_shares(answering(typed, made[1])) == ROOT


def test_too_few_shares():
    made = papers()

    with pytest.raises(TooFewShares, match="2 of 3"):
        read_shares(answering(made[0], made[1], ""))


def test_none_at_all():
    with pytest.raises(TooFewShares):
        read_shares(answering(" "))


@pytest.mark.parametrize(
    ("harm", "told"),
    [
        (lambda words: ["zebra", *words[1:]], "Word 1 of this share is not in the list"),
        (lambda words: words[:-1], "33 words, and there are 32"),
        (lambda words: [words[1], words[0], *words[2:]], "checksum does not fit"),
    ],
)
def test_a_mistyped_share_is_asked_for_again(harm, told):
    made = papers(2, 3)
    ask = answering(made[0], " ".join(harm(made[1].split())), made[2])

    assert read_shares(ask) == ROOT
    assert told in ask.asked[2]
    assert "Share 2 of 2" in ask.asked[2]


def test_the_same_share_does_not_count_twice():
    made = papers(2, 3)
    ask = answering(made[0], made[0], made[1])

    assert read_shares(ask) == ROOT
    assert "typed already" in ask.asked[2]


def test_a_share_of_another_key_is_told_at_once():
    made, other = papers(2, 3), papers(2, 3)
    ask = answering(made[0], other[1], made[1])

    assert read_shares(ask) == ROOT
    assert "another key" in ask.asked[2]


def test_every_changed_word_is_found():
    made = papers(2, 3)[0].split()

    for place in range(len(made)):
        harmed = [*made]
        harmed[place] = "academic" if made[place] != "academic" else "acid"
        with pytest.raises(ShareDamaged):
            parse_share(" ".join(harmed))


def test_single_refusals():
    with pytest.raises(ShareWrongLength):
        parse_share("academic acid")
    with pytest.raises(ShareWordUnknown):
        parse_share("academic a")
    with pytest.raises(SharesDoNotFit):
        combine(papers(2, 3)[:1])


def test_the_root_must_be_that_of_the_organisation():
    public = KeyPair.from_root(ROOT).public.raw

    assert keys_behind(ROOT, public).public.raw == public
    with pytest.raises(SharesOfAnotherOrganisation):
        keys_behind(bytes(32), public)
