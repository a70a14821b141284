"""Numbers of works, checked for their form; nothing is looked up anywhere."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

DOI = re.compile(r"10\.[0-9]{4,9}/[^\s\"<>]+")
PUBMED_NUMBER = re.compile(r"[1-9][0-9]{0,7}")
NCT_NUMBER = re.compile(r"NCT[0-9]{8}")


def doi(value: str) -> None:
    """Raise ValidationError unless it has the form of a DOI, without an address before it."""
    if not DOI.fullmatch(value):
        raise ValidationError(_("A DOI begins with “10.”, like 10.1234/abc.5. Leave https://doi.org/ away."))


def pubmed_number(value: str) -> None:
    """Raise ValidationError unless it has the form of a PubMed number: up to eight digits."""
    if not PUBMED_NUMBER.fullmatch(value):
        raise ValidationError(_("A PubMed number has up to eight digits and nothing else, like 21296615."))


def nct_number(value: str) -> None:
    """Raise ValidationError unless it has the form of a ClinicalTrials.gov number."""
    if not NCT_NUMBER.fullmatch(value):
        raise ValidationError(_("A trial number is NCT and eight digits, like NCT01234567."))
