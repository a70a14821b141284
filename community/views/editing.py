"""Changing a post that was sent before; what is public stays public until the change was read."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cachexia_portal.accounts.signed_in import member_of
from cachexia_portal.delivery.page_kinds import form_page
from cachexia_portal.limits.rules import ASK
from community.drafting import Place
from community.forms import EditForm, WordsForm
from community.models import Draft, Post
from community.moderation import ChangedMeanwhile, consenting
from community.moderation.locking import newest_of

from .sending import Writing, not_sent, write


@require_http_methods(["GET", "HEAD", "POST"])
@form_page
def edit_post(request: HttpRequest, pk: int) -> HttpResponse:
    """The author's own post in any state; nobody else's."""
    mine = Post.objects.by(member_of(request)).select_related(
        "published_revision", "cancer_type", "question__published_revision"
    )
    post = get_object_or_404(mine, pk=pk)
    form = partial(EditForm, post=post, newest=newest_of(post))
    writing = Writing(
        request,
        Place(Draft.Form.EDIT, post),
        form,
        "community/edit.html",
        ASK,
        refused=changed_meanwhile,
        edited=post,
        is_live=_is_shown(post),
    )
    return _file(writing, post) if request.POST.get("_do") == "file" else write(writing)


def _is_shown(post: Post) -> bool:
    """Whether earlier words stay on the site meanwhile; of a story only while its consent is live."""
    is_agreed = not post.is_story or consenting.is_live(post)
    return post.published_revision_id is not None and is_agreed


def changed_meanwhile(writing: Writing, form: WordsForm, refused: Exception) -> HttpResponse:
    """Newer words were sent from another window: both stand on the page, and these can be sent over those."""
    if not isinstance(refused, ChangedMeanwhile):
        return not_sent(writing, form, refused)
    data = writing.data.copy()
    data["seen"] = str(refused.revision.number)
    again = writing.form(data)
    again.is_valid()
    return writing.page(again, status=409, newer=refused.revision)


def _file(writing: Writing, post: Post) -> HttpResponse:
    """Only what was chosen from the lists, at once; the words stay on the page."""
    form = writing.form(writing.data, is_final=False)
    if not isinstance(form, EditForm) or not form.is_valid():
        return writing.page(form)
    form.file()
    messages.success(writing.request, _("Changed. This counts from now on; your words are as they were."))
    if form.has_new_words:
        return writing.page(form)
    return redirect("community:my_post", post.pk)
