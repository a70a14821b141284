"""What the fixed pages say, and how to look at them."""

import re
from datetime import date

from cachexia_portal.delivery.display import Display
from cachexia_portal.help.pages import page_to_send

DAY = date(2026, 11, 21)
STALE = "Some of these numbers have not been checked for 90 days."
ONE_STALE = "Not checked for 90 days."
DRAFT = "Drafted from public guidance. No clinician has checked this page for this site yet."
DEMO = "Demonstration. Not medically reviewed. The people are invented."


def sent(name: str = "help") -> str:
    return page_to_send(name, Display()).decode()


def card(html: str, code: str) -> str:
    return re.search(rf'<section[^>]*id="country-{code}".*?</section>', html, re.DOTALL)[0]
