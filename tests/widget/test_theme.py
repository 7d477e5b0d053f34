# SPDX-License-Identifier: MIT
"""Tokens, fonts, icons: WCAG contrast, and everything that is named exists."""

import ast
import re
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QFont, QFontInfo, QPalette, QRawFont
from PySide6.QtWidgets import QPushButton

from workbench import locations
from workbench.ui.look import icons, theme
from workbench.ui.look.tokens import DARK, LIGHT, TONES, Tokens
from workbench.ui.widgets.buttons import Button

THEMES = pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
GROUNDS = (
    "surface", "app", "accentSoft", "rail", "hover", "subtle",
    "dangerSoft", "warnSoft", "successSoft", "infoSoft",
)  # fmt: skip


def luminance(color: str) -> float:
    """Return WCAG 2.2's relative luminance."""
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    high, low = sorted((luminance(first), luminance(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@THEMES
def test_text_reaches_4_5_on_every_ground_wcag_1_4_3(tokens: Tokens):
    for ink in ("text", "text2", "text3", "accent", "danger", "warn", "success", "info"):
        for ground in GROUNDS:
            ratio = contrast(tokens.colors[ink], tokens.colors[ground])
            assert ratio >= 4.5, (tokens.name, ink, ground, ratio)


@THEMES
def test_marked_text_reaches_4_5_on_its_own_ground(tokens: Tokens):
    pairs = [*TONES.values(), ("onAccent", "accent"), ("onAccent", "accentHover")]
    pairs += [("surface", "text"), ("toastLink", "text")]
    pairs += [("text2", soft) for soft in ("dangerSoft", "warnSoft", "infoSoft", "successSoft")]
    for ink, ground in pairs:
        assert contrast(tokens.colors[ink], tokens.colors[ground]) >= 4.5, (ink, ground)


@THEMES
def test_edges_focus_and_chart_lines_reach_3_wcag_1_4_11(tokens: Tokens):
    for part in ("borderInput", "focus", "c1", "c2", "c3", "c4", "c5", "c6"):
        assert contrast(tokens.colors[part], tokens.colors["surface"]) >= 3, part
    for ground in ("app", "rail", "subtle"):
        assert contrast(tokens.colors["borderInput"], tokens.colors[ground]) >= 3, ground


@THEMES
def test_every_heat_step_can_be_read(tokens: Tokens):
    assert len(tokens.heat) == 6
    for ground, ink in zip(tokens.heat, tokens.heat_ink, strict=True):
        assert contrast(ground, ink) >= 4.5, ground


def test_both_themes_have_the_same_tokens():
    assert LIGHT.colors.keys() == DARK.colors.keys()


def test_the_bundled_font_has_both_weights_and_the_signs_of_the_field(qapp, interface):
    assert theme.BUNDLED_FAMILY in theme.load_fonts()
    assert QFontInfo(qapp.font()).family() == theme.BUNDLED_FAMILY
    assert QRawFont.fromFont(interface.font("body")).weight() == QFont.Weight.Normal
    assert QRawFont.fromFont(interface.font("strong")).weight() == QFont.Weight.DemiBold
    raw = QRawFont.fromFont(interface.font())
    for sign in "盘活㎡㎥①✓→±−–—·喆堃镕（）、。“”…￥":
        assert raw.glyphIndexesForString(sign) != [0], sign


def parts_that_say(pattern):
    """The modules of the window with these words, taken apart: all of them would take seconds."""
    for path in (Path(__file__).parents[2] / "workbench" / "ui").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        if re.search(pattern, text):
            yield path, ast.parse(text)


def test_every_icon_name_in_the_code_exists():
    used: set[str] = set()
    for _, tree in parts_that_say(rf"\bicon\b|\bICON\b|{'|'.join(ICON_ARGUMENT)}"):
        for node in ast.walk(tree):
            used |= names_in(node)
    assert used >= {"undo-2", "database", "search"}
    missing = {name for name in used if not locations.resource("icons", f"{name}.svg").is_file()}
    assert not missing


ICON_ARGUMENT = {
    "icon": 0,
    "pixmap": 0,
    "set_icon": 0,
    "IconLabel": 0,
    "IconButton": 0,
    "ChoiceCard": 0,
    "_Mark": 0,
    "NavEntry": 2,
    "Hit": 5,
}


def names_in(node: ast.AST) -> set[str]:
    """Return icon names: icon= arguments, the ICON of a page, and what draws icons by place."""
    found: list[ast.expr] = []
    if isinstance(node, ast.Call):
        found = [word.value for word in node.keywords if word.arg == "icon"]
        called = getattr(node.func, "attr", getattr(node.func, "id", ""))
        at = ICON_ARGUMENT.get(called, -1)
        found += node.args[at : at + 1] if at >= 0 else []
    elif isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "ICON":
        found = [node.value]
    return {v.value for v in found if isinstance(v, ast.Constant) and v.value}


def test_icons_are_sharp_and_take_the_colour_of_the_theme(qapp, interface):
    light = icons.pixmap("house", "accent").toImage()
    interface.apply(qapp, "dark", 1.0)
    dark = icons.pixmap("house", "accent").toImage()
    interface.apply(qapp, "light", 1.0)
    assert light != dark
    assert icons.icon("house").actualSize(QSize(16, 16)) == QSize(16, 16)
    with pytest.raises(LookupError, match="no-such-icon"):
        icons.pixmap("no-such-icon")


def test_theme_and_zoom_reach_palette_fonts_and_sizes(qtbot, qapp, interface):
    button = Button("导入 Excel", "primary", icon="upload")
    qtbot.addWidget(button)
    button.show()
    small = button.sizeHint()
    with qtbot.waitSignal(interface.theme_changed):
        interface.apply(qapp, "dark", 1.5)
    try:
        assert qapp.palette().color(QPalette.ColorRole.Window).name().upper() == DARK.colors["app"]
        assert interface.px(32) == 48
        assert interface.px(1) == 1
        assert interface.font().pixelSize() == 20
        assert button.sizeHint().height() >= 1.4 * small.height()
        assert button.iconSize() == QSize(24, 24)
    finally:
        interface.apply(qapp, "light", 1.0)
    assert button.sizeHint() == small


def test_the_style_sheet_leaves_no_token_unfilled(interface):
    text = interface.style_sheet()
    assert "@" not in text
    assert LIGHT.colors["accent"] in text
    for line in text.split("url(")[1:]:
        assert Path(line.split(")")[0]).is_file()


def test_no_widget_code_names_a_colour_of_its_own():
    for path, tree in parts_that_say(r"""["'}]#"""):
        if path.name == "tokens.py":
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                value = node.value
                brand = path.name == "icons.py"  # the product mark is recoloured from its file
                assert brand or not (value.startswith("#") and len(value) in (7, 9)), (path, value)


def test_a_plain_qt_button_is_styled_too(qtbot):
    button = QPushButton("确定导入")
    qtbot.addWidget(button)
    button.show()
    assert button.sizeHint().height() >= 30
