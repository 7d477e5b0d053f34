"""Every ledger field is declared once, completely, in both languages."""

import pytest

from workbench import locations
from workbench.domain.catalogue import CATALOGUE
from workbench.domain.fields import Field, FieldType
from workbench.files.texts import LANGUAGES, load_texts


def test_the_entities_of_the_command_line_exist():
    wanted = (
        "park parcel building unit facility enterprise lease encumbrance valuation demand "
        "park_year enterprise_year finance"
    )
    assert set(wanted.split()) <= {entity.key for entity in CATALOGUE.ledger()}


@pytest.mark.parametrize("entity", tuple(CATALOGUE), ids=lambda entity: entity.key)
def test_a_field_has_titles_and_what_its_type_needs(entity):
    for field in entity:
        assert field.zh.strip(), field.key
        assert field.en.isascii() or "㎡" in field.en, field.key
        assert bool(field.choices) == (field.type in (FieldType.CHOICE, FieldType.CHOICES))
        assert bool(field.target) == (field.type is FieldType.REF), field.key
        if field.type is FieldType.AREA:
            assert field.unit == "㎡", field.key
        if field.type is FieldType.MONEY:
            assert field.unit == "元", field.key


@pytest.mark.parametrize("entity", tuple(CATALOGUE), ids=lambda entity: entity.key)
def test_identity_label_and_required_fields_are_declared(entity):
    named = {*entity.required_any, *(name for keys in entity.identity for name in keys)}
    assert named <= {field.key for field in entity}


@pytest.mark.parametrize("entity", tuple(CATALOGUE), ids=lambda entity: entity.key)
def test_no_two_fields_of_an_entity_answer_to_the_same_heading(entity):
    seen = {}
    for field in entity:
        for word in {field.zh, *field.synonyms}:
            assert seen.setdefault(word, field.key) == field.key, word


def test_a_catalogue_grows_by_one_declaration():
    grown = CATALOGUE.extended({"unit": [Field("tag", "标签", "Tag", FieldType.TEXT)]})
    assert "tag" in grown["unit"]
    assert "tag" not in CATALOGUE["unit"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_group_of_fields_is_named_in_every_language(language):
    """A form lists the groups of its entity; one without a name would not open."""
    texts = load_texts(language, locations.resource("translations"))
    groups = {field.group for entity in CATALOGUE.ledger() for field in entity}
    assert "innovation" in groups
    assert [key for key in sorted(groups) if not texts.has(f"ledger.group.{key}")] == []
