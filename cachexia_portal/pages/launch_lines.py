"""Before people may write: do the numbers answer that we name on a bad night?"""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from cachexia_portal.help.countries import country_name
from cachexia_portal.help.models import HelpLine, today
from cachexia_portal.launch import Item


def are_checked() -> Item:
    """Every help line of the home country, by two people within ninety days; and there is one."""
    lines = HelpLine.objects.shown().filter(country=settings.HOME_COUNTRY)
    is_missing = lines.unchecked().exists() or lines.stale_on(today()).exists() or not lines.exists()
    return Item(
        key="help_lines",
        title=_("The help lines are checked by two people: %(country)s")
        % {"country": country_name(settings.HOME_COUNTRY)},
        is_done=not is_missing,
        what_to_do=_(
            "Open each line of this country. One person looks at the site of those who run it and notes the "
            "check. Another does so too. Never call an emergency number to check it."
        ),
        address=f"{reverse('admin:help_helpline_changelist')}?country={settings.HOME_COUNTRY}",
    )
