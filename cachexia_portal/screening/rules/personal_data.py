"""Details by which somebody could be found. Each rule is a shape; `shapes` knows how to look for it."""

from django.utils.translation import gettext_lazy as _

from cachexia_portal.screening.rule import Category, Find, Said, ShapeRule, Strength, WordRule, lines
from cachexia_portal.screening.shapes import (
    accounts,
    addresses,
    births,
    children,
    clinicians,
    emails,
    own_names,
    phones,
    records,
)


def detail(code: str, says: Said, find: Find, strength: Strength = Strength.LIKELY) -> ShapeRule:
    """A rule for one kind of detail."""
    return ShapeRule(code, Category.PERSONAL_DATA, says, find, strength)


PICTURE = WordRule(
    code="picture_of_papers",
    category=Category.PERSONAL_DATA,
    says=_("A picture of a wristband, a letter or a label, which may show names and numbers."),
    strength=Strength.POSSIBLE,
    unless=("denied", "imagined"),
    patterns=lines("""
        photo|photos|picture|pictures|pic|pics|scan|screenshot|copy of ..2 wristband|letter|prescription|results|label|passport|badge|card|report|notes|chart|licence|license|certificate
    """),
)
WORD_RULES = (PICTURE,)
SHAPE_RULES = (
    detail("phone_number", _("A telephone number."), phones.numbers),
    detail(
        "perhaps_phone_number",
        _("Digits that may be a telephone number."),
        phones.announced,
        Strength.POSSIBLE,
    ),
    detail("email_address", _("An e-mail address, also when it is spelled out."), emails.find),
    detail("street_address", _("A street and a house number."), addresses.streets),
    detail("postcode", _("A postcode."), addresses.postcodes),
    detail("date_of_birth", _("A full date of birth."), births.find),
    detail("record_number", _("The number of a patient, an insurance, a policy or a record."), records.find),
    detail(
        "clinician_name", _("The full name of a doctor, a nurse or another professional."), clinicians.find
    ),
    detail("own_name", _("The full name of the writer."), own_names.find),
    detail("child_name", _("The name of a child, with their age."), children.find),
    detail("account_name", _("A name on a messaging service or a social network."), accounts.find),
)
