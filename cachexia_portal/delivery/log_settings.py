"""Where log lines go. How they look, and what they never hold: `logs.py`."""

from typing import Any

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "cachexia_portal.delivery.logs.WithoutTypedText"}},
    "filters": {"not_said_yet": {"()": "cachexia_portal.delivery.logs.NotSaidYet"}},
    "handlers": {
        "stdout": {
            "class": "cachexia_portal.delivery.logs.StandardOutput",
            "formatter": "line",
            "filters": ["not_said_yet"],
        },
        "administrators": {
            "class": "cachexia_portal.delivery.error_mail.AdministratorsHandler",
            "level": "ERROR",
        },
    },
    "root": {"handlers": ["stdout", "administrators"], "level": "WARNING"},
    "loggers": {
        "portal": {"level": "INFO"},
        "django": {"handlers": ["stdout", "administrators"], "level": "WARNING", "propagate": False},
        # The development server repeats each request with its path and query; ours has said it.
        "django.server": {"handlers": ["stdout"], "level": "ERROR", "propagate": False},
    },
}
