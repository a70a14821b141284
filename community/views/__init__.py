"""Views, one module for each thing that a person comes to do."""

from .answering import answer_question
from .asking import ask_question
from .editing import edit_post
from .feed import feed
from .keeping import delete_draft, save_draft
from .listing import questions
from .marking import mark
from .mine import my_post, my_posts, withdraw_post
from .reading import question
from .replying import reply

__all__ = [
    "answer_question",
    "ask_question",
    "delete_draft",
    "edit_post",
    "feed",
    "mark",
    "my_post",
    "my_posts",
    "question",
    "questions",
    "reply",
    "save_draft",
    "withdraw_post",
]
