"""An article: one address, and the revision that is live there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from articles.workflow import Status

if TYPE_CHECKING:
    from .revisions import Revision


TEXTS = ("body", "key_points", "body_html", "sources_html", "contents_html")


class ArticleQuerySet(models.QuerySet["Article"]):
    def of_this_site(self) -> ArticleQuerySet:
        """Leave the invented articles out, unless this is a demonstration."""
        return self if settings.IS_DEMO_SITE else self.filter(is_demo=False)

    def visible_to(self, user: Any) -> ArticleQuerySet:
        """Articles with a live revision, the same for everybody; demo rows on a demo site only.

        The live revision and its approval come along in the one query.
        """
        live = self.of_this_site().filter(
            live_revision__status=Status.PUBLISHED, live_revision__article=models.F("pk")
        )
        if not settings.IS_DEMO_SITE:
            live = live.filter(live_revision__is_demo=False)
        return live.select_related("live_revision__approval__credential")

    def withdrawn(self) -> ArticleQuerySet:
        """Articles that were taken off the site; only the reason is shown, never the text."""
        return self.of_this_site().filter(live_revision=None).exclude(withdrawn_at=None)

    def for_lists(self) -> ArticleQuerySet:
        """Without the texts, which a list does not show."""
        return self.defer(*(f"live_revision__{column}" for column in TEXTS))

    def for_reading(self) -> ArticleQuerySet:
        """With what the page says about its source, but not the source's bytes."""
        return self.select_related("live_revision__approval__credential", "live_revision__source").defer(
            "live_revision__body", "live_revision__source__content"
        )

    def newest_first(self) -> ArticleQuerySet:
        return self.order_by("-live_revision__published_at", "-pk")


class Article(models.Model):
    """What caregivers read under one address; its words stand in revisions."""

    class Kind(models.TextChoices):
        ORIGINAL = "original", _("Original")
        ADAPTED = "adapted", _("Adapted")
        REPUBLISHED = "republished", _("Republished")

    class UrgentNotice(models.TextChoices):
        MEDICINE = "medicine", _("Something about a medicine may be wrong")
        UNSAFE = "unsafe", _("Something on the page may be unsafe")
        OUTDATED = "outdated", _("Something important has changed")

    slug = models.SlugField(_("address"), max_length=120, unique=True)
    language = models.CharField(_("language"), max_length=35, default="en", editable=False)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.ORIGINAL, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("owner"),
    )
    backup = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("stands in for the owner"),
    )
    review_months = models.PositiveSmallIntegerField(
        _("checked again after, in months"),
        default=12,
        validators=[MinValueValidator(1), MaxValueValidator(36)],
    )
    # Fixed words above the text, set and lifted by `articles.publishing` in an emergency.
    urgent_notice = models.CharField(
        _("urgent notice"), max_length=20, choices=UrgentNotice, blank=True, editable=False
    )
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    # Written by Revision.move() in the transaction that publishes, replaces or withdraws.
    live_revision = models.OneToOneField(
        "articles.Revision", on_delete=models.PROTECT, related_name="+", null=True, editable=False
    )
    starter_key = models.CharField(max_length=100, null=True, unique=True, editable=False)
    is_demo = models.BooleanField(default=False, editable=False)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = _("guide")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(review_months__gte=1, review_months__lte=36),
                name="reviewed_within_three_years",
            )
        ]

    def __str__(self) -> str:
        return self.slug

    def get_absolute_url(self) -> str:
        return reverse("articles:article", args=[self.slug])

    @property
    def is_republished(self) -> bool:
        return self.kind == self.Kind.REPUBLISHED

    @property
    def live_revision_of_this_site(self) -> Revision | None:
        """The live one; an invented one does not count outside a demonstration."""
        live = self.live_revision
        return live if live and (settings.IS_DEMO_SITE or not live.is_demo) else None

    def newest_revision(self) -> Revision | None:
        return self.revisions.order_by("-number").first()
