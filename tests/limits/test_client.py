import pytest
from django.test import RequestFactory

from cachexia_portal.limits import client_digest, client_network


def network_of(settings, trusted, address, forwarded=None):
    settings.TRUSTED_PROXY_COUNT = trusted
    headers = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded is not None else {}
    return client_network(RequestFactory().get("/", REMOTE_ADDR=address, **headers))


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.77", "203.0.113.0/24"),
        ("2001:db8:12:3456::9", "2001:db8:12::/48"),
        ("::ffff:203.0.113.77", "203.0.113.0/24"),
        ("fe80::1%eth0", "fe80::/48"),
        ("", "unknown"),
        ("<script>", "unknown"),
    ],
)
def test_a_client_is_its_network_and_never_its_address(settings, address, network):
    assert network_of(settings, 0, address) == network


def test_without_a_proxy_the_forwarded_header_is_not_believed(settings):
    assert network_of(settings, 0, "203.0.113.77", "198.51.100.1") == "203.0.113.0/24"


@pytest.mark.parametrize(
    ("trusted", "forwarded", "network"),
    [
        (1, "198.51.100.1", "198.51.100.0/24"),
        (1, "6.6.6.6, 198.51.100.1", "198.51.100.0/24"),
        (2, "6.6.6.6, 198.51.100.1, 10.0.0.2", "198.51.100.0/24"),
        (1, "198.51.100.1:4711", "198.51.100.0/24"),
        (1, "[2001:db8:12:3456::9]:4711", "2001:db8:12::/48"),
        (1, "6.6.6.6, nonsense", "unknown"),
    ],
)
def test_the_header_is_believed_from_the_right_as_far_as_proxies_are_trusted(
    settings, trusted, forwarded, network
):
    assert network_of(settings, trusted, "10.0.0.1", forwarded) == network


def test_a_header_shorter_than_the_chain_of_proxies_did_not_pass_it(settings):
    assert network_of(settings, 2, "203.0.113.77", "6.6.6.6") == "203.0.113.0/24"
    assert network_of(settings, 1, "203.0.113.77") == "203.0.113.0/24"


def test_the_digest_tells_networks_apart_and_names_none():
    near, same, far = (
        client_digest(RequestFactory().get("/", REMOTE_ADDR=address))
        for address in ("203.0.113.1", "203.0.113.2", "198.51.100.1")
    )
    assert near == same != far
    assert len(near) == 64


def test_the_digest_depends_on_the_secret_key(settings):
    request = RequestFactory().get("/", REMOTE_ADDR="203.0.113.1")
    before = client_digest(request)
    settings.SECRET_KEY = "another-" + "y" * 40
    assert client_digest(request) != before
