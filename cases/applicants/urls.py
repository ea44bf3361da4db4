from django.urls import path

from cases.applicants.views import case, facts, household, register, sealed, sharing, stage, texts, work

app_name = "applicants"

urlpatterns = [
    path("new/", register.register, name="register"),
    path("new/pseudonym/", register.pseudonym, name="pseudonym"),
    path("<uuid:applicant_id>/", case.detail, name="detail"),
    path("<uuid:applicant_id>/timeline/", case.timeline_tab, name="timeline"),
    path("<uuid:applicant_id>/notes/", case.notes, name="notes"),
    path("<uuid:applicant_id>/people/", case.people, name="people"),
    path("<uuid:applicant_id>/part/<slug:slug>/", case.part, name="part"),
    path("<uuid:applicant_id>/edit/", facts.edit, name="edit"),
    path("<uuid:applicant_id>/name/", sealed.open_name, name="open_name"),
    path("<uuid:applicant_id>/contact/", sealed.contact_card, name="contact_card"),
    path("<uuid:applicant_id>/identity/edit/", sealed.identity, name="identity"),
    path("<uuid:applicant_id>/identity/edit/open/", sealed.identity_open, name="identity_open"),
    path("<uuid:applicant_id>/contact/edit/", sealed.contact, name="contact"),
    path("<uuid:applicant_id>/contact/edit/open/", sealed.contact_open, name="contact_open"),
    path("<uuid:applicant_id>/ask/<slug:kind>/", sharing.ask, name="ask"),
    path("<uuid:applicant_id>/note/", work.note, name="note"),
    path("<uuid:applicant_id>/task/", work.task, name="task"),
    path("tasks/<uuid:task_id>/done/", work.task_done, name="task_done"),
    path("tasks/<uuid:task_id>/reopen/", work.task_reopen, name="task_reopen"),
    path("deadlines/<uuid:deadline_id>/met/", work.deadline_met, name="deadline_met"),
    path("texts/check/", texts.check, name="check_texts"),
    path("texts/<int:text_id>/clean/", texts.clean, name="clean_text"),
    path("texts/<int:text_id>/leave/", texts.leave, name="leave_text"),
    path("<uuid:applicant_id>/stage/", stage.stage, name="stage"),
    path("<uuid:applicant_id>/share/", sharing.share, name="share"),
    path("<uuid:applicant_id>/share/<slug:code>/stop/", sharing.unshare, name="unshare"),
    path("<uuid:applicant_id>/openers/<slug:kind>/<int:user_id>/stop/", sharing.unopen, name="unopen"),
    path("<uuid:applicant_id>/assign/", sharing.assign, name="assign"),
    path("<uuid:applicant_id>/household/", household.household, name="household"),
    path("<uuid:applicant_id>/household/leave/", household.leave, name="household_leave"),
]
