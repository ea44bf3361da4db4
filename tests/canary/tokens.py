"""Words that occur nowhere else: each belongs to one field of one person, and says so wherever it is found.

A token is a mark and six letters. The mark is what is searched for; the letters tell whose it is. All letters have one
spelling in every table of `cases.names`, so that a token is known again in Latin letters too.
"""

from dataclasses import dataclass

CYRILLIC, LATIN, DIGITS = "Вздомак", "Qyxwolfen", "73940618"
CONSONANTS, VOWELS = "бвдзклмнпрст", "аои"
SYLLABLES = [first + second for first in CONSONANTS for second in VOWELS]
LATIN_SYLLABLES = [first + second for first in "bvdzklmnprst" for second in "aoi"]

IDENTITY = (
    "family_name",
    "given_name",
    "patronymic",
    "latin_name",
    "other_names",
    "birth_place",
    "address",
    "phone",
)
ACCOUNT = ("unit_name", "place", "role", "note")
# Of those whose cases hold a row of every kind, and of those whose papers are scanned.
FURTHER = (
    "handle",
    "number",
    "authority",
    "finding",
    "question",
    "evidence",
    "referee",
    "said",
    "answer",
    "impressions",
    "reasons",
    "link",
)
SCAN = ("scan_text", "scan_metadata", "scan_name", "scan_picture")
TYPED = ("typed", "searched", "sent")
FIELDS = (*IDENTITY, *ACCOUNT, *FURTHER, *SCAN, *TYPED)
# Always in Latin letters, or always digits, whoever it is.
ONLY_LATIN, ONLY_DIGITS = {"latin_name", "handle", "link", "scan_name"}, {"phone", "number"}


@dataclass(frozen=True)
class Owner:
    person: int
    field: str

    def __str__(self):
        return f"person {self.person}, {self.field}"


def token(person, field):
    """Half of the people are written in Cyrillic, the other half in Latin letters."""
    number = person * len(FIELDS) + FIELDS.index(field)
    if field in ONLY_DIGITS:
        return f"{DIGITS}{number:05}"
    if field in ONLY_LATIN or person % 2:
        return LATIN + letters(number, LATIN_SYLLABLES)
    return CYRILLIC + letters(number, SYLLABLES)


def letters(number, syllables):
    """Six letters. Neighbouring numbers differ in the first syllable: nothing compresses them alike."""
    first, rest = number % 36, number // 36
    return syllables[first] + syllables[(rest + first) % 36] + syllables[(rest // 36 + 2 * first) % 36]


def all_tokens(people):
    return {token(person, field): Owner(person, field) for person in range(people) for field in FIELDS}


def identity(person):
    word = {field: token(person, field) for field in IDENTITY}
    return {
        "name": f"{word['family_name']} {word['given_name']}",
        "family_name": word["family_name"],
        "given_name": word["given_name"],
        "patronymic": word["patronymic"],
        "latin_name": word["latin_name"],
        "other_names": [word["other_names"]],
        "birth_date": f"19{70 + person % 30}-03-{1 + person % 28:02}",
        "birth_place": word["birth_place"],
    }


def contact(person):
    handle = token(person, "handle")
    return {
        "phone": f"+{token(person, 'phone')}",
        "handle": f"@{handle}",
        "email": f"{handle}@mail.invalid",
        "address": token(person, "address"),
        "how": "evenings",
    }


def account(person):
    """A period of service."""
    return {"from": "2022-03", "unit_number": "51460"} | {field: token(person, field) for field in ACCOUNT}
