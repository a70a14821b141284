"""The web entry point: Django behind the micro-cache, told nothing unsound about a body."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cachexia_portal.settings")
django_application = get_wsgi_application()

from cachexia_portal.delivery.micro_cache import micro_cached  # noqa: E402  (settings must be ready)
from cachexia_portal.delivery.sound_content_type import SoundContentType  # noqa: E402

application = SoundContentType(micro_cached(django_application))
