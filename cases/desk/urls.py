from django.urls import include, path

from cases.desk.views import duty, find, home, keeping, log, register, rekeying

app_name = "desk"

urlpatterns = [
    path("", home.home, name="home"),
    path("cases/", register.register, name="register"),
    path("cases/export.csv", register.export, name="export"),
    path("cases/find/", find.find, name="find"),
    path("", include("cases.desk.imports.urls")),
    path("vault/", keeping.vault, name="vault"),
    path("vault/people/", keeping.people, name="people"),
    path("vault/renew/", keeping.renew, name="renew"),
    path("vault/waiting/<uuid:request_id>/", keeping.answer, name="answer"),
    path("vault/anew/", rekeying.rekey, name="rekey"),
    path("vault/duty/", duty.duty, name="duty"),
    path("vault/duty/restore/", duty.ask_restore, name="duty_restore"),
    path("vault/duty/open/", duty.ask_open, name="duty_open"),
    path("vault/duty/<uuid:request_id>/approve/", duty.approve, name="duty_approve"),
    path("vault/duty/<uuid:request_id>/refuse/", duty.refuse, name="duty_refuse"),
    path("announcements/<int:announcement_id>/", home.seen, name="seen"),
    path("audit/", log.audit, name="audit"),
]
