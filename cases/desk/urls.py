from django.urls import include, path

from cases.desk.views import find, home, keeping, log, register

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
    path("audit/", log.audit, name="audit"),
]
