"""What caregivers say, and how it is read before anybody else reads it."""

from .consents import StoryConsent, WhoKnows
from .decisions import Appeal, Audience, Decision, DecisionNote
from .drafts import Draft
from .marks import Mark
from .posts import ContentNote, Kind, Lane, Post, ShownAs, Wants
from .reports import Report, ReportType
from .review import ItemKind, ReviewItem, ReviewReason
from .revisions import Basis, PostRevision
from .rules import CannedReply, HouseRule
from .staffing import ClosedDay, StaffedHours, Weekday

__all__ = [
    "Appeal",
    "Audience",
    "Basis",
    "CannedReply",
    "ClosedDay",
    "ContentNote",
    "Decision",
    "DecisionNote",
    "Draft",
    "HouseRule",
    "ItemKind",
    "Kind",
    "Lane",
    "Mark",
    "Post",
    "PostRevision",
    "Report",
    "ReportType",
    "ReviewItem",
    "ReviewReason",
    "ShownAs",
    "StaffedHours",
    "StoryConsent",
    "Wants",
    "Weekday",
    "WhoKnows",
]
