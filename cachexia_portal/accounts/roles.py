"""The five roles of the staff, each with the least it needs."""

from __future__ import annotations

from django.contrib.auth.models import Group, Permission

EDITORS = "Editors"
MEDICAL_REVIEWERS = "Medical reviewers"
MODERATORS = "Moderators"
VERIFIERS = "Verifiers"
ADMINISTRATORS = "Administrators"

PERMISSIONS: dict[str, list[str]] = {
    EDITORS: [
        "articles.view_sourcedocument",
        "articles.add_sourcedocument",
        "articles.view_sourceblock",
        "articles.view_diagnostic",
        "articles.resolve_diagnostic",
        "articles.view_article",
        "articles.add_article",
        "articles.change_article",
        "articles.view_revision",
        "articles.change_revision",
        "articles.submit_revision",
        "articles.publish_revision",
        "articles.view_reference",
        "articles.add_reference",
        "articles.change_reference",
        "articles.delete_reference",
        "articles.view_figure",
        "articles.add_figure",
        "articles.change_figure",
        "articles.delete_figure",
        "articles.view_quotation",
        "articles.add_quotation",
        "articles.change_quotation",
        "articles.delete_quotation",
        "articles.view_approval",
        "articles.view_publicchange",
        "articles.view_topic",
        "articles.add_topic",
        "articles.change_topic",
        "articles.view_cancertype",
        "articles.add_cancertype",
        "articles.change_cancertype",
        "articles.view_glossaryterm",
        "articles.add_glossaryterm",
        "articles.change_glossaryterm",
        "articles.view_synonymgroup",
        "articles.add_synonymgroup",
        "articles.change_synonymgroup",
        "articles.view_healthwording",
        "articles.change_healthwording",
        "help.view_helpline",
        "help.add_helpline",
        "help.change_helpline",
        "community.answer_as_staff",
    ],
    MEDICAL_REVIEWERS: [
        "articles.view_sourcedocument",
        "articles.view_sourceblock",
        "articles.view_diagnostic",
        "articles.view_article",
        "articles.view_revision",
        "articles.approve_revision",
        "articles.view_reference",
        "articles.view_figure",
        "articles.view_quotation",
        "articles.view_approval",
        "articles.view_publicchange",
        "articles.view_topic",
        "articles.view_cancertype",
        "articles.view_glossaryterm",
        "articles.view_healthwording",
        "articles.approve_healthwording",
        "help.view_helpline",
        "help.view_fixedpageapproval",
        "help.add_fixedpageapproval",
    ],
    MODERATORS: [
        "community.decide_reviewitem",
        "community.answer_as_staff",
        "community.view_houserule",
        "community.view_cannedreply",
        "community.view_staffedhours",
        "community.view_closedday",
        "pages.view_contactmessage",
        "pages.change_contactmessage",
    ],
    VERIFIERS: [
        "accounts.view_member",
        "accounts.view_credential",
        "accounts.add_credential",
        "accounts.change_credential",
        "accounts.verify_credential",
    ],
    ADMINISTRATORS: [
        "help.view_helpline",
        "help.add_helpline",
        "help.change_helpline",
        "community.decide_escalated_reviewitem",
        "community.view_houserule",
        "community.change_houserule",
        "community.view_cannedreply",
        "community.add_cannedreply",
        "community.change_cannedreply",
        "community.view_staffedhours",
        "community.add_staffedhours",
        "community.change_staffedhours",
        "community.delete_staffedhours",
        "community.view_closedday",
        "community.add_closedday",
        "community.change_closedday",
        "community.delete_closedday",
        "accounts.view_member",
        "accounts.change_member",
        "accounts.view_credential",
        "events.view_event",
        "erasures.view_erasure",
        "launch.view_confirmation",
        "launch.add_confirmation",
        "launch.view_doors",
        "launch.add_doors",
        "outbox.view_mail",
        "outbox.change_mail",
        "outbox.view_blockedaddress",
        "outbox.delete_blockedaddress",
        "outbox.view_heartbeat",
        "pages.view_sitenotice",
        "pages.add_sitenotice",
        "pages.change_sitenotice",
        "pages.view_statement",
        "pages.add_statement",
        "pages.change_statement",
        "pages.delete_statement",
        "pages.view_contactmessage",
        "pages.change_contactmessage",
    ],
}


def make_roles() -> None:
    """Create the groups and give each exactly its permissions; safe to repeat."""
    for name, wanted in PERMISSIONS.items():
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.set(_permission(label) for label in wanted)


def code_of(role: str) -> str:
    """Return the role's name as events hold it, without a space."""
    return role.lower().replace(" ", "_")


def _permission(label: str) -> Permission:
    app, codename = label.split(".")
    return Permission.objects.get(content_type__app_label=app, codename=codename)
