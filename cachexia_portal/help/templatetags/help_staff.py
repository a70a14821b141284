"""What staff should know about the help page, on the staff pages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django import template
from django.conf import settings

from cachexia_portal.help.approving import PERMISSION, approval_of, approval_of_now
from cachexia_portal.help.health_pages import health_pages
from cachexia_portal.help.models import HelpLine, today
from cachexia_portal.help.page_file import written

register = template.Library()


@register.inclusion_tag("admin/help/warnings.html")
def help_warnings() -> dict[str, Any]:
    """Lines that need a check, a text that nobody approved, pages that are not written."""
    bundle = written(Path(settings.HELP_PAGES_DIR))
    return {
        "unchecked": HelpLine.objects.unchecked().count(),
        "stale": list(HelpLine.objects.stale_on(today())),
        "is_approved": approval_of_now() is not None,
        "is_demo": settings.IS_DEMO_SITE,
        "is_written": bundle is not None,
        "written_on": bundle and bundle.written_on,
    }


@register.inclusion_tag("admin/help/health_pages.html", takes_context=True)
def help_health_pages(context: template.Context) -> dict[str, Any]:
    """Every fixed page with health words: who has checked it as it stands, and where to read it."""
    return {
        "help_page": approval_of_now(),
        "others": [
            {"page": page, "name": name, "approval": approval_of(name, page.digest())}
            for name, page in health_pages().items()
        ],
        "may_approve": context["request"].user.has_perm(PERMISSION),
    }


@register.inclusion_tag("admin/help/acts.html", takes_context=True)
def help_line_acts(context: template.Context, line: HelpLine) -> dict[str, Any]:
    """The buttons that are open to this person on this line."""
    return {
        "line": line,
        "csrf_token": context.get("csrf_token"),
        "can_check": line.can_be_checked_by(context["request"].user),
        "can_confirm": line.can_be_confirmed_by(context["request"].user),
    }
