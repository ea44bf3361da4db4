"""Put a defect at its place in a layout."""

from cases.documents.zones.defects import Defect, Finding
from cases.documents.zones.kinds import FieldName
from cases.documents.zones.layouts import Layout


def found_at(layout: Layout, name: FieldName, defect: Defect, offset: int, **parameters: str) -> Finding:
    line, column = layout.place(offset)
    return Finding(defect, name, line, column, parameters)
