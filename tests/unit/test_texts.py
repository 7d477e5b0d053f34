# SPDX-License-Identifier: MIT
"""The text files: same keys and placeholders in every language; unknown keys are named."""

import string

import pytest

from tests import shipped
from workbench.files.texts import LANGUAGES, TomlTexts, load_texts


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_both_languages_have_the_same_keys_and_placeholders():
    chinese, english = (shipped.texts(language) for language in LANGUAGES)
    assert set(chinese.keys()) == set(english.keys())
    for key in set(chinese.keys()):
        ours, theirs = chinese.pattern(key), english.pattern(key)
        assert placeholders(ours) == placeholders(theirs), key


def test_english_words_go_with_their_number():
    texts = shipped.texts("en")
    assert texts("home.assets_n", n=1) == "1 asset"
    assert texts("home.assets_n", n=12) == "12 assets"
    assert texts("evidencing.all_whole", n=1) == "All 1 file is intact."


def test_no_text_is_empty_polite_or_shouting():
    """The wording rules: no 您, no exclamation marks, no empty text."""
    for language in LANGUAGES:
        texts = shipped.texts(language)
        for key in set(texts.keys()):
            pattern = texts.pattern(key)
            assert pattern.strip() or key == "ui.gap", key
            assert not set(pattern) & set("您！!"), (language, key)
            assert "操作失败" not in pattern, key


def test_english_uses_straight_quotes():
    """ux §4: “ ” and ’ take full width in the Chinese font, so English strings have none."""
    english = shipped.texts("en")
    assert [key for key in set(english.keys()) if set(english.pattern(key)) & set("“”’")] == []


def test_a_missing_key_or_parameter_is_named(tmp_path):
    texts = TomlTexts("zh_CN", {"room.key": "第 {row} 行"})
    assert texts("room.key", row=3) == "第 3 行"
    with pytest.raises(LookupError, match=r"room\.other"):
        texts("room.other")
    with pytest.raises(LookupError, match="row"):
        texts("room.key")
    with pytest.raises(LookupError, match="tlh"):
        load_texts("tlh", tmp_path)


def test_rooms_are_files_and_tables_are_dots(tmp_path):
    room = tmp_path / "en" / "cli.toml"
    room.parent.mkdir()
    room.write_text('hello = "Hello"\n[error]\nlocked = "{file} is locked"\n', encoding="utf-8")
    texts = load_texts("en", tmp_path)
    assert texts("cli.hello") == "Hello"
    assert texts("cli.error.locked", file="a.park") == "a.park is locked"
    assert texts.has("cli.hello")
    assert not texts.has("cli.bye")
