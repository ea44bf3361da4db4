"""The columns of the file of states of the European Economic Area."""

from pathlib import Path

from cases.documents.reference.columns import COUNTRY, REFERENCE, Reader, shaped

HERE = Path(__file__).parent

FILES: dict[str, dict[str, Reader]] = {"eea_states": REFERENCE | {"country": shaped(COUNTRY, "FR")}}
