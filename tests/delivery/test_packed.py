"""Pages that are packed once, with places that are filled when they are sent."""

from __future__ import annotations

import gzip
import zlib

import pytest

from cachexia_portal.delivery.packed import LONGEST_FILLING, PackedPage

PLACE = b"place-7f3a"
TOKEN = b"Xk29sPqLmW" * 6
PAGES = {
    "one place": b"<p>Hello</p>" * 900 + PLACE + b"<p>Bye</p>" * 700,
    "three places": PLACE + b"a" * 40_000 + PLACE + "Größe, 写".encode() + PLACE,
    "no place": b"<p>Nothing to fill</p>",
    "two beside each other": b"a" + PLACE + PLACE + b"b",
    "empty": b"",
    "every byte": bytes(range(256)) * 300 + PLACE + bytes(range(255, -1, -1)),
}


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
@pytest.mark.parametrize("filling", [TOKEN, b"", b"x" * LONGEST_FILLING], ids=["token", "empty", "longest"])
def test_what_is_sent_unpacks_to_the_filled_page(page, filling):
    sent = PackedPage(page, PLACE).filled(filling)

    assert gzip.decompress(sent) == page.replace(PLACE, filling)
    unpacked = zlib.decompressobj(wbits=31)  # what browsers use: one stream, nothing after it
    assert unpacked.decompress(sent) == page.replace(PLACE, filling)
    assert unpacked.eof
    assert not unpacked.unused_data


def test_its_length_says_nothing_of_what_fills_it():
    page = b"<p>" + TOKEN + b"</p>" + PLACE + b"<p>" + TOKEN + b"</p>"
    packed = PackedPage(page, PLACE)

    assert len(packed.filled(TOKEN)) == len(packed.filled(TOKEN[::-1])) == len(packed.filled(b"\x00" * 60))


def test_a_page_is_packed_as_small_as_gzip_makes_it():
    page = PAGES["one place"]
    assert len(PackedPage(page, PLACE).filled(TOKEN)) < len(gzip.compress(page)) + len(TOKEN) + 60


def test_what_fits_no_block_is_refused():
    with pytest.raises(ValueError, match="too long"):
        PackedPage(b"a" + PLACE, PLACE).filled(b"x" * (LONGEST_FILLING + 1))
