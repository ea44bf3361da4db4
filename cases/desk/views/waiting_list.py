"""Who is in contact and not taken on yet."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cases.desk.queries import waiting_list as queries
from cases.staff.door import SignedInRequest, requires
from cases.staff.roles import Permission

PAGE = 50


@requires(Permission.SEE_CASES)
@require_safe
def waiting_list(request: SignedInRequest) -> HttpResponse:
    user, which = request.user, request.GET.get("show", "")
    number = queries.counts(user)
    page = Paginator(queries.shown(user, which), PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": queries.in_contact(page.object_list),
        "tabs": [
            ("", _("All"), number["all"]),
            ("long", _("Not written to for long"), number["long"]),
            ("mine", _("My own"), number["mine"]),
        ],
        "show": which if which in ("long", "mine") else "",
        "writes": user.may(Permission.WORK),
        "registers": user.may(Permission.REGISTER),
    }
    return render(request, "desk/waiting_list.html", context)
