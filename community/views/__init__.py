"""Views, one module for each thing that a person comes to do."""

from .answering import answer_question
from .asking import ask_question
from .feed import feed
from .listing import questions
from .marking import mark
from .mine import my_post, my_posts, withdraw_post
from .reading import question

__all__ = [
    "answer_question",
    "ask_question",
    "feed",
    "mark",
    "my_post",
    "my_posts",
    "question",
    "questions",
    "withdraw_post",
]
