"""The pages of figures that leave the house; the desk's own list takes them in."""

from django.urls import path

from cases.desk.published import views

urlpatterns = [
    path("figures/published/", views.publications, name="publications"),
    path("figures/published/ask/", views.ask, name="publication_ask"),
    path("figures/published/<uuid:publication_id>/", views.publication, name="publication"),
    path("figures/published/<uuid:publication_id>/figures.csv", views.sheet, name="publication_csv"),
    path("figures/published/<uuid:publication_id>/approve/", views.approve, name="publication_approve"),
    path("figures/published/<uuid:publication_id>/refuse/", views.refuse, name="publication_refuse"),
]
