"""What waits at the desk, and why."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from community.workflow import DECIDE, DECIDE_ESCALATED, Outcome, may_decide

from .posts import Post
from .revisions import PostRevision

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import AnonymousUser

    from cachexia_portal.accounts.models import Member

CLAIM = timedelta(minutes=15)
LONGEST_CLAIM = 2 * CLAIM  # of two machines whose clocks are not quite the same


class ItemKind(models.TextChoices):
    """Why a revision is at the desk."""

    NEW = "new", _("New post")
    EDIT = "edit", _("Edit of a live post")
    REPORT = "report", _("Reported")
    SAFETY = "safety", _("Worried about somebody")
    PRIVACY = "privacy", _("Private details")
    APPEAL = "appeal", _("Appeal")


#: Where each kind begins in the queue, the highest first; what the checks found only adds to it.
PRIORITY = {
    ItemKind.SAFETY: 1000,
    ItemKind.PRIVACY: 500,
    ItemKind.APPEAL: 300,
    ItemKind.REPORT: 200,
    ItemKind.EDIT: 0,
    ItemKind.NEW: 0,
}


class ReviewItemQuerySet(models.QuerySet["ReviewItem"]):
    def visible_to(self, user: Member | AnonymousUser) -> ReviewItemQuerySet:
        """Moderators read every item, administrators those handed to them, nobody else any.

        A live site's desk knows no demo rows.
        """
        items = self if settings.IS_DEMO_SITE else self.filter(revision__post__is_demo=False)
        if user.has_perm(DECIDE):
            return items
        return items.filter(escalated_at__isnull=False) if user.has_perm(DECIDE_ESCALATED) else self.none()

    def open(self) -> ReviewItemQuerySet:
        return self.filter(resolved_at__isnull=True)

    def resolved(self) -> ReviewItemQuerySet:
        return self.filter(resolved_at__isnull=False)

    def in_turn(self) -> ReviewItemQuerySet:
        """In the order of the queue: the most urgent first, then the one that waits longest."""
        return self.order_by("-priority", "created_at", "pk")

    def with_post(self) -> ReviewItemQuerySet:
        """In one query with the words, their post, the question above, and whether its author sent any before."""
        earlier = Post.objects.filter(
            author=OuterRef("revision__post__author"), pk__lt=OuterRef("revision__post")
        )
        joined = self.select_related(
            "revision__post__author", "revision__post__question__published_revision", "claimed_by"
        )
        return joined.annotate(has_posted_before=Exists(earlier))


class ReviewItem(models.Model):
    """One thing for a person to read and decide. It stays open until somebody does."""

    kind = models.CharField(max_length=20, choices=ItemKind, default=ItemKind.NEW)
    revision = models.ForeignKey(PostRevision, on_delete=models.PROTECT, related_name="review_items")
    priority = models.PositiveSmallIntegerField(default=0, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    round = models.PositiveSmallIntegerField(default=1, editable=False)  # one more after each undo
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    escalated_at = models.DateTimeField(null=True, editable=False)
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="claims"
    )
    claimed_until = models.DateTimeField(null=True, editable=False)
    outcome = models.CharField(max_length=20, choices=Outcome, blank=True, editable=False)
    resolved_at = models.DateTimeField(null=True, editable=False)

    has_posted_before: bool  # by with_post()

    objects = ReviewItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("post to be read")
        verbose_name_plural = _("To be read")
        default_permissions = ()
        permissions = [
            ("decide_reviewitem", "Can read and decide what is published"),
            ("decide_escalated_reviewitem", "Can decide what moderators hand over"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["revision", "kind"],
                condition=Q(resolved_at__isnull=True),
                name="one_open_item_per_revision_and_kind",
            ),
            models.CheckConstraint(
                name="an_item_is_resolved_with_an_outcome",
                condition=Q(resolved_at__isnull=True, outcome="")
                | Q(resolved_at__isnull=False, outcome__in=Outcome.values),
            ),
            models.CheckConstraint(
                name="a_claim_has_an_end",
                condition=Q(claimed_by__isnull=True, claimed_until__isnull=True)
                | Q(claimed_by__isnull=False, claimed_until__isnull=False),
            ),
            models.CheckConstraint(name="an_item_has_a_known_kind", condition=Q(kind__in=ItemKind.values)),
        ]
        indexes = [
            models.Index(
                fields=["-priority", "created_at", "id"],
                condition=Q(resolved_at__isnull=True),
                name="open_items_in_turn",
            ),
            models.Index(
                fields=["kind", "-priority", "created_at", "id"],
                condition=Q(resolved_at__isnull=True),
                name="open_items_of_a_kind",
            ),
            models.Index(
                fields=["created_at"], condition=Q(resolved_at__isnull=True), name="open_items_by_age"
            ),
            models.Index(
                fields=["claimed_by", "-priority", "created_at", "id"],
                condition=Q(resolved_at__isnull=True, claimed_by__isnull=False),
                name="open_items_of_a_reader",
            ),
            models.Index(
                fields=["-priority", "created_at", "id"],
                condition=Q(resolved_at__isnull=True, escalated_at__isnull=False),
                name="open_items_handed_over",
            ),
            models.Index(
                fields=["-resolved_at", "-id"],
                condition=Q(resolved_at__isnull=False),
                name="decided_items",
            ),
        ]

    def __str__(self) -> str:
        return self.revision.heading

    @property
    def is_open(self) -> bool:
        return self.resolved_at is None

    @property
    def is_escalated(self) -> bool:
        return self.escalated_at is not None

    @property
    def sender(self) -> str:
        """All that the desk says of who sent it; nothing links an anonymous post to a member."""
        post = self.revision.post
        before = gettext("has posted before") if self.has_posted_before else gettext("first post")
        return f"{post.byline}, {before}"

    def is_by(self, person: Member) -> bool:
        return self.revision.post.author_id == person.pk

    def is_claimed_from(self, person: Member, now: datetime) -> bool:
        """Somebody else is reading it at this moment."""
        is_theirs = self.claimed_by_id is not None and self.claimed_by_id != person.pk
        return (
            is_theirs and self.claimed_until is not None and now < self.claimed_until <= now + LONGEST_CLAIM
        )

    def may_be_decided_by(self, person: Member) -> bool:
        """Nobody decides about their own post; what was handed over is for administrators."""
        is_their_turn = person.has_perm(DECIDE_ESCALATED if self.is_escalated else DECIDE)
        return self.is_open and may_decide(person) and is_their_turn and not self.is_by(person)


class ReviewReason(models.Model):
    """Something a check found in the words of an item. The words themselves stay in the revision."""

    class Part(models.TextChoices):
        TITLE = "title", _("title")
        BODY = "body", _("text")

    item = models.ForeignKey(ReviewItem, on_delete=models.PROTECT, related_name="reasons")
    code = models.CharField(max_length=24)  # the category of a finding
    rule = models.CharField(max_length=60)
    strength = models.CharField(max_length=10)
    part = models.CharField(max_length=10, choices=Part, default=Part.BODY)
    starts = models.PositiveIntegerField()
    ends = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("what a check found")
        default_permissions = ()
        ordering = ["part", "starts", "pk"]
        constraints = [
            models.CheckConstraint(name="a_finding_has_a_place", condition=Q(ends__gt=F("starts")))
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.rule}"

    @property
    def excerpt(self) -> str:
        """The exact words, as they stand in the revision."""
        return str(getattr(self.item.revision, self.part))[self.starts : self.ends]
