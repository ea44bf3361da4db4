from allauth.account import views as login
from allauth.mfa.base import views as factor
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkey
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path, register_converter

from cases.staff.models import Invitation
from cases.staff.roles import Role
from cases.staff.views import account, colleagues, emergency, entrance, teams


class RoleConverter:
    regex = "[a-z]+"
    to_python = Role
    to_url = str


class PurposeConverter:
    regex = "[a-z]+"
    to_python = Invitation.Purpose
    to_url = str


register_converter(RoleConverter, "role")
register_converter(PurposeConverter, "purpose")

pages = [
    path("account/", account.account, name="account"),
    path("account/away/", account.away, name="away"),
    path("account/notices/", account.notices, name="notices"),
    path("account/sessions/", account.logins, name="logins"),
    path("account/welcome/", account.welcome, name="welcome"),
    path("roles/", account.roles, name="roles"),
    path("login/done/", account.login_done, name="login_done"),
    path("join/<str:token>/", entrance.join, name="join"),
    path("lost/", entrance.lost, name="lost"),
    path("demo/login/", entrance.demo_login, name="demo_login"),
    path("colleagues/", colleagues.colleagues, name="colleagues"),
    path("colleagues/invite/", colleagues.invite, name="invite"),
    path("colleagues/<int:user_id>/", colleagues.colleague, name="colleague"),
    path("colleagues/<int:user_id>/roles/", colleagues.give_role, name="give_role"),
    path("colleagues/<int:user_id>/roles/<role:role>/end/", colleagues.end_role, name="end_role"),
    path("colleagues/<int:user_id>/links/<purpose:purpose>/", colleagues.make_link, name="make_link"),
    path("colleagues/<int:user_id>/close/", colleagues.deactivate, name="deactivate"),
    path("colleagues/<int:user_id>/reopen/", colleagues.reactivate, name="reactivate"),
    path("emergency/", emergency.emergency, name="emergency"),
    path("emergency/freeze/", emergency.freeze, name="freeze"),
    path("emergency/freezes/<uuid:freeze_id>/confirm/", emergency.confirm_freeze, name="confirm_freeze"),
    path("emergency/freezes/<uuid:freeze_id>/lift/", emergency.ask_lift, name="ask_lift"),
    path("emergency/freezes/<uuid:freeze_id>/lift/approve/", emergency.approve_lift, name="approve_lift"),
    path("emergency/freezes/<uuid:freeze_id>/lift/refuse/", emergency.refuse_lift, name="refuse_lift"),
    path("emergency/freezes/<uuid:freeze_id>/loss/", emergency.confirm_loss, name="confirm_loss"),
    path("emergency/travel/", emergency.travel, name="travel"),
    path("emergency/travel/<int:user_id>/end/", emergency.end_travel, name="end_travel"),
    path("emergency/travel/<int:user_id>/ask/", emergency.ask_coordinators, name="ask_coordinators"),
    path("teams/", teams.teams, name="teams"),
    path("teams/new/", teams.new_team, name="new_team"),
    path("teams/<int:team_id>/", teams.team, name="team"),
]

# Only the pages of allauth that are needed: no sign-up, no e-mail addresses, no password reset by mail.
urlpatterns = [
    path("", include((pages, "staff"))),
    path("language/", account.set_language, name="set_language"),
    path("login/", login.login, name="account_login"),
    path("login/factor/", factor.authenticate, name="mfa_authenticate"),
    path("login/passkey/", passkey.login_webauthn, name="mfa_login_webauthn"),
    path("login/again/", login.reauthenticate, name="account_reauthenticate"),
    path("login/again/factor/", factor.reauthenticate, name="mfa_reauthenticate"),
    path("login/again/passkey/", passkey.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("login/inactive/", login.account_inactive, name="account_inactive"),
    # Who gave the password and not yet the second factor must be able to turn back.
    path("logout/", login_not_required(login.logout), name="account_logout"),
    path("account/password/", login.password_change, name="account_change_password"),
    path("account/password/set/", login.password_set, name="account_set_password"),
    path("account/factors/", factor.index, name="mfa_index"),
    path("account/factors/app/", app.activate_totp, name="mfa_activate_totp"),
    path("account/factors/app/remove/", app.deactivate_totp, name="mfa_deactivate_totp"),
    path("account/factors/codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("account/factors/codes/new/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path(
        "account/factors/codes/download/", codes.download_recovery_codes, name="mfa_download_recovery_codes"
    ),
    path("account/factors/passkeys/", passkey.list_webauthn, name="mfa_list_webauthn"),
    path("account/factors/passkeys/add/", passkey.add_webauthn, name="mfa_add_webauthn"),
    path("account/factors/passkeys/<int:pk>/", passkey.edit_webauthn, name="mfa_edit_webauthn"),
    path("account/factors/passkeys/<int:pk>/remove/", passkey.remove_webauthn, name="mfa_remove_webauthn"),
]
