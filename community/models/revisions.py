"""The versions of a post's words, and the one writer of their state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cachexia_portal import events
from community import badges, plain_text, sources
from community.workflow import Status, Transition, TransitionRefused

from .posts import Post

if TYPE_CHECKING:
    from cachexia_portal.accounts.models import Member

TITLE_LENGTH = 150
BODY_LENGTH = 20_000
SOURCE_LENGTH = 300
WHEN_TO_CALL_LENGTH = 500


class Basis(models.TextChoices):
    """What a clinical answer rests on."""

    SOURCE = "source", _("A source that I name")
    CONSENSUS = "consensus", _("What colleagues in my field agree on")
    EXPERIENCE = "experience", _("My own experience at work")


class PostRevisionQuerySet(models.QuerySet["PostRevision"]):
    def newest_words(self) -> PostRevisionQuerySet:
        """Of each post the words that its author goes on from: the newest, a cover standing where its words stand.

        So a cover of live words does not come before an edit that waits, or that was answered, beside them.
        """
        others = PostRevision.objects.in_force().filter(post=OuterRef("post"))
        newer = Q(place__gt=OuterRef("place")) | Q(place=OuterRef("place"), number__gt=OuterRef("number"))
        return self.in_force().filter(~Exists(others.filter(newer)))

    def in_force(self) -> PostRevisionQuerySet:
        """Without covers that were undone or replaced: their author never wrote them. Each with its `place`."""
        standing = self.exclude(covers__isnull=False, status=Status.SUPERSEDED)
        return standing.annotate(place=Coalesce("covers__number", "number"))


class PostRevision(models.Model):
    """One version of a post's words, as they were sent. The words never change; the status does."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    title = models.CharField(_("title"), max_length=TITLE_LENGTH, blank=True)
    body = models.TextField(_("text"))
    basis = models.CharField(_("what it rests on"), max_length=12, choices=Basis, blank=True)
    source = models.CharField(_("the source"), max_length=SOURCE_LENGTH, blank=True)
    when_to_call = models.CharField(_("when to call"), max_length=WHEN_TO_CALL_LENGTH, blank=True)
    covers = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, editable=False, related_name="covered_by"
    )  # the words as sent, where a moderator covered private details in them
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    # Written only by move().
    status = models.CharField(max_length=20, choices=Status, default=Status.SUBMITTED, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = PostRevisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of a post")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["post", "number"], name="revisions_are_numbered_once"),
            models.UniqueConstraint(
                fields=["post"],
                condition=Q(status=Status.SUBMITTED),
                name="one_waiting_revision_per_post",
            ),
            models.UniqueConstraint(
                fields=["post"],
                condition=Q(status=Status.APPROVED),
                name="one_approved_revision_per_post",
            ),
            models.CheckConstraint(
                name="a_revision_has_a_known_status", condition=Q(status__in=Status.values)
            ),
            models.CheckConstraint(name="a_revision_has_words", condition=~Q(body="")),
            models.CheckConstraint(
                name="a_named_source_is_there", condition=~Q(basis=Basis.SOURCE) | ~Q(source="")
            ),
            models.CheckConstraint(
                name="clinical_words_say_when_to_call",
                condition=Q(basis="", when_to_call="") | (Q(basis__in=Basis.values) & ~Q(when_to_call="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.post_id}.{self.number}"

    @property
    def heading(self) -> str:
        """A question's own title; what hangs under it is named by it, while it is public."""
        if self.post.question is None:
            return self.title
        words = {"kind": self.post.get_kind_display(), "title": self.post.question.public_title}
        return gettext("%(kind)s to “%(title)s”") % words if words["title"] else str(words["kind"])

    @property
    def blocks(self) -> list[plain_text.Block]:
        """Paragraphs and lists, as the page sets them."""
        return plain_text.blocks(self.body)

    @property
    def rests_on(self) -> str:
        """What clinical words rest on, as readers are told."""
        return badges.rests_on(self.basis)

    @property
    def named_source(self) -> sources.Named:
        """The source that clinical words name."""
        return sources.named(self.source)

    @property
    def is_waiting(self) -> bool:
        return self.status == Status.SUBMITTED

    @property
    def is_public(self) -> bool:
        return self.status == Status.APPROVED

    @property
    def is_refused(self) -> bool:
        return self.status == Status.REJECTED

    def move(self, transition: Transition, *, by: Member) -> None:
        """Make one transition, or refuse; the loser of a race is refused too. The only writer of status."""
        if not transition.open_to(by, self):
            raise TransitionRefused(transition.name)
        unmoved = PostRevision.objects.filter(pk=self.pk, status=transition.source, version=self.version)
        if not unmoved.update(status=transition.target, version=F("version") + 1):
            raise TransitionRefused(transition.name)
        self.status, self.version = transition.target, self.version + 1
        events.record(
            transition.name,
            self,
            by=self.post.on_record(by),
            from_state=transition.source,
            to_state=transition.target,
        )
