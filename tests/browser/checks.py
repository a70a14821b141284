"""What every page must stand: `page_checks(window, path)`."""

from __future__ import annotations

from itertools import pairwise

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
#: A browser on a busy machine may draw no frame for minutes; then the page is taken as it stands.
AT_REST = """() => {
    const rest = async () => {
        await new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)));
        await Promise.all(document.getAnimations().map(animation => animation.finished.catch(() => {})));
    };
    return Promise.race([rest(), new Promise(waited => setTimeout(waited, 5000))]);
}"""
STOPS_MOST = 400
NEXT_STOP = """() => {
    const stop = document.activeElement;
    if (stop === document.body || stop === document.documentElement) return null;
    const all = [...document.querySelectorAll("*")];
    const box = stop.getBoundingClientRect();
    return {
        href: stop.getAttribute("href") || "", place: all.indexOf(stop), name: stop.outerHTML.slice(0, 120),
        isSeen: box.width > 0 && box.height > 0 && getComputedStyle(stop).visibility === "visible",
    };
}"""


def page_checks(window, path: str, *, as_: str | None = None, help_second: bool = True, status: int = 200):
    """Fail with everything that is wrong with the page, not with the first thing only."""
    page = window(as_=as_)
    faults = _refused_or_broken(page, path, status)
    faults += _focus_order(page, help_second=help_second)
    for width in (390, 1280):
        for colours in ("light", "dark"):
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=colours, reduced_motion="reduce")
            page.evaluate(AT_REST)
            faults += [f"{width} px, {colours}: {fault}" for fault in axe_faults(page)]
    faults += _overflow(page)
    faults += _without_javascript(window(width=390, as_=as_, javascript=False), path, status)
    assert not faults, f"{path}\n" + "\n".join(faults)


def _refused_or_broken(page: Page, path: str, status: int) -> list[str]:
    """What the browser says of the page: its status, refusals by the policy, errors, missing files."""
    faults: list[str] = []
    of_the_page = f"status of {status} " if status >= 400 else "nothing is expected"
    page.on("console", lambda m: m.type == "error" and of_the_page not in m.text and faults.append(m.text))
    page.on("pageerror", lambda error: faults.append(f"script: {error}"))
    page.on("requestfailed", lambda request: faults.append(f"not loaded: {request.url}"))
    page.add_init_script(LISTEN)
    answer = page.goto(path)
    if answer.status != status:
        faults.append(f"status {answer.status} instead of {status}")
    faults += [f"policy: {line}" for line in page.evaluate("() => window.refusedByPolicy")]
    return faults  # the same list: what the page says later, when it is resized or dark, counts too


def axe_faults(page: Page) -> list[str]:
    found = Axe().run(page, options={"runOnly": WCAG_22_AA}).response["violations"]
    return [
        f"{rule['id']} ({rule['help']}): {node['html'][:160]} {node['failureSummary'][:200]}"
        for rule in found
        for node in rule["nodes"][:3]
    ]


def _overflow(page: Page) -> list[str]:
    page.set_viewport_size({"width": 320, "height": 900})
    return [f"wider than 320 px: {element}" for element in page.evaluate(TOO_WIDE)]


def _without_javascript(page: Page, path: str, status: int) -> list[str]:
    answer = page.goto(path)
    faults = [] if answer.status == status else [f"without JavaScript: status {answer.status}"]
    if page.locator("h1").count() != 1:
        faults.append(f"without JavaScript: {page.locator('h1').count()} first-level headings")
    if not page.locator("main, #content, #content-start").first.inner_text().strip():
        faults.append("without JavaScript: nothing to read")
    page.context.close()
    return faults


def _focus_order(page: Page, *, help_second: bool) -> list[str]:
    """Every stop can be seen and comes in the order of the page; for readers skip link and help are first."""
    starts_in_a_field = page.evaluate("() => document.activeElement !== document.body")
    stops = _all_stops(page)
    faults = [f"keyboard: cannot be seen: {stop['name']}" for stop in stops if not stop["isSeen"]]
    faults += [
        f"keyboard: comes after what stands below it: {later['name']}"
        for earlier, later in pairwise(stops)
        if later["place"] < earlier["place"]
    ]
    if len(stops) >= STOPS_MOST:
        faults.append("keyboard: there is no way out of the page")
    if starts_in_a_field:  # Django's add forms; what stands above it is reached from behind
        return faults
    if not stops[0]["href"].startswith("#"):
        faults.append(f"keyboard: the first stop is {stops[0]['name']}, not the skip link")
    if help_second and not stops[1]["href"].startswith("/help-now/"):
        faults.append(f"keyboard: the second stop is {stops[1]['name']}, not help")
    return faults


def _all_stops(page: Page) -> list[dict]:
    """What Tab reaches, until it leaves the page."""
    stops: list[dict] = []
    while len(stops) < STOPS_MOST:
        page.keyboard.press("Tab")
        stop = page.evaluate(NEXT_STOP)
        if stop is None or (stops and stop["place"] == stops[0]["place"]):
            break
        stops.append(stop)
    return stops
