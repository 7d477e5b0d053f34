"""Every ledger field is declared once, completely, in both languages."""

import pytest

from tests.shipped import texts
from workbench.domain.catalogue import CATALOGUE
from workbench.domain.fields import Field, FieldType
from workbench.files.texts import LANGUAGES


def test_the_entities_of_the_command_line_exist():
    wanted = (
        "park parcel building unit facility enterprise lease encumbrance valuation demand "
        "park_year enterprise_year finance"
    )
    assert set(wanted.split()) <= {entity.key for entity in CATALOGUE.ledger()}


FIELDS = [(entity.key, field) for entity in CATALOGUE for field in entity]


def test_a_field_has_titles_and_what_its_type_needs():
    units = {FieldType.AREA: "㎡", FieldType.MONEY: "元"}
    for entity, field in FIELDS:
        place = (entity, field.key)
        assert field.zh.strip(), place
        assert field.en.isascii() or "㎡" in field.en, place
        assert bool(field.choices) == (field.type in (FieldType.CHOICE, FieldType.CHOICES)), place
        assert bool(field.target) == (field.type is FieldType.REF), place
        assert field.unit == units.get(field.type, field.unit), place


def test_identity_label_and_required_fields_are_declared():
    for entity in CATALOGUE:
        named = {*entity.required_any, *(name for keys in entity.identity for name in keys)}
        assert named <= {field.key for field in entity}, entity.key


def test_no_two_fields_of_an_entity_answer_to_the_same_heading():
    seen = {}
    for entity, field in FIELDS:
        for word in {field.zh, *field.synonyms}:
            assert seen.setdefault((entity, word), field.key) == field.key, (entity, word)


def test_a_catalogue_grows_by_one_declaration():
    grown = CATALOGUE.extended({"unit": [Field("tag", "标签", "Tag", FieldType.TEXT)]})
    assert "tag" in grown["unit"]
    assert "tag" not in CATALOGUE["unit"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_group_of_fields_is_named_in_every_language(language):
    """A form lists the groups of its entity; one without a name would not open."""
    groups = {field.group for entity in CATALOGUE.ledger() for field in entity}
    assert "innovation" in groups
    assert [key for key in sorted(groups) if not texts(language).has(f"ledger.group.{key}")] == []


def test_no_heading_is_spelled_as_a_choice_of_its_own_field():
    """规上 as a heading made 规模 | 规上 of a turned sheet a header, and its firm was lost."""
    clash = [
        (entity.key, field.key, name)
        for entity in CATALOGUE.ledger()
        for field in entity
        for name in (field.zh, *field.synonyms)
        if name in {word for choice in field.choices for word in (choice.value, *choice.synonyms)}
    ]
    assert clash == []
