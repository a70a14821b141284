"""What became of the mails, which addresses get none, and trying again. Neither words nor addresses are shown."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from cachexia_portal import events
from cachexia_portal.accounts.models import MailKind
from cachexia_portal.accounts.signed_in import member_of
from cachexia_portal.events.reading_only import ReadOnly
from cachexia_portal.outbox import blocking
from cachexia_portal.outbox.models import BlockedAddress, Mail, Status


class InTrouble(admin.SimpleListFilter):
    """What an administrator comes to look for."""

    title = _("what went wrong")
    parameter_name = "trouble"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("failed", _("Tried without success")),
            ("dropped", _("Not sent")),
            ("afterwards", _("Came back or reported")),
        ]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() == "failed":
            return queryset.failed()
        if self.value() == "dropped":
            return queryset.filter(status=Status.DROPPED)
        return queryset.exclude(delivery="") if self.value() == "afterwards" else queryset


@admin.register(Mail)
class MailAdmin(ReadOnly):
    """States and times; neither the words nor the address of anybody."""

    list_display = ["key", "kind_of_mail", "status", "trouble", "delivery", "due_at", "sent_at"]
    list_filter = [InTrouble, "status"]
    fields = (
        *("key", "message_id", "kind_of_mail", "status", "due_at", "attempts", "trouble"),
        *("leased_until", "sent_at", "delivery", "delivery_at", "created_at"),
    )
    readonly_fields = ("kind_of_mail", "trouble")
    search_fields = ["key", "message_id"]
    ordering = ["-pk"]
    actions = ["try_again"]

    @admin.display(description=_("kind"))
    def kind_of_mail(self, mail: Mail) -> str:
        return str(MailKind(mail.kind).label) if mail.kind in MailKind.values else str(_("Must be sent"))

    @admin.display(description=_("why it was not sent"))
    def trouble(self, mail: Mail) -> str:
        return mail.trouble

    def has_retry_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("outbox.change_mail")

    @admin.action(description=_("Try again now"), permissions=["retry"])
    def try_again(self, request: HttpRequest, queryset: QuerySet[Mail]) -> None:
        """Wait no longer for what failed. The words of what was dropped are gone: that is said, not done."""
        dropped = queryset.filter(status=Status.DROPPED).count()
        tried = _try_again(queryset, request)
        told = ngettext("%(number)d mail is tried again now.", "%(number)d mails are tried again now.", tried)
        self.message_user(request, told % {"number": tried}, messages.SUCCESS if tried else messages.WARNING)
        if dropped:
            gone = ngettext(
                "The words of %(number)d mail were emptied when it was not sent. Its reader finds the same on the site.",
                "The words of %(number)d mails were emptied when they were not sent. Their readers find the same on the site.",
                dropped,
            )
            self.message_user(request, gone % {"number": dropped}, messages.WARNING)


@transaction.atomic
def _try_again(mails: Any, request: HttpRequest) -> int:
    """One event for each mail, so that nobody has to guess who pressed."""
    failed = list(mails.failed())
    for mail in failed:
        events.record("mail_tried_again", mail, by=member_of(request), from_state=mail.status)
    return int(Mail.objects.filter(pk__in=[mail.pk for mail in failed]).try_now())


@admin.register(BlockedAddress)
class BlockedAddressAdmin(ReadOnly):
    """Found by typing the whole address. Deleting the row means: try again."""

    list_display = ["__str__", "reason", "since"]
    list_filter = ["reason"]
    fields = ("reason", "since")
    search_fields = ["digest"]  # only so that there is a field to type into
    search_help_text = _("The whole address. Delete the row to send mails there again.")
    ordering = ["-pk"]

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[BlockedAddress], search_term: str
    ) -> tuple[QuerySet[BlockedAddress], bool]:
        if search_term.strip():
            queryset = queryset.filter(pk__in=blocking.rows_of(search_term).values("pk"))
        return queryset, False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.user.has_perm("outbox.delete_blockedaddress"))
