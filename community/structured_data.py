"""What search engines are told of an answered question and of a story, as JSON-LD: what the page says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings

from articles.rendering import data_block

from . import bylines, marking

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

    from .models import Post
    from .stories import Story
    from .thread import Answer, Thread


def structured_data(thread: Thread) -> SafeString | None:
    """The data block of a question's page. None where nobody answered, or where search engines are kept off."""
    if not thread.answers or thread.is_kept_from_search_engines:
        return None
    return data_block({"@context": "https://schema.org", "@type": "QAPage", "mainEntity": _question(thread)})


def of_story(story: Story) -> SafeString | None:
    """The data block of a story's page. None where its teller did not agree to search engines."""
    if story.is_kept_from_search_engines or not story.post.published_at:
        return None
    words = {
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": story.post.public_title,
        "description": story.post.description,
        "url": f"{settings.SITE_URL}{story.post.get_absolute_url()}",
        "datePublished": story.post.published_at.isoformat(timespec="seconds"),
        "author": {"@type": "Person", "name": bylines.of(story.post)},
    }
    return data_block(words)


def _question(thread: Thread) -> dict[str, Any]:
    """No answer is called the accepted one: what helped one family may not help the next."""
    return {
        "@type": "Question",
        "name": thread.question.public_title,
        "answerCount": len(thread.answers),
        "suggestedAnswer": [_answer(answer) for answer in thread.answers],
        **_words(thread.question),
    }


def _answer(answer: Answer) -> dict[str, Any]:
    helped = marking.number_shown(answer.post.helped_count)
    return {"@type": "Answer", **_words(answer.post), **({"upvoteCount": helped} if helped else {})}


def _words(post: Post) -> dict[str, Any]:
    body = post.published_revision.body if post.published_revision else ""
    return {
        "text": body,
        "url": f"{settings.SITE_URL}{post.get_absolute_url()}",
        "dateCreated": post.created_at.isoformat(timespec="seconds"),
        "author": {"@type": _kind_of_author(post), "name": bylines.of(post)},
    }


def _kind_of_author(post: Post) -> str:
    return "Organization" if post.is_from_society else "Person"
