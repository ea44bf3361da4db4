from django.urls import path

from cases.documents.views import held, marks, scans, sealed, sending, travel

app_name = "documents"

_scan = "papers/<uuid:document_id>/scans/<uuid:scan_id>/"

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
    path("papers/<uuid:document_id>/strike/undo/", marks.unstrike, name="unstrike"),
    path("papers/<uuid:document_id>/scans/", scans.scans, name="scans"),
    path("papers/<uuid:document_id>/scans/small/", scans.small, name="scans_small"),
    path("papers/<uuid:document_id>/scans/begin/", sending.begin, name="scan_begin"),
    path(f"{_scan}part/<int:index>/", sending.part, name="scan_part"),
    path(f"{_scan}finish/", sending.finish, name="scan_finish"),
    path(f"{_scan}remove/", sending.remove, name="scan_remove"),
    path(f"{_scan}open/", scans.open_scan, name="scan_open"),
    path(f"{_scan}original/", scans.original, name="scan_original"),
    path(f"{_scan}strike/", scans.strike, name="scan_strike"),
]
