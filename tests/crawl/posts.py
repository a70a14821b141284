"""A question, an answer and a reply in every state, hidden ones, anonymous ones, each text with a canary."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from community import drafting, moderation
from community.models import Draft, HouseRule, Kind, Post
from community.workflow import Status, Verb
from tests.crawl.canaries import Aviary, Where
from tests.crawl.people import ADMINISTRATOR, AUTHOR, CLINICIAN, EVERYBODY, MEMBER, MODERATOR

DESK = frozenset({MODERATOR})
ON_THE_DESK: Where = {"admin:community_*": DESK, "admin:index": DESK}
# There is one moderator here: what needs another person is handed to the administrators.
HANDED_OVER: Where = {"admin:community_*": DESK | {ADMINISTRATOR}, "admin:index": DESK | {ADMINISTRATOR}}
BY_ITS_AUTHOR: Where = {"community:my_post": frozenset({AUTHOR})}
OWN_PAGES = (
    "community:my_*",
    "community:withdraw_post",
    "community:edit_post",
    "community:appeal*",
    "community:report*",
)
ANYWHERE_OWN: Where = dict.fromkeys(OWN_PAGES, frozenset({AUTHOR}))
IN_PUBLIC: Where = {"community:question": EVERYBODY}
STORY_IN_PUBLIC: Where = {"community:story": EVERYBODY}
AROUND: Where = {
    **dict.fromkeys(("pages:home", "pages:search", "pages:sitemap", "articles:topic"), EVERYBODY),
    "community:*": EVERYBODY,
    **HANDED_OVER,
}
KINDS = tuple(Kind)
LONG_AGO, FAR_AWAY = datetime(2020, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)


def plant(people, aviary: Aviary, kind: str, status: Status, above: dict[str, Post]) -> Post:
    """A post that has come to that state by the ordinary acts."""
    post = _sent(people, aviary, f"{kind} {status.value}", kind, above, public=status is Status.APPROVED)
    STATES[status](post, people, aviary)
    return post


def plant_hidden(people, aviary: Aviary, kind: str, above: dict[str, Post]) -> Post:
    """Published, then hidden by a moderator, with a reason and a question about it."""
    post = _sent(people, aviary, f"{kind} hidden", kind, above, public=False, desk=HANDED_OVER)
    _publish(post, people, aviary, HANDED_OVER)
    reason = aviary.sing(f"{kind} hidden why", must=BY_ITS_AUTHOR, may={**ANYWHERE_OWN, **HANDED_OVER})
    note = aviary.sing(f"{kind} hidden note", may=HANDED_OVER)
    decision = moderation.hide(
        post, by=people[MODERATOR], house_rule=HouseRule.objects.first(), reason=reason, team_note=note
    )
    words = aviary.sing(f"{kind} hidden appeal", may={**ANYWHERE_OWN, **HANDED_OVER})
    moderation.appeal(decision, by=people[AUTHOR], words=words)
    return post


def plant_covered(people, aviary: Aviary, above: dict[str, Post]) -> Post:
    """Public with one word covered: the word is for its author and the desk."""
    private = aviary.sing("covered word", may={**ANYWHERE_OWN, **ON_THE_DESK})
    post = _written(people, Kind.QUESTION, above, title="A covered question", body=f"Ring {private} please.")
    item = _item(post)
    place = item.revision.body.index(private)
    moderation.decide(
        item,
        by=people[MODERATOR],
        version=item.version,
        verb=Verb.COVER,
        spans=[("body", place, place + len(private))],
    )
    return post


def plant_story_without_search_engines(people, aviary: Aviary) -> None:
    """Public for readers, and nowhere in what is made for search engines."""
    around = {where: who for where, who in AROUND.items() if where != "pages:sitemap"}
    seen = {**around, **ANYWHERE_OWN}
    title = aviary.sing("story without search engines title", must=STORY_IN_PUBLIC, may=seen)
    body = aviary.sing("story without search engines body", must=STORY_IN_PUBLIC, may=seen)
    _publish(_told(people, title, body, in_search_engines=False), people, aviary)


def plant_consents(people, aviary: Aviary) -> None:
    """Stories that were read and published, and that nobody may see any more: in every standing of their consent."""
    for standing, end in STANDINGS.items():
        own = {"must": BY_ITS_AUTHOR, "may": {**ANYWHERE_OWN, **HANDED_OVER}}
        title = aviary.sing(f"story {standing} title", **own)
        body = aviary.sing(f"story {standing} body", **own)
        post = _told(people, title, body)
        _publish(post, people, aviary, HANDED_OVER)
        end(post)


def _over(post: Post) -> None:
    post.consents.update(given_at=LONG_AGO, ends_at=LONG_AGO + timedelta(days=365))


STANDINGS = {
    "taken back": lambda post: moderation.withdraw(post, by=post.author),
    "over": _over,
    "without site": lambda post: post.consents.update(on_this_site=False, in_search_engines=False),
    "replaced and over": lambda post: (
        moderation.change_consent(post, by=post.author, purpose="in_print", is_agreed=True),
        _over(post),
    ),
}


def plant_drafts(people, aviary: Aviary, question: Post) -> None:
    """Unsent words: a member's are for that member alone, a visitor's for whoever holds the token."""
    mine = frozenset({AUTHOR})
    writing = ("community:ask_question", "community:answer_question", "community:share_story")
    own = dict.fromkeys(writing, mine)
    begun = aviary.sing("draft of a member", must={"community:my_posts": mine}, may={**ANYWHERE_OWN, **own})
    asking = drafting.Place(Draft.Form.QUESTION)
    drafting.keep(people[AUTHOR], asking, {"body": begun})
    answered = aviary.sing("draft of an answer", may={**ANYWHERE_OWN, **own})
    drafting.keep(people[AUTHOR], drafting.Place(Draft.Form.ANSWER, question), {"body": answered})
    told = aviary.sing("draft of a story", must={"community:my_posts": mine}, may={**ANYWHERE_OWN, **own})
    drafting.keep(people[AUTHOR], drafting.Place(Draft.Form.STORY), {"body": told})
    drafting.keep_for_visitor("", asking, {"body": aviary.sing("draft of a visitor")})


def plant_report(people, aviary: Aviary, reported: Post) -> None:
    """What somebody reports, in their words, is for the desk; who it was is for nobody."""
    reporter = frozenset({MEMBER})
    words = aviary.sing("report words", may={**ON_THE_DESK, "community:my_*": reporter})
    moderation.report(reported, by=people[MEMBER], type="unkind", words=words)


def plant_clinical_answer(people, aviary: Aviary, question: Post) -> Post:
    """An answer from training that nobody has read yet, with its source and when to call."""
    mine = frozenset({CLINICIAN})
    own = dict.fromkeys(OWN_PAGES, mine)

    def words(field: str) -> str:
        return aviary.sing(f"clinical {field}", may={**own, **ON_THE_DESK})

    return moderation.send_answer(
        people[CLINICIAN],
        question,
        body=words("body"),
        lane="clinical",
        basis="source",
        source=words("source"),
        when_to_call=words("when to call"),
    )


def plant_anonymous_question(people, aviary: Aviary) -> Post:
    """The words are public; who wrote them is not."""
    title = aviary.sing(
        "anonymous question title", must=IN_PUBLIC, may={**AROUND, **ANYWHERE_OWN, **ON_THE_DESK}
    )
    body = aviary.sing(
        "anonymous question body", must=IN_PUBLIC, may={**AROUND, **ANYWHERE_OWN, **ON_THE_DESK}
    )
    writer = people["anonymous writer"]
    post = moderation.send_question(writer, title=title, body=body, shown_as="anonymous")
    _publish(post, people, aviary)
    return post


def first_thread(people, aviary: Aviary) -> dict[str, Post]:
    """The public question under which the answers stand, and the answer under which the replies do."""
    thread: dict[str, Post] = {}
    for kind in (Kind.QUESTION, Kind.ANSWER):
        thread[kind] = _sent(people, aviary, f"first {kind}", kind, thread, public=True)
        _publish(thread[kind], people, aviary)
        thread[kind].refresh_from_db()
    return thread


def _sent(
    people,
    aviary: Aviary,
    label: str,
    kind: str,
    above: dict[str, Post],
    *,
    public: bool,
    desk: Where = ON_THE_DESK,
) -> Post:
    shown = STORY_IN_PUBLIC if kind == Kind.STORY else IN_PUBLIC
    is_replaced = label.endswith(Status.SUPERSEDED.value)  # its author reads the newer words

    def words(field: str) -> str:
        return aviary.sing(
            f"{label} {field}",
            must={**({} if is_replaced else BY_ITS_AUTHOR), **(shown if public else {})},
            may={**ANYWHERE_OWN, **desk, **(AROUND if public else {})},
        )

    title = {"title": words("title")} if kind in (Kind.QUESTION, Kind.STORY) else {}
    return _written(people, kind, above, **title, body=words("body"))


def _written(people, kind: str, above: dict[str, Post], **words: str) -> Post:
    author = people[AUTHOR]
    if kind == Kind.QUESTION:
        return moderation.send_question(author, **words)
    if kind == Kind.STORY:
        return _told(people, **words)
    if kind == Kind.ANSWER:
        return moderation.send_answer(author, above[Kind.QUESTION], **words)
    return moderation.send_reply(author, above[Kind.ANSWER], **words)


def _told(people, title: str, body: str, *, in_search_engines: bool = True) -> Post:
    """A story whose consent lasts: the database's clock is not the one that stands still here."""
    agreed = moderation.Agreed(who_knows="own", on_this_site=True, in_search_engines=in_search_engines)
    post = moderation.send_story(people[AUTHOR], title=title, body=body, consent=agreed)
    post.consents.update(ends_at=FAR_AWAY)
    return post


def _item(post: Post):
    return post.revisions.latest("number").review_items.open().get()


def _publish(post, people, aviary, desk: Where = ON_THE_DESK) -> None:
    item = _item(post)
    note = aviary.sing(f"team note {aviary.canaries[-1].text}", may=desk)
    moderation.publish(item, by=people[MODERATOR], version=item.version, team_note=note)


def _refuse(post, people, aviary) -> None:
    item = _item(post)
    reason = _reason(aviary)
    note = aviary.sing(f"private {aviary.canaries[-2].text}", may=ON_THE_DESK)
    moderation.refuse(
        item,
        by=people[MODERATOR],
        version=item.version,
        house_rule=HouseRule.objects.first(),
        reason=reason,
        team_note=note,
    )


def _ask_for_a_change(post, people, aviary) -> None:
    item = _item(post)
    moderation.decide(
        item, by=people[MODERATOR], version=item.version, verb=Verb.ASK_CHANGE, reason=_reason(aviary)
    )


def _reason(aviary: Aviary) -> str:
    return aviary.sing(
        f"reason {aviary.canaries[-1].text}", must=BY_ITS_AUTHOR, may={**ANYWHERE_OWN, **ON_THE_DESK}
    )


def _supersede(post, people, aviary) -> None:
    _publish(post, people, aviary)
    title = "" if post.question_id else "A newer title"
    moderation.send_again(post, by=people[AUTHOR], seen=1, title=title, body=f"Newer words of {post.pk}")
    _publish(post, people, aviary)


def _withdraw(post, people, aviary) -> None:
    moderation.withdraw(post, by=people[AUTHOR])


STATES = {
    Status.SUBMITTED: lambda *nothing: None,
    Status.CHANGES_REQUESTED: _ask_for_a_change,
    Status.APPROVED: _publish,
    Status.REJECTED: _refuse,
    Status.WITHDRAWN: _withdraw,
    Status.SUPERSEDED: _supersede,
}
