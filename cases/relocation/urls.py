from django.urls import path

from cases.relocation.views import governments, groups

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
    path("groups/<uuid:group_id>/state/", groups.move, name="group_move"),
    path("groups/<uuid:group_id>/people/<uuid:applicant_id>/remove/", groups.take_out, name="take_out"),
    path("groups/<uuid:group_id>/people/<uuid:applicant_id>/photos/", groups.photos, name="photos"),
    path("cases/<uuid:applicant_id>/groups/", groups.panel, name="panel"),
]
