"""Short ways to say what a moderator does."""

from __future__ import annotations

from community import moderation
from community.models import Decision, HouseRule, ItemKind, Post, ReviewItem
from community.workflow import NEEDS_A_REASON, NEEDS_A_RULE, Verb


def the_rule() -> HouseRule:
    rule, _ = HouseRule.objects.get_or_create(number=2, defaults={"title": "Private", "text": "No names."})
    return rule


def open_item(post: Post, *kinds: ItemKind) -> ReviewItem:
    """The open item of a post, of these kinds if any are named."""
    items = ReviewItem.objects.open().select_related("revision__post").filter(revision__post=post)
    return items.get(kind__in=kinds or ItemKind.values)


def decide(item: ReviewItem, verb: Verb, by, **more) -> Decision:
    """With a rule and a reason where the verb asks for them."""
    wanted = {"version": item.version}
    if verb in NEEDS_A_REASON or item.kind == ItemKind.APPEAL:
        wanted["reason"] = "It names the hospital."
    if verb in NEEDS_A_RULE:
        wanted["house_rule"] = the_rule()
    return moderation.decide(item, by=by, verb=verb, **{**wanted, **more})


def decide_post(post: Post, verb: Verb, by, **more) -> Decision:
    decision = decide(open_item(post), verb, by, **more)
    post.refresh_from_db()
    return decision


def hide(post: Post, by) -> Decision:
    decision = moderation.hide(post, by=by, house_rule=the_rule(), reason="It names the hospital.")
    post.refresh_from_db()
    return decision


def edit(post: Post, body: str, **more):
    """Newer words by the author, made from the newest version."""
    newest = post.revisions.order_by("number").last()
    title = {"title": newest.title} if post.is_question else {}
    return moderation.send_again(
        post, by=post.author, **{"seen": newest.number, "body": body, **title, **more}
    )


def statuses(post: Post) -> list[str]:
    return [revision.status for revision in post.revisions.order_by("number")]


def public_words(post: Post) -> str | None:
    """What a visitor reads of a post."""
    shown = Post.objects.visible_to(None).select_related("published_revision").filter(pk=post.pk).first()
    return shown.published_revision.body if shown else None
