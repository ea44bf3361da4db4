"""The file and its words, shown this once."""

import base64
from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from cases.applicants.models import Applicant
from cases.disclosures.packing import Package
from cases.staff.door import SignedInRequest


def package_page(
    request: SignedInRequest,
    package: Package,
    *,
    going: Sequence[Applicant],
    left_out: Sequence[Applicant] = (),
) -> HttpResponse:
    context: dict[str, Any] = {
        "package": package,
        "going": going,
        "left_out": left_out,
        "words": package.words.split("-") if package.words else [],
        "content": base64.b64encode(package.content).decode(),
    }
    return render(request, "disclosures/_package.html", context)
