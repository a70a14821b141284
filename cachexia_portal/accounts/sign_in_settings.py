"""The forms and limits of signing up and signing in, as django-allauth reads them from the settings."""

ACCOUNT_FORMS = {
    "signup": "cachexia_portal.accounts.forms.SignupForm",
    "request_login_code": "cachexia_portal.accounts.forms.RequestLoginCodeForm",
    "confirm_login_code": "cachexia_portal.accounts.forms.ConfirmLoginCodeForm",
    "confirm_email_verification_code": "cachexia_portal.accounts.forms.ConfirmAddressForm",
    "change_password": "cachexia_portal.accounts.forms.ChangePasswordForm",
    "set_password": "cachexia_portal.accounts.forms.SetPasswordForm",
    "reset_password": "cachexia_portal.accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "cachexia_portal.accounts.forms.ResetPasswordKeyForm",
    "reauthenticate": "cachexia_portal.accounts.forms.ReauthenticateForm",
}

# Sizes for shared addresses: a clinic, a ward or a mobile network is one "ip".
ACCOUNT_RATE_LIMITS = {
    "signup": "60/h/ip",
    "login": "60/m/ip",
    "login_failed": "60/m/ip,10/5m/key",
    # No limit by the day and address: a stranger could shut somebody out for that long.
    "request_login_code": "60/10m/ip,5/10m/key",
    "confirm_email": "5/10m/key",
    "reset_password": "60/10m/ip,5/10m/key",
    "reset_password_from_key": "60/10m/ip",
    "change_password": "10/10m/user",
    "reauthenticate": "20/10m/user",
}

MFA_FORMS = {
    "authenticate": "cachexia_portal.accounts.forms.AuthenticateForm",
    "reauthenticate": "cachexia_portal.accounts.forms.MFAReauthenticateForm",
    "activate_totp": "cachexia_portal.accounts.forms.ActivateTOTPForm",
    "add_webauthn": "cachexia_portal.accounts.passkey_forms.AddPasskeyForm",
    "edit_webauthn": "cachexia_portal.accounts.passkey_forms.NamePasskeyForm",
    "login_webauthn": "cachexia_portal.accounts.passkey_forms.SignInPasskeyForm",
    "authenticate_webauthn": "cachexia_portal.accounts.passkey_forms.SecondStepPasskeyForm",
    "reauthenticate_webauthn": "cachexia_portal.accounts.passkey_forms.OnceMorePasskeyForm",
}
