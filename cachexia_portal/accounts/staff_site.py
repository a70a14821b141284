from django.contrib.admin import AdminSite


class StaffSite(AdminSite):
    """Back office."""
