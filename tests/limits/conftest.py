import shutil

import pytest
from django.core.cache import caches

from cachexia_portal.limits.redis_gate import client_of, gate
from tests.limits.redis_server import RedisServer


@pytest.fixture
def redis_server(settings, monkeypatch):
    """The site counts in a Redis of the test's own."""
    if not shutil.which("redis-server"):
        pytest.skip("there is no redis-server")
    server = RedisServer()
    monkeypatch.setattr(gate, "_closed_until", 0.0)
    monkeypatch.setattr(gate, "_was_lost", False)
    settings.REDIS_URL = server.url
    settings.CACHES = {
        "default": {
            "BACKEND": "cachexia_portal.limits.cache.RedisOrTableCache",
            "LOCATION": server.url,
            "KEY_FUNCTION": "cachexia_portal.delivery.digest.cache_key",
        }
    }
    yield server
    for connection in (client_of(server.url), caches["default"]._cache.get_client(write=True)):
        connection.connection_pool.disconnect()
    server.end()
