"""What was decided, by whom, and the notes that went with it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from community.workflow import BY_THE_AUTHOR, NEEDS_A_RULE, OUTCOMES, Status, Verb

from .posts import Post
from .review import ReviewItem
from .revisions import PostRevision
from .rules import HouseRule

if TYPE_CHECKING:
    from datetime import datetime

UNDO_WITHIN = timedelta(minutes=10)


class Audience(models.TextChoices):
    AUTHOR = "author", _("The author reads it")
    TEAM = "team", _("Staff only")


class DecisionQuerySet(models.QuerySet["Decision"]):
    def of_post(self, post: Post) -> DecisionQuerySet:
        """All that was decided about a post, the oldest first, with rules and notes, for the desk."""
        found = self.filter(item__revision__post=post).order_by("pk")
        return found.select_related("who", "house_rule", "item").prefetch_related("notes")

    def resolving(self) -> DecisionQuerySet:
        return self.filter(verb__in=OUTCOMES)

    def standing(self) -> DecisionQuerySet:
        """Those that nobody has undone."""
        return self.filter(undone_by__isnull=True)


class Decision(models.Model):
    """Who did what with an item, and when. Rows are only ever added; words stand in DecisionNote."""

    item = models.ForeignKey(ReviewItem, on_delete=models.PROTECT, related_name="decisions")
    round = models.PositiveSmallIntegerField(default=1)
    who = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="decisions")
    verb = models.CharField(max_length=20, choices=Verb)
    from_state = models.CharField(max_length=20, choices=Status)
    to_state = models.CharField(max_length=20, choices=Status)
    house_rule = models.ForeignKey(HouseRule, on_delete=models.PROTECT, null=True, related_name="+")
    shown = models.ForeignKey(PostRevision, on_delete=models.PROTECT, null=True, related_name="shown_by")
    replaced = models.ForeignKey(PostRevision, on_delete=models.PROTECT, null=True, related_name="+")
    undoes = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="undone_by")
    at = models.DateTimeField(default=timezone.now)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision")
        default_permissions = ()
        indexes = [models.Index(fields=["who", "-at"], name="newest_decisions_of_a_person")]
        constraints = [
            models.UniqueConstraint(
                fields=["item", "round"],
                condition=Q(verb__in=[str(verb) for verb in OUTCOMES]),
                name="one_resolving_decision_per_round",
            ),
            models.CheckConstraint(
                name="a_refusal_names_a_house_rule",
                condition=~Q(verb__in=[str(verb) for verb in NEEDS_A_RULE]) | Q(house_rule__isnull=False),
            ),
            models.CheckConstraint(
                name="only_an_undo_undoes",
                condition=Q(verb=Verb.UNDO, undoes__isnull=False)
                | (~Q(verb=Verb.UNDO) & Q(undoes__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_verb_display()} {self.at:%Y-%m-%d %H:%M}"

    @property
    def by_whom(self) -> str:
        """A moderator's name. Of the writer no name: the post may stand without one."""
        return gettext("The writer") if self.verb in BY_THE_AUTHOR else self.who.byline

    @property
    def undo_until(self) -> datetime:
        return self.at + UNDO_WITHIN


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


class Appeal(models.Model):
    """An author's question about one decision, for somebody else to answer. Once per decision."""

    item = models.OneToOneField(ReviewItem, on_delete=models.PROTECT, related_name="appeal")
    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="appeal")
    words = models.TextField(_("why you think so"), blank=True)  # may be emptied

    class Meta:
        verbose_name = _("appeal")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.decision_id}"
