"""Why a name answers a query; whoever shows a result translates these."""

from enum import StrEnum


class Reason(StrEnum):
    SAME = "same"
    OTHER_SPELLING = "other spelling"
    OTHER_ENDING = "other ending"
    SHORT_FORM = "short form"
    BEGINNING = "beginning"
    TYPING_ERROR = "typing error"
    INITIAL = "initial"
    WORD_MISSING = "word missing"
    PATRONYMIC_MISSING = "patronymic missing"
    PATRONYMIC_DIFFERS = "patronymic differs"
