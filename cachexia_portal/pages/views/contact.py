"""Writing to the society, without an account."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from cachexia_portal import limits
from cachexia_portal.delivery.page_kinds import form_page
from cachexia_portal.limits.refusal import too_many
from cachexia_portal.limits.rules import CONTACT
from cachexia_portal.pages.contact import KEPT_FOR, receive
from cachexia_portal.pages.forms import ContactForm

TEMPLATE = "pages/contact.html"


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
@form_page
def contact(request: HttpRequest) -> HttpResponse:
    """Take a message; `?sent=1` is where the sender lands."""
    form = ContactForm(request.POST if request.method == "POST" else None)
    context = {"form": form, "is_sent": "sent" in request.GET, "kept_days": KEPT_FOR.days}
    if not form.is_valid():
        return render(request, TEMPLATE, context)
    if seconds := limits.spend(CONTACT, request):
        return too_many(request, TEMPLATE, context, seconds)
    receive(form.save(commit=False))
    return redirect(f"{reverse('pages:contact')}?sent=1")
