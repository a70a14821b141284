from datetime import timedelta

from cachexia_portal.limits import rules

RULES = [rule for rule in vars(rules).values() if isinstance(rule, rules.Rule)]
FOR_VISITORS = [rules.CONTACT, rules.SIGN_UP]


def test_every_rule_has_a_name_of_its_own_and_a_reason():
    assert len({rule.name for rule in RULES}) == len(RULES)
    assert all(rule.reason.endswith(".") for rule in RULES)


def test_what_visitors_do_is_limited_so_that_a_ward_never_meets_it():
    for rule in FOR_VISITORS:
        assert rule.amount / (rule.period / timedelta(hours=1)) >= 30
