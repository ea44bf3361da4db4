"""Saved filters and columns of the register; the desk's own list takes them in."""

from django.urls import path

from cases.desk.lists import views

urlpatterns = [
    path("cases/filters/", views.filters, name="filters"),
    path("cases/filters/save/", views.save_filter, name="filter_save"),
    path("cases/filters/none/", views.open_with_all, name="filter_none"),
    path("cases/filters/<uuid:filter_id>/first/", views.open_with, name="filter_first"),
    path("cases/filters/<uuid:filter_id>/remove/", views.remove_filter, name="filter_remove"),
    path("cases/columns/", views.columns, name="columns"),
]
