"""Writing to the society, without an account."""

from __future__ import annotations

import re

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cachexia_portal import limits
from cachexia_portal.delivery.page_kinds import form_page
from cachexia_portal.limits.refusal import too_many
from cachexia_portal.limits.rules import CONTACT
from cachexia_portal.pages.contact import KEPT_FOR, receive
from cachexia_portal.pages.forms import ContactForm

TEMPLATE = "pages/contact.html"
#: A page of this site that somebody may write about, and the place on it.
PAGE = re.compile(r"/(questions|stories|articles)/[\w-]{1,100}/(#[\w-]{1,40})?", re.ASCII)


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
@form_page
def contact(request: HttpRequest) -> HttpResponse:
    """Take a message; `?page=` is what it is about, `?sent=1` is where the sender lands."""
    form = ContactForm(request.POST if request.method == "POST" else None, initial=_begun(request))
    context = {"form": form, "is_sent": "sent" in request.GET, "kept_days": KEPT_FOR.days}
    if not form.is_valid():
        return render(request, TEMPLATE, context)
    if seconds := limits.spend(CONTACT, request):
        return too_many(request, TEMPLATE, context, seconds)
    receive(form.save(commit=False))
    return redirect(f"{reverse('pages:contact')}?sent=1")


def _begun(request: HttpRequest) -> dict[str, str]:
    """The address that somebody brings along from a page, so that they need not copy it."""
    page = request.GET.get("page", "")
    if not PAGE.fullmatch(page):
        return {}
    about = _("This is about: %(address)s") % {"address": f"{settings.SITE_URL}{page}"}
    return {"message": f"{about}\n\n"}
