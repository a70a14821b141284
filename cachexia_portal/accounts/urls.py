"""Addresses of a member's own pages, and of those of allauth that this site has.

allauth finds its pages by names without a namespace. Only the wanted ones have
an address: no linked accounts, no sign-up by passkey.
"""

from django.urls import include, path, re_path

from .views import (
    address,
    credential,
    entrance,
    first_administrator,
    mails,
    once_more,
    passkeys,
    profile,
    sessions,
)

own = [
    path("me/profile/", profile.profile, name="profile"),
    path("me/credential/", credential.credential, name="credential"),
    path("me/sessions/", sessions.sessions, name="sessions"),
    path("me/address/", address.address, name="address"),
    path("me/address/confirm/", address.confirm_address, name="confirm_address"),
    path("me/mails/", mails.mails, name="mails"),
    path("mails/stop/<str:token>/", mails.stop_mails, name="stop_mails"),
    path("me/once-more/", once_more.once_more, name="once_more"),
    path(
        "accounts/first-administrator/<str:token>/",
        first_administrator.first_administrator,
        name="first_administrator",
    ),
]
signing_in = [
    path("signup/", entrance.sign_up, name="account_signup"),
    path("login/", entrance.sign_in, name="account_login"),
    path("login/code/", entrance.sign_in_again, name="account_request_login_code"),
    path("login/code/confirm/", entrance.confirm_login_code, name="account_confirm_login_code"),
    path("login/password/", entrance.sign_in_by_password, name="account_login_password"),
    path("logout/", entrance.logout, name="account_logout"),
    path("inactive/", entrance.inactive, name="account_inactive"),
    path("confirm-email/", entrance.confirm_address, name="account_email_verification_sent"),
    path("reauthenticate/", entrance.reauthenticate, name="account_reauthenticate"),
    # allauth sends people here; the address is shown in the profile, and changed from there.
    path("email/", entrance.address, name="account_email"),
]
passwords = [
    path("set/", entrance.set_password, name="account_set_password"),
    path("change/", entrance.change_password, name="account_change_password"),
    path("reset/", entrance.reset_password, name="account_reset_password"),
    path("reset/done/", entrance.reset_password_asked, name="account_reset_password_done"),
    path("reset/key/done/", entrance.reset_password_done, name="account_reset_password_from_key_done"),
    re_path(
        r"^reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        entrance.reset_password_by_link,
        name="account_reset_password_from_key",
    ),
]
second_step = [
    path("", entrance.second_step, name="mfa_index"),
    path("authenticate/", entrance.authenticate, name="mfa_authenticate"),
    path("reauthenticate/", entrance.reauthenticate_by_device, name="mfa_reauthenticate"),
    path("totp/activate/", entrance.activate_totp, name="mfa_activate_totp"),
    path("totp/deactivate/", entrance.deactivate_totp, name="mfa_deactivate_totp"),
    path("recovery-codes/", entrance.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("recovery-codes/generate/", entrance.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("recovery-codes/download/", entrance.download_recovery_codes, name="mfa_download_recovery_codes"),
]
by_passkey = [
    path("", passkeys.passkeys, name="mfa_list_webauthn"),
    path("add/", passkeys.add, name="mfa_add_webauthn"),
    path("login/", passkeys.sign_in, name="mfa_login_webauthn"),
    path("reauthenticate/", passkeys.reauthenticate, name="mfa_reauthenticate_webauthn"),
    path("keys/<int:pk>/edit/", passkeys.rename, name="mfa_edit_webauthn"),
    path("keys/<int:pk>/remove/", passkeys.remove, name="mfa_remove_webauthn"),
]
urlpatterns = [
    path("", include((own, "accounts"))),
    path("accounts/", include(signing_in)),
    path("accounts/password/", include(passwords)),
    path("accounts/2fa/", include(second_step)),
    path("accounts/passkeys/", include(by_passkey)),
]
