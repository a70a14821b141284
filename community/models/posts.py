"""Posts and their revisions: who may see them, and the one writer of their state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cachexia_portal import events
from cachexia_portal.accounts.models import Relation
from community import bylines, plain_text
from community.workflow import Status, Transition, TransitionRefused

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from cachexia_portal.accounts.models import Member

TITLE_LENGTH = 150
BODY_LENGTH = 20_000
DESCRIPTION_LENGTH = 155


class Kind(models.TextChoices):
    QUESTION = "question", _("Question")
    ANSWER = "answer", _("Answer")


class ShownAs(models.TextChoices):
    NAME = "name", _("With the name I chose")
    ANONYMOUS = "anonymous", _("Without my name")


class Lane(models.TextChoices):
    """Whose knowledge an answer is; lived experience and training stay apart."""

    LIVED = "lived", _("Lived experience")
    CLINICAL = "clinical", _("Clinical")
    STAFF = "staff", _("From the society")


class PostQuerySet(models.QuerySet["Post"]):
    def visible_to(self, user: Member | AnonymousUser) -> PostQuerySet:
        """The posts on public addresses: their approved words, not hidden, under a question that is too.

        The same for everybody: authors find their waiting posts under `/me/`, moderators at the desk.
        """
        parent_is_public = Q(parent__isnull=True) | Q(
            parent__published_revision__status=Status.APPROVED, parent__hidden_at__isnull=True
        )
        public = Q(published_revision__status=Status.APPROVED, hidden_at__isnull=True)
        return self.of_this_site().filter(public & parent_is_public)

    def of_this_site(self) -> PostQuerySet:
        """A live site knows no demo rows, whoever asks."""
        return self if settings.IS_DEMO_SITE else self.filter(is_demo=False)

    def by(self, author: Member) -> PostQuerySet:
        """Everything this person has sent, in every state: for `/me/` only."""
        return self.of_this_site().filter(author=author)

    def questions(self) -> PostQuerySet:
        return self.filter(kind=Kind.QUESTION)

    def answers_to(self, question: Post) -> PostQuerySet:
        return self.filter(kind=Kind.ANSWER, parent=question).order_by("created_at", "pk")

    def with_words(self) -> PostQuerySet:
        """In one query with the public words and the name that stands over them."""
        return self.select_related("published_revision", "author", "parent")


class Post(models.Model):
    """A question or an answer. Its words stand in revisions; this row says which one is public."""

    kind = models.CharField(max_length=10, choices=Kind)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="answers")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="posts")
    shown_as = models.CharField(max_length=10, choices=ShownAs, default=ShownAs.NAME)
    relation = models.CharField(_("whom they care for"), max_length=20, choices=Relation, blank=True)
    lane = models.CharField(max_length=10, choices=Lane, blank=True)
    published_revision = models.OneToOneField(
        "community.PostRevision", on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    hidden_at = models.DateTimeField(null=True, editable=False)
    is_demo = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = _("post")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                name="only_answers_hang_under_a_post",
                condition=Q(kind=Kind.QUESTION, parent__isnull=True)
                | Q(kind=Kind.ANSWER, parent__isnull=False),
            ),
            models.CheckConstraint(
                name="only_answers_have_a_lane",
                condition=Q(kind=Kind.QUESTION, lane="") | Q(kind=Kind.ANSWER, lane__in=Lane.values),
            ),
            models.CheckConstraint(
                name="clinical_answers_are_never_anonymous",
                condition=~Q(lane=Lane.CLINICAL) | ~Q(shown_as=ShownAs.ANONYMOUS),
            ),
            models.CheckConstraint(
                name="a_post_is_shown_in_a_known_way", condition=Q(shown_as__in=ShownAs.values)
            ),
        ]
        indexes = [models.Index(fields=["author", "-created_at"], name="posts_of_a_member")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"

    def get_absolute_url(self) -> str:
        """The public address; an answer's is its place on the question's page."""
        if self.parent:
            return f"{self.parent.get_absolute_url()}#answer-{self.pk}"
        return reverse("community:question", args=[self.pk, self.slug])

    @property
    def is_answer(self) -> bool:
        return self.kind == Kind.ANSWER

    @property
    def is_anonymous(self) -> bool:
        return self.shown_as == ShownAs.ANONYMOUS

    @property
    def slug(self) -> str:
        """From the public title alone; a title without Latin letters still has an address."""
        title = self.published_revision.title if self.published_revision else ""
        return slugify(title)[:60].strip("-") or "question"

    @property
    def description(self) -> str:
        """How the public words begin, for search engines and for lists."""
        body = self.published_revision.body if self.published_revision else ""
        return plain_text.shorten(body, DESCRIPTION_LENGTH)

    @property
    def byline(self) -> str:
        """Who stands over the words in public; never the member behind an anonymous post."""
        return bylines.of(self)

    @property
    def cares_for(self) -> str:
        """ "who cares for …" beside a name; an anonymous post gives away no more than its byline."""
        return "" if self.is_anonymous else bylines.cares_for(self.relation)

    def on_record(self, person: Member) -> Member | None:
        """Who an event may name: never the author of an anonymous post."""
        return None if self.is_anonymous and person.pk == self.author_id else person

    def show(self, revision: PostRevision) -> None:
        """Point the public page at these approved words; the database refuses any others."""
        self._point_at(revision)

    def take_down(self) -> None:
        """Nothing of this post is public from here on."""
        self._point_at(None)

    def _point_at(self, revision: PostRevision | None) -> None:
        self.published_revision = revision
        self.save(update_fields=["published_revision"])


class PostRevisionQuerySet(models.QuerySet["PostRevision"]):
    def latest_by(self, author: Member) -> PostRevisionQuerySet:
        """The newest words of each post of this author, in every state: for `/me/` only."""
        newer = PostRevision.objects.filter(post=OuterRef("post"), number__gt=OuterRef("number"))
        return self.filter(~Exists(newer), post__in=Post.objects.by(author))


class PostRevision(models.Model):
    """One version of a post's words, as they were sent. The words never change; the status does."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    title = models.CharField(_("title"), max_length=TITLE_LENGTH, blank=True)
    body = models.TextField(_("text"))
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
        ]

    def __str__(self) -> str:
        return f"{self.post_id}.{self.number}"

    @property
    def heading(self) -> str:
        """A question's own title; an answer is named by its question, while that is public."""
        if self.post.parent is None:
            return self.title
        above = self.post.parent.published_revision
        return gettext("Answer to “%(title)s”") % {"title": above.title} if above else gettext("Answer")

    @property
    def blocks(self) -> list[plain_text.Block]:
        """Paragraphs and lists, as the page sets them."""
        return plain_text.blocks(self.body)

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
