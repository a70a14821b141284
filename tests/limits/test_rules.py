from datetime import timedelta

import pytest

from cachexia_portal.limits import rules
from cachexia_portal.limits.rates import Rate, read_rates

RULES = [rule for rule in vars(rules).values() if isinstance(rule, rules.Rule)]


def test_every_rule_has_a_name_of_its_own_and_a_reason():
    assert len({rule.name for rule in RULES}) == len(RULES)
    assert all(rule.reason.endswith(".") for rule in RULES)


def test_a_ward_that_shares_one_address_never_meets_the_limit_of_the_contact_form():
    assert rules.CONTACT.amount / (rules.CONTACT.period / timedelta(hours=1)) >= 30


def test_an_operator_sets_some_of_them_and_the_others_stay(settings):
    settings.RATE_LIMITS = read_rates("ask=5/10m, contact=100/d", rules.names())
    assert rules.ASK.rate == Rate(5, timedelta(minutes=10))
    assert rules.CONTACT.rate == Rate(100, timedelta(days=1))
    assert rules.ANSWER.rate == Rate(40, rules.HOUR)


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("asks=20/h", "These can be set: answer, ask,"),
        ("ask=20/h,ask=30/h", "names 'ask' twice"),
        ("ask=5/2d", "The longest period is a day"),
        *(
            (wrong, "It is written ask=20/h")
            for wrong in ("ask", "ask=0/h", "ask=-1/h", "ask=1.5/h", "ask=20")
        ),
        *((wrong, "It is written ask=20/h") for wrong in ("ask=20/w", "ask=20/0h", "ask=٢٠/h", "ask=20/h;")),
    ],
)
def test_what_is_written_wrong_is_refused_with_one_sentence(written, told):
    with pytest.raises(ValueError, match="RATE_LIMITS") as refused:
        read_rates(written, rules.names())
    assert told in str(refused.value)
    assert "\n" not in str(refused.value)
