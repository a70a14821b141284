"""Changing what was sent before."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from cachexia_portal.accounts.models import Member
from community import moderation
from community.models import Post, PostRevision
from community.moderation import consenting

from .answering import CLINICAL, ClinicalForm
from .filing import FILED, FiledForm, file_again
from .telling import CONSENT, STORY_FILING, ConsentForm
from .words import WordsForm

LARGEST = 2**31 - 1


class EditForm(ConsentForm, FiledForm, ClinicalForm, WordsForm):
    """The newest words of a post, what it is filed under, and for a story a consent where none is live."""

    last_fields: ClassVar[tuple[str, ...]] = ("title", "topics", "health_consent")
    seen = forms.IntegerField(min_value=1, max_value=LARGEST, widget=forms.HiddenInput)
    field_order = ("seen", "body", *CLINICAL, "title")

    def __init__(self, *args: Any, post: Post, newest: PostRevision, **options: Any) -> None:
        given = options.pop("initial", None) or {}
        initial = {"seen": newest.number, **(given or _as_sent(post, newest))}
        super().__init__(*args, initial=initial, **options)
        self.post, self.newest = post, newest
        self.fields["body"].label = _("Your words")
        for name in _unused(post):
            del self.fields[name]
        if post.is_question and post.noindex:
            self._keep_out_of_searches()

    def _keep_out_of_searches(self) -> None:
        """Asked for once, it stays: a page or a draft from before would take it back unseen."""
        kept_out = self.fields["noindex"]
        kept_out.disabled, self.initial["noindex"] = True, True
        kept_out.help_text = _("Search engines are asked to leave it out. To end that, please write to us.")

    def clean(self) -> dict[str, Any]:
        if self.post.is_clinical:
            self.check_clinical()
        return super().clean() if self.is_filed else self.cleaned_data

    @property
    def is_filed(self) -> bool:
        """Questions and stories have a title and a place in the lists; the rest hangs under a question."""
        return self.post.question_id is None

    def preview(self) -> Post:
        """The post as it stands, with the new words."""
        shown = Post.objects.with_words().get(pk=self.post.pk)
        if self.is_filed:
            for name, value in self.shown_filing().items():
                setattr(shown, name, value)
        return self.shown_revision(shown)

    def file(self) -> None:
        """Only the choices from lists; they count at once."""
        if self.is_filed:
            file_again(self.post, self.filing())

    @property
    def word_fields(self) -> list[forms.BoundField]:
        """Besides the text, what a moderator reads."""
        return [self[name] for name in (*CLINICAL, "title") if name in self.fields]

    @property
    def has_new_words(self) -> bool:
        """Whether anything was typed that a moderator would have to read."""
        names = ("title", "body", *CLINICAL)
        return any(getattr(self.newest, name) != (self.cleaned_data.get(name) or "") for name in names)

    def send(self, author: Member) -> Post:
        self.keep_consent(author)
        title = self.cleaned_data.get("title") or ""
        words = {"title": title, "body": self.cleaned_data["body"], **self.clinical_words()}
        seen = self.cleaned_data["seen"]
        moderation.send_again(self.post, by=author, seen=seen, consent=self.agreed, **words)
        self.file()
        return self.post


def _unused(post: Post) -> list[str]:
    """What this post has no place for."""
    clinical = () if post.is_clinical else CLINICAL
    filed: tuple[str, ...] = ("title", "topics", *FILED) if post.question_id else ()
    if post.is_story:
        filed = tuple(name for name in FILED if name not in STORY_FILING)
    asks_consent = post.is_story and not consenting.is_live(post)
    return [*clinical, *filed, *(() if asks_consent else CONSENT)]


def _as_sent(post: Post, newest: PostRevision) -> dict[str, Any]:
    words = {name: getattr(newest, name) for name in ("title", "body", *CLINICAL)}
    filed = {name: getattr(post, name) for name in ("wants", "content_notes", "noindex")}
    cancer_type = post.cancer_type.slug if post.cancer_type else ""
    topics = list(post.topics.values_list("slug", flat=True))
    return {**words, **filed, "cancer_type": cancer_type, "topics": topics}
