"""Every text stands in both languages, under the same key, with the same placeholders."""

import tomllib
from pathlib import Path
from string import Formatter

import pytest

TRANSLATIONS = Path(__file__).resolve().parents[2] / "resources" / "translations"
ROOMS = sorted(path.name for path in (TRANSLATIONS / "zh_CN").glob("*.toml"))


def texts(language, room):
    """Return the texts of one file, flat: key -> text."""
    flat = {}

    def walk(table, prefix):
        for key, value in table.items():
            if isinstance(value, dict):
                walk(value, f"{prefix}{key}.")
            else:
                flat[f"{prefix}{key}"] = value

    walk(tomllib.loads((TRANSLATIONS / language / room).read_text("utf-8")), "")
    return flat


def placeholders(text):
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_both_languages_have_the_same_files():
    assert ROOMS
    assert sorted(path.name for path in (TRANSLATIONS / "en").glob("*.toml")) == ROOMS


@pytest.mark.parametrize("room", ROOMS)
def test_both_languages_have_the_same_keys(room):
    assert texts("zh_CN", room).keys() == texts("en", room).keys()


@pytest.mark.parametrize("room", ROOMS)
def test_both_languages_fill_in_the_same_placeholders(room):
    english = texts("en", room)
    for key, text in texts("zh_CN", room).items():
        assert placeholders(text) == placeholders(english[key]), f"{room} {key}"


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("room", ROOMS)
def test_no_text_is_empty(room, language):
    for key, text in texts(language, room).items():
        assert isinstance(text, str), f"{room} {key}"
        assert text, f"{room} {key}"
