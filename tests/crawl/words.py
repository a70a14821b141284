"""Topics and words: their names are public, what is said of them only once it is approved."""

from __future__ import annotations

from articles import explaining
from articles.models import CancerType, GlossaryTerm, HealthWording, SynonymGroup, Topic
from tests.crawl.canaries import Aviary, Where
from tests.crawl.people import EDITOR, EVERYBODY, REVIEWER

EDITORIAL = frozenset({EDITOR, REVIEWER})
DESK: Where = {"admin:articles_*": EDITORIAL}
FOUND: Where = {"pages:search": EVERYBODY}  # by every name of a word, as in the list of words
NAMED: Where = dict.fromkeys(("articles:article*", "articles:topic", "community:*", "pages:home"), EVERYBODY)
FIELDS = ["medicine", "nutrition"]


def plant(people, aviary: Aviary) -> Topic:
    """A topic and a word for each state of a wording; returns the topic that is explained."""
    for status in HealthWording.Status:
        is_public = status is HealthWording.Status.APPROVED
        topic = Topic.objects.create(
            slug=f"topic-{status.value}", name=_name(aviary, f"topic {status.value}", NAMED), fields=FIELDS
        )
        _explain(people, aviary, topic, status, {"articles:topic": EVERYBODY} if is_public else {})
        term = GlossaryTerm.objects.create(
            slug=f"word-{status.value}",
            term=_name(aviary, f"word {status.value}", {"articles:article*": EVERYBODY}),
            pronunciation=_said(aviary, f"how to say {status.value}", is_public),
            also_called=[_said(aviary, f"also called {status.value}", is_public)],
        )
        _explain(people, aviary, term, status, {"articles:glossary": EVERYBODY} if is_public else {})
    offered = {"articles:*": EVERYBODY, "community:*": EVERYBODY}
    CancerType.objects.create(slug="a-cancer", name=_name(aviary, "cancer", offered))
    _plant_synonyms(aviary)
    return Topic.objects.get(slug="topic-approved")


def _plant_synonyms(aviary: Aviary) -> None:
    """Readers meet a group's words only where they search for one of them."""
    editors: Where = {"admin:articles_synonymgroup_changelist": frozenset({EDITOR})}
    words = [aviary.sing(f"synonym {which}", must=editors, may=DESK) for which in ("one", "two")]
    SynonymGroup.objects.create(words=words, note=aviary.sing("note of synonyms", must=editors, may=DESK))


def _name(aviary: Aviary, name: str, may: Where) -> str:
    return aviary.sing(f"{name} name", may={**DESK, **may, **FOUND, "articles:glossary": EVERYBODY})


def _said(aviary: Aviary, name: str, is_public: bool) -> str:
    public: Where = {"articles:glossary": EVERYBODY} if is_public else {}
    return aviary.sing(
        name, must=public, may={**DESK, **FOUND, **({"articles:article*": EVERYBODY} if is_public else {})}
    )


def _explain(people, aviary: Aviary, explained, status: HealthWording.Status, must: Where) -> None:
    label = f"{type(explained).__name__} {status.value}"
    also: Where = {"articles:article*": EVERYBODY, **FOUND} if must else {}
    text = aviary.sing(f"wording of {label}", must=must, may={**DESK, **also})
    caution = aviary.sing(f"caution of {label}", must=must, may={**DESK, **also})
    wording = explaining.begin(explained, text, caution, by=people[EDITOR])
    if status is HealthWording.Status.APPROVED:
        explaining.approve(wording, by=people[REVIEWER], seen_version=wording.version)
