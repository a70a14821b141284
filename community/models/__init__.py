"""What caregivers say, and how it is read before anybody else reads it."""

from .posts import Kind, Lane, Post, PostRevision, ShownAs
from .review import Audience, Decision, DecisionNote, ItemKind, ReviewItem
from .rules import HouseRule

__all__ = [
    "Audience",
    "Decision",
    "DecisionNote",
    "HouseRule",
    "ItemKind",
    "Kind",
    "Lane",
    "Post",
    "PostRevision",
    "ReviewItem",
    "ShownAs",
]
