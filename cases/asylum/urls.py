from django.urls import path

from cases.asylum import views

app_name = "asylum"

urlpatterns = [
    path("cases/<uuid:applicant_id>/asylum/", views.panel, name="panel"),
    path("cases/<uuid:applicant_id>/asylum/open/", views.open_claim, name="open"),
    path("asylum/<uuid:claim_id>/again/", views.open_again, name="again"),
    path("asylum/<uuid:claim_id>/minors/", views.minors, name="minors"),
    path("asylum/<uuid:claim_id>/minors/<uuid:applicant_id>/remove/", views.detach, name="detach"),
    path("asylum/<uuid:claim_id>/step/", views.step, name="step"),
    path("asylum/<uuid:claim_id>/steps/<slug:kind>/undo/", views.take_back, name="take_back"),
    path("asylum/<uuid:claim_id>/law/", views.law, name="law"),
    path("asylum/<uuid:claim_id>/dates/<slug:kind>/", views.date, name="date"),
]
