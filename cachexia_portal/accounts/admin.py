"""The staff pages of this app: members, and the credentials of clinicians."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import admin, messages
from django.contrib.admin.views.main import SEARCH_VAR
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _

from cachexia_portal.accounts.appointing import AppointmentRefused, appoint_to
from cachexia_portal.accounts.credential_forms import CredentialForm
from cachexia_portal.accounts.models import Credential, CredentialRefused, Member
from cachexia_portal.accounts.once_more import ask_once_more, was_lately_asked
from cachexia_portal.accounts.revealing import COVER, Revealing
from cachexia_portal.accounts.roles import ADMINISTRATORS, PERMISSIONS, VERIFIERS
from cachexia_portal.accounts.signed_in import member_of

# Roles are data of the code, and what opens an account is nobody's to look at.
for model in (Group, EmailAddress, Authenticator):
    admin.site.unregister(model)


class RolesForm(forms.ModelForm):
    """The roles of one member, of those that exist."""

    groups = forms.ModelMultipleChoiceField(
        label=_("Roles"),
        queryset=Group.objects.filter(name__in=PERMISSIONS).order_by("name"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Member
        fields: list[str] = []


@admin.register(Member)
class MemberAdmin(Revealing):
    """Who is here. Nothing is changed but roles, and those by administrators only."""

    revealing = "email"
    form = RolesForm
    list_display = ["byline", "joined_at", "roles", "is_staff", "closed_at"]
    list_filter = ["is_staff", "groups"]
    search_fields = ["display_name"]
    ordering = ["-joined_at"]
    actions = None
    shown = ["byline", "relation", "country", "joined_at", "closed_at", "is_active", "is_staff", "is_demo"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Member]:
        return Member.objects.of_this_site().prefetch_related("groups")

    def get_fields(self, request: HttpRequest, obj: Member | None = None) -> Any:
        address = ["email"] if member_of(request).is_in(ADMINISTRATORS) else []
        may_appoint = self.has_change_permission(request, obj)
        fields = [*self.shown[:1], *address, *self.shown[1:], "groups" if may_appoint else "roles"]
        return self.cover(request, obj, fields)

    def get_readonly_fields(self, request: HttpRequest, obj: Member | None = None) -> list[str]:
        return [*self.shown, "email", "roles", COVER]

    def get_search_fields(self, request: HttpRequest) -> list[str]:
        """Only those who may see an address may search for one; asked here too, for the look-up of names comes by no list."""
        may_look = self._looks_for_address(request) and was_lately_asked(request)
        return ["display_name", "email"] if may_look else ["display_name"]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """Whether somebody with this address is here is told only to who was lately asked who they are."""
        if self._looks_for_address(request) and not was_lately_asked(request):
            return ask_once_more(request, request.get_full_path())
        return super().changelist_view(request, extra_context)

    def _looks_for_address(self, request: HttpRequest) -> bool:
        return "@" in request.GET.get(SEARCH_VAR, "") and member_of(request).is_in(ADMINISTRATORS)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Member | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Member | None = None) -> bool:
        """Nobody raises themselves; a closed account gets no role."""
        if not member_of(request).is_in(ADMINISTRATORS):
            return False
        return obj is None or (obj.pk != member_of(request).pk and obj.closed_at is None)

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Only the filters that are offered: `?email__startswith=` would tell an address."""
        return lookup.split("__")[0] in self.list_filter and super().lookup_allowed(lookup, value, request)

    def save_model(self, request: HttpRequest, obj: Member, form: Any, change: bool) -> None:
        """Write the roles, with an event for each that came or went."""
        try:
            appoint_to(obj, form.cleaned_data["groups"], by=member_of(request))
        except AppointmentRefused as error:  # the account was closed meanwhile
            raise PermissionDenied from error

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Everything was written by `save_model`."""

    @admin.display(description=_("name"), ordering="display_name")
    def byline(self, member: Member) -> str:
        return member.byline

    @admin.display(description=_("roles"))
    def roles(self, member: Member) -> str:
        return ", ".join(sorted(group.name for group in member.groups.all())) or "–"


@admin.register(Credential)
class CredentialAdmin(Revealing):
    """Credentials, entered by verifiers and verified by two of them."""

    revealing = "number"
    form = CredentialForm
    change_form_template = "admin/accounts/credential/change_form.html"
    list_display = [
        "profession",
        "member",
        "country",
        "applied_at",
        "checked_on",
        "confirmed_on",
        "expires_on",
        "ended_on",
    ]
    list_select_related = ["member"]
    raw_id_fields = ["member"]
    ordering = ["-pk"]
    actions = None
    entered = [
        "member",
        "profession",
        "country",
        "register",
        "number",
        "public_name",
        "letters",
        "expires_on",
    ]
    steps = ["applied_at", "checked_by", "checked_on", "confirmed_by", "confirmed_on", "ended_on", "ending"]
    acts = {"_check": "check_register", "_confirm": "confirm", "_refuse": "refuse", "_end": "end"}
    acts_with_reason = {"_refuse", "_end"}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Credential]:
        return Credential.objects.of_this_site().select_related("member", "checked_by", "confirmed_by")

    def get_fields(self, request: HttpRequest, obj: Credential | None = None) -> Any:
        """The number is for those who verify; a superuser is not one by being one."""
        verifies = member_of(request).is_in(VERIFIERS)
        entered = [name for name in self.entered if name != "number" or verifies]
        if obj is None:
            return [*entered[:2], "fields_of_practice", *entered[2:]]
        is_open = self._is_open(request, obj)
        practice = "fields_of_practice" if is_open else "practice"
        reason = [] if self._is_over(request, obj) else ["reason"]
        rest = [*self.steps, *reason, *(["seen"] if is_open else [])]
        return self.cover(request, obj, [*entered[:2], practice, *entered[2:], *rest])

    def get_readonly_fields(self, request: HttpRequest, obj: Credential | None = None) -> list[str]:
        """Whom it is about never changes; nothing else does once it is verified or ended."""
        frozen = [] if self._is_open(request, obj) else [*self.entered, "fields_of_practice", "seen"]
        shown = [*frozen, *(["member"] if obj and not frozen else []), "practice", *self.steps, COVER]
        return [*shown, *(["reason"] if self._is_over(request, obj) else [])]

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """No filter at all: `?number__startswith=` would tell a number."""
        return False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return member_of(request).is_in(VERIFIERS)

    def has_change_permission(self, request: HttpRequest, obj: Credential | None = None) -> bool:
        """Verifiers, but for their own credential."""
        return member_of(request).is_in(VERIFIERS) and (obj is None or obj.member_id != member_of(request).pk)

    def has_delete_permission(self, request: HttpRequest, obj: Credential | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Credential, form: Any, change: bool) -> None:
        """A changed field takes an earlier check back; the form has made sure that this version was seen."""
        if not change:
            obj.enter(by=member_of(request))
        elif form.changes_the_entry:
            obj.correct(by=member_of(request))

    def response_change(self, request: HttpRequest, obj: Credential) -> HttpResponse:
        """Take the step whose button was pressed."""
        button = next((name for name in self.acts if name in request.POST), None)
        if button is None:
            return super().response_change(request, obj)
        words = {"reason": request.POST.get("reason", "")} if button in self.acts_with_reason else {}
        try:
            getattr(obj, self.acts[button])(by=member_of(request), **words)
            self.message_user(request, _("Done."), messages.SUCCESS)
        except CredentialRefused as refusal:
            self.message_user(request, str(refusal), messages.ERROR)
        return HttpResponseRedirect(request.path)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> Any:
        """Offer the steps that are open to this person."""
        credential: Credential | None = kwargs.get("obj")
        if credential is not None and self.has_change_permission(request, credential):
            person = member_of(request)
            context |= {
                "can_check": credential.can_be_checked_by(person),
                "can_confirm": credential.can_be_confirmed_by(person),
                "can_refuse": credential.can_be_refused_by(person),
                "can_end": credential.can_be_ended_by(person),
                "is_frozen": not self._is_open(request, credential),
            }
        return super().render_change_form(request, context, *args, **kwargs)

    def _is_open(self, request: HttpRequest, obj: Credential | None) -> bool:
        """Whether the fields can be typed into: until the credential is verified or ended."""
        if obj is None:
            return self.has_add_permission(request)
        return self.has_change_permission(request, obj) and not (obj.is_verified or obj.ended_on)

    def _is_over(self, request: HttpRequest, obj: Credential | None) -> bool:
        """Whether there is nothing to decide: not yet stored, ended, or not this person's to decide."""
        return obj is None or bool(obj.ended_on) or not self.has_change_permission(request, obj)

    @admin.display(description=_("fields of practice"))
    def practice(self, credential: Credential) -> str:
        return ", ".join(credential.field_names)
