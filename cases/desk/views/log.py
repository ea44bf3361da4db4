from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cases.desk import operations
from cases.desk.forms import LogForm
from cases.desk.queries import log as queries
from cases.staff.door import SignedInRequest, requires
from cases.staff.roles import Permission

PAGE = 50


@requires(Permission.READ_AUDIT)
@require_safe
def audit(request: SignedInRequest) -> HttpResponse:
    operations.record_reading(by=request.user)
    form = LogForm(request.GET)
    valid = form.is_valid()
    found = queries.entries(**form.wanted) if valid else queries.entries().none()
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "lines": queries.lines(page.object_list), "chain": queries.chain()}
    return render(request, "desk/audit.html", context, status=200 if valid else 400)
