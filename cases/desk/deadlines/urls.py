from django.urls import path

from cases.desk.deadlines import views

urlpatterns = [path("deadlines/", views.deadlines, name="deadlines")]
