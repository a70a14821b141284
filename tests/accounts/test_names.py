"""Which names can be taken, and which look like one another."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from cachexia_portal.accounts.models import NameTaken, TakenName
from cachexia_portal.accounts.names import check_name, claims_a_role, skeleton, tidy

FINE = [
    "Al",
    "Rosalind",
    "Andrew",
    "St. John",
    "O'Neill-Smith",
    "Zoë",
    "Anna 2",
    "badminton fan",
    "modern times",
    "Staffan",
    "Drew",
    "Анна",
    "李さん",
    "ليلى",
    "Δάφνη",
    "María José",
    "a" * 40,
]
ROLES = [
    "Doctor Rosa",
    "doctor",
    "Dr Rosa",
    "Dr. Rosa",
    "dr",
    "D.R. Rosa",
    "DrRosa",
    "Nurse Joy",
    "nurses",
    "moderator",
    "m0derator",
    "mod3rator",
    "M o d e r a t o r",
    "the_moderator_team",
    "Admin",
    "adm1n",
    "admin42",
    "Staff",
    "Official Help",
    "Support",
    "support7",
    "Clinician",
    "cl1nician",
    "Verified Rosa",
    "ver1fied",
    "verífied",
    "Dосtor",
    "ⓓⓞⓒⓣⓞⓡ",
    "𝐃𝐫 Rosa",
    "ﬆaff",
    "Alongside",
    "A1ongside team",
    "al0ngside",
    "anonymous",
    "A caregiver",
    "Former member",
]
SHAPELESS = {
    "short": ["", "a", "1", "--", "7.", "'"],
    "long": ["a" * 41, "ﷺ" * 5],
    "characters": [
        "a\u200bb",
        "ab\u202edc",
        "a\u2066bc",
        "ab\x00c",
        "ab\nc\x07",
        "pa\u00adss",
        "ㅤㅤㅤab",
        "a\u034fb",
        "Z̷̢̛̖a̶̧lgo",
        "<script>",
        "a;b--c",
        "Rosa 💚",
        "ab\ufe0f",
    ],
    "contact": ["www.foo.com", "rosa.example", "call 0171 496 0018", "٠١٢٣٤٥٦٧ab"],
    "scripts": ["Rоsalind", "Annа", "ab李", "Δaphne"],
}


@pytest.mark.parametrize("name", FINE)
def test_ordinary_names_of_many_languages_are_fine(name):
    check_name(name)


@pytest.mark.parametrize("name", ROLES)
def test_a_name_that_could_be_read_as_a_role_is_refused(name):
    assert claims_a_role(name)
    with pytest.raises(ValidationError):
        check_name(name)


@pytest.mark.parametrize(
    ("code", "name"), [(code, name) for code, names in SHAPELESS.items() for name in names]
)
def test_a_name_of_the_wrong_shape_is_refused_with_its_reason(code, name):
    with pytest.raises(ValidationError) as refusal:
        check_name(name)
    assert refusal.value.code == code


def test_the_name_of_the_organisation_is_nobodys(settings):
    check_name("Harbour Light")
    settings.ORGANISATION = "Harbour Light Society"
    with pytest.raises(ValidationError):
        check_name("Harb0ur Light Society")


def test_an_address_with_an_at_sign_is_refused():
    with pytest.raises(ValidationError):
        check_name("rosa@example")


@pytest.mark.parametrize(
    "other",
    [
        "ROSALIND",
        "R0SAL1ND",
        "rosalind ",
        "r o s a l i n d",
        "Rosa-lind",
        "Rósalínd",
        "Ｒosalind",
        "ʀosalind",
    ],
)
def test_names_that_look_alike_have_one_skeleton(other):
    assert skeleton(other) == skeleton("Rosalind")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("modern", "modem"),
        ("Arno", "Amo"),
        ("vvren", "wren"),
        ("Bill", "B1ll"),
        ("anna", "аnnа"),
        ("cora", "соrа"),
    ],
)
def test_pairs_that_the_eye_confuses_are_one_name(one, other):
    assert skeleton(one) == skeleton(other)


@pytest.mark.parametrize(
    ("one", "other"), [("Anna", "Hanna"), ("Rosa", "Rosi"), ("Wren", "Vern"), ("李", "王")]
)
def test_different_names_stay_different(one, other):
    assert skeleton(one) != skeleton(other)


def test_a_skeleton_of_a_skeleton_is_itself():
    for name in [*FINE, *ROLES]:
        assert skeleton(skeleton(name)) == skeleton(name)


def test_a_name_is_stored_tidy():
    assert tidy("  Rosa \u00a0 Ｌind ") == "Rosa Lind"


@pytest.mark.django_db
def test_a_taken_name_is_a_digest_that_names_nobody_and_depends_on_the_key(settings):
    TakenName.objects.take("Rosalind")
    digest = TakenName.objects.get().digest
    assert len(digest) == 64
    assert "rosal" not in digest
    settings.SECRET_KEY = "another-key-" + "y" * 40
    assert not TakenName.objects.has("Rosalind")
    settings.SECRET_KEY_FALLBACKS = ["tests-only-" + "x" * 40]
    assert TakenName.objects.has("Rosalind")


@pytest.mark.django_db
def test_a_name_is_taken_once():
    TakenName.objects.take("Rosalind")
    with pytest.raises(NameTaken):
        TakenName.objects.take("R0salind")
    assert TakenName.objects.count() == 1


def test_hostile_texts_are_refused_or_harmless(hostile):
    try:
        check_name(hostile)
    except ValidationError:
        return
    assert not set(tidy(hostile)) & set("<>&{}%;=@")
