"""Who gets a page where. A route that is missing here fails the crawl."""

from __future__ import annotations

from tests.crawl.people import (
    ADMINISTRATOR,
    AUTHOR,
    CLINICIAN,
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
    "pages:search",
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
    "articles:article_print",
    "articles:changes",
    "articles:feed",
    "articles:glossary",
    "articles:topic",
    "pages:security_txt",
    "pages:sitemap",
    "community:question",
    "community:questions",
    "community:stories",
    "community:story",
    "community:feed",
)
MEMBER_PAGES = (
    "pages:close_account",
    "pages:health_consent",
    "accounts:profile",
    "accounts:credential",
    "accounts:sessions",
    "accounts:mails",
    "community:my_posts",
)
TAKE_A_POST_ONLY = (
    "outbox:came_back",
    "community:save_draft",
    "community:similar",
    "community:delete_draft",
    "pages:display",
    "community:mark",
    "community:thank",
    "community:withdraw_post",
    "community:show_without_name",
    "community:forget_in_search",
    "community:change_consent",
    "community:renew_consent",
    "admin:logout",
)
FOR_VISITORS = ("account_signup", "account_login", "account_login_password", "mfa_login_webauthn")
WHILE_SIGNING_IN = (  # nothing to see without a code, a link or a password on its way
    "account_request_login_code",
    "account_confirm_login_code",
    "account_email_verification_sent",
    "account_reauthenticate",
    "mfa_authenticate",
    "accounts:first_administrator",
    "admin:login",
)
# A password that was forgotten: the same for all, signed in or not. They say nothing of anybody.
FORGOTTEN_PASSWORD = (
    "account_inactive",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
)
OWN_KEYS = ("account_logout", "account_set_password", "mfa_index", "mfa_list_webauthn")
WITH_A_DEVICE = ("mfa_reauthenticate",)
# Who has a device is asked for it first.
WITHOUT_A_DEVICE = (
    "mfa_activate_totp",
    "mfa_generate_recovery_codes",
    "accounts:address",
    "accounts:once_more",
    "pages:export",
    "mfa_add_webauthn",
)
# Only just after signing in again, or for those who have what they would change.
AFTER_SIGNING_IN_AGAIN = (
    "accounts:confirm_address",
    "account_email",
    "account_change_password",
    "mfa_deactivate_totp",
    "mfa_edit_webauthn",
    "mfa_remove_webauthn",
    "mfa_reauthenticate_webauthn",
    "mfa_view_recovery_codes",
    "mfa_download_recovery_codes",
    "admin:password_change",
)
ONLY_BY_POST = (
    "admin:outbox_heartbeat_run",
    "admin:articles_revision_unsaved",
    "admin:articles_sourcedocument_resolve",
    "admin:articles_sourcedocument_reopen",
    "admin:articles_sourcedocument_import",
    "admin:articles_healthwording_act",
    "admin:help_helpline_act",
    "admin:articles_revision_move",
    "admin:articles_article_start",
    "admin:articles_article_address",
    "admin:articles_article_notice",
    "admin:articles_article_withdraw",
    "admin:articles_sourcedocument_draft",
    "admin:community_reviewitem_claim",
    "admin:community_reviewitem_release",
    "admin:community_reviewitem_take_over",
    "admin:community_reviewitem_renew",
    "admin:community_reviewitem_undo",
    "admin:community_reviewitem_hide",
    "admin:community_reviewitem_restore",
)
STAFF_FURNITURE = (
    "admin:index",
    "admin:app_list",
    "admin:jsi18n",
    "admin:password_change_done",
    "staff_guides:contents",
    "staff_guides:guide",
)

OPEN_TO: dict[str, frozenset[str]] = {
    **dict.fromkeys(PUBLIC_PAGES, EVERYBODY),
    **dict.fromkeys(MEMBER_PAGES, SIGNED_IN),
    **dict.fromkeys(TAKE_A_POST_ONLY, NOBODY),
    **dict.fromkeys(FOR_VISITORS, VISITORS),
    **dict.fromkeys(WHILE_SIGNING_IN, NOBODY),
    **dict.fromkeys(FORGOTTEN_PASSWORD, EVERYBODY),
    **dict.fromkeys(OWN_KEYS, SIGNED_IN),
    **dict.fromkeys(WITH_A_DEVICE, STAFF),
    **dict.fromkeys(WITHOUT_A_DEVICE, SIGNED_IN - STAFF),
    **dict.fromkeys(AFTER_SIGNING_IN_AGAIN, NOBODY),
    **dict.fromkeys(ONLY_BY_POST, NOBODY),
    **dict.fromkeys(STAFF_FURNITURE, STAFF),
    "pages:contact": EVERYBODY,
    "accounts:stop_mails": EVERYBODY,  # by its signature alone
    "pages:healthz": EVERYBODY,
    "pages:readyz": EVERYBODY,
    "pages:robots": EVERYBODY,
    "articles:figure": EVERYBODY,
    "community:ask_question": EVERYBODY,
    "community:share_story": EVERYBODY,
    "community:answer_question": EVERYBODY,
    "community:reply": EVERYBODY,
    "community:my_post": frozenset({AUTHOR, CLINICIAN}),
    "community:appeal": frozenset({AUTHOR}),
    "community:report": EVERYBODY,
    "community:edit_post": frozenset({AUTHOR, CLINICIAN}),
    "admin:autocomplete": NOBODY,  # no form completes as one types
    "admin:community_reviewitem_changelist": frozenset({MODERATOR, ADMINISTRATOR}),
    "admin:community_reviewitem_queue_news": frozenset({MODERATOR, ADMINISTRATOR}),
    "admin:community_reviewitem_news": frozenset({MODERATOR, ADMINISTRATOR}),
    "admin:community_reviewitem_history": NOBODY,  # the item's own page shows it
    "admin:launch_doors_changelist": frozenset({ADMINISTRATOR}),
    "admin:launch_doors_move": NOBODY,  # asked once more who it is
    "admin:launch_doors_confirm": NOBODY,
    "admin:launch_doors_arrived": NOBODY,
    "admin:help_fixedpageapproval_read": frozenset({REVIEWER}),
    "admin:help_helpline_preview": frozenset({EDITOR, REVIEWER, ADMINISTRATOR}),
    "admin:articles_revision_preview": frozenset({EDITOR, REVIEWER}),
    "admin:articles_article_begin": frozenset({EDITOR}),
    "admin:articles_sourcedocument_compare": NOBODY,  # there is no second version of any file
    "admin:articles_sourcedocument_upload": frozenset({EDITOR}),
    "admin:articles_sourcedocument_waiting": frozenset({EDITOR}),
}

# Who may look at the rows of a model, and who may add one. A model that is missing fails the crawl.
ADMIN_VIEW: dict[str, frozenset[str]] = {
    "auth_group": NOBODY,
    "account_emailaddress": NOBODY,
    "mfa_authenticator": NOBODY,
    "events_event": frozenset({ADMINISTRATOR}),
    "launch_doors": frozenset({ADMINISTRATOR}),
    "outbox_mail": frozenset({ADMINISTRATOR}),
    "outbox_heartbeat": frozenset({ADMINISTRATOR}),
    "outbox_blockedaddress": frozenset({ADMINISTRATOR}),
    "accounts_member": frozenset({VERIFIER, ADMINISTRATOR}),
    "accounts_credential": frozenset({VERIFIER, ADMINISTRATOR}),
    "articles_sourcedocument": frozenset({EDITOR, REVIEWER}),
    "articles_article": frozenset({EDITOR, REVIEWER}),
    "articles_revision": frozenset({EDITOR, REVIEWER}),
    "articles_healthwording": frozenset({EDITOR, REVIEWER}),
    "articles_glossaryterm": frozenset({EDITOR, REVIEWER}),
    "articles_cancertype": frozenset({EDITOR, REVIEWER}),
    "articles_topic": frozenset({EDITOR, REVIEWER}),
    "articles_synonymgroup": frozenset({EDITOR}),
    "community_reviewitem": frozenset({MODERATOR, ADMINISTRATOR}),
    "community_houserule": frozenset({MODERATOR, ADMINISTRATOR}),
    "community_cannedreply": frozenset({MODERATOR, ADMINISTRATOR}),
    "community_staffedhours": frozenset({MODERATOR, ADMINISTRATOR}),
    "community_closedday": frozenset({MODERATOR, ADMINISTRATOR}),
    "help_helpline": frozenset({EDITOR, REVIEWER, ADMINISTRATOR}),
    "help_fixedpageapproval": frozenset({REVIEWER}),
    "pages_contactmessage": frozenset({MODERATOR, ADMINISTRATOR}),
    "pages_sitenotice": frozenset({ADMINISTRATOR}),
    "pages_statement": frozenset({ADMINISTRATOR}),
}
ADMIN_ADD: dict[str, frozenset[str]] = {
    **dict.fromkeys(
        ("articles_topic", "articles_cancertype", "articles_glossaryterm", "articles_synonymgroup"),
        frozenset({EDITOR}),
    ),
    "accounts_credential": frozenset({VERIFIER}),
    "help_helpline": frozenset({EDITOR, ADMINISTRATOR}),
    "help_fixedpageapproval": frozenset({REVIEWER}),
    "pages_sitenotice": frozenset({ADMINISTRATOR}),
    "pages_statement": frozenset({ADMINISTRATOR}),
    **dict.fromkeys(
        ("community_staffedhours", "community_closedday", "community_cannedreply"), frozenset({ADMINISTRATOR})
    ),
}
ADMIN_DELETE: dict[str, frozenset[str]] = {
    **dict.fromkeys(("outbox_blockedaddress", "pages_statement"), frozenset({ADMINISTRATOR})),
    **dict.fromkeys(("community_staffedhours", "community_closedday"), frozenset({ADMINISTRATOR})),
}
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
