"""Specimens of ICAO Doc 9303 and of issuing offices; whatever else the tests need they compose."""

from datetime import date

TODAY = date(2026, 11, 22)

TD1 = ("I<UTOD231458907<<<<<<<<<<<<<<<", "7408122F1204159UTO<<<<<<<<<<<6", "ERIKSSON<<ANNA<MARIA<<<<<<<<<<")
TD2 = ("I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "D231458907UTO7408122F1204159<<<<<<<6")
TD3 = ("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10")
MRV_A = ("V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L8988901C4XXX4009078F96121096ZE184226B<<<<<<")
MRV_B = ("V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "L8988901C4XXX4009078F9612109<<<<<<<<")
RUS_ABROAD = (
    "P<RUSIMIAREK<<EVGENII<<<<<<<<<<<<<<<<<<<<<<<",
    "1104000008RUS8209120M2601157<<<<<<<<<<<<<<06",
)
RUS_INTERNAL = (
    "PNRUSIM8REK<<EVGENIQ<ALEKSANDROVI3<<<<<<<<<<",
    "1100000000RUS8209120M<<<<<<<4041217292000<46",
)
FRENCH_CARD = ("IDFRABERTHIER<<<<<<<<<<<<<<<<<<<<<<<", "8806923102858CORINNE<<<<<<<6512068F6")

SPECIMENS = {
    "TD1": TD1,
    "TD2": TD2,
    "TD3": TD3,
    "MRV-A": MRV_A,
    "MRV-B": MRV_B,
    "RUS abroad": RUS_ABROAD,
    "RUS internal": RUS_INTERNAL,
    "FRA old card": FRENCH_CARD,
}
