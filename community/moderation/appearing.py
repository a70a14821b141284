"""Two things that an author changes at once and that nobody reviews: the name, and search engines."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from cachexia_portal import erasures, events
from cachexia_portal.accounts.models import Member
from cachexia_portal.erasures.models import Kind
from community.models import Post, ShownAs
from community.workflow import TransitionRefused

from . import consenting, lanes
from .locking import locked


@transaction.atomic
def show_without_name(post: Post, *, by: Member) -> None:
    """From now on the relation alone stands over it. Raises `TransitionRefused` in the clinical and staff lanes."""
    post = _own(post, by)
    lanes.check_appearance(post.lane, ShownAs.ANONYMOUS)
    _change(post, "shown_without_name", Kind.WITHOUT_NAME, shown_as=ShownAs.ANONYMOUS)


@transaction.atomic
def forget_in_search(post: Post, *, by: Member) -> None:
    """Ask search engines to forget it; of a story, take back the consent for that."""
    if post.is_story:
        consenting.change_consent(post, by=by, purpose="in_search_engines", is_agreed=False)
        return
    _change(_own(post, by), "forgotten_in_search", Kind.FORGOTTEN, noindex=True)


def _own(post: Post, by: Member) -> Post:
    post = locked(post)
    if post.author_id != by.pk:
        raise TransitionRefused(_("Only its author changes how a post appears."))
    return post


def _change(post: Post, verb: str, kind: Kind, **columns: object) -> None:
    """Once: what is so already leaves no second event."""
    if Post.objects.filter(pk=post.pk).exclude(**columns).update(**columns):
        for column, value in columns.items():
            setattr(post, column, value)
        events.record(verb, post, by=post.on_record(post.author))
        erasures.record(kind, post.pk)
