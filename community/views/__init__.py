"""Views, one module for each thing that a person comes to do."""

from .answering import answer_question
from .appealing import appeal
from .asking import ask_question
from .consent import change_consent, renew_consent
from .editing import edit_post
from .feed import feed
from .keeping import delete_draft, save_draft
from .listing import questions
from .marking import mark
from .mine import forget_in_search, my_post, my_posts, show_without_name, withdraw_post
from .reading import question
from .replying import reply
from .reporting import report
from .similar import similar
from .stories import stories, story
from .telling import share_story

__all__ = [
    "answer_question",
    "appeal",
    "ask_question",
    "change_consent",
    "delete_draft",
    "edit_post",
    "feed",
    "forget_in_search",
    "mark",
    "my_post",
    "my_posts",
    "question",
    "questions",
    "renew_consent",
    "reply",
    "report",
    "save_draft",
    "share_story",
    "show_without_name",
    "similar",
    "stories",
    "story",
    "withdraw_post",
]
