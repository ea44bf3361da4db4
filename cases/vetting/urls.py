from django.urls import path

from cases.vetting.views import cases, service, service_opening

app_name = "vetting"

urlpatterns = [
    path("vetting/", cases.in_vetting, name="list"),
    path("cases/<uuid:applicant_id>/vetting/", cases.panel, name="panel"),
    path("cases/<uuid:applicant_id>/service/", service.service, name="service"),
    path("cases/<uuid:applicant_id>/service/open/", service_opening.open_record, name="service_open"),
    path("cases/<uuid:applicant_id>/service/add/", service.add, name="service_add"),
    path("service/<uuid:entry_id>/edit/", service.edit, name="service_edit"),
    path("service/<uuid:entry_id>/edit/open/", service_opening.correct, name="service_correct"),
    path("service/<uuid:entry_id>/copy/", service.copy, name="service_copy"),
    path("service/<uuid:entry_id>/strike/", service.strike, name="service_strike"),
]
