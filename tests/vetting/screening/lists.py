"""Small lists of invented people, as the publishers write them."""

import csv
import io
import json

from cases.vetting.models import ListEntry
from cases.vetting.operations.watchlists import begin_import, run_import

IDENTITY = {
    "name": "Кулебякин Еремей Фролович",
    "family_name": "Кулебякин",
    "given_name": "Еремей",
    "patronymic": "Фролович",
    "latin_name": "EREMEI KULEBIAKIN",
    "birth_date": "1999-11-04",
    "birth_place": "Урюпинск",
}
HEADER = [
    "id",
    "schema",
    "name",
    "aliases",
    "birth_date",
    "countries",
    "addresses",
    "identifiers",
    "sanctions",
    "phones",
    "emails",
    "program_ids",
    "dataset",
    "first_seen",
    "last_seen",
    "last_change",
]
EU, RUSSIA, WAGNER = "eu_fsf", "ru_fedsfm_terror", "ru_myrotvorets_wagner"


def table(*rows, header=HEADER):
    """targets.simple.csv with these rows, each a dictionary of cells."""
    text = io.StringIO()
    writer = csv.DictWriter(text, header, quoting=csv.QUOTE_ALL, lineterminator="\n", restval="")
    writer.writeheader()
    for row in rows:
        writer.writerow(
            {name: value for name, value in ({"schema": "Person"} | row).items() if name in header}
        )
    return text.getvalue().encode()


def entity(id="e1", names=("Eremei KULEBIAKIN",), datasets=(EU,), **properties):
    listed = {name: list(values) for name, values in properties.items()}
    return {
        "id": id,
        "schema": "Person",
        "datasets": list(datasets),
        "target": True,
        "properties": {"name": list(names)} | listed,
    }


def lines(*entities):
    return "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in entities).encode()


def take_in(content, slug="sanctions", index=None, name="targets.simple.csv", **more):
    started = begin_import(slug=slug, by=None, file_name=name, **more)
    return run_import(started=started, file=io.BytesIO(content), index=index)


def living():
    """The ids that stand in the index, by the name of their list."""
    return sorted(ListEntry.objects.filter(ended_at__isnull=True).values_list("entity", flat=True))


def numbers(one):
    return {
        name: getattr(one, name) for name in ("added", "changed", "ended", "unchanged", "others", "wrong")
    }
