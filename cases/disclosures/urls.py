from django.urls import path

from cases.disclosures.views import cases, exports

app_name = "disclosures"

urlpatterns = [
    path("exports/", exports.exports, name="exports"),
    path("exports/ask/", exports.ask, name="ask"),
    path("exports/<uuid:export_id>/", exports.export, name="export"),
    path("exports/<uuid:export_id>/approve/", exports.approve, name="approve"),
    path("exports/<uuid:export_id>/refuse/", exports.refuse, name="refuse"),
    path("exports/<uuid:export_id>/withdraw/", exports.withdraw, name="withdraw"),
    path("exports/<uuid:export_id>/collect/", exports.collect, name="collect"),
    path("cases/<uuid:applicant_id>/told/", cases.told, name="told"),
]
