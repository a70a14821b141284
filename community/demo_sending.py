"""Invented posts on their way to a page, each by the ordinary acts: sent, read by a moderator, published."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from articles.models import CancerType, Topic
from cachexia_portal.accounts.models import Member

from . import marking, moderation
from .models import ItemKind, Mark, Post, ReviewItem
from .workflow import Verb

#: Both have read, so an appeal finds somebody else who is active.
READERS = ("moderator", "second-moderator")
SENT = ("body", "relation", "shown_as", "lane", "basis", "source", "when_to_call")
ASKED = ("body", "relation", "shown_as", "title", "wants", "content_notes")
TOLD = ("body", "relation", "shown_as", "title", "content_notes")


class Sender:
    """Sends what the files say, and remembers each post by its id there; answers by "Q01/0" and so on."""

    def __init__(self, people: dict[str, Member]) -> None:
        self.people = people
        self.posts: dict[str, Post] = {}

    def send_with_answers(self, question: dict[str, Any]) -> None:
        asked = self.ask(question)
        self.publish(asked, question)
        for number, answer in enumerate(question["answers"]):
            self._send_answer(asked, answer, f"{question['id']}/{number}")

    def ask(self, question: dict[str, Any]) -> Post:
        cancer_type = self._cancer_types.get(question.get("cancer_type", ""))
        named = _named(question, ASKED)
        author = self.people[question["author"]]
        post = moderation.send_question(
            author, topics=self._filed(question), cancer_type=cancer_type, **named
        )
        return self._remembered(post, question["id"])

    def answer(self, asked: Post, answer: dict[str, Any], number: str) -> Post:
        post = moderation.send_answer(self.people[answer["author"]], asked, **_named(answer, SENT))
        return self._remembered(post, number)

    def tell(self, story: dict[str, Any]) -> Post:
        """With what its teller agrees to: first of all to this site."""
        consent = moderation.Agreed(on_this_site=True, **story["consent"])
        author = self.people[story["author"]]
        named = _named(story, TOLD)
        post = moderation.send_story(author, consent=consent, topics=self._filed(story), **named)
        return self._remembered(post, story["id"])

    def send_story(self, story: dict[str, Any]) -> None:
        told = self.tell(story)
        self.publish(told, story)
        self._mark(told, Mark.Kind.THANKS, story.get("thanks", 0))

    def publish(self, post: Post, sent: dict[str, Any]) -> None:
        """Unless it is to wait; what else the checks put on the desk is looked after too."""
        if sent.get("is_waiting"):
            return
        reader = self.people[READERS[post.pk % len(READERS)]]
        items = ReviewItem.objects.open().filter(revision__post=post).select_related("revision__post")
        for item in items.order_by("kind"):
            verb = Verb.PUBLISH if item.kind == ItemKind.NEW else Verb.KEEP
            moderation.decide(item, by=reader, version=item.version, verb=verb)

    def _send_answer(self, asked: Post, answer: dict[str, Any], number: str) -> None:
        post = self.answer(asked, answer, number)
        self.publish(post, answer)
        for reply in answer.get("replies", []):
            sent = moderation.send_reply(self.people[reply["author"]], post, **_named(reply, SENT))
            self.publish(sent, reply)
        if answer.get("helped_the_asker"):
            marking.mark(post, by=asked.author, kind=Mark.Kind.HELPED)
        self._mark(post, Mark.Kind.HELPED, answer.get("helped", 0))

    def _mark(self, post: Post, kind: Mark.Kind, times: int) -> None:
        others = [member for member in self.people.values() if member.pk != post.author_id]
        for member in others[:times]:
            marking.mark(post, by=member, kind=kind)

    def _remembered(self, post: Post, number: str) -> Post:
        self.posts[number] = post
        return post

    def _filed(self, sent: dict[str, Any]) -> list[Topic]:
        return [topic for topic in self._topics if topic.slug in sent.get("topics", ())]

    @cached_property
    def _topics(self) -> list[Topic]:
        return list(Topic.objects.all())

    @cached_property
    def _cancer_types(self) -> dict[str, CancerType]:
        return {kind.slug: kind for kind in CancerType.objects.all()}


def _named(words: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    return {name: words[name] for name in names if name in words}
