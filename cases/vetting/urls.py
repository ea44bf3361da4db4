from django.urls import path

from cases.vetting.views import cases

app_name = "vetting"

urlpatterns = [
    path("vetting/", cases.in_vetting, name="list"),
    path("cases/<uuid:applicant_id>/vetting/", cases.panel, name="panel"),
]
