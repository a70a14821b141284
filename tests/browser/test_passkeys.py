"""A passkey in a real browser, with a device that the browser makes up for tests."""

from __future__ import annotations

from contextlib import contextmanager


@contextmanager
def device(page):
    """A phone with a finger on it, beside this page."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable", {"enableUI": False})
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    added = session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    yield lambda **changed: session.send(
        "WebAuthn.setUserVerified", {"authenticatorId": added["authenticatorId"], **changed}
    )
    session.send("WebAuthn.removeVirtualAuthenticator", added)


def watched(page) -> list[str]:
    """What the browser refuses or throws on any page from now on."""
    heard: list[str] = []
    page.on("console", lambda said: heard.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: heard.append(str(error)))
    return heard


def sign_in_with_code(page, site, name: str) -> str:
    """As somebody new, who has neither a password nor a device; gives back the address."""
    address = f"{name.lower()}.passkey@example.org"
    site.python(f"from tests.people import make_member\nmake_member({name!r}, email={address!r})")
    page.goto("/accounts/login/")
    page.get_by_label("E-mail address").fill(address)
    page.get_by_role("button", name="E-mail me a code").click()
    page.get_by_label("The six digits").fill(site.code_sent_to(address))
    page.get_by_role("button", name="Go on").click()
    page.wait_for_url("**/me/**")
    return address


def add_passkey(page, name):
    page.goto("/accounts/passkeys/add/")
    page.get_by_label("A name for it").fill(name)
    page.get_by_role("button", name="Ask my device").click()


def test_a_member_adds_a_passkey_and_signs_in_with_it_on_a_phone(window, site):
    page = window(width=390, height=800)
    refused = watched(page)
    address = sign_in_with_code(page, site, "Linnet")
    with device(page):
        add_passkey(page, "My phone")
        page.wait_for_url("**/accounts/passkeys/")
        assert page.get_by_role("heading", name="My phone").count() == 1
        page.goto("/accounts/logout/")
        page.get_by_role("main").get_by_role("button", name="Sign out").click()
        page.goto("/accounts/login/?next=/me/profile/")
        page.get_by_role("link", name="Use a passkey").click()
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url(f"{site.url}/me/profile/")
    assert page.get_by_text(address).count() == 1
    assert not refused


def test_a_device_that_is_told_to_stop_changes_nothing_and_says_so(window, site):
    page = window()
    refused = watched(page)
    sign_in_with_code(page, site, "Dunnock")
    with device(page) as finger:
        finger(isUserVerified=False)
        add_passkey(page, "My phone")
        page.get_by_text("Your device stopped, or was told to stop.").wait_for()
        assert page.get_by_label("A name for it").input_value() == "My phone"
        finger(isUserVerified=True)
        page.get_by_role("button", name="Ask my device").click()
        page.wait_for_url("**/accounts/passkeys/")
    assert not refused


def test_without_a_script_the_page_says_what_to_use_instead(window):
    page = window(javascript=False)
    page.goto("/accounts/passkeys/login/")
    assert page.get_by_text("A passkey needs JavaScript").is_visible()
    assert page.get_by_role("button", name="Sign in", exact=True).count() == 0
    page.get_by_role("link", name="Send me a code instead").click()
    assert page.get_by_role("button", name="E-mail me a code").is_visible()
