"""Names for cases: a word that French, Russian and English speakers say and hear alike, and a number.

Drawn by chance alone; nothing about the person goes in. No names of people, places of the war, weapons or jokes.
"""

import re
import secrets
import unicodedata
from collections.abc import Callable, Container
from random import Random

WORD_LIST = """
Accordeon Albatros Algebra Allegro Alpaca Alphabet Altair Ambrosia Amphora Anaconda Andante
Andromeda Antares Antenna Antilope Aquarelle Aquarium Argon Asteroid Atlas Atoll Avocado Azalea
Badminton Balcon Balsam Baobab Bariton Begonia Bergamot Bison Bolero Bonsai Boomerang Bouquet
Boutique Bronze Bungalow Cactus Calendar Calypso Caramel Cardamon Cardigan Carnaval Carousel
Catamaran Ceramica Cinema Clarinet Cobalt Colibri Confetti Cosmos Crescendo Cyclamen Diagonal Dialog
Diamant Disco Dolmen Domino Element Ellipse Eucalyptus Fandango Fantasia Festival Ficus Filigran
Flamenco Formula Fractal Fresco Funicular Gardenia Geyser Gondola Guitar Hexagon Hibiscus Hologram
Horizon Iguana Impala Indigo Judo Jupiter Karate Kayak Kimono Kiwi Koala Labyrinth Lambada Lemur
Lotus Madrigal Maestro Magnet Magnolia Mandolin Maraca Marathon Marimba Marzipan Mascot Mazurka
Meridian Metronom Microphone Mimosa Mirabelle Monogram Monorail Mosaic Nautilus Nocturne Oasis
Ocelot Okapi Opera Orchidea Oregano Origami Ornament Pagoda Panda Panorama Paprika Papyrus
Parabola Parasol Pastel Pavilion Pelican Pergola Petunia Photon Piano Piccolo Picnic Pixel Planet
Plankton Poncho Prelude Prisma Puzzle Pyramid Quartet Quasar Regatta Risotto Rondo Rotunda Rugby
Safari Salamander Samba Saturn Saxophone Sequoia Serenade Siesta Sombrero Sonata Soprano Souvenir
Sphinx Spiral Stadium Symphony Tandem Tango Tapioca Tapir Tarantella Telescope Tempo Tennis
Terracotta Thermos Toucan Trampoline Tramway Triton Trombone Turmalin Ukulele Vanilla Vega Veranda
Verbena Vernissage Viaduct Vignette Virtuoso Vitamin Volleyball Xylophone Zephyr Zodiac
"""
WORDS = tuple(WORD_LIST.split())
KNOWN = frozenset(WORDS)
SHAPE = re.compile(r"([A-Z][a-z]+) ([1-9][0-9]+)")
NUMBERED = re.compile(r"(?<=[^\W\d_])(?=\d)")

# Numbers people do not want on their case: the army's codes for the dead and the wounded are round hundreds (left out as a
# whole), articles of the Russian criminal code on desertion and treason, numbers of ill luck, insult or extremism.
AVOIDED = frozenset(
    (13, 14, 18, 69, 88, 205, 207, 228, 275, 280, 282, 332, 337, 338, 339, 353, 666, 1312, 1418, 1488)
)
BIRTH_YEARS = range(1900, 2100)
# After so many taken ones in a row more than half of the numbers are gone: add a digit.
PATIENCE = 8


def propose(
    count: int,
    taken: Container[str] | Callable[[str], bool],
    random: Random = secrets.SystemRandom(),  # noqa: B008
) -> list[str]:
    """New pseudonyms, different from each other and from the taken ones, in their normal form ("Lotus 47")."""
    is_taken = taken if callable(taken) else taken.__contains__
    fresh: dict[str, None] = {}
    digits, misses = 2, 0
    while len(fresh) < count:
        candidate = draw(digits, random)
        if candidate is None:
            continue
        if candidate in fresh or is_taken(candidate):
            misses += 1
        else:
            fresh[candidate] = None
            misses = 0
        if misses == PATIENCE:
            digits, misses = digits + 1, 0
    return list(fresh)


def draw(digits: int, random: Random) -> str | None:
    lowest = 10 ** (digits - 1)
    word, number = divmod(random.randrange(len(WORDS) * 9 * lowest), 9 * lowest)
    number += lowest
    return f"{WORDS[word]} {number}" if speakable(number) else None


def speakable(number: int) -> bool:
    return number % 100 != 0 and number not in AVOIDED and number not in BIRTH_YEARS


def is_pseudonym(text: str) -> bool:
    """Whether the text, in any case and spacing, is a word and a number as proposed here."""
    found = SHAPE.fullmatch(normalise(text))
    return found is not None and found[1] in KNOWN


def normalise(text: str) -> str:
    """One spelling for what people type: "lotus  47", "LOTUS-47" and "lotus47" are Lotus 47."""
    text = unicodedata.normalize("NFKC", text).replace("-", " ")
    return " ".join(part.capitalize() for part in NUMBERED.sub(" ", text).split())
