"""Georgian, Armenian and Greek letters in Latin ones: the neighbours through whom many people travel.

Sources: the Georgian national system of 2002, BGN/PCGN 1981 for Armenian, ELOT 743 for Greek, without marks.
"""

GEORGIAN = dict(zip("აბგდევზთიკლმნოპრსტუფქყხჯჰ", "abgdevztiklmnoprstupkqkjh", strict=True)) | {
    **{"ჟ": "zh", "ღ": "gh", "შ": "sh", "ჩ": "ch", "ც": "ts", "ძ": "dz", "წ": "ts", "ჭ": "ch", "ხ": "kh"},
}
ARMENIAN = dict(zip("աբգդեզէըթիլկհմյնոպջռսվտրփքօֆ", "abgdezeetilkhmynopjrsvtrpkof", strict=True)) | {
    **{"ժ": "zh", "խ": "kh", "ծ": "ts", "ձ": "dz", "ղ": "gh", "ճ": "ch", "շ": "sh", "չ": "ch", "ց": "ts"},
    **{"ւ": "v", "և": "ev"},
}
GREEK = dict(zip("αβγδεζηικλμνξοπρσςτυφω", "avgdeziiklmnxoprsstyfo", strict=True)) | {
    **{"θ": "th", "χ": "ch", "ψ": "ps"},
}
OTHER_SCRIPTS = GEORGIAN | ARMENIAN | GREEK


def is_word_sign(char: str) -> bool:
    """Whether a character belongs to a writing of syllables or words, where one sign off is another name."""
    return char >= "⺀"
