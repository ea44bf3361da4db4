from django.urls import path

from cases.transfers import views

app_name = "transfers"

urlpatterns = [
    path("cases/<uuid:applicant_id>/transfers/", views.panel, name="panel"),
    path("cases/<uuid:applicant_id>/transfers/offer/", views.offer, name="offer"),
    path("transfers/<uuid:transfer_id>/answer/", views.answer, name="answer"),
    path("transfers/<uuid:transfer_id>/pack/", views.pack, name="pack"),
]
