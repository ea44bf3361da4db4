from django.urls import path

from cases.disclosures.views import blanks, cases, exports

app_name = "disclosures"

urlpatterns = [
    path("exports/", exports.exports, name="exports"),
    path("exports/ask/", exports.ask, name="ask"),
    path("exports/<uuid:export_id>/", exports.export, name="export"),
    path("exports/<uuid:export_id>/approve/", exports.approve, name="approve"),
    path("exports/<uuid:export_id>/refuse/", exports.refuse, name="refuse"),
    path("exports/<uuid:export_id>/withdraw/", exports.withdraw, name="withdraw"),
    path("exports/<uuid:export_id>/collect/", exports.collect, name="collect"),
    path("exports/forms/", blanks.blanks, name="forms"),
    path("exports/forms/add/", blanks.add, name="form_add"),
    path("exports/forms/<uuid:form_id>/", blanks.blank, name="form"),
    path("exports/forms/<uuid:form_id>/retire/", blanks.retire, name="form_retire"),
    path("cases/<uuid:applicant_id>/told/", cases.told, name="told"),
]
