from django.urls import include, path

from cases.staff.admin_site import site
from ngo import health

urlpatterns = [
    path("", include("cases.desk.urls")),
    path("cases/", include("cases.applicants.urls")),
    path("cases/", include("cases.documents.urls")),
    path("", include("cases.disclosures.urls")),
    path("", include("cases.alarms.urls")),
    path("", include("cases.needs.urls")),
    path("", include("cases.transfers.urls")),
    path("", include("cases.letters.urls")),
    path("", include("cases.relocation.urls")),
    path("", include("cases.asylum.urls")),
    path("", include("cases.retention.urls")),
    path("", include("cases.own_data.urls")),
    path("", include("cases.journeys.urls")),
    path("", include("cases.vetting.urls")),
    path("vault/", include("cases.vault.urls")),
    path("", include("cases.staff.urls")),
    path("admin/", site.urls),
    path("healthz", health.healthz, name="healthz"),
    path("healthz/", health.healthz),
]
