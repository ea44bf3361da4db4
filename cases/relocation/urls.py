from django.urls import path

from cases.relocation.views import governments, groups, inquiries, submissions

app_name = "relocation"

urlpatterns = [
    path("governments/", governments.governments, name="governments"),
    path("governments/add/", governments.add, name="government_add"),
    path("governments/<uuid:government_id>/", governments.government, name="government"),
    path("governments/<uuid:government_id>/edit/", governments.edit, name="government_edit"),
    path("governments/<uuid:government_id>/contact/", governments.contact, name="contact"),
    path("governments/<uuid:government_id>/talk/", governments.talk, name="talk"),
    path("officials/<uuid:contact_id>/left/", governments.contact_left, name="contact_left"),
    path("talks/<uuid:talk_id>/done/", governments.step_done, name="step_done"),
    path("talks/<uuid:talk_id>/later/", governments.step_later, name="step_later"),
    path("groups/", groups.groups, name="groups"),
    path("groups/make/", groups.make, name="group_make"),
    path("groups/<uuid:group_id>/", groups.group, name="group"),
    path("groups/<uuid:group_id>/add/", groups.add_people, name="group_add"),
    path("groups/<uuid:group_id>/close/", groups.close, name="group_close"),
    path("groups/<uuid:group_id>/people/<uuid:applicant_id>/remove/", groups.take_out, name="take_out"),
    path("groups/<uuid:group_id>/people/<uuid:applicant_id>/photos/", groups.photos, name="photos"),
    path("groups/<uuid:group_id>/freeze-dossier/", submissions.freeze, name="freeze"),
    path("submissions/<uuid:submission_id>/", submissions.submission, name="submission"),
    path(
        "submissions/<uuid:submission_id>/paper/en/", submissions.paper, {"language": "en"}, name="paper_en"
    ),
    path(
        "submissions/<uuid:submission_id>/paper/fr/", submissions.paper, {"language": "fr"}, name="paper_fr"
    ),
    path("submissions/<uuid:submission_id>/hand-in/", submissions.hand_in, name="hand_in"),
    path("submissions/<uuid:submission_id>/receipt/", submissions.receipt, name="receipt"),
    path("submissions/<uuid:submission_id>/asked/", submissions.asked, name="asked"),
    path("submissions/<uuid:submission_id>/annex/", submissions.annex, name="annex"),
    path("submissions/<uuid:submission_id>/question/", inquiries.add, name="inquiry"),
    path(
        "submissions/<uuid:submission_id>/people/<uuid:applicant_id>/answer/",
        submissions.answer,
        name="answer",
    ),
    path("inquiries/<uuid:inquiry_id>/reply/", inquiries.reply, name="reply"),
    path("cases/<uuid:applicant_id>/groups/", groups.panel, name="panel"),
]
