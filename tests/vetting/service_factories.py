"""Entries of service records; each holds words that are found nowhere else."""

from cases.staff.models import random_id
from cases.vetting.operations import service as operations

PERIOD = {
    "from": "2022-02",
    "to": "2022-05-20",
    "unit_number": "51460",
    "unit_name": "64-я омсбр",
    "unit_spellings": ["64th Separate Motorised Rifle Brigade"],
    "branch": "ground",
    "rank": "ефрейтор",
    "role": "связист Юлькин взвод",
    "weapon": "АК-12 номер 774411",
    "place": "Лыпивка",
    "note": "видел колонну у моста",
}
LEAVING = {
    "on": "2022-09-14",
    "how": "leave",
    "route": "Оренбург, Актобе",
    "papers": "отпускной билет 5512",
    "note": "",
}
CHARGE = {
    "on": "2023-01",
    "article": "337",
    "article_other": "",
    "part": "5",
    "stage": "sentenced",
    "court": "Самарский гарнизонный военный суд",
    "in_absentia": "yes",
    "sentence": "шесть лет колонии",
    "note": "",
}
SAID = {"period": PERIOD, "leaving": LEAVING, "charge": CHARGE}


def make_entry(applicant, *, by, kind="period", account="own", id=None, **content):
    return operations.add_entry(
        id=id or random_id(),
        applicant=applicant,
        account=account,
        kind=kind,
        content=SAID.get(kind, {}) | {name.rstrip("_"): value for name, value in content.items()},
        by=by,
    )


def told(content):
    """Every word of an entry that must be read by nobody without a key."""
    texts = [one for value in content.values() for one in (value if isinstance(value, list) else [value])]
    return [text for text in texts if len(text) > 6]
