from django.urls import path

from cases.retention import views

app_name = "retention"

urlpatterns = [
    path("keeping/", views.reviews, name="reviews"),
    path("cases/<uuid:applicant_id>/keeping/", views.panel, name="panel"),
    path("cases/<uuid:applicant_id>/ending/", views.end_case, name="close"),
    path("cases/<uuid:applicant_id>/keep-longer/", views.keep, name="keep"),
]
