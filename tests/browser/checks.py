"""What every page must stand: `page_checks(window, path)`."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

WCAG_22_AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
LISTEN = """
window.refusedByPolicy = [];
document.addEventListener("securitypolicyviolation", event => {
    window.refusedByPolicy.push(event.violatedDirective + " " + event.blockedURI + " " + event.sourceFile);
});
"""
TOO_WIDE = """() => {
    const width = document.documentElement.clientWidth;
    if (document.scrollingElement.scrollWidth <= width) return [];
    return [...document.querySelectorAll("body *")]
        .filter(element => element.getBoundingClientRect().right > width + 1)
        .slice(0, 5).map(element => element.outerHTML.slice(0, 120));
}"""
FOCUSED = "() => document.activeElement.getAttribute('href')"


def page_checks(window, path: str, *, as_: str | None = None, help_second: bool = True, status: int = 200):
    """Fail with everything that is wrong with the page, not with the first thing only."""
    faults = []
    for width in (390, 1280):
        for dark in (False, True):
            page = window(width=width, dark=dark, as_=as_)
            faults += _looked_at(page, path, status, where=f"{width} px, {'dark' if dark else 'light'}")
            page.context.close()
    faults += _overflow(window(width=320, as_=as_), path)
    faults += _without_javascript(window(width=390, as_=as_, javascript=False), path, status)
    if help_second:
        faults += _focus_order(window(as_=as_), path)
    assert not faults, f"{path}\n" + "\n".join(faults)


def _looked_at(page: Page, path: str, status: int, where: str) -> list[str]:
    faults: list[str] = []
    expected = f"status of {status}" if status >= 400 else "nothing is expected"
    page.on(
        "console",
        lambda m: m.type == "error" and expected not in m.text and faults.append(f"console: {m.text}"),
    )
    page.on("pageerror", lambda error: faults.append(f"script: {error}"))
    page.on("requestfailed", lambda request: faults.append(f"not loaded: {request.url}"))
    page.add_init_script(LISTEN)
    answer = page.goto(path)
    if answer.status != status:
        return [f"{where}: status {answer.status} instead of {status}"]
    faults += [f"policy: {line}" for line in page.evaluate("() => window.refusedByPolicy")]
    faults += axe_faults(page)
    return [f"{where}: {fault}" for fault in faults]


def axe_faults(page: Page) -> list[str]:
    found = Axe().run(page, options={"runOnly": WCAG_22_AA}).response["violations"]
    return [
        f"{rule['id']} ({rule['help']}): {node['html'][:160]} {node['failureSummary'][:200]}"
        for rule in found
        for node in rule["nodes"][:3]
    ]


def _overflow(page: Page, path: str) -> list[str]:
    page.goto(path)
    faults = [f"wider than 320 px: {element}" for element in page.evaluate(TOO_WIDE)]
    page.context.close()
    return faults


def _without_javascript(page: Page, path: str, status: int) -> list[str]:
    answer = page.goto(path)
    faults = [] if answer.status == status else [f"without JavaScript: status {answer.status}"]
    if page.locator("h1").count() != 1:
        faults.append(f"without JavaScript: {page.locator('h1').count()} first-level headings")
    if not page.locator("main, #content, #content-start").first.inner_text().strip():
        faults.append("without JavaScript: nothing to read")
    page.context.close()
    return faults


def _focus_order(page: Page, path: str) -> list[str]:
    page.goto(path)
    page.keyboard.press("Tab")
    first = page.evaluate(FOCUSED)
    page.keyboard.press("Tab")
    second = page.evaluate(FOCUSED)
    page.context.close()
    faults = (
        [] if (first or "").startswith("#") else [f"keyboard: the first stop is {first}, not the skip link"]
    )
    if not (second or "").startswith("/help-now/"):
        faults.append(f"keyboard: the second stop is {second}, not help")
    return faults
