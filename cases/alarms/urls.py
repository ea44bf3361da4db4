from django.urls import path

from cases.alarms import views

app_name = "alarms"

urlpatterns = [
    path("cases/<uuid:applicant_id>/risks/", views.panel, name="panel"),
    path("cases/<uuid:applicant_id>/alarm/", views.raise_alarm, name="raise"),
    path("cases/<uuid:applicant_id>/risk/", views.risk, name="risk"),
    path("alarms/<uuid:alarm_id>/end/", views.end_alarm, name="end"),
    path("risks/<uuid:risk_id>/keep/", views.keep_risk, name="keep_risk"),
    path("risks/<uuid:risk_id>/end/", views.end_risk, name="end_risk"),
]
