"""Many cases at once; the desk's own list takes them in."""

from django.urls import path

from cases.desk.bulk import views

urlpatterns = [
    path("cases/together/assign/", views.assign, name="bulk_assign"),
    path("cases/together/share/", views.share, name="bulk_share"),
    path("cases/together/task/", views.task, name="bulk_task"),
    path("cases/together/stage/", views.stage, name="bulk_stage"),
]
