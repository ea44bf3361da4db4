from django.urls import path

from cases.journeys import views

app_name = "journeys"

urlpatterns = [
    path("cases/<uuid:applicant_id>/journey/", views.panel, name="panel"),
    path("cases/<uuid:applicant_id>/journey/plan/", views.plan, name="plan"),
    path("legs/<uuid:leg_id>/change/", views.change, name="change"),
    path("legs/<uuid:leg_id>/depart/", views.depart, name="depart"),
    path("legs/<uuid:leg_id>/arrive/", views.arrive, name="arrive"),
    path("legs/<uuid:leg_id>/stopped/", views.stop, name="stop"),
    path("legs/<uuid:leg_id>/withdraw/", views.call_off, name="call_off"),
]
