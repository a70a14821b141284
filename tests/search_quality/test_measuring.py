"""The two measures, against examples worked out by hand."""

from __future__ import annotations

import pytest

from cachexia_portal.pages.measuring import mean, ndcg, recall

GRADES = {"a": 2, "b": 2, "c": 1}
# Gains 3, 3, 1; discounts 1, log2(3) = 1.58496, 2. The best: 3 + 1.89279 + 0.5 = 5.39279.


def test_best_order_is_one():
    assert ndcg(["b", "a", "c", "x"], GRADES) == pytest.approx(1)


@pytest.mark.parametrize(
    ("ranked", "worth"),
    [
        (["c", "a", "b"], (1 + 3 / 1.5849625 + 3 / 2) / 5.3927893),
        (["x", "a"], (3 / 1.5849625) / 5.3927893),
        (["x", "y", "z", "c"], (1 / 2.3219281) / 5.3927893),
        ([], 0),
        (["x", "y"], 0),
    ],
)
def test_each_place_further_down_is_worth_less(ranked, worth):
    assert ndcg(ranked, GRADES) == pytest.approx(worth, abs=1e-6)


def test_what_answers_is_worth_three_times_what_touches():
    one_of_each = {"a": 2, "c": 1}

    assert ndcg(["c"], one_of_each) * 3 == pytest.approx(ndcg(["a"], one_of_each))


def test_only_the_first_ten_count():
    others = [f"x{number}" for number in range(10)]

    assert ndcg([*others, "a"], GRADES) == 0
    assert ndcg([*others[:9], "a"], GRADES) > 0


def test_more_than_ten_that_answer_can_still_be_ordered_best():
    grades = {f"a{number}": 2 for number in range(12)}

    assert ndcg(list(grades)[:10], grades) == pytest.approx(1)


def test_what_is_named_twice_counts_once():
    assert ndcg(["a", "a", "a"], GRADES) == ndcg(["a"], GRADES)
    assert ndcg(["x", "x", "a"], GRADES) == ndcg(["x", "a"], GRADES)


def test_recall_is_the_share_of_what_answers_among_the_first_five():
    assert recall(["x", "a", "c"], GRADES) == 0.5
    assert recall(["x", "a", "y", "z", "b"], GRADES) == 1
    assert recall(["x", "a", "y", "z", "w", "b"], GRADES) == 0.5
    assert recall(["c"], GRADES) == 0


@pytest.mark.parametrize("measure", [ndcg, recall])
def test_where_nothing_is_judged_there_is_no_figure(measure):
    with pytest.raises(ValueError, match="nothing"):
        measure(["a"], {})


def test_recall_needs_something_that_answers():
    with pytest.raises(ValueError, match="squarely"):
        recall(["c"], {"c": 1})


def test_mean_of_nothing_is_nothing():
    assert mean([]) == 0
    assert mean([0.5, 1]) == 0.75
