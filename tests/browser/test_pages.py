"""Every page for readers and members: accessible, within the policy, narrow, by keyboard, without JavaScript."""

from __future__ import annotations

import pytest

from tests.browser.checks import axe_faults, page_checks

CAREGIVER = "caregiver@demo.example"
OTHER_CAREGIVER = "second-caregiver@demo.example"
CLINICIAN = "clinician@demo.example"
PUBLIC = [
    "/",
    "/about/mission/",
    "/about/how-we-check/",
    "/about/house-rules/",
    "/about/privacy/",
    "/about/terms/",
    "/about/accessibility/",
    "/about/funding/",
    "/about/young-carers/",
    "/contact/",
    "/help-now/",
    "/questions/",
    "/questions/?show=waiting&topic=symptoms",
    "/articles/",
    "/articles/?audience=start_here&topic=symptoms",
    "/articles/?audience=clinical&topic=symptoms",
    "/glossary/",
    "/glossary/?q=kakexia",
    "/glossary/?q=marmalade",
    "/search/",
    "/search/?q=is+this+kakexia+or+the+chemo",
    "/search/?q=weight&in=questions",
    "/search/?q=when+to+call+doctor+not+drinking",
    "/search/?q=i+want+to+die",
    "/search/?q=marmalade",
    "/topics/prognosis-and-stages/",
    "/topics/money-and-access/",
]
SIGNING_IN = [
    "/accounts/login/",
    "/accounts/login/password/",
    "/accounts/signup/",
    "/accounts/password/reset/",
    "/accounts/password/reset/done/",
    "/accounts/inactive/",
]
OWN = [
    "/me/",
    "/me/profile/",
    "/me/consent/",
    "/me/close/",
    "/me/export/",
    "/me/credential/",
    "/me/sessions/",
    "/me/mails/",
    "/me/address/",
    "/accounts/passkeys/",
    "/questions/ask/",
    "/accounts/logout/",
    "/accounts/2fa/",
    "/accounts/2fa/totp/activate/",
]


@pytest.mark.parametrize("path", [*PUBLIC, *SIGNING_IN])
def test_page_for_everybody(window, path):
    page_checks(window, path)


@pytest.mark.parametrize("path", OWN)
def test_page_of_a_member(window, path):
    page_checks(window, path, as_=CAREGIVER)


@pytest.fixture(scope="module")
def guide(site):
    return site.python(
        "from articles.models import Article\n"
        "print(Article.objects.visible_to(None).first().get_absolute_url())"
    ).strip()


@pytest.fixture(scope="module")
def withdrawn_guide(site):
    return site.python(
        "from articles import publishing\n"
        "from articles.models import Article\n"
        "from cachexia_portal.accounts.models import Member\n"
        "editor = Member.objects.get(email='editor@demo.example')\n"
        "guide = Article.objects.visible_to(None).last()\n"
        "publishing.withdraw(guide.live_revision, by=editor, note='One sentence about drinks was wrong.')\n"
        "print(guide.get_absolute_url())"
    ).strip()


@pytest.fixture(scope="module")
def question(site):
    """One with an answer under it."""
    return site.python(
        "from community.models import Post\n"
        "answers = Post.objects.visible_to(None).filter(kind='answer')\n"
        "print(answers.select_related('parent__published_revision').first().parent.get_absolute_url())"
    ).strip()


@pytest.fixture(scope="module")
def answer(site, question):
    """The key of the first one from experience under that question."""
    return site.python(
        "from community.models import Post\n"
        f"question = {question!r}.split('/')[2].split('-')[0]\n"
        "answers = Post.objects.visible_to(None).filter(kind='answer', question=question)\n"
        "print(answers.order_by('pk').first().pk)"
    ).strip()


@pytest.fixture(scope="module")
def refused_post(site):
    return site.python(
        "from cachexia_portal.accounts.models import Member\n"
        "from community import moderation\n"
        "from community.models import HouseRule, ReviewItem\n"
        f"author = Member.objects.get(email={CAREGIVER!r})\n"
        "moderator = Member.objects.get(email='moderator@demo.example')\n"
        "post = moderation.send_question(author, title='Where to buy', body='Which shop has it?')\n"
        "item = ReviewItem.objects.get(revision__post=post, kind='new')\n"
        "moderation.decide(item, by=moderator, version=item.version, verb='refuse',\n"
        "    house_rule=HouseRule.objects.first(), reason='It reads like an advertisement.')\n"
        "print(f'/me/posts/{post.pk}/')"
    ).strip()


@pytest.fixture(scope="module")
def waiting_post(site):
    return site.python(
        "from cachexia_portal.accounts.models import Member\n"
        "from community.moderation import send_question\n"
        f"author = Member.objects.get(email={CAREGIVER!r})\n"
        "post = send_question(author, title='What may wait', body='It can be read later.')\n"
        "print(f'/me/posts/{post.pk}/')"
    ).strip()


@pytest.mark.parametrize("part", ["", "changes/", "print/", "print/?numbers=shown"])
def test_guide(window, guide, part):
    page_checks(window, guide + part)


def test_guide_that_was_withdrawn(window, withdrawn_guide):
    page_checks(window, withdrawn_guide, status=410)


@pytest.mark.parametrize("as_", [None, CAREGIVER])
def test_question(window, question, as_):
    page_checks(window, question, as_=as_)


def test_answer_form(window, question):
    page_checks(window, question + "answer/", as_=CAREGIVER)


def test_answer_form_of_a_clinician(window, question):
    page_checks(window, question + "answer/", as_=CLINICIAN)


def test_reply_form(window, answer, question):
    page_checks(window, f"{question}reply/{answer}/", as_=CAREGIVER)


@pytest.mark.parametrize("as_", [None, CAREGIVER, OTHER_CAREGIVER])
def test_report_of_an_answer(window, answer, as_):
    """For visitors, for whoever wrote it and for other members."""
    page_checks(window, f"/report/answer/{answer}/", as_=as_)


@pytest.mark.parametrize("part", ["", "edit/"])
def test_own_waiting_post(window, waiting_post, part):
    page_checks(window, waiting_post + part, as_=CAREGIVER)


@pytest.mark.parametrize("part", ["", "appeal/", "edit/"])
def test_own_refused_post(window, refused_post, part):
    page_checks(window, refused_post + part, as_=CAREGIVER)


def test_page_that_is_not_there(window):
    page_checks(window, "/nothing-here/", status=404)


def test_form_with_everything_wrong(window):
    """It says so first, with links to the fields, and stays accessible."""
    page = window(width=390)
    page.goto("/contact/")
    page.locator("main form button").click()
    assert page.locator(".errors a").count() > 0
    assert not axe_faults(page)
