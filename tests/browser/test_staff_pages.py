"""Every staff page: accessible, within the policy, and usable on a narrow screen."""

from __future__ import annotations

import pytest

from tests.browser.checks import page_checks

LISTS = {
    "administrator@demo.example": [
        "/admin/",
        "/admin/accounts/member/",
        "/admin/accounts/credential/",
        "/admin/events/event/",
        "/admin/outbox/mail/",
        "/admin/outbox/heartbeat/",
        "/admin/outbox/blockedaddress/",
        "/admin/launch/doors/",
        "/admin/pages/sitenotice/",
        "/admin/pages/sitenotice/add/",
        "/admin/pages/statement/",
        "/admin/pages/statement/add/?about=hosting",
        "/admin/guides/operator/",
        "/admin/pages/contactmessage/",
        "/admin/help/helpline/",
        "/admin/help/helpline/add/",
        "/admin/help/",
        "/admin/community/reviewitem/?show=escalated",
        "/admin/community/cannedreply/add/",
        "/admin/community/staffedhours/",
        "/admin/community/staffedhours/add/",
        "/admin/community/closedday/",
        "/admin/community/closedday/add/",
    ],
    "moderator@demo.example": [
        "/admin/",
        "/admin/community/reviewitem/",
        "/admin/community/reviewitem/?show=decided",
        "/admin/community/houserule/",
        "/admin/community/cannedreply/",
        "/admin/guides/",
        "/admin/guides/worry/",
        "/admin/guides/moderator/",
    ],
    "editor@demo.example": [
        "/admin/",
        "/admin/articles/article/",
        "/admin/articles/article/begin/",
        "/admin/articles/revision/",
        "/admin/articles/sourcedocument/",
        "/admin/articles/sourcedocument/upload/",
        "/admin/articles/topic/",
        "/admin/articles/topic/add/",
        "/admin/articles/cancertype/",
        "/admin/articles/glossaryterm/",
        "/admin/articles/glossaryterm/add/",
        "/admin/articles/healthwording/",
    ],
    "verifier@demo.example": ["/admin/accounts/credential/add/"],
    "medical-reviewer@demo.example": [
        "/admin/help/fixedpageapproval/read/worry/",
        "/admin/",
        "/admin/articles/revision/",
        "/admin/articles/healthwording/",
        "/admin/help/fixedpageapproval/",
        "/admin/help/fixedpageapproval/add/",
        "/accounts/2fa/",
        "/accounts/2fa/reauthenticate/",
    ],
}
FIRST_OF = {
    "accounts.Member": "administrator@demo.example",
    "accounts.Credential": "verifier@demo.example",
    "events.Event": "administrator@demo.example",
    "help.HelpLine": "editor@demo.example",
    "community.ReviewItem": "moderator@demo.example",
    "community.HouseRule": "moderator@demo.example",
    "community.CannedReply": "administrator@demo.example",
    "articles.Article": "editor@demo.example",
    "articles.Revision": "editor@demo.example",
    "articles.SourceDocument": "editor@demo.example",
    "articles.Topic": "editor@demo.example",
    "articles.CancerType": "editor@demo.example",
    "articles.GlossaryTerm": "editor@demo.example",
    "articles.HealthWording": "medical-reviewer@demo.example",
}


@pytest.mark.parametrize(("as_", "path"), [(who, path) for who, paths in LISTS.items() for path in paths])
def test_staff_list(window, as_, path):
    page_checks(window, path, as_=as_, help_second=False)


@pytest.fixture(scope="module")
def source_document(site):
    site.manage("import_documents", "tests/documents/kettle.txt")


@pytest.mark.parametrize("part", ["change", "preview", "history"])
def test_text_as_its_reviewer_meets_it(window, site, part):
    """The longest of the starter library: key points, marks, words, a fold and sources."""
    key = site.python(
        "from articles.models import Revision\n"
        "print(Revision.objects.filter(body__contains=':::numbers', is_demo=False).first().pk)"
    ).strip()
    path = f"/admin/articles/revision/{key}/{part}/"
    page_checks(window, path, as_="medical-reviewer@demo.example", help_second=False)


@pytest.mark.parametrize("model", FIRST_OF)
def test_staff_page_of_one_row(window, site, source_document, model):
    path = site.python(
        "from django.apps import apps\nfrom django.urls import reverse\n"
        f"row = apps.get_model({model!r})._base_manager.order_by('pk').first()\n"
        "print(reverse(f'admin:{row._meta.app_label}_{row._meta.model_name}_change', args=[row.pk]))"
    ).strip()
    page_checks(window, path, as_=FIRST_OF[model], help_second=False)
