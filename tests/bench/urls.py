from django.urls import include, path

from tests.bench import limits

urlpatterns = [
    path("bench/bare/", limits.bare),
    path("bench/page/", limits.page),
    path("bench/sql/", limits.sql),
    path("bench/decrypt/", limits.decrypt),
    path("bench/seal/<int:number>/", limits.seal),
    path("bench/unlock/", limits.unlock_again),
    path("", include("ngo.urls")),
]
