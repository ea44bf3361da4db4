"""Meet Russian spellings of a name with Belarusian and Ukrainian ones: Морозов and Marozau, Колесник and Kolisnyk.

The neighbours write down how they speak. Belarusian has а for unstressed о and е, ў for в, дз and ц for soft д and т; Ukrainian
has і where Russian has о or е, и for ы; both have г where Latin letters say h. None of this can be undone letter by letter, so
both sides are made coarse: a "fold" of a word keeps what the two languages share. Folds join names that differ (Малахов, Молохов).
They count only where one of the two names shows by itself that a neighbour wrote it.

Sources: the Instruction on transliteration of Belarusian names of 2000 (amended 2007), resolution 55 of the Cabinet of Ministers of
Ukraine of 2010, and the forms printed side by side in lists of the European Union.
"""

import re
from collections.abc import Iterable

from cases.names.sound import ENGLISH, longest_first, smooth

BELARUSIAN = "by"
UKRAINIAN = "uk"

# Here ou is о and ў, ck is цк.
CODES = {code: heard for code, heard in ENGLISH.items() if code not in ("ou", "oou")} | {"ck": "Tk"}
LETTERS = longest_first(CODES)
FINAL_C = re.compile("c$")

BELARUSIAN_STEPS = (
    (re.compile("dz|T"), lambda found: "d" if found[0] == "dz" else "t"),
    (re.compile("[aeo]+"), "a"),
    # ў stands for в, and an в slips in before у: Реут, Равут.
    (re.compile("avu|au"), "av"),
    (re.compile("^u(?=[bcdfhklmnprstvzSCZD])"), "v"),
)
UKRAINIAN_STEPS = ((re.compile("[eio]+"), "e"),)
# Adjectives: -ой is -ы in one language, -ий in the other; and a last о is heard as а.
LAST_VOWELS = re.compile("(?<=..)[aei]+$")
DOUBLED = re.compile(r"(.)\1+")

BELARUSIAN_MARKS = re.compile(
    r"[aeo]u$|[aeo]usk|[aeo]un(?:a|ichna)$"  # -оў, -аў, -аўскі, Паўлаўна
    r"|.av(?:ich|ych|na)$|mikala"
    r"|dz(?=[eimy])"  # Вадзім, Дзмітрый
    r"|.[ae]nka$"
)
BELARUSIAN_LIST = """
uladzimir aliaksandr aliaksei alyaksandr alyaksei siarhei syarhei ihar aleh yauhen iauhen ryhor mikalai mikita viktar leanid
viachaslau stanislau uladzislau yaraslau arciom artsiom kiryl vital henadz yakau alena volha hanna sviatlana svyatlana
natallia halina alesia alesya zmitser
"""
BELARUSIAN_NAMES = frozenset(BELARUSIAN_LIST.split())
UKRAINIAN_MARKS = re.compile(r".[oei]v(?:ych|ytch|yc)$|.ivna$|[sc]ky[iyj]$|yk$|iuk$")
UKRAINIAN_LIST = """
volodymyr oleksandr oleksandra oleksii oleksiy serhii serhiy ihor oleh mykola mykhailo mykhaylo yevhen yevhenii hryhorii petro
pavlo andrii andriy dmytro vasyl denys vadym bohdan kyrylo danylo maksym heorhii valerii vitalii olha olena halyna svitlana
kateryna tetiana nataliia liudmyla viktoriia yuliia iryna mykyta yurii kostiantyn
"""
UKRAINIAN_NAMES = frozenset(UKRAINIAN_LIST.split())
# Both languages write і; Ukrainian alone has ї, є and ґ.
BELARUSIAN_LETTERS = re.compile("[ўіЎІ]")
UKRAINIAN_LETTERS = re.compile("[іїєґІЇЄҐ]")


def fold(plain: str) -> dict[str, str]:
    """The fold of a word in plain Latin letters for each language, marked so that the two never meet."""
    letters = LETTERS.sub(lambda found: CODES[found[0]], FINAL_C.sub("ts", plain))
    heard = smooth(letters).replace("g", "h")
    belarusian = ukrainian = heard
    for pattern, shared in BELARUSIAN_STEPS:
        belarusian = pattern.sub(shared, belarusian)
    for pattern, shared in UKRAINIAN_STEPS:
        ukrainian = pattern.sub(shared, ukrainian)
    return {BELARUSIAN: f"by:{finish(belarusian)}", UKRAINIAN: f"uk:{finish(ukrainian)}"}


def finish(heard: str) -> str:
    return DOUBLED.sub(r"\1", LAST_VOWELS.sub("", heard))


def languages(tokens: Iterable[tuple[str, str]]) -> frozenset[str]:
    """Which neighbour wrote a name, by its tokens and their plain Latin letters; often none, sometimes both."""
    found = set()
    for token, plain in tokens:
        if BELARUSIAN_LETTERS.search(token) or plain in BELARUSIAN_NAMES or BELARUSIAN_MARKS.search(plain):
            found.add(BELARUSIAN)
        if UKRAINIAN_LETTERS.search(token) or plain in UKRAINIAN_NAMES or UKRAINIAN_MARKS.search(plain):
            found.add(UKRAINIAN)
    return frozenset(found)
