"""Keyed digests: what may be stored where the thing itself may not."""

from __future__ import annotations

from typing import Any

from django.utils.crypto import salted_hmac


def keyed(value: object, purpose: str) -> str:
    """64 hex digits that only a holder of SECRET_KEY can compute again.

    The same value gives different digests for different purposes, so that
    two tables cannot be joined by them.
    """
    return salted_hmac(f"portal.{purpose}", str(value), algorithm="sha256").hexdigest()


def cache_key(key: str, key_prefix: str, version: Any) -> str:
    """Django's cache KEY_FUNCTION: no address or e-mail ever stands in a cache key."""
    return f"cache:{keyed(f'{key_prefix}:{version}:{key}', 'cache')}"
