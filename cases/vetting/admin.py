from typing import ClassVar

from django.contrib import admin

from cases.documents.admin import FactPage
from cases.staff.admin_site import site
from cases.vetting.forms.frames import QuestionForm
from cases.vetting.models import InterviewFrame, InterviewQuestion


@admin.register(InterviewFrame, site=site)
class InterviewFramePage(FactPage):
    about = ("name_en", "version")
    search_fields: ClassVar[tuple[str, ...]] = ("key", "source", "name_en", "name_fr", "name_ru")


@admin.register(InterviewQuestion, site=site)
class InterviewQuestionPage(FactPage):
    form = QuestionForm
    about = ("frame", "check_code", "order")
    list_filter = (*FactPage.list_filter, "frame", "check_code")
    search_fields: ClassVar[tuple[str, ...]] = ("key", "source", "text_en", "text_fr", "text_ru")
