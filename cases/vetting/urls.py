from django.urls import path

from cases.vetting.views import cases, screening, watchlists

app_name = "vetting"

urlpatterns = [
    path("vetting/", cases.in_vetting, name="list"),
    path("cases/<uuid:applicant_id>/vetting/", cases.panel, name="panel"),
    path("cases/<uuid:applicant_id>/screening/", screening.screening, name="screening"),
    path("cases/<uuid:applicant_id>/screening/now/", screening.screen, name="screen"),
    path("cases/<uuid:applicant_id>/screening/open/", screening.open_screening, name="screening_open"),
    path("cases/<uuid:applicant_id>/screening/entry/", screening.open_entry, name="screening_entry"),
    path("cases/<uuid:applicant_id>/screening/decide/", screening.decide, name="screening_decide"),
    path("vetting/watchlists/", watchlists.watchlists, name="watchlists"),
    path("vetting/watchlists/again/", watchlists.screen_again, name="screen_again"),
    path("vetting/watchlists/<uuid:import_id>/progress/", watchlists.import_progress, name="list_progress"),
]
