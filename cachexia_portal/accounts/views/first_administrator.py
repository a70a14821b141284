"""The one-time link that makes the first administrator."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from cachexia_portal.accounts.first_administrator import LinkRefused, appoint, person_named_in
from cachexia_portal.accounts.first_administrator_form import FirstAdministratorForm
from cachexia_portal.accounts.forms import NAME_IS_TAKEN
from cachexia_portal.accounts.models import NameTaken
from cachexia_portal.delivery.page_kinds import form_page

TEMPLATE = "accounts/first_administrator.html"


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
@form_page
@sensitive_post_parameters("password")
def first_administrator(request: HttpRequest, token: str) -> HttpResponse:
    """Ask for a name and a password, make the account, and lead to the second step."""
    try:
        email = person_named_in(token)
        form = FirstAdministratorForm(request.POST if request.method == "POST" else None, email=email)
        if form.is_valid():
            appoint(token, **form.cleaned_data)
            return redirect(f"{reverse('account_login_password')}?next={reverse('admin:index')}")
    except LinkRefused as refusal:
        raise Http404 from refusal
    except NameTaken:
        form.add_error("display_name", NAME_IS_TAKEN)
    return render(request, TEMPLATE, {"form": form, "email": email})
