import pytest

from cases.vetting.sittings import joined, together


@pytest.mark.parametrize(
    ("earlier", "later", "both"),
    [
        ("", "", ""),
        ("one", "", "one"),
        ("", "two", "two"),
        ("one", "two", "one\n\ntwo"),
        ("one\n\ntwo", "two\r\n\r\nthree", "one\n\ntwo\n\nthree"),
        # What is short may stand within what is long, and is an answer all the same.
        ("He does not know.", "no", "He does not know.\n\nno"),
        ("No", "Not asked", "No\n\nNot asked"),
        ("a line\nand another", "a line\nand another", "a line\nand another"),
    ],
)
def test_two_texts_are_joined_and_nothing_is_lost(earlier, later, both):
    assert joined(earlier, later) == both


def answer(text, question="?"):
    return {"check": "V03", "question": question, "answer": text}


def test_sittings_are_read_as_one():
    first = {"place": "video", "impressions": "tired", "answers": {"a": answer("one")}}
    second = {"place": "video", "impressions": "calm", "answers": {"a": answer("two"), "b": answer("three")}}
    third = {"place": "café", "impressions": "", "holds": {"x": 1}, "answers": {}}

    assert together([first, second, third]) == {
        "place": "video / café",
        "impressions": "tired\n\ncalm",
        "answers": {"a": answer("one\n\ntwo"), "b": answer("three")},
    }


def test_nothing_is_nothing():
    assert together([]) == {"answers": {}}
