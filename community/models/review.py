"""The desk's own records: what waits to be read, what was decided, and the notes that went with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from community.workflow import DECIDE, Outcome, Status, Verb

from .posts import Post, PostRevision
from .rules import HouseRule

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from cachexia_portal.accounts.models import Member


class ItemKind(models.TextChoices):
    """Why a revision is at the desk."""

    NEW = "new", _("New post")
    EDIT = "edit", _("Edit of a live post")


class Audience(models.TextChoices):
    AUTHOR = "author", _("The author reads it")
    TEAM = "team", _("Staff only")


class ReviewItemQuerySet(models.QuerySet["ReviewItem"]):
    def visible_to(self, user: Member | AnonymousUser) -> ReviewItemQuerySet:
        """Whoever may decide may read, and nobody else; a live site's desk knows no demo rows."""
        if not user.has_perm(DECIDE):
            return self.none()
        return self if settings.IS_DEMO_SITE else self.filter(revision__post__is_demo=False)

    def open(self) -> ReviewItemQuerySet:
        return self.filter(resolved_at__isnull=True)

    def resolved(self) -> ReviewItemQuerySet:
        return self.filter(resolved_at__isnull=False)

    def with_post(self) -> ReviewItemQuerySet:
        """In one query with the words, their post, the question above, and whether its author sent any before."""
        earlier = Post.objects.filter(
            author=OuterRef("revision__post__author"), pk__lt=OuterRef("revision__post")
        )
        joined = self.select_related("revision__post__author", "revision__post__parent__published_revision")
        return joined.annotate(has_posted_before=Exists(earlier))


class ReviewItem(models.Model):
    """One thing for a person to read and decide. It stays open until somebody does."""

    kind = models.CharField(max_length=20, choices=ItemKind, default=ItemKind.NEW)
    revision = models.ForeignKey(PostRevision, on_delete=models.PROTECT, related_name="review_items")
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    outcome = models.CharField(max_length=20, choices=Outcome, blank=True, editable=False)
    resolved_at = models.DateTimeField(null=True, editable=False)

    has_posted_before: bool  # by with_post()

    objects = ReviewItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("post to be read")
        verbose_name_plural = _("To be read")
        default_permissions = ()
        permissions = [("decide_reviewitem", "Can read and decide what is published")]
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
        ]
        indexes = [
            models.Index(
                fields=["created_at", "id"],
                condition=Q(resolved_at__isnull=True),
                name="open_items_by_age",
            )
        ]

    def __str__(self) -> str:
        return self.revision.heading

    @property
    def is_open(self) -> bool:
        return self.resolved_at is None

    @property
    def sender(self) -> str:
        """All that the desk says of who sent it; nothing links an anonymous post to a member."""
        post = self.revision.post
        before = gettext("has posted before") if self.has_posted_before else gettext("first post")
        return f"{post.byline}, {before}"

    def may_be_decided_by(self, person: Member) -> bool:
        """Nobody decides about their own post."""
        return self.is_open and person.has_perm(DECIDE) and not self.is_by(person)

    def is_by(self, person: Member) -> bool:
        return self.revision.post.author_id == person.pk

    def resolve(self, outcome: Outcome, *, version: int) -> bool:
        """Close the item as it was seen; False if somebody was faster."""
        unresolved = ReviewItem.objects.filter(pk=self.pk, version=version, resolved_at__isnull=True)
        return bool(unresolved.update(outcome=outcome, resolved_at=timezone.now(), version=F("version") + 1))


class DecisionQuerySet(models.QuerySet["Decision"]):
    def of_post(self, post: Post) -> DecisionQuerySet:
        """All that was decided about a post, the oldest first, with rules and notes, for the desk."""
        found = self.filter(item__revision__post=post).order_by("pk")
        return found.select_related("who", "house_rule").prefetch_related("notes")


class Decision(models.Model):
    """Who did what with an item, and when. Rows are only ever added; words stand in DecisionNote."""

    item = models.ForeignKey(ReviewItem, on_delete=models.PROTECT, related_name="decisions")
    who = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="decisions")
    verb = models.CharField(max_length=20, choices=Verb)
    from_state = models.CharField(max_length=20, choices=Status)
    to_state = models.CharField(max_length=20, choices=Status)
    house_rule = models.ForeignKey(HouseRule, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["item"],
                condition=Q(verb__in=Verb.values),
                name="one_resolving_decision_per_item",
            ),
            models.CheckConstraint(
                name="a_refusal_names_a_house_rule",
                condition=~Q(verb=Verb.REFUSE) | Q(house_rule__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_verb_display()} {self.at:%Y-%m-%d %H:%M}"

    @property
    def by_whom(self) -> str:
        """A moderator's name. Of the writer no name: the post may stand without one."""
        return gettext("The writer") if self.verb == Verb.WITHDRAW else self.who.byline


class DecisionNote(models.Model):
    """Words that went with a decision: a row of its own, so that they may be emptied."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="notes")
    audience = models.CharField(max_length=10, choices=Audience)
    text = models.TextField(blank=True)

    class Meta:
        verbose_name = _("note on a decision")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["decision", "audience"], name="one_note_per_audience")]

    def __str__(self) -> str:
        return f"{self.get_audience_display()} {self.decision_id}"

    def empty(self) -> None:
        """Take the words away and leave the record."""
        self.text = ""
        self.save(update_fields=["text"])
