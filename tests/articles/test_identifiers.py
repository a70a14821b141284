"""Numbers of works are checked for their form, and for nothing else."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from articles.identifiers import doi, nct_number, pubmed_number

LONG = "1" * 100_000


@pytest.mark.parametrize(
    ("check", "value"),
    [
        (doi, "10.1234/abc.5"),
        (doi, "10.1016/S1470-2045(10)70218-7"),
        (doi, "10.123456789/x/y;z:1"),
        (pubmed_number, "1"),
        (pubmed_number, "21296615"),
        (nct_number, "NCT01234567"),
    ],
)
def test_a_number_of_the_right_form_passes(check, value):
    check(value)


@pytest.mark.parametrize(
    ("check", "value"),
    [
        (doi, "https://doi.org/10.1234/abc.5"),
        (doi, "doi:10.1234/abc"),
        (doi, "10.1234"),
        (doi, "10.1234/"),
        (doi, "10.123/abc"),
        (doi, "11.1234/abc"),
        (doi, "10.1234/a b"),
        (doi, '10.1234/a"b'),
        (doi, "10.1234/<script>"),
        (doi, "10.1234/abc\n"),
        (doi, "10." + LONG),
        (doi, "10.١٢٣٤/abc"),
        (doi, "10.1234/a\u00a0b"),
        (pubmed_number, "2١"),
        (pubmed_number, "PMID 21296615"),
        (pubmed_number, "021296615"),
        (pubmed_number, "0"),
        (pubmed_number, "212966150"),
        (pubmed_number, "21296615\n"),
        (pubmed_number, "²"),
        (pubmed_number, "١٢٣"),
        (nct_number, "nct01234567"),
        (nct_number, "NCT0123456"),
        (nct_number, "NCT012345678"),
        (nct_number, "01234567"),
        (nct_number, "NCT٠١٢٣٤٥٦٧"),
    ],
)
def test_every_other_is_refused_with_an_example(check, value):
    with pytest.raises(ValidationError) as refused:
        check(value)
    assert any(digit in refused.value.message for digit in "123")
