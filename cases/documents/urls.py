from django.urls import path

from cases.documents.views import scans, sending

app_name = "documents"

_scan = "<uuid:document_id>/scans/<uuid:scan_id>/"

urlpatterns = [
    path("<uuid:document_id>/scans/", scans.scans, name="scans"),
    path("<uuid:document_id>/scans/small/", scans.small, name="scans_small"),
    path("<uuid:document_id>/scans/begin/", sending.begin, name="scan_begin"),
    path(f"{_scan}part/<int:index>/", sending.part, name="scan_part"),
    path(f"{_scan}finish/", sending.finish, name="scan_finish"),
    path(f"{_scan}remove/", sending.remove, name="scan_remove"),
    path(f"{_scan}open/", scans.open_scan, name="scan_open"),
    path(f"{_scan}original/", scans.original, name="scan_original"),
    path(f"{_scan}strike/", scans.strike, name="scan_strike"),
]
