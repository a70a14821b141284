"""What may be the name of a person: no word that stands around names, and a capital where capitals mean anything."""

from __future__ import annotations

import re

from cachexia_portal.screening.folding import Folded
from cachexia_portal.screening.vocabulary import words

NAME = r"[^\W\d_](?:[^\W\d_]|['-](?=[^\W\d_])){0,30}"
# Words that stand after a title or a surname and are part of no name.
NO_NAME = frozenset(
    words(
        "a, about, above, advised, after, again, agreed, agrees, all, also, always, am, an, and, another, any, appointment, are,"
        "as, ask, asked, asking, at, away, back, be, because, been, before, being, both, but, by, call, called, calls, came,"
        "can, cant, cancelled, change, changed, clinic, come, comes, could, couldnt, cured, did, didnt, do, does, doesnt, dont,"
        "down, each, even, ever, every, explained, explains, finally, first, for, from, gave, gets, give, gives, going, got, had,"
        "has, have, he, helped, her, here, him, his, hospital, how, i, if, in, into, is, isnt, it, its, just, kept, kind, knew,"
        "knows, last, let, led, listened, looked, looks, lovely, made, make, makes, may, me, mentioned, might, more, most, must,"
        "my, never, next, nice, no, not, now, of, off, office, often, on, one, only, or, or, other, our, out, over, phoned, practice,"
        "prescribed, put, rang, really, reduced, referred, review, said, saw, says, see, seemed, seems, sees, sent, she, should,"
        "showed, shrugged, since, so, some, soon, specialist, still, stopped, suggested, suggests, surgery, team, tell, telling,"
        "tells, than, that, the, their, them, then, there, they, thinks, thinking, this, thought, to, today, told, tomorrow, too, took, twice,"
        "until, up, us, very, visit, visited, wait, want, wanted, wants, warned, was, we, well, went, were, what, when, where,"
        "whether, which, while, who, whose, why, will, with, without, wont, would, wouldnt, wrote, yes, yesterday, you, your,"
        "specialists, led, practitioner, herbal, herbalist, medicine, medicines, on, line, number, notes, appointments, answered,"
        "and, who, visits, rounds, staff, manager, station, call, care, home, in, charge"
    )
)


def is_full_name(folded: Folded, found: re.Match[str]) -> bool:
    """Whether the groups `first` and `last` may be names; a missing last name is not asked about."""
    parts = [part for part in ("first", "last") if found[part]]
    if not NO_NAME.isdisjoint(found[part].replace("'", "") for part in parts):
        return False
    return not folded.tells_by_capitals or all(
        folded.begins_with_capital(found.start(part)) for part in parts
    )
