from django.urls import path

from cases.vetting.views import cases, decision, report

app_name = "vetting"

urlpatterns = [
    path("vetting/", cases.in_vetting, name="list"),
    path("cases/<uuid:applicant_id>/vetting/", cases.panel, name="panel"),
    path("cases/<uuid:applicant_id>/decision/", decision.decision, name="decision"),
    path("cases/<uuid:applicant_id>/decision/vote/", decision.vote, name="vote"),
    path("cases/<uuid:applicant_id>/decision/reasons/", report.reasons, name="reasons"),
    path("cases/<uuid:applicant_id>/decision/conflict/", decision.conflict, name="conflict"),
    path(
        "cases/<uuid:applicant_id>/decision/conflict/<uuid:conflict_id>/end/",
        decision.end_conflict,
        name="end_conflict",
    ),
    path("cases/<uuid:applicant_id>/report/", report.report, name="report"),
    path("cases/<uuid:applicant_id>/report/annex/", report.annex, name="annex"),
]
