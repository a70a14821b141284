from cachexia_portal.help.countries import COUNTRIES, country_choices, country_name


def test_every_country_has_its_two_letters_and_a_name():
    assert len(COUNTRIES) == 249
    assert all(code.isupper() and code.isalpha() and len(code) == 2 for code in COUNTRIES)
    assert len({str(name) for name in COUNTRIES.values()}) == 249


def test_choices_stand_in_order_of_name_whatever_the_accents():
    names = [name for _, name in country_choices()]
    assert names.index("Åland Islands") < names.index("Albania")
    assert names.index("Türkiye") < names.index("Turkmenistan")


def test_an_unknown_code_is_its_own_name():
    assert country_name("XX") == "XX"
    assert country_name("GB") == "United Kingdom"
