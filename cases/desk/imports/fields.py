"""What a column of a spreadsheet can hold. What is sealed never comes back to the page that sent it."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Field:
    code: str
    label: Promise
    headings: str
    sealed: bool = False
    several: bool = False
    longest: int = 200

    @property
    def known_headings(self) -> list[str]:
        return [heading.strip() for heading in self.headings.split(",")]


FIELDS: tuple[Field, ...] = (
    Field(
        "pseudonym",
        _("Pseudonym"),
        "pseudonym, code name, case name, pseudonyme, nom de code, псевдоним, кодовое имя",
        longest=40,
    ),
    Field("category", _("Category"), "category, catégorie, категория"),
    Field(
        "country",
        _("Country where the person is"),
        "country, current country, country of stay, where now, pays, pays actuel, pays de séjour, "
        "страна, страна пребывания, где находится",
    ),
    Field(
        "channel",
        _("How reached"),
        "channel, how reached, contact channel, canal, moyen de contact, канал, канал связи, способ связи",
    ),
    Field(
        "languages",
        _("Languages spoken"),
        "language, languages, languages spoken, langue, langues, langues parlées, язык, языки",
        several=True,
    ),
    Field("urgency", _("Urgency"), "urgency, priority, urgence, priorité, срочность, приоритет"),
    Field(
        "last_contact",
        _("Last contact"),
        "last contact, date of last contact, dernier contact, date du dernier contact, последний контакт, "
        "дата последнего контакта",
    ),
    Field(
        "needs",
        _("Needs that must not be missed"),
        "needs, special needs, besoins, besoins particuliers, потребности, особые потребности",
        longest=300,
    ),
    Field(
        "name",
        _("Full name"),
        "name, full name, surname and name, nom complet, nom et prénom, nom prénom, имя, полное имя, фио, ф и о, "
        "фамилия имя, фамилия и имя, фамилия имя отчество",
        sealed=True,
    ),
    Field(
        "family_name",
        _("Family name"),
        "family name, surname, last name, nom, nom de famille, фамилия",
        sealed=True,
    ),
    Field(
        "given_name",
        _("Given name"),
        "given name, given names, first name, first names, forename, prénom, prénoms, личное имя",
        sealed=True,
    ),
    Field("patronymic", _("Patronymic"), "patronymic, middle name, patronyme, отчество", sealed=True),
    Field(
        "latin_name",
        _("Name in Latin letters"),
        "latin name, name in latin letters, name as in passport, nom en lettres latines, nom en caractères latins, "
        "имя латиницей, фио латиницей, имя как в загранпаспорте",
        sealed=True,
    ),
    Field(
        "other_names",
        _("Other names"),
        "other name, other names, alias, aliases, also known as, aka, previous name, previous names, former name, "
        "maiden name, autres noms, autre nom, nom de naissance, nom de jeune fille, ancien nom, "
        "другие имена, прежнее имя, прежняя фамилия, девичья фамилия, также известен как",
        sealed=True,
        several=True,
        longest=1_000,
    ),
    Field(
        "birth_date",
        _("Date of birth"),
        "birth date, date of birth, born, born on, birthday, dob, date de naissance, né le, née le, né e le, "
        "дата рождения, родился, год рождения, year of birth, année de naissance, д р",
        sealed=True,
    ),
    Field(
        "birth_place",
        _("Place of birth"),
        "birth place, birthplace, place of birth, country of birth, lieu de naissance, pays de naissance, "
        "место рождения, страна рождения",
        sealed=True,
    ),
    Field(
        "phone",
        _("Phone"),
        "phone, phone number, telephone, mobile, téléphone, portable, numéro de téléphone, tél, телефон, "
        "номер телефона, мобильный, тел",
        sealed=True,
    ),
    Field(
        "handle",
        _("Name in a messenger"),
        "handle, nickname, nick, telegram, signal, whatsapp, messenger, user name, username, identifiant, ник, никнейм, "
        "мессенджер, телеграм",
        sealed=True,
    ),
    Field(
        "email",
        _("E-mail"),
        "e mail, email, e mail address, mail, courriel, adresse e mail, почта, электронная почта, имейл",
        sealed=True,
    ),
    Field(
        "address",
        _("Address"),
        "address, postal address, adresse, domicile, адрес, место жительства",
        sealed=True,
        several=True,
        longest=500,
    ),
)
BY_CODE = {field.code: field for field in FIELDS}
IDENTITY = (
    "name",
    "family_name",
    "given_name",
    "patronymic",
    "latin_name",
    "other_names",
    "birth_date",
    "birth_place",
)
CONTACT = ("phone", "handle", "email", "address")
NAMES = ("name", "family_name", "given_name", "patronymic", "latin_name", "other_names")
