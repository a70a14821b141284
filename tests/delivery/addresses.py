"""The site's own addresses, and small pages of each kind for these tests."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import SuspiciousOperation
from django.http import HttpResponse, HttpResponseRedirect
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_POST, require_safe

from cachexia_portal import urls
from cachexia_portal.delivery.page_kinds import fixed_page, form_page, guide_page, member_page, public_page

handler400, handler403, handler404, handler500 = (
    urls.handler400,
    urls.handler403,
    urls.handler404,
    "tests.delivery.addresses.something_broke",
)


@login_not_required
@public_page
@require_safe
def public(request):
    """The base page, with everything that stands in it for a visitor and a member."""
    return render(request, "base.html")


@login_not_required
@public_page
def public_with_token(request):
    return HttpResponse(get_token(request))


@login_not_required
@public_page
def moved(request):
    return HttpResponseRedirect("/public/")


@login_not_required
@public_page
def refused(request):
    return HttpResponse("too many", status=429)


@login_not_required
@fixed_page
def fixed(request):
    return HttpResponse("a finished file")


@login_not_required
@guide_page
def guide(request):
    return HttpResponse("a guide")


@login_not_required
@form_page
def form(request):
    return HttpResponse(get_token(request) + request.POST.get("body", ""))


@member_page
def member(request):
    return HttpResponse(f"for {request.user.pk}")


@member_page
@require_POST
def write(request):
    return HttpResponse("written")


@login_not_required
def undeclared(request):
    return HttpResponse("from a library")


@login_not_required
def broken(request, typed=""):
    raise LookupError(f"the words were {typed} {request.GET.get('q')} {request.body!r}")


@login_not_required
def broken_below(request):
    try:
        broken(request, "below")
    except LookupError as error:
        raise RuntimeError(f"because {error}") from error


@login_not_required
def broken_elsewhere(request):
    return {}[request.GET.get("q")]


@login_not_required
def suspicious(request):
    raise SuspiciousOperation(f"typed {request.GET.get('q')}")


def something_broke(request):
    from cachexia_portal.delivery.references import reference_of

    return HttpResponse(f"reference {reference_of(request)}", status=500)


urlpatterns = [
    *urls.urlpatterns,
    path("public/", public),
    path("public/token/", public_with_token),
    path("public/moved/", moved),
    path("public/refused/", refused),
    path("fixed/", fixed),
    path("guide/", guide),
    path("form/", form),
    path("member/", member),
    path("member/write/", write),
    path("accounts/library/", undeclared),
    path("library/", undeclared),
    path("broken/<str:typed>/", broken),
    path("below/", broken_below),
    path("elsewhere/", broken_elsewhere),
    path("suspicious/", suspicious),
]
