"""Revisions of an article: their words, their hash, and the one way from state to state."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any, TypeAlias

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from articles.rendering import RENDER_VERSION, Page, render_page, trusted
from articles.workflow import EDITABLE, REOPEN, TRANSITIONS, Status, Transition, TransitionRefused
from cachexia_portal import events

from .articles import Article
from .sources import SourceDocument
from .taxonomy import CancerType, Topic

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cachexia_portal.accounts.models import Member
    from cachexia_portal.events.models import Event

    from .citing import Figure, Quotation, Reference

    LeantOn: TypeAlias = Reference | Figure | Quotation

BODY_LIMIT = 200_000
WORDS = ("title", "summary", "key_points", "body", "audience", "change_kind", "change_note")
EDIT = "edit"


class RevisionQuerySet(models.QuerySet["Revision"]):
    def of_this_site(self) -> RevisionQuerySet:
        """Leave the invented revisions and articles out, unless this is a demonstration."""
        return self if settings.IS_DEMO_SITE else self.filter(is_demo=False, article__is_demo=False)


class Revision(models.Model):
    """One text of an article. Only `move()` writes its status, only `rewrite()` its words."""

    class Audience(models.TextChoices):
        START_HERE = "start_here", _("Start here: one page, no numbers unless you ask")
        PLAIN = "plain", _("Plain language")
        DETAILED = "detailed", _("More detail")
        CLINICAL = "clinical", _("Clinicians and researchers")

    class ChangeKind(models.TextChoices):
        UPDATED = "updated", _("Updated: something was added or said anew")
        CORRECTED = "corrected", _("Corrected: something was wrong")

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField(_("number"))
    status = models.CharField(
        _("status"), max_length=20, choices=Status, default=Status.DRAFT, editable=False
    )
    title = models.CharField(_("title"), max_length=200)
    summary = models.CharField(
        _("summary"), max_length=300, blank=True, help_text=_("One or two plain sentences for lists.")
    )
    key_points = models.TextField(
        _("key points"), max_length=2000, blank=True, help_text=_("One point on each line.")
    )
    body = models.TextField(_("text"), max_length=BODY_LIMIT, blank=True, help_text=_("Markdown."))
    audience = models.CharField(_("who is it for"), max_length=20, choices=Audience, default=Audience.PLAIN)
    topics = models.ManyToManyField(Topic, blank=True, related_name="revisions", verbose_name=_("topics"))
    cancer_types = models.ManyToManyField(
        CancerType, blank=True, related_name="revisions", verbose_name=_("cancer types")
    )
    change_kind = models.CharField(
        _("kind of change"), max_length=20, choices=ChangeKind, default=ChangeKind.UPDATED
    )
    change_note = models.CharField(
        _("what changed"), max_length=300, blank=True, help_text=_("Readers see this sentence.")
    )
    # The cache of this revision's own words; what may change without it is put in when read.
    body_html = models.TextField(blank=True, editable=False)
    sources_html = models.TextField(blank=True, editable=False)
    contents_html = models.TextField(blank=True, editable=False)
    minutes = models.PositiveSmallIntegerField(_("minutes to read"), default=0, editable=False)
    render_version = models.PositiveSmallIntegerField(default=0, editable=False)
    source = models.ForeignKey(
        SourceDocument, on_delete=models.PROTECT, related_name="revisions", null=True, editable=False
    )
    # No author: the text came with the site (its starter library).
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, editable=False
    )
    content_hash = models.CharField(max_length=64, editable=False)
    approval = models.ForeignKey(
        "articles.Approval", on_delete=models.PROTECT, related_name="+", null=True, editable=False
    )
    approved_hash = models.CharField(max_length=64, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    is_demo = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)
    published_at = models.DateTimeField(null=True, editable=False)

    objects = RevisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("text of a guide")
        verbose_name_plural = _("texts of guides")
        ordering = ("-pk",)
        permissions = [
            ("submit_revision", "Can submit, reopen and discard revisions"),
            ("approve_revision", "Can approve revisions or request changes"),
            ("publish_revision", "Can publish and withdraw revisions"),
        ]
        constraints = [
            models.UniqueConstraint(fields=("article", "number"), name="one_revision_per_number"),
            models.UniqueConstraint(
                fields=("article",), condition=Q(status=Status.PUBLISHED), name="one_published_revision"
            ),
            models.CheckConstraint(
                name="published_revisions_are_approved_as_they_stand",
                condition=~Q(status=Status.PUBLISHED)
                | Q(is_demo=True)
                | Q(approval__isnull=False, approved_hash=F("content_hash")),
            ),
            models.CheckConstraint(
                name="approved_revisions_have_their_approval",
                condition=~Q(status=Status.APPROVED)
                | Q(is_demo=True)
                | Q(approval__isnull=False, approved_hash=F("content_hash")),
            ),
            models.CheckConstraint(
                name="demo_revisions_have_no_approval", condition=Q(is_demo=False) | Q(approval__isnull=True)
            ),
            models.CheckConstraint(
                name="published_revisions_have_a_date",
                condition=~Q(status=Status.PUBLISHED) | Q(published_at__isnull=False),
            ),
            models.CheckConstraint(name="revisions_have_a_hash", condition=~Q(content_hash="")),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.number})"

    @property
    def page(self) -> Page:
        """The sanitised parts of the page: the stored cache, or made afresh when the renderer has moved on."""
        if self.render_version != RENDER_VERSION:
            return self.rendered()
        return Page(
            trusted(self.body_html), trusted(self.sources_html), trusted(self.contents_html), self.minutes
        )

    @property
    def is_editable(self) -> bool:
        return self.status in EDITABLE

    @property
    def medical_review(self) -> dict[str, str] | None:
        """Who stands for this text, in the words of that day; None where nobody is named.

        On a demonstration site nobody ever does.
        """
        if self.is_demo or settings.IS_DEMO_SITE or self.approval is None:
            return None
        snapshot = self.approval.credential_snapshot
        who, letters = snapshot.get("public_name", ""), snapshot.get("letters", "")
        return {"who": who, "letters": f", {letters}" if letters else ""} if who else None

    def was_written_by(self, member: Member) -> bool:
        """Did this person write or edit any of it? Such a person approves nothing here."""
        return self.author_id == member.pk or events.history_of(self).filter(actor=member, verb=EDIT).exists()

    def transitions_open_to(self, member: Member) -> list[Transition]:
        return [t for t in TRANSITIONS.values() if t.is_button and t.open_to(member, self)]

    def content_digest(self) -> str:
        """The hash an approval is bound to: all words, what they lean on and show, and whom they are for.

        What is empty is left out, so that a text keeps its hash when a later version
        of the site knows one more thing to say.
        """
        words: dict[str, Any] = {
            "title": self.title,
            "summary": self.summary,
            "body": self.body,
            "references": [reference.as_cited() for reference in self.references.all()],
        }
        said_later = {
            "key_points": self.key_points,
            "audience": "" if self.audience == self.Audience.PLAIN else self.audience,
            "topics": sorted(self.topics.values_list("slug", flat=True)),
            "cancer_types": sorted(self.cancer_types.values_list("slug", flat=True)),
            "figures": [[figure.position, *figure.as_shown()] for figure in self.figures.all()],
            "quotations": [
                [quotation.position, *quotation.as_quoted()]
                for quotation in self.quotations.select_related("block__document").defer(
                    "block__document__content"
                )
            ],
        }
        words |= {name: value for name, value in said_later.items() if value}
        return hashlib.sha256(json.dumps(words, sort_keys=True).encode()).hexdigest()

    def rendered(self) -> Page:
        """Its parts of the page, made from its words now."""
        return render_page(self.body, references=self.references.all(), figures=self.figures.all())

    @transaction.atomic
    def start(
        self,
        leaning_on: Iterable[LeantOn] = (),
        *,
        topics: Iterable[Topic] = (),
        cancer_types: Iterable[CancerType] = (),
    ) -> None:
        """Store a new revision with its references, figures and quotations, its hash and its cache."""
        self.content_hash = "0" * 64  # no row without a hash; the true one follows at once
        self.save(force_insert=True)
        for row in leaning_on:
            row.revision = self
            row.save(force_insert=True)
        self.topics.set(topics)
        self.cancer_types.set(cancer_types)
        self._store(**self._cache(), content_hash=self.content_digest())
        events.record("start", self, by=self.author, to_state=self.status, digest=self.content_hash)

    def copied(self) -> list[LeantOn]:
        """Its references, figures and quotations once more, unstored, for another revision."""
        return [row.copy() for rows in (self.references, self.figures, self.quotations) for row in rows.all()]

    @transaction.atomic
    def rewrite(self, *, by: Member) -> None:
        """Store changed words. A changed approved text goes back to draft, without its approval.

        Raises TransitionRefused when somebody else was first, or the text is closed.
        """
        words = self.words()
        digest = self.content_digest()
        if self.status == Status.APPROVED:
            self.move(REOPEN, by=by)
        before = Revision.objects.filter(pk=self.pk, version=self.version, status__in=EDITABLE).first()
        if before is None:
            raise TransitionRefused(self.who_was_first())
        before.past_texts.create(version=before.version, words=before.words())
        columns = {**words, **self._cache(), "content_hash": digest, "changed_at": timezone.now()}
        if not Revision.objects.filter(pk=self.pk, version=self.version, status__in=EDITABLE).update(
            **columns, version=F("version") + 1
        ):
            raise TransitionRefused(self.who_was_first())
        events.record(EDIT, self, by=by, digest=digest)
        self.refresh_from_db()

    def store_page(self) -> None:
        """Keep its parts of the page, made anew. Neither its words nor its version change."""
        Revision.objects.filter(pk=self.pk, version=self.version).update(**self._cache())

    def words(self) -> dict[str, Any]:
        """What an editor types, by the name of its field."""
        return {name: getattr(self, name) for name in WORDS}

    def _cache(self) -> dict[str, Any]:
        page = self.rendered()
        return {
            "body_html": page.body,
            "sources_html": page.sources,
            "contents_html": page.contents,
            "minutes": page.minutes,
            "render_version": RENDER_VERSION,
        }

    def _store(self, **columns: Any) -> None:
        """Write columns of a row that nobody else has seen yet."""
        Revision.objects.filter(pk=self.pk).update(**columns)
        for column, value in columns.items():
            setattr(self, column, value)

    @transaction.atomic
    def move(self, transition: Transition, *, by: Member | None, note: str = "", **stamp: Any) -> None:
        """Make one transition, or refuse; the loser of a race is told who did what.

        The only writer of status. `stamp` are the columns that belong to the move; `by` None is the site itself.
        """
        if not transition.open_to(by, self):
            raise TransitionRefused(self.refusal_of(transition, by))
        if transition.needs_note and not note.strip():
            raise TransitionRefused(_t("Say why: the note is read by those concerned, now and later."))
        moved = Revision.objects.filter(pk=self.pk, status=self.status, version=self.version).update(
            status=transition.target, version=F("version") + 1, **self._approval_after(transition), **stamp
        )
        if not moved:
            raise TransitionRefused(self.who_was_first())
        event = events.record(
            transition.name,
            self,
            by=by,
            from_state=self.status,
            to_state=transition.target,
            digest=self.content_hash,
        )
        events.keep_note(event, note, audience="author" if transition.needs_note else "team")
        self.refresh_from_db()
        self._point_article()

    def _approval_after(self, transition: Transition) -> dict[str, Any]:
        return {"approval": None, "approved_hash": ""} if transition is REOPEN else {}

    def _point_article(self) -> None:
        """Keep the article's live pointer true, in the transaction of the move."""
        if self.status == Status.PUBLISHED:
            Article.objects.filter(pk=self.article_id).update(live_revision=self)
        else:
            Article.objects.filter(pk=self.article_id, live_revision=self).update(live_revision=None)

    def refusal_of(self, transition: Transition, by: Member | None) -> str:
        """Why this person may not make this move: the role, the own text, or somebody was first."""
        if by is None:
            return self.who_was_first()
        if not by.has_perm(transition.permission):
            return _t("Your role may not do this.")
        if self.was_written_by(by) and not transition.by_author:
            return _t("You wrote or edited this text. Somebody else has to check it.")
        return self.who_was_first()

    def who_was_first(self) -> str:
        """One sentence for the person who came second: who did what, and when."""
        last = events.history_of(self).select_related("actor").order_by("-pk").first()
        if last is None:
            return _t("This is not open to you for this text.")
        return _t("%(event)s. Your action was not carried out.") % {"event": sentence_of(last)}

    def history(self) -> list[tuple[str, Event]]:
        """What was done with it, oldest first, each as a sentence beside its event."""
        return [(sentence_of(event), event) for event in events.history_of(self)]


def sentence_of(event: Event) -> str:
    """Who did what, and when, in the site's zone."""
    if event.verb in TRANSITIONS:
        done = str(TRANSITIONS[event.verb].done)
    else:
        done = _t("saved a change") if event.verb == EDIT else _t("began this text")
    return _t("%(who)s %(did)s (%(when)s)") % {
        "who": event.actor or _t("The site"),
        "did": done,
        "when": timezone.localtime(event.at).strftime("%d.%m.%Y %H:%M %Z"),
    }
