from django.urls import path

from cases.own_data import views

app_name = "own_data"

urlpatterns = [
    path("cases/<uuid:applicant_id>/copy/", views.panel, name="panel"),
    path("cases/<uuid:applicant_id>/copy/note/", views.note, name="note"),
    path("copies/<uuid:data_request_id>/longer/", views.longer, name="longer"),
    path("copies/<uuid:data_request_id>/hand-out/", views.hand_out, name="hand_out"),
]
