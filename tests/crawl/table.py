"""Who gets a page where. A route that is missing here fails the crawl."""

from __future__ import annotations

from tests.crawl.people import (
    ADMINISTRATOR,
    AUTHOR,
    EDITOR,
    EVERYBODY,
    MODERATOR,
    NOBODY,
    REVIEWER,
    SIGNED_IN,
    STAFF,
    VERIFIER,
    VISITOR,
)

VISITORS = frozenset({VISITOR})

# Their bytes may not change when something unpublished is added.
PUBLIC_PAGES = (
    "pages:home",
    "pages:about_mission",
    "pages:about_how_we_check",
    "pages:about_house_rules",
    "pages:about_privacy",
    "pages:about_terms",
    "pages:about_accessibility",
    "pages:about_funding",
    "pages:about_young_carers",
    "help:help_now",
    "articles:article_list",
    "articles:article",
    "community:question",
)
MEMBER_PAGES = (
    "pages:close_account",
    "pages:health_consent",
    "accounts:profile",
    "community:ask_question",
    "community:answer_question",
    "community:my_posts",
)
TAKE_A_POST_ONLY = ("pages:display", "community:withdraw_post", "admin:logout")
FOR_VISITORS = (
    "account_signup",
    "account_login",
    "account_request_login_code",
    "account_reset_password",
)
WHILE_SIGNING_IN = (  # nothing to see without a code, a link or a password on its way
    "account_confirm_login_code",
    "account_login_password",
    "account_email_verification_sent",
    "account_inactive",
    "mfa_authenticate",
    "accounts:first_administrator",
    "account_reset_password_from_key",
)
KEYS_AND_PASSWORDS = (  # of one's own account
    "account_logout",
    "account_reauthenticate",
    "account_email",
    "account_change_password",
    "mfa_index",
    "mfa_reauthenticate",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_download_recovery_codes",
)

OPEN_TO: dict[str, frozenset[str]] = {
    **dict.fromkeys(PUBLIC_PAGES, EVERYBODY),
    **dict.fromkeys(MEMBER_PAGES, SIGNED_IN),
    **dict.fromkeys(TAKE_A_POST_ONLY, NOBODY),
    **dict.fromkeys(FOR_VISITORS, VISITORS),
    **dict.fromkeys(WHILE_SIGNING_IN, NOBODY),
    "pages:contact": EVERYBODY,
    "pages:healthz": EVERYBODY,
    "pages:readyz": EVERYBODY,
    "pages:robots": EVERYBODY,
    "community:my_post": frozenset({AUTHOR}),
    "admin:index": STAFF,
}

# Who may look at the rows of a model, and who may add one. A model that is missing fails the crawl.
ADMIN_VIEW: dict[str, frozenset[str]] = {
    "auth_group": NOBODY,
    "account_emailaddress": NOBODY,
    "mfa_authenticator": NOBODY,
    "events_event": frozenset({ADMINISTRATOR}),
    "outbox_mail": frozenset({ADMINISTRATOR}),
    "outbox_heartbeat": frozenset({ADMINISTRATOR}),
    "accounts_member": frozenset({VERIFIER, ADMINISTRATOR}),
    "accounts_credential": frozenset({VERIFIER, ADMINISTRATOR}),
    "articles_sourcedocument": frozenset({EDITOR, REVIEWER}),
    "articles_article": frozenset({EDITOR, REVIEWER}),
    "articles_revision": frozenset({EDITOR, REVIEWER}),
    "community_reviewitem": frozenset({MODERATOR}),
    "community_houserule": frozenset({MODERATOR}),
    "pages_contactmessage": frozenset({ADMINISTRATOR}),
}
ADMIN_ADD: dict[str, frozenset[str]] = {
    "accounts_credential": frozenset({VERIFIER}),
}
ADMIN_DELETE: dict[str, frozenset[str]] = {}
ADMIN_ACTS = {
    "changelist": ADMIN_VIEW,
    "change": ADMIN_VIEW,
    "history": ADMIN_VIEW,
    "add": ADMIN_ADD,
    "delete": ADMIN_DELETE,
}


def open_to(route: str) -> frozenset[str] | None:
    """Who gets a page there; None for a route that nobody has thought about."""
    if route in OPEN_TO:
        return OPEN_TO[route]
    if route.startswith("admin/"):  # the addresses without a name only send on
        return NOBODY
    model, _, act = route.removeprefix("admin:").rpartition("_")
    if route.startswith("admin:") and model in ADMIN_VIEW and act in ADMIN_ACTS:
        return ADMIN_ACTS[act].get(model, NOBODY)
    return None
