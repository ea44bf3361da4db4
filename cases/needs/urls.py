from django.urls import path

from cases.needs import views

app_name = "needs"

urlpatterns = [
    path("cases/<uuid:applicant_id>/needs/", views.panel, name="panel"),
    path("cases/<uuid:applicant_id>/needs/add/", views.add, name="add"),
    path("needs/", views.needs, name="needs"),
    path("needs/<uuid:need_id>/end/", views.end, name="end"),
    path("needs/<uuid:need_id>/offer/", views.offer, name="offer"),
    path("referrals/<uuid:referral_id>/answer/", views.answer, name="answer"),
    path("referrals/<uuid:referral_id>/accepted/", views.accepted, name="accepted"),
    path("referrals/<uuid:referral_id>/helped/", views.helped, name="helped"),
    path("providers/", views.providers, name="providers"),
    path("providers/add/", views.provider_add, name="provider_add"),
    path("providers/<uuid:provider_id>/", views.provider, name="provider"),
    path("providers/<uuid:provider_id>/close/", views.provider_close, name="provider_close"),
]
