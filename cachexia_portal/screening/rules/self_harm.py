"""Somebody may be in danger from themselves."""

from django.utils.translation import gettext_lazy as _

from ..rule import Category, Subject, WordRule, lines

RULES = (
    WordRule(
        code="wants_to_die",
        category=Category.SELF_HARM,
        says=_("The writer says that they want to die."),
        subject=Subject.SELF,
        unless=("denied",),
        patterns=lines("""
            {i} ..3 {wants} to ..1 {die}
        """),
    ),
)
