"""Where the log of erasures stands, looked at before a site goes out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import Tags, Warning, register


@register(Tags.security, deploy=True)
def the_log_is_apart(app_configs: Any, **kwargs: Any) -> list[Warning]:
    """With the folder of the data gone, the log would be gone too, and no backup could be put back."""
    folder = Path(settings.DATA_DIR).resolve()
    if folder not in Path(settings.ERASURE_LOG).resolve().parents:
        return []
    return [
        Warning(
            "ERASURE_LOG lies in DATA_DIR: whatever takes the data takes the log of erasures too, "
            "and no backup can then be restored without bringing back what people took away.",
            hint="Set ERASURE_LOG to a file on another disk, or on another machine's.",
            id="erasures.W001",
        )
    ]
