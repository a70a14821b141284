"""What guides lean on: a picture each, and words of a source that may only be quoted."""

from __future__ import annotations

import io

from PIL import Image

from articles.importing.storing import import_content
from articles.models import Figure, Quotation, Rights, SourceDocument
from articles.pictures import read_picture
from tests.crawl.canaries import Aviary, Where
from tests.crawl.people import EDITOR, REVIEWER

EDITORIAL = frozenset({EDITOR, REVIEWER})
ON_THE_DESK: Where = {"admin:articles_*": EDITORIAL}
IN_A_SOURCE: Where = {
    **ON_THE_DESK,
    "pages:search": EDITORIAL,
}  # who may read sources may look for their words
NAME = "reserved-and-quoted.txt"
TEXT = """A walk in the harbour

{quoted} was written on the wall. {unquoted} stood below it.

© 2019 Harbour Press. All rights reserved.
"""


def figure(aviary: Aviary, label: str, shown: Where, rights: Rights = Rights.OWN) -> Figure:
    """A picture whose words go where the guide's words go."""

    def field(name: str) -> str:
        return aviary.sing(f"figure {label} {name}", must=shown, may=ON_THE_DESK)

    sent = io.BytesIO()
    Image.new("RGB", (4, 3)).save(sent, "PNG")
    sent.seek(0)
    picture = read_picture(sent)
    return Figure(
        position=1,
        file=picture.store(),
        width=picture.width,
        height=picture.height,
        alt=field("alt"),
        caption=field("caption"),
        credit=field("credit"),
        rights=rights,
    )


def quotation_of_a_reserved_source(people, aviary: Aviary, shown: Where) -> Quotation:
    """Points at a few words of a text whose other words may be seen nowhere in public."""
    quoted = aviary.sing("words that are quoted", must=shown, may=IN_A_SOURCE)
    unquoted = aviary.sing("words beside the quoted ones", may=IN_A_SOURCE)
    text = TEXT.format(quoted=quoted, unquoted=unquoted)
    stored = import_content(NAME, text.encode(), by=people[EDITOR])
    document = SourceDocument.objects.get(pk=stored.document)
    assert document.rights == Rights.RESERVED
    block = document.blocks.get(text__contains=quoted)
    starts = block.text.index(quoted)
    return Quotation(position=1, block=block, starts=starts, ends=starts + len(quoted))
