from django.urls import path

from cases.documents.views import held, marks, sealed, travel

app_name = "documents"

urlpatterns = [
    path("<uuid:applicant_id>/papers/", held.papers, name="papers"),
    path("<uuid:applicant_id>/papers/add/", held.add, name="add"),
    path("<uuid:applicant_id>/papers/none/", marks.no_paper, name="no_paper"),
    path("<uuid:applicant_id>/stay/", marks.stay, name="stay"),
    path("<uuid:applicant_id>/travel/", travel.travel, name="travel"),
    path("<uuid:applicant_id>/travel/exactly/", travel.travel_exactly, name="travel_exactly"),
    path("papers/<uuid:document_id>/edit/", held.edit, name="edit"),
    path("papers/<uuid:document_id>/edit/open/", sealed.open_to_correct, name="open_to_correct"),
    path("papers/<uuid:document_id>/number/", sealed.open_number, name="open_number"),
    path("papers/<uuid:document_id>/verify/", marks.verify, name="verify"),
    path("papers/<uuid:document_id>/strike/", marks.strike, name="strike"),
]
