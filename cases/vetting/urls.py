from django.urls import path

from cases.vetting.views import answers, cases, checks, findings, incident_import, incident_sources, incidents, questions, service, service_opening, units

app_name = "vetting"

_incident = "vetting/incidents/<uuid:incident_id>/"
_unit = "vetting/units/<uuid:unit_id>/"

urlpatterns = [
    path("vetting/", cases.in_vetting, name="list"),
    path("cases/<uuid:applicant_id>/vetting/", cases.panel, name="panel"),
    path("vetting/incidents/", incidents.incidents, name="incidents"),
    path("vetting/incidents/add/", incidents.add_incident, name="incident_add"),
    path("vetting/incidents/import/", incident_import.import_incidents, name="incident_import"),
    path(
        "vetting/incidents/import/progress/<uuid:import_id>/",
        incident_import.import_progress,
        name="incident_import_progress",
    ),
    path(_incident, incidents.incident, name="incident"),
    path(f"{_incident}edit/", incidents.edit_incident, name="incident_edit"),
    path(f"{_incident}strike/", incidents.strike_incident, name="incident_strike"),
    path(f"{_incident}sources/add/", incident_sources.add_source, name="source_add"),
    path(f"{_incident}sources/<uuid:source_id>/copy/", incident_sources.add_copy, name="copy_add"),
    path("vetting/copies/<uuid:copy_id>/", incident_sources.copy, name="copy"),
    path("vetting/units/", units.units, name="units"),
    path("vetting/units/add/", units.add_unit, name="unit_add"),
    path(_unit, units.unit, name="unit"),
    path(f"{_unit}edit/", units.edit_unit, name="unit_edit"),
    path(f"{_unit}merge/", units.merge_unit, name="unit_merge"),
    path("cases/<uuid:applicant_id>/service/", service.service, name="service"),
    path("cases/<uuid:applicant_id>/service/open/", service_opening.open_record, name="service_open"),
    path("cases/<uuid:applicant_id>/service/add/", service.add, name="service_add"),
    path("service/<uuid:entry_id>/edit/", service.edit, name="service_edit"),
    path("service/<uuid:entry_id>/edit/open/", service_opening.correct, name="service_correct"),
    path("service/<uuid:entry_id>/copy/", service.copy, name="service_copy"),
    path("service/<uuid:entry_id>/strike/", service.strike, name="service_strike"),
    path("cases/<uuid:applicant_id>/checks/", checks.checks, name="checks"),
    path("cases/<uuid:applicant_id>/checks/<slug:code>/", checks.check, name="check"),
    path("cases/<uuid:applicant_id>/checks/<slug:code>/answer/", checks.answer, name="answer_check"),
    path("cases/<uuid:applicant_id>/checks/<slug:code>/open/", findings.open_finding, name="open_finding"),
    path(
        "cases/<uuid:applicant_id>/checks/<slug:code>/correct/",
        findings.finding_to_correct,
        name="finding_to_correct",
    ),
    path("cases/<uuid:applicant_id>/questions/", questions.questions, name="questions"),
    path("cases/<uuid:applicant_id>/questions/open/", questions.open_questions, name="open_questions"),
    path("cases/<uuid:applicant_id>/questions/ask/", questions.ask, name="ask"),
    path("vetting/questions/<uuid:question_id>/asked/", answers.asked, name="question_asked"),
    path("vetting/questions/<uuid:question_id>/answer/", answers.answer, name="question_answer"),
    path("vetting/questions/<uuid:question_id>/settle/", answers.settle, name="question_settle"),
]
