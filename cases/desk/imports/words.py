"""How people write countries, categories, channels, languages and urgency: by code, or in English, French or Russian."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import override
from django_countries import countries

from cases.applicants.languages import LANGUAGES
from cases.applicants.models import Category, Channel, Urgency

_CAMEL = re.compile(r"(?<=[a-zа-я])(?=[A-ZА-Я])")
_APART = re.compile(r"[^\w]+|_")
Words = dict[str, str]

_CATEGORIES: dict[str, str] = {
    Category.CONTRACT: "contract, contractor, kontraktnik, soldat sous contrat, contractuel, engagé, контрактник, контракт, "
    "по контракту, военнослужащий по контракту",
    Category.CONSCRIPT: "conscripted, conscription, appelé, conscrit, appelé du contingent, срочник, призывник, "
    "по призыву, военнослужащий по призыву",
    Category.MOBILISED: "mobilised, mobilized, mobilized person, mobilisé, réserviste mobilisé, мобилизованный, "
    "мобилизован, мобилизация",
    Category.OFFICER: "officier, офицер",
    Category.DRAFT_REFUSER: "refuser, draft evader, objector, conscientious objector, réfractaire, insoumis, "
    "objecteur de conscience, отказник, уклонист, отказник от призыва",
    Category.PARTNER: "wife, husband, spouse, conjoint, conjointe, épouse, époux, mari, femme, compagne, compagnon, "
    "partenaire, партнёр, партнёрша, жена, муж, супруг, супруга",
    Category.CHILD: "son, daughter, enfant, fils, fille, ребёнок, сын, дочь",
    Category.DEPENDANT: "dependant, dependent, mother, father, parent, personne à charge, mère, père, иждивенец, мать, "
    "отец, родственник",
}
_CHANNELS: dict[str, str] = {
    Channel.SIGNAL: "сигнал",
    Channel.TELEGRAM: "tg, телеграм, телеграмм, тг",
    Channel.WHATSAPP: "whats app, ватсап, вотсап",
    Channel.EMAIL: "mail, e mail, courriel, почта, электронная почта",
    Channel.PHONE: "telephone, call, téléphone, appel, телефон, звонок",
    Channel.MEETING: "meeting, face to face, en personne, rencontre, лично, встреча",
    Channel.PARTNER_NGO: "partner, ngo, partner organisation, partenaire, ong, association partenaire, партнёр, нко, "
    "партнёрская организация",
    Channel.OTHER: "other, autre, другое, иное",
}
_URGENCIES = {
    Urgency.LOW: "low, faible, basse, peut attendre, низкая, может подождать",
    Urgency.NORMAL: "medium, normale, moyenne, обычная, нормальная, средняя",
    Urgency.HIGH: "high, haute, élevée, urgente, срочно, высокая",
    Urgency.DANGER: "danger, critical, in danger, en danger, critique, опасность, в опасности, критическая",
}
_LANGUAGES = {
    "ru": "rus, russe, русский",
    "uk": "ukr, ukrainien, украинский",
    "en": "eng, anglais, английский",
    "fr": "fra, fre, français, французский",
    "de": "deu, ger, allemand, немецкий",
    "kk": "kaz, kazakh, казахский",
    "tt": "tat, tatar, татарский",
    "ba": "bak, bachkir, башкирский",
    "ce": "che, tchétchène, чеченский",
    "bua": "bouriate, бурятский",
    "tyv": "touvain, тувинский",
    "sah": "yakoute, sakha, якутский",
    "hy": "hye, arménien, армянский",
    "ka": "kat, géorgien, грузинский",
    "az": "aze, azerbaïdjanais, азербайджанский",
    "uz": "uzb, ouzbek, узбекский",
    "ky": "kir, kirghize, киргизский, кыргызский",
    "tg": "tgk, tadjik, таджикский",
    "tr": "tur, turc, турецкий",
    "sr": "srp, serbe, сербский",
    "be": "bel, biélorusse, белорусский",
    "es": "spa, espagnol, испанский",
}
_COUNTRIES = {
    "RU": "russie, russian federation, россия, рф",
    "BY": "belarus, biélorussie, белоруссия, беларусь",
    "UA": "ukraine, украина",
    "KZ": "kazakhstan, казахстан, рк",
    "KG": "kyrgyzstan, kirghizistan, киргизия, кыргызстан, киргизстан",
    "UZ": "ouzbékistan, узбекистан",
    "TJ": "tadjikistan, таджикистан",
    "AM": "arménie, армения",
    "GE": "géorgie, грузия",
    "AZ": "azerbaïdjan, азербайджан",
    "MN": "mongolie, монголия",
    "RS": "serbie, сербия",
    "TR": "turkey, türkiye, turquie, турция",
    "MD": "moldova, moldavie, молдова, молдавия",
    "FR": "france, франция",
    "DE": "germany, allemagne, германия",
    "US": "usa, états unis, сша",
    "GB": "uk, great britain, royaume uni, grande bretagne, великобритания, англия",
    "AE": "uae, emirates, émirats arabes unis, оаэ, эмираты",
    "CZ": "czech republic, république tchèque, чехия",
    "KR": "south korea, corée du sud, южная корея",
    "ME": "monténégro, черногория",
}


def key(text: str) -> str:
    """Return the form in which words are compared: no case, accents, signs or camel humps."""
    plain = unicodedata.normalize("NFKD", _CAMEL.sub(" ", text)).casefold()
    return " ".join(
        _APART.sub(" ", "".join(char for char in plain if not unicodedata.combining(char))).split()
    )


@cache
def categories() -> Words:
    return _words({code: code.label for code in Category}, _CATEGORIES)


@cache
def channels() -> Words:
    return _words({code: code.label for code in Channel}, _CHANNELS)


@cache
def urgencies() -> Words:
    return _words(
        {str(code.value): code.label for code in Urgency}, {str(c.value): w for c, w in _URGENCIES.items()}
    )


@cache
def languages() -> Words:
    return _words(LANGUAGES, _LANGUAGES)


@cache
def country_codes() -> Words:
    known: Words = {}
    for language, _label in settings.LANGUAGES:
        with override(language):
            known.update({key(str(name)): code for code, name in countries})
    known.update({key(countries.alpha3(code)): code for code, _name in countries})
    return known | _words({code: code for code, _name in countries}, _COUNTRIES)


def _words(labels: Mapping[str, str | Promise], written: Mapping[str, str]) -> Words:
    """Map each way of writing to its code: the code itself, the label in each language, and the words listed here."""
    known = {}
    for language, _name in settings.LANGUAGES:
        with override(language):
            known.update({key(str(label)): str(code) for code, label in labels.items()})
    known.update({key(code): str(code) for code in labels})
    return known | {word: str(code) for code, words in written.items() for word in _split(words)}


def _split(words: str) -> Iterable[str]:
    return (key(word) for word in words.split(","))


def is_a_value(text: str) -> bool:
    """Whether a cell reads like something that stands below a heading."""
    asked = key(text)
    return any(asked in words() for words in (categories, channels, urgencies, languages, country_codes))
