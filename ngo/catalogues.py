"""The French and Russian catalogues, made, compiled and checked without GNU gettext.

Sources are the Python files and templates; what is no longer said in them leaves the catalogues, nothing is guessed,
and the files hold neither dates nor places of a machine, so that a difference is always one of words.
"""

import io
import re
import tokenize
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po, write_po
from django.utils.translation.template import templatize

LANGUAGES = ("fr", "ru")
_ONE: tuple[Any, ...] = (1,)
_PLURAL: tuple[Any, ...] = (1, 2)
_IN_CONTEXT: tuple[Any, ...] = ((1, "c"), 2)
_PLURAL_IN_CONTEXT: tuple[Any, ...] = ((1, "c"), 2, 3)
KEYWORDS: dict[str, tuple[Any, ...]] = {
    "_": _ONE,
    **dict.fromkeys(("gettext", "gettext_lazy", "gettext_noop"), _ONE),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), _PLURAL),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), _IN_CONTEXT),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), _PLURAL_IN_CONTEXT),
}
_HEADER = "# Made by `manage.py translations extract`; only the msgstr lines are written by hand."
_RENAMED = re.compile(r"\bn?p?gettext\w* as (\w+)")
_PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[sdif]?|\{\w*\}")


class SourceUnreadable(Exception):
    """A source file from which no strings can be taken; its path is the message."""


@dataclass(frozen=True)
class Sources:
    """Where the strings stand and where the catalogues lie, all below `root`."""

    root: Path
    python: tuple[str, ...] = ("ngo", "cases")
    templates: tuple[str, ...] = ("templates",)
    locale: str = "ngo/locale"

    def po(self, language: str) -> Path:
        return self.root / self.locale / language / "LC_MESSAGES" / "django.po"

    def files(self) -> Iterator[tuple[Path, str]]:
        """Yield each source with its text as Python, in a fixed order."""
        for folder in self.python:
            for path in sorted((self.root / folder).rglob("*.py")):
                if "migrations" not in path.parts:
                    yield path, path.read_text(encoding="utf-8")
        for folder in self.templates:
            for path in sorted((self.root / folder).rglob("*.html")):
                lines = templatize(path.read_text(encoding="utf-8"), origin=str(path)).splitlines()
                # What stood around the tags keeps its indentation, which would not be Python.
                yield path, "\n".join(line.strip() for line in lines)


class PlainCatalogue(Catalog):  # type: ignore[misc]
    """A catalogue whose header says only how to read it."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        return [
            ("Language", str(self.locale)),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit"),
            ("Plural-Forms", self.plural_forms),
        ]


def collect(sources: Sources) -> Catalog:
    """Return every string of the sources that is to be translated, with the files it stands in."""
    found = Catalog()
    for path, text in sources.files():
        place = path.relative_to(sources.root).as_posix()
        try:
            taken = list(extract("python", io.BytesIO(text.encode()), KEYWORDS, ["Translators:"]))
        except (tokenize.TokenError, SyntaxError) as problem:
            raise SourceUnreadable(place) from problem
        for _line, message, comments, context in taken:
            found.add(message, locations=[(place, 0)], auto_comments=comments, context=context)
    return found


def extract_strings(sources: Sources) -> dict[str, int]:
    """Write the catalogues anew from the sources; return by language how many strings wait for a translation."""
    wanted = collect(sources)
    waiting = {}
    for language in LANGUAGES:
        path = sources.po(language)
        known = _read(path, language) if path.exists() else Catalog(language)
        fresh = _renewed(wanted, known, language)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_as_po(fresh))
        waiting[language] = sum(not _complete(message) or message.fuzzy for message in _messages(fresh))
    return waiting


def compile_catalogues(sources: Sources) -> None:
    for language in LANGUAGES:
        path = sources.po(language)
        path.with_suffix(".mo").write_bytes(_as_mo(_read(path, language), language))


def problems(sources: Sources) -> list[str]:
    """Return a sentence for each thing that keeps a reader from a complete and true translation."""
    wanted = collect(sources)
    return [
        *_unheard(sources),
        *(p for language in LANGUAGES for p in _problems_of(sources.po(language), wanted, language)),
    ]


def _unheard(sources: Sources) -> Iterator[str]:
    """Say which sources call gettext by a name that is not listened for: what they say there is never collected."""
    for path, text in sources.files():
        for name in _RENAMED.findall(text):
            if name not in KEYWORDS:
                yield f"{path.relative_to(sources.root)}: what is said by {name}() is not collected"


def _problems_of(path: Path, wanted: Catalog, language: str) -> Iterator[str]:
    if not path.exists():
        yield f"{language}: there is no catalogue"
        return
    try:
        known = _read(path, language)
    except (PoFileError, ValueError):
        yield f"{language}: the catalogue cannot be read"
        return
    if _plural_header(path) != PlainCatalogue(language).plural_forms:
        yield f"{language}: the plural formula in the header is not that of the language"
    for message in sorted(_messages(wanted)):
        yield from (f"{language}: {wrong}: {_said(message)}" for wrong in _faults(message, known))
    present = {_key(message) for message in _messages(wanted)}
    gone = [message for message in _messages(known) if _key(message) not in present]
    for message in [*gone, *known.obsolete.values()]:
        yield f"{language}: no longer in the sources: {_said(message)}"
    compiled = path.with_suffix(".mo")
    if not compiled.exists() or compiled.read_bytes() != _as_mo(known, language):
        yield f"{language}: the compiled catalogue does not match; run `manage.py translations compile`"


def _faults(message: Message, catalogue: Catalog) -> Iterator[str]:
    translated = catalogue.get(_first(message), message.context)
    if translated is None or bool(translated.pluralizable) != bool(message.pluralizable):
        yield "missing"
        return
    if translated.fuzzy:
        yield "fuzzy"
    forms = _forms(translated)
    if not any(forms):
        yield "not translated"
    elif not _complete(translated) or (message.pluralizable and len(forms) != catalogue.num_plurals):
        yield "a plural form is missing"
    elif any(_placeholders([form]) != _placeholders(_sources(message)) for form in forms):
        yield "placeholders differ"
    elif "%(" in "".join(_sources(message)) and not all(_can_be_filled(form) for form in forms):
        yield "a percent sign stands alone"


def _placeholders(texts: Iterable[str]) -> set[str]:
    return {found for text in texts for found in _PLACEHOLDER.findall(text.replace("%%", "")) if found != "%"}


def _can_be_filled(text: str) -> bool:
    try:
        return bool(text % defaultdict(int))
    except (ValueError, TypeError):
        return False


def _read(path: Path, language: str) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=language, charset="utf-8", abort_invalid=True)


def _plural_header(path: Path) -> str:
    found = re.search(r'"Plural-Forms: (.*?)(?:\\n)?"', path.read_text(encoding="utf-8"))
    return found.group(1) if found else ""


def _renewed(wanted: Catalog, known: Catalog, language: str) -> PlainCatalogue:
    fresh = PlainCatalogue(language, header_comment=_HEADER, fuzzy=False)
    for message in _messages(wanted):
        old = known.get(_first(message), message.context)
        if old is not None and bool(old.pluralizable) != bool(message.pluralizable):
            old = None
        fresh.add(
            message.id,
            old.string if old else None,
            locations=message.locations,
            flags={"fuzzy"} if old and old.fuzzy else (),
            auto_comments=message.auto_comments,
            user_comments=old.user_comments if old else (),
            context=message.context,
        )
    return fresh


def _as_po(catalogue: Catalog) -> bytes:
    buffer = io.BytesIO()
    write_po(buffer, catalogue, width=0, sort_output=True, include_lineno=False)
    return buffer.getvalue().rstrip() + b"\n"


def _as_mo(known: Catalog, language: str) -> bytes:
    plain = PlainCatalogue(language, header_comment=_HEADER, fuzzy=False)
    for message in _messages(known):
        if not message.fuzzy:
            plain.add(message.id, message.string, context=message.context)
    buffer = io.BytesIO()
    write_mo(buffer, plain)
    return buffer.getvalue()


def _messages(catalogue: Catalog) -> list[Message]:
    return [message for message in catalogue if message.id]


def _sources(message: Message) -> list[str]:
    return list(message.id) if message.pluralizable else [message.id]


def _first(message: Message) -> str:
    return _sources(message)[0]


def _key(message: Message) -> tuple[str, str | None]:
    return _first(message), message.context


def _forms(message: Message) -> list[str]:
    return list(message.string) if message.pluralizable else [message.string]


def _complete(message: Message) -> bool:
    return all(_forms(message))


def _said(message: Message) -> str:
    text = _first(message)
    short = text if len(text) <= 70 else text[:69] + "…"
    return f"{short!r} ({', '.join(sorted({place for place, _line in message.locations})) or 'nowhere'})"
