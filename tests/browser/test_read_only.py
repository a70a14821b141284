"""READ_ONLY=1 as people meet it: on a phone, with and without JavaScript, at every form that takes words."""

from __future__ import annotations

import json

import pytest

from cachexia_portal.delivery.kept_words import is_typed
from tests.browser.checks import TOO_WIDE, axe_faults
from tests.browser.test_question_journey import SCRIPTS

VISITOR = None
CAREGIVER = "caregiver@demo.example"
MODERATOR = "moderator@demo.example"
EDITOR = "editor@demo.example"
SAID = "You can read, but not post, for a short while"
WORDS = "Two bites & then <sorry>"
#: Where the forms stand; what stands in braces is looked up on the running site.
WALK = [
    (VISITOR, "/questions/ask/"),
    (VISITOR, "{question}answer/"),
    (VISITOR, "/contact/"),
    (VISITOR, "/accounts/signup/"),
    (VISITOR, "/accounts/login/"),
    (VISITOR, "/accounts/login/password/"),
    (VISITOR, "/accounts/password/reset/"),
    (CAREGIVER, "/questions/ask/"),
    (CAREGIVER, "/stories/share/"),
    (CAREGIVER, "{question}answer/"),
    (CAREGIVER, "{question}reply/{answer}/"),
    (CAREGIVER, "{refused}edit/"),
    (CAREGIVER, "{refused}appeal/"),
    (CAREGIVER, "/me/profile/"),
    (CAREGIVER, "/me/credential/"),
    (CAREGIVER, "/report/answer/{answer}/"),
    (MODERATOR, "{item}"),
    (EDITOR, "/admin/articles/synonymgroup/add/"),
]
PLACES = """
import json
from django.urls import reverse
from cachexia_portal.accounts.models import Member
from community import moderation
from community.models import HouseRule, Post, ReviewItem
author = Member.objects.get(email="caregiver@demo.example")
moderator = Member.objects.get(email="moderator@demo.example")
send = lambda title: moderation.send_question(author, title=title, body="Which shop has it?")
refused, waiting = send("Where to buy"), send("Where to ask")
item = ReviewItem.objects.get(revision__post=refused, kind="new")
rule = HouseRule.objects.first()
moderation.decide(item, by=moderator, version=item.version, verb="refuse", house_rule=rule, reason="It sells.")
answers = Post.objects.visible_to(None).filter(kind="answer").select_related("parent__published_revision")
answer = answers.exclude(author=author).exclude(parent__author=author).order_by("pk").first()
to_read = ReviewItem.objects.get(revision__post=waiting, kind="new").pk
print(json.dumps({
    "question": answer.parent.get_absolute_url(), "answer": answer.pk, "refused": f"/me/posts/{refused.pk}/",
    "item": reverse("admin:community_reviewitem_change", args=[to_read]),
}))
"""
STORED = "import json\nfrom django.apps import apps\n" + (
    "print(json.dumps({m._meta.label: m.objects.count() for m in apps.get_models()}))"
)
#: Nobody presses a button that the page has not, so forms are left as they are but for what a person types.
OPEN_ALL = "() => document.querySelectorAll('details').forEach(folded => { folded.open = true; })"
FORMS = """() => [...document.querySelectorAll("form[method=post i]")].map((form, place) => ({
    place, action: new URL(form.action).pathname, typed: form.querySelectorAll(
        "textarea:not([readonly]), input[type=text], input[type=email], input[type=search]").length,
})).filter(form => form.typed && !["/display/", "/accounts/logout/"].includes(form.action))"""


@pytest.fixture(scope="module")
def reading_only(site):
    """The same site, started anew to read only; what people would meet there, and how many rows it has."""
    places = json.loads(site.python(PLACES))
    for person in (CAREGIVER, MODERATOR, EDITOR):
        site.session_of(person)
    before = site.python(STORED)
    site.stop()
    site.environment["READ_ONLY"] = "1"
    try:
        site.start()
        yield places
        assert site.python(STORED) == before, "something was written"
    finally:
        site.stop()
        del site.environment["READ_ONLY"]
        site.start()


@pytest.mark.parametrize("javascript", SCRIPTS)
@pytest.mark.parametrize(("who", "address"), WALK)
def test_a_form_gives_its_words_back(window, reading_only, who, address, javascript):
    page = window(as_=who, width=390, height=800, javascript=javascript)
    path = address.format(**reading_only)
    assert page.goto(path).status == 200
    forms = page.evaluate(FORMS)
    assert forms, f"{path} has no form to type into"
    for form in forms:
        page.goto(path)
        page.evaluate(OPEN_ALL)
        typed = _type_into(page.locator("form[method=post i]").nth(form["place"]))
        answer = _send(page, form["place"])
        assert answer.status == 503, form
        assert page.locator("h1").inner_text().strip() == SAID
        given = [field.input_value() for field in page.locator("textarea[readonly]").all()]
        assert not [name for name, words in typed.items() if words not in given], (form, given)
        assert page.locator("a[href='/help-now/']").count()
        assert not page.evaluate(TOO_WIDE)
        assert not javascript or not axe_faults(page)


def _type_into(form) -> dict[str, str]:
    """Words into every field that a person can see and type into; what was typed, by name."""
    typed = {}
    for field in form.locator("textarea, input[type=text], input[type=email], input[type=search]").all():
        if not (field.is_visible() and field.is_editable()):
            continue
        name = field.get_attribute("name") or ""
        is_address = field.get_attribute("type") == "email"
        words = "somebody@example.org" if is_address else f"{WORDS}, {name}"
        words = words[: int(field.get_attribute("maxlength") or 1000)].strip()
        field.fill(words)
        if name and is_typed(name):
            typed[name] = words
    return typed


def _send(page, place: int):
    """As a person does who has filled in all that is asked for: the browser's own checks are not tried here."""
    page.evaluate(
        "place => { document.querySelectorAll('form[method=post i]')[place].noValidate = true; }", place
    )
    form = page.locator("form[method=post i]").nth(place)
    buttons = form.locator("button:not([type=button]), input[type=submit]")
    visible = [button for button in buttons.all() if button.is_visible()]
    with page.expect_navigation() as navigation:
        visible[0].click()
    return navigation.value
