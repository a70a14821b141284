"""Posts: questions, answers, replies and stories, and who may see them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from articles.models import CancerType, Topic
from cachexia_portal.accounts.models import Credential, Relation
from community import badges, bylines, plain_text
from community.workflow import Status

from .consents import StoryConsent

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from cachexia_portal.accounts.models import Member

    from .revisions import PostRevision

DESCRIPTION_LENGTH = 155


class Kind(models.TextChoices):
    QUESTION = "question", _("Question")
    ANSWER = "answer", _("Answer")
    REPLY = "reply", _("Reply")
    STORY = "story", _("Story")


class ShownAs(models.TextChoices):
    NAME = "name", _("With the name I chose")
    ANONYMOUS = "anonymous", _("Without my name")


class Lane(models.TextChoices):
    """Whose knowledge an answer is; lived experience and training stay apart."""

    LIVED = "lived", _("Lived experience")
    CLINICAL = "clinical", _("Clinical")
    STAFF = "staff", _("From the society")


class Wants(models.TextChoices):
    """What would help the person who asks."""

    FACTS = "facts", _("Facts")
    COMPANY = "company", _("Company: people who know this")
    BOTH = "both", _("Both")
    NO_REPLY = "no_reply", _("No replies. I only want to say it")


class ContentNote(models.TextChoices):
    """What a reader may want to know before reading."""

    DEATH = "death", _("death or dying")
    WEIGHT = "weight", _("weights and other numbers")
    FOOD_CONFLICT = "food_conflict", _("arguments about food")
    HOSPITAL = "hospital", _("hospital and treatment")
    CHILDREN = "children", _("children")
    DESPAIR = "despair", _("not wanting to go on")


def known_notes(value: object) -> None:
    """Refuse anything that is not a list of content notes, each once."""
    notes = value if isinstance(value, list) else [None]
    if any(note not in ContentNote.values or notes.count(note) > 1 for note in notes):
        raise ValidationError(_("Choose from the list."))


def slug_of(title: str, kind: str) -> str:
    """From a public title alone; one without Latin letters still has an address."""
    return slugify(title)[:60].strip("-") or str(kind)


def address_of(kind: str, pk: int, title: str) -> str:
    """The public address of a question or a story."""
    return reverse(f"community:{kind}", args=[pk, slug_of(title, kind)])


def is_shown(path: str = "") -> Q:
    """The one rule of what the public may read, for the post at this path: approved words, not hidden."""
    return Q(**{f"{path}published_revision__status": Status.APPROVED, f"{path}hidden_at__isnull": True})


def is_agreed_to() -> Q:
    """A story is public while its teller agrees to that; nothing else needs a consent."""
    # The post is named twice, so that PostgreSQL looks up the consent of each, and never reads all into a hash.
    agreed = StoryConsent.objects.live().filter(
        post=OuterRef("pk"), post__gte=OuterRef("pk"), on_this_site=True
    )
    return ~Q(kind=Kind.STORY) | Q(Exists(agreed))


class PostQuerySet(models.QuerySet["Post"]):
    def visible_to(self, user: Member | AnonymousUser) -> PostQuerySet:
        """The posts on public addresses: shown themselves, under a question and an answer that are shown too.

        The same for everybody: authors find their waiting posts under `/me/`, moderators at the desk.
        """
        above = [Q(**{f"{path}__isnull": True}) | is_shown(f"{path}__") for path in ("question", "parent")]
        return self.of_this_site().filter(is_shown(), is_agreed_to(), *above)

    def of_this_site(self) -> PostQuerySet:
        """A live site knows no demo rows, whoever asks."""
        return self if settings.IS_DEMO_SITE else self.filter(is_demo=False)

    def by(self, author: Member) -> PostQuerySet:
        """Everything this person has sent, in every state: for `/me/` only."""
        return self.of_this_site().filter(author=author)

    def questions(self) -> PostQuerySet:
        return self.filter(kind=Kind.QUESTION)

    def stories(self) -> PostQuerySet:
        return self.filter(kind=Kind.STORY)

    def for_search_engines(self) -> PostQuerySet:
        """Questions on whose page nobody asked search engines to forget their words: they know pages alone."""
        below = Post.objects.of_this_site().filter(question=OuterRef("pk"), noindex=True)
        shown = below.filter(is_shown(), is_shown("parent__"))
        return self.filter(~Exists(shown), noindex=False)

    def under(self, question: Post) -> PostQuerySet:
        """Answers and replies of one question, in the order they were sent."""
        return self.filter(question=question).order_by("created_at", "pk")

    def with_words(self) -> PostQuerySet:
        """In one query with the public words and the names that stand over them."""
        return self.select_related("published_revision", "author", "question", "credential")


class Post(models.Model):
    """A question, an answer, a reply or a story. Its words stand in revisions; this row says which one is public."""

    kind = models.CharField(max_length=10, choices=Kind)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="answers")
    question = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="thread")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="posts")
    shown_as = models.CharField(max_length=10, choices=ShownAs, default=ShownAs.NAME)
    relation = models.CharField(_("whom they care for"), max_length=20, choices=Relation, blank=True)
    lane = models.CharField(max_length=10, choices=Lane, blank=True)
    credential = models.ForeignKey(Credential, on_delete=models.PROTECT, null=True, related_name="answers")

    topics = models.ManyToManyField(Topic, blank=True, related_name="posts", verbose_name=_("topics"))
    cancer_type = models.ForeignKey(
        CancerType, on_delete=models.PROTECT, null=True, blank=True, related_name="posts"
    )
    wants = models.CharField(_("what would help"), max_length=10, choices=Wants, blank=True)
    content_notes = models.JSONField(
        _("what it mentions"), default=list, blank=True, validators=[known_notes]
    )
    noindex = models.BooleanField(_("hide it from search engines"), default=False)

    published_revision = models.OneToOneField(
        "community.PostRevision", on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    published_at = models.DateTimeField(null=True, editable=False)  # first time
    hidden_at = models.DateTimeField(null=True, editable=False)
    is_demo = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    # Counted anew by `community.counting`, in the transaction of each change.
    lived_count = models.PositiveIntegerField(default=0, editable=False)
    clinical_count = models.PositiveIntegerField(default=0, editable=False)
    staff_count = models.PositiveIntegerField(default=0, editable=False)
    helped_count = models.PositiveIntegerField(default=0, editable=False)
    me_too_count = models.PositiveIntegerField(default=0, editable=False)
    thanks_count = models.PositiveIntegerField(default=0, editable=False)
    helped_the_asker = models.BooleanField(default=False, editable=False)

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = _("post")
        default_permissions = ()
        permissions = [("answer_as_staff", "Can answer in the society's name")]
        constraints = [
            models.CheckConstraint(
                name="each_post_hangs_where_its_kind_may",
                condition=Q(kind__in=[Kind.QUESTION, Kind.STORY], parent__isnull=True, question__isnull=True)
                | Q(kind=Kind.ANSWER, question__isnull=False, parent=F("question"))
                | (
                    Q(kind=Kind.REPLY, question__isnull=False, parent__isnull=False)
                    & ~Q(parent=F("question"))
                ),
            ),
            models.CheckConstraint(
                name="only_answers_have_a_lane",
                condition=(~Q(kind=Kind.ANSWER) & Q(lane="")) | Q(kind=Kind.ANSWER, lane__in=Lane.values),
            ),
            models.CheckConstraint(
                name="only_clinical_answers_have_a_credential",
                condition=Q(lane=Lane.CLINICAL, credential__isnull=False)
                | (~Q(lane=Lane.CLINICAL) & Q(credential__isnull=True)),
            ),
            models.CheckConstraint(
                name="only_lived_experience_is_anonymous",
                condition=Q(lane__in=["", Lane.LIVED]) | ~Q(shown_as=ShownAs.ANONYMOUS),
            ),
            models.CheckConstraint(
                name="a_post_is_shown_in_a_known_way", condition=Q(shown_as__in=ShownAs.values)
            ),
            models.CheckConstraint(
                name="a_post_wants_something_known", condition=Q(wants__in=["", *Wants.values])
            ),
            models.CheckConstraint(
                name="a_public_post_has_a_day",
                condition=Q(published_revision__isnull=True) | Q(published_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["author", "-created_at"], name="posts_of_a_member"),
            models.Index(fields=["question", "created_at"], name="posts_under_a_question"),
            models.Index(
                fields=["-published_at", "-id"],
                condition=Q(kind="question", hidden_at__isnull=True, published_revision__isnull=False),
                name="newest_questions",
            ),
            models.Index(
                fields=["-published_at", "-id"],
                condition=Q(kind="question", hidden_at__isnull=True, published_revision__isnull=False)
                & Q(lived_count=0, clinical_count=0, staff_count=0),
                name="unanswered_questions",
            ),
            models.Index(
                fields=["-published_at", "-id"],
                condition=Q(kind="question", hidden_at__isnull=True, published_revision__isnull=False)
                & Q(clinical_count__gt=0),
                name="clinically_answered_questions",
            ),
            models.Index(
                fields=["-published_at", "-id"],
                condition=Q(kind="story", hidden_at__isnull=True, published_revision__isnull=False),
                name="newest_stories",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"

    def get_absolute_url(self) -> str:
        """The public address; below a question, the place on the question's page."""
        if self.question:
            return f"{self.question.get_absolute_url()}#{self.kind}-{self.pk}"
        return address_of(self.kind, self.pk, self.public_title)

    @property
    def is_question(self) -> bool:
        return self.kind == Kind.QUESTION

    @property
    def is_answer(self) -> bool:
        return self.kind == Kind.ANSWER

    @property
    def is_reply(self) -> bool:
        return self.kind == Kind.REPLY

    @property
    def is_story(self) -> bool:
        return self.kind == Kind.STORY

    @property
    def is_anonymous(self) -> bool:
        return self.shown_as == ShownAs.ANONYMOUS

    @property
    def is_clinical(self) -> bool:
        return self.lane == Lane.CLINICAL

    @property
    def is_from_society(self) -> bool:
        return self.lane == Lane.STAFF

    @property
    def public_title(self) -> str:
        """Empty while the post is hidden: then neither its page nor anything that names it is public."""
        return self.published_revision.title if self.published_revision and not self.hidden_at else ""

    @property
    def slug(self) -> str:
        return slug_of(self.public_title, self.kind)

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
        is_lived = self.lane in ("", Lane.LIVED)
        return bylines.cares_for(self.relation) if is_lived and not self.is_anonymous else ""

    @property
    def badge(self) -> badges.Badge:
        """Whose knowledge an answer is, and what of it was checked."""
        return badges.of(self)

    def on_record(self, person: Member) -> Member | None:
        """Who an event may name: never the author, who may take the name off at any time; events stay."""
        return None if person.pk == self.author_id else person

    def show(self, revision: PostRevision) -> None:
        """Point the public page at these approved words; the database refuses any others."""
        self.published_revision = revision
        self.published_at = self.published_at or timezone.now()
        self.save(update_fields=["published_revision", "published_at"])

    def take_down(self) -> None:
        """Nothing of this post is public from here on."""
        self.published_revision = None
        self.save(update_fields=["published_revision"])
