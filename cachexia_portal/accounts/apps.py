from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps


class AccountsConfig(AppConfig):
    name = "cachexia_portal.accounts"

    def ready(self) -> None:
        """Note where somebody signs in, and forget it when they sign out."""
        from django.contrib.auth.signals import user_logged_in, user_logged_out

        from cachexia_portal.accounts import where_signed_in

        user_logged_in.connect(where_signed_in.on_signing_in)
        user_logged_out.connect(where_signed_in.on_signing_out)


class StaffAdminConfig(admin_apps.AdminConfig):
    """Django's admin, entered only with a second factor."""

    default = False
    default_site = "cachexia_portal.accounts.staff_site.StaffSite"
