"""Several people who write without a pause, and what became of each of their words."""

from __future__ import annotations

import html
import json
import threading
import time
from collections import Counter
from itertools import count

from ground import Answer, Browser, Ground, Report

ASK = "/questions/ask/"
SAVE = "/me/drafts/save/"
NOT_FROM_THE_SITE = {0, 502, 504}
POSTS_EACH = 15  # of one member: fewer than the limit of an hour
#: Runs inside the site: which words stand where.
STORED = """
import json
from community.models import Draft, PostRevision
bodies = PostRevision.objects.filter(body__startswith="Fault words").values_list("body", flat=True)
drafts = Draft.objects.values_list("pk", "fields")
print(json.dumps({"posts": list(bodies), "drafts": {pk: fields.get("body", "") for pk, fields in drafts}}))
"""


class Crowd:
    """Writers in threads of their own; each sends questions, and keeps a draft as the script of the page does."""

    def __init__(self, site: Ground, browsers: list[Browser], threads: int = 8) -> None:
        self.site = site
        self.counted: Counter[str] = Counter()
        self.confirmed: list[str] = []  # the site said that it has them
        self.unanswered: list[tuple[Browser, str]] = []  # a reload would send them again
        self.drafts: dict[int, list[str]] = {}  # the words kept last, and those sent after them
        self.without_words: list[str] = []
        self.slowest = 0.0
        self._stop = threading.Event()
        self._lock = threading.Lock()
        self._number = count(1)
        shares = [browsers[at::threads] for at in range(threads)]
        self._threads = [threading.Thread(target=self._write, args=(share,)) for share in shares]

    def __enter__(self) -> Crowd:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def _write(self, browsers: list[Browser]) -> None:
        for browser in browsers:
            draft: dict = {"pk": "", "sequence": 0}
            browser.get(ASK)
            sent = 0
            while sent < POSTS_EACH and not self._stop.is_set():
                with self._lock:
                    words = f"Fault words {next(self._number)}, written at night & kept."
                self._keep_draft(browser, draft, f"{words} (draft)")
                sent += self._send(browser, words)

    def _send(self, browser: Browser, words: str) -> bool:
        """Whether there was a page to send from."""
        self._note(page := browser.get(ASK))
        if page.status != 200:
            self.counted["page not reached"] += 1
            time.sleep(0.3)
            return False
        self._note(answer := browser.post(ASK, question(words)))
        with self._lock:
            self.counted[what_became(answer, words)] += 1
            if was_taken(answer):
                self.confirmed.append(words)
            elif answer.status != 429:
                self.unanswered.append((browser, words))
                if answer.status not in NOT_FROM_THE_SITE and words not in html.unescape(answer.text):
                    self.without_words.append(f"status {answer.status}: {words}")
        return True

    def _keep_draft(self, browser: Browser, draft: dict, words: str) -> None:
        sent = {"form": "question", "about": "", "draft": draft["pk"], "sequence": draft["sequence"]}
        before = draft.get("unanswered")
        fields = {"body": words, "shown_as": "name"}
        self._note(answer := browser.post_json(SAVE, {**sent, "fields": fields, "unanswered": before}))
        with self._lock:
            if answer.status == 200:
                told = json.loads(answer.text)
                draft |= {"pk": told["draft"], "sequence": told["sequence"], "unanswered": None}
                self.counted["draft kept"] += 1
                self.drafts[told["draft"]] = [words]
            else:
                draft["unanswered"] = fields
                self.counted[f"draft not kept, and said so ({answer.status})"] += 1
                if draft["pk"]:
                    self.drafts[draft["pk"]].append(words)

    def _note(self, answer: Answer) -> None:
        self.slowest = max(self.slowest, answer.seconds)

    # --- Afterwards -------------------------------------------------------------

    def reload(self) -> int:
        """Everybody whose words were not taken sends the same page again; how many still were not."""
        left = []
        for browser, words in self.unanswered:
            browser.get(ASK)
            answer = browser.post(ASK, question(words))
            if was_taken(answer):
                self.confirmed.append(words)
            elif not (answer.status == 429 and words in html.unescape(answer.text)):
                left.append((browser, words))
        self.unanswered = left
        return len(left)

    def prove(self, report: Report) -> None:
        """Every word that the site said it has is there, and nothing is half done."""
        for what, amount in sorted(self.counted.items()):
            report.say(what, times=amount)
        report.say("slowest answer", seconds=round(self.slowest, 1))
        report.must(
            not self.without_words, f"every error page of the site held the words {self.without_words[:2]}"
        )
        waiting = len(self.unanswered)
        report.must(self.reload() == 0, f"what was not taken ({waiting}) was taken at a reload of the page")
        stored = self.site.asked(STORED)
        missing = set(self.confirmed) - set(stored["posts"])
        report.must(
            not missing,
            f"{len(self.confirmed)} questions that the site said it has are there {list(missing)[:2]}",
        )
        gone = [pk for pk, words in self.drafts.items() if stored["drafts"].get(str(pk)) not in words]
        report.must(not gone, f"{len(self.drafts)} drafts that it said it kept are there {gone[:2]}")
        twice = len(stored["posts"]) - len(set(stored["posts"]))
        report.say("sent again by their writer after a cut, although the first had arrived", times=twice)
        breaches = self.site.breaches()
        report.must(not breaches, f"check_integrity finds no breach {breaches[:3]}")


def question(words: str) -> dict[str, str]:
    return {"_do": "send", "title": words[:30], "body": words, "shown_as": "name"}


def was_taken(answer: Answer) -> bool:
    """The site leads to the page of the post: it says that it has it."""
    return answer.status == 302 and answer.location.startswith("/me/posts/")


def what_became(answer: Answer, words: str) -> str:
    if was_taken(answer):
        return "question taken"
    if answer.status == 0:
        return "connection cut: the browser's own page, and reload sends it again"
    if words in html.unescape(answer.text):
        return f"question not taken, its words on the page ({answer.status})"
    if answer.status in NOT_FROM_THE_SITE:
        return f"question not taken, the proxy's page: reload sends it again ({answer.status})"
    return f"question not taken, and its words not on the page ({answer.status})"
