"""A page packed once, with places that are filled when it is sent.

Packing a page costs more than anything else in sending one that is kept. So what stands
between the places is packed in pieces of its own, and what fills them is put between the
pieces as it is. Nothing of it is packed together with the page, so the length of what is
sent says nothing about it. The form is that of RFC 1951 and RFC 1952 (deflate and gzip).
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass

HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"  # gzip, no name, no time, no system
END = b"\x03\x00"  # the empty last block
LONGEST_FILLING = 0xFFFF  # bytes of one stored block
WORD = 0xFFFFFFFF


@dataclass(frozen=True)
class Piece:
    """A stretch of the page, packed, and what its checksum and length add to those of what stands before."""

    packed: bytes
    length: int
    checksum: int
    shifts: tuple[int, ...]

    def checksum_after(self, before: int) -> int:
        """The checksum (CRC-32) of all bytes so far. It is linear: each bit of it is shifted on its own."""
        shifted = 0
        for bit, shift in enumerate(self.shifts):
            if before >> bit & 1:
                shifted ^= shift
        return shifted ^ self.checksum


class PackedPage:
    """`PackedPage(page, b"PLACE").filled(b"token")`: the page as gzip, with the token in each place."""

    def __init__(self, page: bytes, place: bytes) -> None:
        self.pieces = [_piece(stretch) for stretch in page.split(place)]

    def filled(self, filling: bytes) -> bytes:
        sent, stored = [HEAD], _stored(filling)
        checksum = length = 0
        for number, piece in enumerate(self.pieces):
            if number:
                sent.append(stored)
                checksum, length = zlib.crc32(filling, checksum), length + len(filling)
            sent.append(piece.packed)
            checksum, length = piece.checksum_after(checksum), length + piece.length
        return b"".join([*sent, END, checksum.to_bytes(4, "little"), (length & WORD).to_bytes(4, "little")])


def _piece(stretch: bytes) -> Piece:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    # A full flush ends at a whole byte, and nothing after it looks back at what stands before.
    packed = packer.compress(stretch) + packer.flush(zlib.Z_FULL_FLUSH)
    nothing = bytes(len(stretch))
    start = zlib.crc32(nothing)
    shifts = tuple(zlib.crc32(nothing, 1 << bit) ^ start for bit in range(32))
    return Piece(packed, len(stretch), zlib.crc32(stretch), shifts)


def _stored(filling: bytes) -> bytes:
    """A block that is not packed: its length, the same turned over, the bytes."""
    if len(filling) > LONGEST_FILLING:
        raise ValueError("too long for one block")
    length = len(filling)
    return b"\x00" + length.to_bytes(2, "little") + (length ^ 0xFFFF).to_bytes(2, "little") + filling
