from django.urls import path

from cases.vault import passkey_views, views

app_name = "vault"

urlpatterns = [
    path("unlock/", views.unlock_vault, name="unlock"),
    path("unlock/passkey/", passkey_views.unlock_by_passkey, name="unlock_by_passkey"),
    path("unlock/passkey/ask/", passkey_views.unlock_question, name="unlock_question"),
    path("passkeys/", passkey_views.passkeys, name="passkeys"),
    path("passkeys/ask/", passkey_views.passkey_question, name="passkey_question"),
    path("passkeys/<uuid:passkey_id>/remove/", passkey_views.remove_passkey, name="remove_passkey"),
    path("lock/", views.lock_vault, name="lock"),
    path("first/", views.first_key, name="first"),
    path("passphrase/", views.change_passphrase, name="passphrase"),
    path("sheet/", views.recovery_sheet, name="sheet"),
    path("lost/", views.lost_passphrase, name="lost"),
    path("lost/start-over/", views.start_over, name="start_over"),
    path("lost/found/", views.take_back, name="take_back"),
    path("keys/<int:user_id>/", views.colleague_key, name="colleague_key"),
]
