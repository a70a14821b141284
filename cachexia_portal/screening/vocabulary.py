"""Lists of words that stand for one thing. Spelled as `sentences` spells: small letters, no apostrophes."""

from __future__ import annotations


def words(text: str) -> tuple[str, ...]:
    """The entries of a list written with commas."""
    return tuple(entry.strip() for entry in text.replace("\n", " ").split(",") if entry.strip())


NOT = frozenset(
    words(
        "not, no, never, without, nor, neither, none, nobody, dont, doesnt, didnt, isnt, arent, wasnt, werent, aint,"
        "hasnt, havent, hadnt, wont, wouldnt, shouldnt"
    )
)
# Words in almost every sentence; a pattern is looked for by its other words.
COMMON = frozenset(
    words(
        "i, im, ive, me, my, you, your, he, hes, she, shes, they, we, it, its, his, her, him, a, an, the, and, or,"
        "but, to, of, in, on, at, for, with, is, are, was, were, be, been, has, have, had, do, does, not, no, this,"
        "that, so, as, if, up, out, all, just, what, when, can, will, would, from, by, now, dont, cant, go, get"
    )
)
# Entries that stand for a form of number rather than for themselves.
SHAPES = {
    "<fever>": r"(?:3[89](?:[.,]\d)?|4[01](?:[.,]\d)?|100[.,][4-9]|10[1-6](?:[.,]\d)?)",
}
VOCABULARY: dict[str, tuple[str, ...]] = {
    "i": words("i, im, ive, id"),
    "have": words("have, has, had"),
    "anyone": words("i, he, she, they, we, you"),
    "stopped_by_itself": words("stopped, settled, passed, cleared, resolved"),
    "wants": words("want, wants, wanted, wish, wishes"),
    "die": words("die, be dead, kill myself"),
}
# Of whom caregivers on this site write: mostly of the one they look after, who is an adult.
PATIENTS = frozenset(
    words(
        "dad, daddy, father, mum, mummy, mom, mother, mam, husband, wife, partner, fiance, fiancee, gran, granny, nan,"
        "nana, grandma, grandmother, grandad, granddad, grandpa, grandfather, patient, hubby, papa, mama, spouse"
    )
)
OTHERS = frozenset(
    words(
        "brother, sister, son, daughter, child, children, kid, kids, boy, girl, teenager, teen, old, niece, nephew,"
        "cousin, aunt, uncle, friend, neighbour, neighbor, colleague, carer"
    )
)
