from datetime import timedelta

from cachexia_portal.limits import rules

RULES = [rule for rule in vars(rules).values() if isinstance(rule, rules.Rule)]


def test_every_rule_has_a_name_of_its_own_and_a_reason():
    assert len({rule.name for rule in RULES}) == len(RULES)
    assert all(rule.reason.endswith(".") for rule in RULES)


def test_a_ward_that_shares_one_address_never_meets_the_limit_of_the_contact_form():
    assert rules.CONTACT.amount / (rules.CONTACT.period / timedelta(hours=1)) >= 30
