"""One question and one answer in every state, hidden ones, anonymous ones, each text with a canary."""

from __future__ import annotations

from django.utils import timezone

from community import moderation
from community.models import HouseRule, Post, PostRevision
from community.workflow import Status
from tests.crawl.canaries import Aviary, Where
from tests.crawl.people import AUTHOR, EVERYBODY, MODERATOR

DESK = frozenset({MODERATOR})
ON_THE_DESK: Where = {"admin:community_*": DESK, "admin:index": DESK}
BY_ITS_AUTHOR: Where = {"community:my_post": frozenset({AUTHOR})}
ANYWHERE_OWN: Where = {"community:my_*": frozenset({AUTHOR}), "community:withdraw_post": frozenset({AUTHOR})}
IN_PUBLIC: Where = {"community:question": EVERYBODY}
AROUND: Where = {"pages:home": EVERYBODY, "community:answer_question": EVERYBODY}
KINDS = ("question", "answer")


def plant(people, aviary: Aviary, kind: str, status: Status, question: Post) -> Post:
    """A post that has come to that state by the ordinary acts."""
    post = _sent(people, aviary, f"{kind} {status.value}", kind, question, public=status is Status.APPROVED)
    STATES[status](post, people, aviary)
    return post


def plant_hidden(people, aviary: Aviary, kind: str, question: Post) -> Post:
    """Approved, then hidden: the column alone takes it from the public."""
    post = _sent(people, aviary, f"{kind} hidden", kind, question, public=False)
    _publish(post, people, aviary)
    Post.objects.filter(pk=post.pk).update(hidden_at=timezone.now())
    return post


def plant_anonymous_question(people, aviary: Aviary) -> Post:
    """The words are public; who wrote them is not."""
    title = aviary.sing(
        "anonymous question title", must=IN_PUBLIC, may={**AROUND, **ANYWHERE_OWN, **ON_THE_DESK}
    )
    body = aviary.sing(
        "anonymous question body", must=IN_PUBLIC, may={**AROUND, **ANYWHERE_OWN, **ON_THE_DESK}
    )
    writer = people["anonymous writer"]
    post = moderation.send_question(writer, title=title, body=body, shown_as="anonymous")
    _publish(post, people, aviary)
    return post


def first_question(people, aviary: Aviary) -> Post:
    """The public question under which the answers stand."""
    post = _sent(people, aviary, "first question", "question", None, public=True)
    _publish(post, people, aviary)
    post.refresh_from_db()
    return post


def _sent(people, aviary: Aviary, label: str, kind: str, question: Post | None, *, public: bool) -> Post:
    is_replaced = label.endswith(Status.SUPERSEDED.value)  # its author reads the newer words

    def words(field: str) -> str:
        return aviary.sing(
            f"{label} {field}",
            must={**({} if is_replaced else BY_ITS_AUTHOR), **(IN_PUBLIC if public else {})},
            may={**ANYWHERE_OWN, **ON_THE_DESK, **(AROUND if public else {})},
        )

    if kind == "question":
        return moderation.send_question(people[AUTHOR], title=words("title"), body=words("body"))
    return moderation.send_answer(people[AUTHOR], question, body=words("body"))


def _item(post: Post):
    return post.revisions.latest("number").review_items.get()


def _publish(post, people, aviary) -> None:
    item = _item(post)
    note = aviary.sing(f"team note {aviary.canaries[-1].text}", may=ON_THE_DESK)
    moderation.publish(item, by=people[MODERATOR], version=item.version, team_note=note)


def _refuse(post, people, aviary) -> None:
    item = _item(post)
    reason = aviary.sing(
        f"reason {aviary.canaries[-1].text}", must=BY_ITS_AUTHOR, may={**ANYWHERE_OWN, **ON_THE_DESK}
    )
    note = aviary.sing(f"private {aviary.canaries[-2].text}", may=ON_THE_DESK)
    rule = HouseRule.objects.first()
    moderation.refuse(
        item, by=people[MODERATOR], version=item.version, house_rule=rule, reason=reason, team_note=note
    )


def _supersede(post, people, aviary) -> None:
    _publish(post, people, aviary)
    newer = post.revisions.create(
        number=2,
        title="A newer title" if post.kind == "question" else "",
        body=f"Newer words of {post.pk}",
    )
    newer.review_items.create(kind="edit")
    _publish(post, people, aviary)


def _request_changes(post, people, aviary) -> None:
    PostRevision.objects.filter(post=post).update(status=Status.CHANGES_REQUESTED)


def _withdraw(post, people, aviary) -> None:
    moderation.withdraw(post, by=people[AUTHOR])


STATES = {
    Status.SUBMITTED: lambda *nothing: None,
    Status.CHANGES_REQUESTED: _request_changes,
    Status.APPROVED: _publish,
    Status.REJECTED: _refuse,
    Status.WITHDRAWN: _withdraw,
    Status.SUPERSEDED: _supersede,
}
