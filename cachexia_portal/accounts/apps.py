from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps


class AccountsConfig(AppConfig):
    name = "cachexia_portal.accounts"


class StaffAdminConfig(admin_apps.AdminConfig):
    """Django's admin, entered only with a second factor."""

    default = False
    default_site = "cachexia_portal.accounts.staff_site.StaffSite"
