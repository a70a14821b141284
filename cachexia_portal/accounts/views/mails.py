"""Which mails a member gets, and the link in a mail that stops its kind."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from cachexia_portal import limits, outbox
from cachexia_portal.accounts import mail_choices
from cachexia_portal.accounts.mail_forms import MailChoicesForm
from cachexia_portal.accounts.signed_in import member_of, while_open
from cachexia_portal.delivery.page_kinds import form_page
from cachexia_portal.limits.refusal import too_many
from cachexia_portal.limits.rules import PROFILE
from cachexia_portal.outbox import blocking

TEMPLATE, STOP = "accounts/mails.html", "accounts/stop_mails.html"


@require_http_methods(["GET", "HEAD", "POST"])
@form_page
@while_open
def mails(request: HttpRequest) -> HttpResponse:
    """Show the switches and save them; where mail comes back, say so and try again when asked."""
    member = member_of(request)
    is_sent = request.method == "POST" and request.POST.get("act") == "kinds"
    form = MailChoicesForm(request.POST if is_sent else None, member=member)
    context = {"form": form, "blocked": blocking.why(str(member.email))}
    if request.method == "POST" and (seconds := limits.spend(PROFILE, request)):
        return too_many(request, TEMPLATE, context, seconds)
    if request.POST.get("act") == "again":
        outbox.unblock(str(member.email))
        messages.success(request, _("We send mails to you again."))
    elif is_sent and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
    else:
        return render(request, TEMPLATE, context)
    return redirect("accounts:mails")


@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@form_page
def stop_mails(request: HttpRequest, token: str) -> HttpResponse:
    """Stop one kind of mail. Looking changes nothing: mail programs open links before people do.

    Exempt from CSRF, because mail providers press the button for their readers
    (RFC 8058); the signature in the address is the permission, and all it can do is this.
    """
    found = mail_choices.read_stop_path(token)
    if found is None:
        raise Http404
    member_pk, kind = found
    is_stopped = request.method == "POST"
    if is_stopped:
        mail_choices.stop(member_pk, kind)
    return render(request, STOP, {"kind": kind.label, "is_stopped": is_stopped, "canonical_url": ""})
