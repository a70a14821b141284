"""The lists of the staff beside the menu: no column ends under the filter."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser
CUT = (
    "(() => { const box = document.querySelector('.results'); return box.scrollWidth - box.clientWidth; })()"
)


MEMBERS = ("administrator", "/admin/accounts/member/", [1024, 1100, 1280, 1440])
LINES = ("editor", "/admin/help/helpline/", [1280, 1366, 1440])  # with seven columns, more than fit on less


@pytest.mark.parametrize(("who", "path", "widths"), [MEMBERS, LINES])
def test_the_last_column_is_in_sight(window, who, path, widths):
    page = window(as_=f"{who}@demo.example")
    page.goto(path)
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        assert page.locator("#changelist-filter").is_visible()
        assert page.evaluate(CUT) == 0, width
