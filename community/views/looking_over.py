"""Looking words over before they are sent: as they will appear, with what may be private in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.conf import settings
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _

from cachexia_portal.help.models import HelpLine
from cachexia_portal.help.models import Kind as LineKind
from community import honest_times, plain_text, private_details, similar, suggesting
from community.forms import WordsForm
from community.models.revisions import TITLE_LENGTH
from community.stories import Story
from community.thread import Thread

from . import keeping

if TYPE_CHECKING:
    from .sending import Writing

#: What a page carries besides the words: the calm page was seen, topics were offered, details were left.
MARKS = ("_calm", "_topics_seen", "_left")
LINES = {"crisis": LineKind.CRISIS, "emergency": LineKind.EMERGENCY}


def look_over(
    writing: Writing,
    data: QueryDict | None = None,
    kept: keeping.Kept | None = None,
    *,
    is_signed_out: bool = False,
) -> HttpResponse:
    """Show the post as it will appear; before that, once, the calm page where the words sound urgent."""
    data = _filled_in(writing, data or writing.data)
    form = writing.form(data, is_final=False)
    if not form.is_valid():
        return give_back(writing, form)
    kept = kept or keeping.keep(writing, data)
    looked = _looked(writing, form)
    if looked.is_urgent and data.get("_calm") != looked.help:
        return _calm(writing, form, data, kept, looked)
    context = {**context_of(writing, form, kept), "is_signed_out": is_signed_out}
    status = 403 if is_signed_out else 200
    response = render(writing.request, "community/look.html", context, status=status)
    return keeping.with_cookie(response, kept)


def give_back(writing: Writing, form: WordsForm, *, status: int = 200) -> HttpResponse:
    """A form with something to put right: on the page where that is done."""
    is_about_the_last = set(form.errors) <= {"__all__", *form.last_fields} and form.cleaned_data.get("body")
    if not is_about_the_last:
        return writing.page(form, status=status)
    return render(writing.request, "community/look.html", context_of(writing, form), status=status)


def give_back_closed(writing: Writing, form: WordsForm, kept: keeping.Kept) -> HttpResponse:
    """Nothing new is taken just now: the page of the words again, which says that, and what is kept of them."""
    context = {**context_of(writing, form, kept), "was_tried": True}
    return render(writing.request, "community/look.html", context, status=409)


def take_out(writing: Writing) -> HttpResponse:
    """Put a mark in place of the very words that the button named, and look again."""
    data = _cleaned(writing)
    key = writing.data.get("_do", "").partition(" ")[2]
    words = {part: data.get(part, "") for part in private_details.PARTS}
    for part, text in private_details.take_out(words, key, country=_country(writing)).items():
        if part in data:
            data[part] = text
    return look_over(writing, data)


def leave(writing: Writing) -> HttpResponse:
    """It is not private: not asked again about the same words."""
    data = _cleaned(writing)
    key = writing.data.get("_do", "").partition(" ")[2]
    for detail in private_details.look(data, country=_country(writing)).details:
        if detail.key == key:
            data.appendlist("_left", detail.words)
    return look_over(writing, data)


def context_of(writing: Writing, form: WordsForm, kept: keeping.Kept | None = None) -> dict[str, Any]:
    """What the page shows; of a form that was checked and holds words."""
    looked, data = _looked(writing, form), cast(QueryDict, form.data)
    if "title" in form.fields:
        form["title"].help_text = _("It is shown in lists. Change it if you like.")
    thread = _as_it_will_appear(form)
    return {
        "form": form,
        "thread": thread,
        "story": Story(thread.posts[0]),
        "kept": kept or keeping.of_request(writing),
        "details": [each for each in looked.details if each.words not in data.getlist("_left")],
        "advice": looked.advice if getattr(form, "is_lived", False) else (),
        "help": looked.help,
        "carried": carried(form, but=form.last_fields),
        "topics": getattr(form, "topic_options", None) if "topics" in form.fields else None,
        "place": writing.place,
        "member": writing.member,
        "is_staffed": honest_times.is_staffed(),
        "is_closed": writing.is_closed,
        "soon": honest_times.sentence(),
        **similar.beside(writing.place, writing.member, form),
        **writing.context,
    }


def carried(form: WordsForm, *, but: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    """Every field that the next page does not show, to travel with it unseen."""
    data = cast(QueryDict, form.data)
    names = [name for name in form.fields if name not in (*but, "body")]
    values = [(name, value) for name in (*names, *MARKS) for value in data.getlist(name)]
    return [("body", form.cleaned_data.get("body") or data.get("body", "")), *values]


def carried_back(data: QueryDict, form: WordsForm) -> list[tuple[str, str]]:
    """To the page on which it is written: what was chosen at the look and is not shown there."""
    chosen = [(name, value) for name in form.unseen_fields for value in form[name].value() or ()]
    marks = {name: data.getlist(name) for name in MARKS}
    if chosen:
        marks["_topics_seen"] = ["1"]
    return [*chosen, *((name, value) for name, values in marks.items() for value in values)]


def _as_it_will_appear(form: WordsForm) -> Thread:
    """The parts of the public page, with a post that is stored nowhere."""
    topics = form.cleaned_data.get("topics") or ()
    return Thread([form.preview()], [(topic.slug, topic.name) for topic in topics])


def _calm(
    writing: Writing, form: WordsForm, data: QueryDict, kept: keeping.Kept, looked: private_details.Looked
) -> HttpResponse:
    """Help first, and one tap to go on. Nothing has been sent, and nothing is lost."""
    country = _country(writing)
    lines = HelpLine.objects.shown().filter(country=country, kind=LINES[looked.help or ""])
    context = {
        "kept": kept,
        "carried": [(name, value) for name, value in carried(form) if name != "_calm"],
        "help": looked.help,
        "is_crisis": looked.help == "crisis",
        "lines": lines,
        "place": writing.place,
        "member": writing.member,
        "is_staffed": honest_times.is_staffed(),
        "is_closed": writing.is_closed,
        "soon": honest_times.sentence(),
    }
    return keeping.with_cookie(render(writing.request, "community/calm.html", context), kept)


def _filled_in(writing: Writing, given: QueryDict) -> QueryDict:
    """With a title and topics suggested from the words, where the writer has chosen none."""
    data = given.copy()
    form = writing.form(data, is_final=False)
    if "title" in form.fields and not plain_text.has_words(data.get("title", "")):
        data["title"] = plain_text.first_sentence(plain_text.clean(data.get("body", "")), TITLE_LENGTH)
    if "topics" in form.fields and "_topics_seen" not in data:
        data["_topics_seen"] = "1"
        if not data.getlist("topics"):
            found = suggesting.topics_for(str(data["title"]), data.get("body", ""))
            data.setlist("topics", [topic.slug for topic in found])
    return data


def _cleaned(writing: Writing) -> QueryDict:
    """The words as places in them are counted."""
    data = writing.data.copy()
    for part in private_details.PARTS:
        if part in data:
            data[part] = plain_text.clean(str(data[part]))
    if "title" in data:
        data["title"] = " ".join(str(data["title"]).split())
    return data


def _looked(writing: Writing, form: WordsForm) -> private_details.Looked:
    words = {part: form.cleaned_data.get(part) or "" for part in private_details.PARTS}
    return private_details.look(words, country=_country(writing))


def _country(writing: Writing) -> str:
    return (writing.member.country if writing.member else "") or settings.HOME_COUNTRY
