from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class AccountsConfig(AppConfig):
    name = "cachexia_portal.accounts"


class StaffAdminConfig(AdminConfig):
    """Django's admin, entered only with a second factor."""

    default_site = "cachexia_portal.accounts.staff_site.StaffSite"
