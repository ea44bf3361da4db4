"""What was written of one interview, in one sitting or in several: pure.

Nobody needs to open what was written before to go on writing. So each sitting that began without opening is a document
of its own, and whoever opens the interview sees all of them as one.
"""

from collections.abc import Iterable, Mapping
from typing import Any

Content = Mapping[str, Any]
# Written on one line, and kept on one.
_ONE_LINE = ("interpreter", "place", "present")


def together(documents: Iterable[Content]) -> dict[str, Any]:
    """All sittings as one document, in the order in which they were begun."""
    lines: dict[str, str] = {}
    answers: dict[str, dict[str, str]] = {}
    for document in documents:
        for name, text in document.items():
            # All but the answers, and what a document holds of others.
            if isinstance(text, str):
                lines[name] = beside(name, lines.get(name, ""), text)
        for key, answer in document.get("answers", {}).items():
            before = answers.get(key, {}).get("answer", "")
            answers[key] = {**answer, "answer": joined(before, answer.get("answer", ""))}
    return {**lines, "answers": answers}


def beside(name: str, earlier: str, later: str) -> str:
    """What two documents say under one name."""
    if name in _ONE_LINE:
        return " / ".join(dict.fromkeys(text for text in (earlier, later) if text))
    return joined(earlier, later)


def joined(earlier: str, later: str) -> str:
    """Both, one below the other, without the paragraphs that stand there already: who lost the key while correcting
    an answer sends the rest of it again."""
    known = _paragraphs(earlier)
    return "\n\n".join([*known, *(one for one in _paragraphs(later) if one not in known)])


def _paragraphs(text: str) -> list[str]:
    return [one for part in text.replace("\r\n", "\n").split("\n\n") if (one := part.strip("\n"))]
