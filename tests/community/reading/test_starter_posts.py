"""What the invented posts say: lived answers tell, clinical ones say nothing beyond our own guides."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import articles
from cachexia_portal.accounts.demo_people import DEMO_PEOPLE
from cachexia_portal.accounts.models import Relation
from community import demo_sending, starter_posts
from community.models import ContentNote

STARTER = Path(articles.__file__).parent / "starter"
PEOPLE = {person.address: person for person in DEMO_PEOPLE}
QUESTIONS = {question["id"]: question for question in starter_posts.starter_questions()}
ANSWERS = [(number, answer) for number, question in QUESTIONS.items() for answer in question["answers"]]
CLINICAL = [(number, answer) for number, answer in ANSWERS if answer.get("lane") == "clinical"]
GUIDED = [(number, answer) for number, answer in CLINICAL if "guide" in answer]
UNGUIDED = [(number, answer) for number, answer in CLINICAL if "guide" not in answer]
LIVED = [(number, answer) for number, answer in ANSWERS if "lane" not in answer]
#: Words that the site does not use of illness, or says without meaning anything.
NOT_OURS = r"\b(?:battles?|brave|journey|struggled|simply|just|oops|compliant|failed)\b|!"
SMALL_WORDS = re.compile(
    r"(?:a|an|and|are|as|at|but|for|he|her|him|his|if|in|is|it|no|not|of|on|or|she|so|that|the"
    r"|them|then|they|this|to|was|who|with|you|your)"
)


def plain(guide: str) -> str:
    """A guide's words as they are read: without the marks of headings, links and notes."""
    text = (STARTER / f"{guide}.md").read_text(encoding="utf-8")
    text = re.sub(r"\[\^\d+\]|\*\*", "", re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text))
    return re.sub(r"\s+", " ", text)


def words(text: str) -> set[str]:
    found = re.findall(r"\w+", text.lower().replace("’", ""))
    return {word for word in found if not SMALL_WORDS.fullmatch(word)}


def slugs(file: str) -> set[str]:
    return {row["slug"] for row in json.loads((STARTER / file).read_text())}


def test_each_of_forty_questions_is_answered_in_both_lanes():
    public = [question for question in QUESTIONS.values() if not question.get("is_waiting")]
    assert len(public) == 40
    for question in public:
        lanes = {answer.get("lane", "lived") for answer in question["answers"] if "is_waiting" not in answer}
        assert {"lived", "clinical"} <= lanes, question["id"]


@pytest.mark.parametrize(("number", "answer"), GUIDED)
def test_clinical_answer_names_the_guide_whose_passage_it_rests_on(number, answer):
    title = re.search(r"^title: (.*)$", (STARTER / f"{answer['guide']}.md").read_text(), re.MULTILINE)[1]

    assert answer["passage"] in plain(answer["guide"])
    assert answer["basis"] == "source"
    assert answer["source"] == f"The guide “{title}” on this site: /articles/{answer['guide']}/"
    assert f"“{title}”" in answer["body"]
    restated = words(answer["passage"])
    assert len(restated & words(answer["body"])) >= 0.6 * len(restated)


@pytest.mark.parametrize(("number", "answer"), UNGUIDED)
def test_where_no_guide_answers_the_clinical_answer_says_so_and_whom_to_ask(number, answer):
    assert answer["body"].count("The guides on this site do not") == 1
    assert re.search(r"Ask the team\b", answer["body"])
    assert (answer["basis"], answer.get("source")) == ("experience", None)


@pytest.mark.parametrize(("number", "answer"), CLINICAL)
def test_clinical_answer_brings_in_no_word_of_medicine_and_no_number_of_its_own(number, answer):
    """What neither the question nor the guide mentions is not in the answer either."""
    terms = [row["term"] for row in json.loads((STARTER / "glossary.json").read_text())]
    question = QUESTIONS[number]
    told = f"{question['title']} {question['body']} {plain(answer['guide']) if 'guide' in answer else ''}"
    used = {term for term in terms if term.lower() in answer["body"].lower()}

    #: People to ask are no facts about the illness.
    assert {term for term in used if term.lower() not in told.lower()} <= {"Dietitian", "Hospice"}
    assert set(re.findall(r"\d+", answer["body"])) <= set(re.findall(r"\d+", told))


@pytest.mark.parametrize(("number", "answer"), CLINICAL)
def test_clinical_answer_sends_to_the_team_and_says_when_to_call(number, answer):
    assert "sk the team" in answer["body"]
    assert "hone the team" in answer["when_to_call"]
    assert "“When to get help”" in answer["when_to_call"]
    assert PEOPLE[answer["author"]].practice


@pytest.mark.parametrize(("number", "answer"), ANSWERS)
def test_answers_keep_to_the_voice_of_the_site(number, answer):
    for said in (answer, *answer.get("replies", [])):
        assert not re.search(NOT_OURS, said["body"], re.IGNORECASE)


@pytest.mark.parametrize("story", starter_posts.starter_stories(), ids=lambda story: story["id"])
def test_stories_keep_to_the_voice_of_the_site_and_are_filed_where_we_know(story):
    assert not re.search(NOT_OURS, f"{story['title']} {story['body']}", re.IGNORECASE)
    assert set(story["topics"]) <= slugs("topics.json")
    assert story["relation"] in Relation.values
    assert set(story.get("content_notes", [])) <= set(ContentNote.values)
    assert set(story) <= {*demo_sending.TOLD, "id", "author", "topics", "consent", "thanks"}


@pytest.mark.parametrize(("number", "answer"), LIVED)
def test_lived_answer_tells_of_oneself_and_gives_no_dose(number, answer):
    assert words(answer["body"]) & {"i", "we", "our", "ours", "us", "me"}
    assert not re.search(r"\d\s*(?:mg|ml|g|kcal|tablets?)\b", answer["body"])
    assert answer["author"] != QUESTIONS[number]["author"] or number == "Q02"


def test_what_the_questions_are_filed_under_is_known():
    for question in QUESTIONS.values():
        assert set(question["topics"]) <= slugs("topics.json")
        assert question.get("cancer_type", "other") in slugs("cancer_types.json")
        assert question["relation"] in Relation.values
        assert set(question.get("content_notes", [])) <= set(ContentNote.values)
        known = {"id", "author", "topics", "cancer_type", "answers", "is_waiting"}
        assert set(question) <= {*demo_sending.ASKED, *known}


def test_no_answer_is_left_without_its_question():
    told = json.loads(starter_posts.ANSWERS.read_text(encoding="utf-8"))
    assert set(told["answers"]) <= set(QUESTIONS)
    for _number, answer in ANSWERS:
        assert set(answer) <= {
            *demo_sending.SENT,
            "author",
            "guide",
            "passage",
            "replies",
            "helped_the_asker",
            "helped",
            "is_waiting",
        }
