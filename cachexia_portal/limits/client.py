"""Who is asking, when nobody has signed in: a network, never an address."""

from __future__ import annotations

import ipaddress

from django.conf import settings
from django.http import HttpRequest

from cachexia_portal.delivery.digest import keyed

UNKNOWN = "unknown"
PREFIX_OF = {4: 24, 6: 48}


def client_network(request: HttpRequest) -> str:
    """The network that a request comes from: /24 of IPv4, /48 of IPv6.

    X-Forwarded-For is believed only as far as TRUSTED_PROXY_COUNT proxies wrote
    it, counted from the right; what stands further left anybody can invent.
    """
    try:
        address = ipaddress.ip_address(_bare(_address_of(request)))
    except ValueError:
        return UNKNOWN
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    return str(ipaddress.ip_network((int(address), PREFIX_OF[address.version]), strict=False))


def client_digest(request: HttpRequest) -> str:
    """A keyed digest of the network, for those who need to tell clients apart."""
    return keyed(client_network(request), "client")


def _address_of(request: HttpRequest) -> str:
    trusted = settings.TRUSTED_PROXY_COUNT
    header = request.META.get("HTTP_X_FORWARDED_FOR", "")
    forwarded = [address for address in header.split(",") if address.strip()]
    if trusted and len(forwarded) >= trusted:
        return forwarded[-trusted]
    return request.META.get("REMOTE_ADDR", "")


def _bare(address: str) -> str:
    """Without spaces, the brackets of IPv6, a zone and a port."""
    address = address.strip()
    if address.startswith("["):
        address = address[1:].split("]")[0]
    elif address.count(":") == 1:
        address = address.split(":")[0]
    return address.split("%")[0]
