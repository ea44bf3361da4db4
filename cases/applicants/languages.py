"""Languages people speak, as offered in the forms; those met most often come first."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LANGUAGES: dict[str, Promise] = {
    "ru": _("Russian"),
    "uk": _("Ukrainian"),
    "en": _("English"),
    "fr": _("French"),
    "de": _("German"),
    "kk": _("Kazakh"),
    "tt": _("Tatar"),
    "ba": _("Bashkir"),
    "ce": _("Chechen"),
    "bua": _("Buryat"),
    "tyv": _("Tuvan"),
    "sah": _("Yakut"),
    "hy": _("Armenian"),
    "ka": _("Georgian"),
    "az": _("Azerbaijani"),
    "uz": _("Uzbek"),
    "ky": _("Kyrgyz"),
    "tg": _("Tajik"),
    "tr": _("Turkish"),
    "sr": _("Serbian"),
    "be": _("Belarusian"),
    "es": _("Spanish"),
}


def in_words(codes: list[str]) -> str:
    return ", ".join(str(LANGUAGES.get(code, code)) for code in codes)
