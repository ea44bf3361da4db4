from django.urls import path

from cases.vetting.views import answers, cases, checks, findings, questions

app_name = "vetting"

urlpatterns = [
    path("vetting/", cases.in_vetting, name="list"),
    path("cases/<uuid:applicant_id>/vetting/", cases.panel, name="panel"),
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
