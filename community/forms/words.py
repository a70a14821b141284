"""Forms for what members write. They check and say sorry; sending is `moderation`'s."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any, ClassVar, cast

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cachexia_portal.accounts.models import Member, Relation
from community import moderation
from community.fields import PlainTextField
from community.models import Kind, Post, PostRevision, ShownAs
from community.models.revisions import BODY_LENGTH

from .filing import FiledForm
from .wording import CHOOSE


class WordsForm(forms.Form):
    """What everything that is written here shares: the words, and the consent to keep them."""

    #: Shown where the words are looked over; what is filled in before is carried along.
    last_fields: ClassVar[tuple[str, ...]] = ("health_consent",)
    #: Not shown while writing; what was chosen at the look travels back unseen.
    unseen_fields: ClassVar[tuple[str, ...]] = ()

    body = PlainTextField(
        max_length=BODY_LENGTH,
        error_messages={"required": _("Please write something first. A few words are enough.")},
    )
    health_consent = forms.BooleanField(
        label=_(
            "I agree that this site keeps and shows what I write here about health, mine or that of "
            "the person I care for. I can end this at any time under My posts."
        ),
        error_messages={"required": _("Without this we may not keep words about health. Please tick it.")},
    )

    def __init__(
        self, *args: Any, member: Member | None = None, is_final: bool = True, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.member = member
        if member is None or member.has_health_consent:
            del self.fields["health_consent"]
        else:  # asked for where the words are looked over, needed to keep or to send them
            self.fields["health_consent"].required = is_final

    @property
    def may_be_sent(self) -> bool:
        """Whether its writer wants it sent; of a story they may have said no."""
        return True

    @property
    def first_fields(self) -> list[forms.BoundField]:
        """What is filled in while writing."""
        apart = ("body", *self.unseen_fields, *WordsForm.last_fields)
        return [field for field in self.visible_fields() if field.name not in apart]

    @property
    def closing_fields(self) -> list[forms.BoundField]:
        """What is asked for while looking it over, topics apart: they have a look of their own."""
        return [self[name] for name in self.last_fields if name in self.fields and name != "topics"]

    @abstractmethod
    def preview(self) -> Post:
        """The post as it will appear, stored nowhere."""

    @abstractmethod
    def send(self, author: Member) -> Post:
        """Hand the words to the desk."""

    def keep_consent(self, author: Member) -> None:
        """The box that was ticked with these words; nothing where the consent stands already."""
        if self.cleaned_data.get("health_consent"):
            author.give_health_consent()

    def shown_revision(self, post: Post) -> Post:
        """The words under a post that is stored nowhere."""
        names = ("title", "body", "basis", "source", "when_to_call")
        words = {name: self.cleaned_data.get(name) or "" for name in names}
        post.published_revision = PostRevision(post=post, **words)
        return post


class SignedForm(WordsForm):
    """New words: whom their writer cares for, and whether their name stands over them."""

    relation = forms.ChoiceField(
        label=_("Who do you care for?"),
        choices=Relation.choices,
        required=False,
        error_messages=CHOOSE,
        widget=forms.RadioSelect,
    )
    shown_as = forms.ChoiceField(
        label=_("How should it appear?"),
        choices=ShownAs.choices,
        required=False,
        error_messages=CHOOSE,
        widget=forms.RadioSelect,
        help_text=_("Without your name it says “A caregiver”, to readers and to our moderators."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        relation = self.member.relation if self.member else Relation.UNSAID
        self.initial = {"relation": relation, "shown_as": ShownAs.NAME, **self.initial}
        if self.member is not None:
            as_named = gettext("As %(name)s") % {"name": self.member.byline}
            shown_as = cast(forms.ChoiceField, self.fields["shown_as"])
            shown_as.choices = [(ShownAs.NAME, as_named), (ShownAs.ANONYMOUS, ShownAs.ANONYMOUS.label)]

    def clean_shown_as(self) -> str:
        """Nothing chosen is what the form began with."""
        return self.cleaned_data["shown_as"] or ShownAs.NAME

    @property
    def shown_author(self) -> Member:
        """Whose name stands over the preview; a visitor has none yet."""
        return self.member or Member(display_name=gettext("The name you choose"))

    def appearance(self) -> dict[str, str]:
        return {key: self.cleaned_data.get(key) or "" for key in ("shown_as", "relation")}


class AskForm(FiledForm, SignedForm):
    """A question: only the words are needed."""

    last_fields: ClassVar[tuple[str, ...]] = ("title", "topics", "health_consent")
    unseen_fields: ClassVar[tuple[str, ...]] = ("topics",)
    field_order = ("body", "shown_as", "title", "relation")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["body"].label = _("What is going on?")
        self.fields["body"].help_text = _(
            "Say a little about the person, what you have noticed, and what you would like to know."
        )

    @property
    def fold_fields(self) -> list[forms.BoundField]:
        """What may be left alone."""
        return [field for field in self.first_fields if field.name != "shown_as"]

    def preview(self) -> Post:
        post = Post(kind=Kind.QUESTION, author=self.shown_author, **self.appearance(), **self.shown_filing())
        return self.shown_revision(post)

    def send(self, author: Member) -> Post:
        self.keep_consent(author)
        chosen: dict[str, Any] = {**self.appearance(), **self.filing()}
        words = self.cleaned_data
        return moderation.send_question(author, title=words["title"], body=words["body"], **chosen)


class ReplyForm(SignedForm):
    """A few words under an answer."""

    def __init__(self, *args: Any, answer: Post, **options: Any) -> None:
        super().__init__(*args, **options)
        self.answer = answer
        self.fields["body"].label = _("Your reply")
        self.fields["body"].help_text = _("Thanks, a question back, or what it was like for you.")

    def preview(self) -> Post:
        below = {"parent": self.answer, "question": self.answer.question}
        return self.shown_revision(
            Post(kind=Kind.REPLY, author=self.shown_author, **below, **self.appearance())
        )

    def send(self, author: Member) -> Post:
        self.keep_consent(author)
        return moderation.send_reply(author, self.answer, body=self.cleaned_data["body"], **self.appearance())
