"""What the member did as one of the staff: which row and when. Never other people's words."""

from __future__ import annotations

from dataclasses import dataclass

from django.apps import apps
from django.utils.translation import gettext_lazy as _

from cachexia_portal.accounts.models import Member

from .row import Row, Rows


@dataclass(frozen=True)
class Act:
    """A column that names who did something, and the one that says when, if any does."""

    model: str
    field: str
    when: str = ""

    def rows(self, member: Member) -> list[Row]:
        found = apps.get_model(self.model)._base_manager.filter(**{self.field: member}).order_by("pk")
        names = ["pk", self.when] if self.when else ["pk"]
        return [self._row(*values) for values in found.values_list(*names)]

    def _row(self, key: object, when: object = None) -> Row:
        return {"subject_kind": self.model.lower(), "what": self.field, "subject_id": key, "at": when}


ACTS = (
    Act("admin.LogEntry", "user", "action_time"),
    Act("launch.Confirmation", "by", "at"),
    Act("launch.Doors", "by", "at"),
    Act("help.HelpLine", "first_check_by", "first_check_on"),
    Act("help.HelpLine", "checked_by", "checked_on"),
    Act("help.HelpLine", "confirmed_by", "checked_on"),
    Act("help.HelpLine", "edited_by", "edited_at"),
    Act("help.FixedPageApproval", "reviewer", "at"),
    Act("accounts.Credential", "checked_by", "checked_on"),
    Act("accounts.Credential", "confirmed_by", "confirmed_on"),
    Act("articles.Article", "owner"),
    Act("articles.Article", "backup"),
    Act("articles.SourceDocument", "imported_by", "imported_at"),
    Act("articles.Revision", "author", "created_at"),
    Act("articles.Approval", "reviewer", "at"),
    Act("articles.Diagnostic", "resolved_by", "resolved_at"),
    Act("articles.Autosave", "editor", "saved_at"),
    Act("articles.WaitingUpload", "uploaded_by", "uploaded_at"),
    Act("articles.HealthWording", "edited_by", "edited_at"),
    Act("articles.WordingApproval", "reviewer", "at"),
    Act("community.ReviewItem", "claimed_by", "claimed_until"),
    Act("community.Decision", "who", "at"),
    Act("pages.ContactMessage", "answered_by", "answered_at"),
    Act("pages.SiteNotice", "written_by", "begins_at"),
    Act("pages.Statement", "written_by", "written_at"),
)


def acts(member: Member) -> Rows:
    return [row for act in ACTS for row in act.rows(member)]


SECTIONS = (
    (
        "staff_acts",
        _("Other rows that name you"),
        _(
            "Which row, and when: what you took back yourself, and what you did as one of the staff. What stands "
            "in those rows is told above, or is other people's, or the society's."
        ),
        acts,
    ),
)
