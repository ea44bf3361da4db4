from django.urls import path

from cases.letters import views

app_name = "letters"

urlpatterns = [
    path("cases/<uuid:applicant_id>/letters/", views.panel, name="panel"),
    path("cases/<uuid:applicant_id>/letters/<slug:key>/", views.write, name="write"),
]
