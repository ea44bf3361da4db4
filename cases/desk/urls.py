from django.urls import include, path

from cases.desk.figures.views import figures
from cases.desk.views import (
    budget,
    duty,
    export,
    find,
    home,
    keeping,
    log,
    register,
    rekeying,
    waiting_list,
)

app_name = "desk"

urlpatterns = [
    path("", home.home, name="home"),
    path("cases/", register.register, name="register"),
    path("cases/search/", register.search, name="search"),
    path("cases/export.csv", export.export, name="export"),
    path("cases/export.xlsx", export.workbook, name="workbook"),
    path("cases/paper/", export.paper, name="paper"),
    path("cases/waiting/", waiting_list.waiting_list, name="waiting_list"),
    path("cases/find/", find.find, name="find"),
    path("", include("cases.desk.imports.urls")),
    path("", include("cases.desk.lists.urls")),
    path("", include("cases.desk.bulk.urls")),
    path("", include("cases.desk.breaches.urls")),
    path("", include("cases.desk.deadlines.urls")),
    path("figures/", figures, name="figures"),
    path("", include("cases.desk.published.urls")),
    path("vault/", keeping.vault, name="vault"),
    path("vault/people/", keeping.people, name="people"),
    path("vault/renew/", keeping.renew, name="renew"),
    path("vault/waiting/<uuid:request_id>/", keeping.answer, name="answer"),
    path("vault/more/", budget.ask, name="ask_more"),
    path("vault/more/<uuid:wish_id>/", budget.answer, name="answer_more"),
    path("vault/anew/", rekeying.rekey, name="rekey"),
    path("vault/duty/", duty.duty, name="duty"),
    path("vault/duty/restore/", duty.ask_restore, name="duty_restore"),
    path("vault/duty/open/", duty.ask_open, name="duty_open"),
    path("vault/duty/<uuid:request_id>/approve/", duty.approve, name="duty_approve"),
    path("vault/duty/<uuid:request_id>/refuse/", duty.refuse, name="duty_refuse"),
    path("announcements/<int:announcement_id>/", home.seen, name="seen"),
    path("audit/", log.audit, name="audit"),
]
