"""An address that no mail can be sent to is refused in words, not with a mistake of ours."""

import pytest

from cachexia_portal.accounts.addresses import UNFINISHED_ADDRESS

pytestmark = pytest.mark.django_db

NO_DOMAIN_OF_MAIL = [f"a@{'ü' * 60}.de", f"a@{'ü' * 200}.de", "a@ü..de"]


@pytest.mark.parametrize("address", NO_DOMAIN_OF_MAIL)
@pytest.mark.parametrize(
    "path", ["/accounts/login/", "/accounts/password/reset/", "/accounts/signup/", "/contact/"]
)
def test_a_domain_that_cannot_be_written_in_ascii_looks_unfinished(path, address, visitor, mail_sink):
    response = visitor.post(path, {"email": address, "subject": "other", "message": "Hello."})
    assert response.status_code in {200, 422}
    assert str(UNFINISHED_ADDRESS) in response.text
    assert address in response.text
    assert not mail_sink


def test_a_domain_in_another_script_is_written_to(visitor, mail_sink):
    visitor.post("/accounts/login/", {"email": "a@müller.de"})
    assert [mail.to for mail in mail_sink] == [["a@müller.de"]]
