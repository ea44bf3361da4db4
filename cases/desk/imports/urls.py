"""The pages of the import; the desk's own list takes them in."""

from django.urls import path

from cases.desk.imports import views

urlpatterns = [
    path("cases/import/", views.import_people, name="import"),
    path("cases/import/progress/<uuid:import_id>/", views.import_progress, name="import_progress"),
]
