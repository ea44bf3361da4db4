from django.urls import path

from cases.vault import views

app_name = "vault"

urlpatterns = [
    path("unlock/", views.unlock_vault, name="unlock"),
    path("lock/", views.lock_vault, name="lock"),
    path("first/", views.first_key, name="first"),
    path("passphrase/", views.change_passphrase, name="passphrase"),
    path("sheet/", views.recovery_sheet, name="sheet"),
    path("lost/", views.lost_passphrase, name="lost"),
    path("lost/start-over/", views.start_over, name="start_over"),
    path("lost/found/", views.take_back, name="take_back"),
    path("keys/<int:user_id>/", views.colleague_key, name="colleague_key"),
]
