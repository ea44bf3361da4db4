"""The pages of who is exposed; the desk's own list takes them in."""

from django.urls import path

from cases.desk.breaches import views

urlpatterns = [
    path("emergency/exposed/", views.breaches, name="breaches"),
    path("emergency/device/", views.breach_add, name="breach_add"),
    path("emergency/exposed/<uuid:breach_id>/", views.breach, name="breach"),
    path("emergency/exposed/<uuid:breach_id>/facts/", views.breach_facts, name="breach_facts"),
    path("emergency/exposed/<uuid:breach_id>/noticed/", views.breach_noticed, name="breach_noticed"),
    path("emergency/exposed/<uuid:breach_id>/decide/", views.breach_decide, name="breach_decide"),
    path("emergency/exposed/<uuid:breach_id>/notified/", views.breach_notified, name="breach_notified"),
    path("emergency/exposed/<uuid:breach_id>/close/", views.breach_close, name="breach_close"),
    path("emergency/people/<uuid:exposed_id>/warn/", views.warn, name="warn"),
    path("emergency/people/<uuid:exposed_id>/unwarn/", views.unwarn, name="unwarn"),
    path("emergency/people/<uuid:exposed_id>/open/", views.open_to_warn, name="open_to_warn"),
]
