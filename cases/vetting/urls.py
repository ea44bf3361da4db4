from django.urls import path

from cases.vetting.views import answers, cases, evidence, evidence_files, heard, interviews, referees

app_name = "vetting"

_sent = "cases/<uuid:applicant_id>/evidence/<uuid:evidence_id>/"
_piece = "vetting/evidence/<uuid:evidence_id>/"
_referee = "vetting/referees/<uuid:referee_id>/"
_interview = "vetting/interviews/<uuid:interview_id>/"

urlpatterns = [
    path("vetting/", cases.in_vetting, name="list"),
    path("cases/<uuid:applicant_id>/vetting/", cases.panel, name="panel"),
    path("cases/<uuid:applicant_id>/evidence/", evidence.evidence, name="evidence"),
    path("cases/<uuid:applicant_id>/evidence/open/", evidence.open_evidence, name="evidence_open"),
    path("cases/<uuid:applicant_id>/evidence/link/", evidence.add_link, name="evidence_link"),
    path("cases/<uuid:applicant_id>/evidence/begin/", evidence_files.begin, name="evidence_begin"),
    path(f"{_sent}part/<int:index>/", evidence_files.part, name="evidence_part"),
    path(f"{_sent}finish/", evidence_files.finish, name="evidence_finish"),
    path(f"{_sent}remove/", evidence_files.remove, name="evidence_remove"),
    path(f"{_piece}edit/", evidence.edit, name="evidence_edit"),
    path(f"{_piece}edit/open/", evidence.open_to_correct, name="evidence_correct"),
    path(f"{_piece}strike/", evidence.strike, name="evidence_strike"),
    path(f"{_piece}file/", evidence_files.open_file, name="evidence_file"),
    path(f"{_piece}original/", evidence_files.original, name="evidence_original"),
    path("cases/<uuid:applicant_id>/heard/", heard.heard, name="heard"),
    path("cases/<uuid:applicant_id>/heard/open/", heard.open_referees, name="referees_open"),
    path("cases/<uuid:applicant_id>/heard/referee/", referees.add, name="referee_add"),
    path(f"{_referee}edit/", referees.edit, name="referee_edit"),
    path(f"{_referee}edit/open/", referees.open_to_correct, name="referee_correct"),
    path(f"{_referee}strike/", referees.strike, name="referee_strike"),
    path("cases/<uuid:applicant_id>/heard/interview/", interviews.add, name="interview_add"),
    path(f"{_interview}edit/", interviews.edit, name="interview_edit"),
    path(f"{_interview}strike/", interviews.strike, name="interview_strike"),
    path(_interview, answers.interview, name="interview"),
    path(f"{_interview}write/", answers.write, name="interview_write"),
    path(f"{_interview}write/open/", answers.open_to_correct, name="interview_correct"),
    path(f"{_interview}open/", answers.open_answers, name="interview_open"),
]
