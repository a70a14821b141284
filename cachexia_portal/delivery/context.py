"""What every template knows about the site."""

from django.conf import settings


def site(request):
    return {"site": {"name": settings.SITE_NAME, "is_demo": settings.IS_DEMO_SITE}}
