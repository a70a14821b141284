"""The door of the staff pages: a role, and a second step taken in this session."""

from __future__ import annotations

from functools import wraps
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from django.contrib.admin import AdminSite, ModelAdmin
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from cachexia_portal import launch
from cachexia_portal.accounts.second_step import SECOND_STEPS, owns_app, owns_second_step
from cachexia_portal.accounts.staff_rows import StaffRows
from cachexia_portal.delivery.kept_words import kept_words
from cachexia_portal.delivery.sign_in_first import sign_in_first
from cachexia_portal.outbox import heartbeat


def took_second_step(request: HttpRequest) -> bool:
    """Whether this session was opened with a device or code that the member still has.

    Asked once in a request: each staff page wants to know at the door, and twice more for its frame.
    """
    answers: dict[str, bool] = vars(request)
    if (known := answers.get("took_second_step")) is None:
        known = answers["took_second_step"] = _took_second_step(request)
    return known


def _took_second_step(request: HttpRequest) -> bool:
    records = get_authentication_records(request, request.user)
    used = [record.get("id") for record in records if record.get("method") == "mfa"]
    return (
        bool(used)
        and Authenticator.objects.filter(user=request.user, pk__in=used, type__in=SECOND_STEPS).exists()
        and owns_second_step(request.user)
    )


class StaffSite(AdminSite):
    """Django's admin, for staff who took their second step in this very session."""

    site_header = _("Staff pages")
    site_title = _("Staff pages")
    index_title = _("What there is to do")

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Register as always, with what every staff page of ours keeps to."""
        plain = admin_class or ModelAdmin
        guarded = type(plain.__name__, (StaffRows, plain), {})
        super().register(model_or_iterable, guarded, **options)

    def get_urls(self) -> list[Any]:
        """Django's routes without the redirect that goes by ids."""
        return [route for route in super().get_urls() if getattr(route, "name", "") != "view_on_site"]

    def has_permission(self, request: HttpRequest) -> bool:
        """Let in whom the role lets in and who took the second step; superusers too."""
        member: Any = request.user
        if not (member.is_authenticated and member.may_sign_in and member.is_staff):
            return False
        return took_second_step(request)

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Guard a staff page as always; a form sent without the second step loses no words."""
        guarded = super().admin_view(view, cacheable)

        @wraps(guarded)
        def staff_page(request: HttpRequest, *args: Any, **named: Any) -> Any:
            is_unfinished = request.user.is_staff and not self.has_permission(request)
            kept = kept_words(request) if is_unfinished else []
            return sign_in_first(request, kept) if kept else guarded(request, *args, **named)

        return staff_page

    @method_decorator(never_cache)
    @login_not_required
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Lead to whatever is missing: sign-in, a device, or the code of the device."""
        wanted = self._wanted(request)
        member: Any = request.user
        if not member.is_authenticated:
            return _go("account_login", wanted)
        if not member.is_staff:
            raise Http404
        if self.has_permission(request):
            return HttpResponseRedirect(wanted)
        return _go(_missing_step(member), wanted)

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """Show the front page of the staff, with a red line while the worker is silent or the doors are closed."""
        is_stale = heartbeat.is_stale()
        if is_stale:
            heartbeat.warn_if_stale()
        red = {"worker_is_silent": is_stale, "doors_are_closed": not launch.may_people_write()}
        return super().index(request, {**red, **(extra_context or {})})

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """There is one page for changing a password, the member's own."""
        return redirect("account_change_password")

    def _wanted(self, request: HttpRequest) -> str:
        wanted = request.GET.get(REDIRECT_FIELD_NAME, "")
        is_here = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) and wanted.startswith("/")
        return wanted if is_here else reverse("admin:index", current_app=self.name)


def _missing_step(member: Any) -> str:
    if owns_app(member):
        return "mfa_reauthenticate"
    return "mfa_reauthenticate_webauthn" if owns_second_step(member) else "mfa_activate_totp"


def _go(name: str, wanted: str) -> HttpResponseRedirect:
    return HttpResponseRedirect(f"{reverse(name)}?{urlencode({REDIRECT_FIELD_NAME: wanted})}")
