# SPDX-License-Identifier: MIT
"""The interface's language, light and zoom, taken from the settings."""

from dataclasses import replace
from typing import cast

from PySide6.QtCore import QLibraryInfo, QTranslator
from PySide6.QtWidgets import QApplication

from workbench.bootstrap import Program, Settings
from workbench.domain.overriding import override
from workbench.ui.look import theme
from workbench.ui.texts import language, set_texts, t

_FILE_DIALOG = ("QFileDialog", "QAbstractFileIconProvider")
_QT_FILES = {"zh_CN": "qtbase_zh_CN", "en": "qtbase_en"}
_UNTRANSLATED = {
    "&Look in:": "ui.qt_look_in",
    "Files of &type:": "ui.qt_kind",
    "Folder": "ui.qt_folder",
    "Drive": "ui.qt_drive",
}
"""Words of Qt's own file dialog that Qt's Chinese texts lack; systems with a dialog need none."""
_translators: list[QTranslator] = []


class _Rest(QTranslator):
    """Knows the words that Qt's texts lack; it is asked after them."""

    @override
    def isEmpty(self) -> bool:
        return False

    @override
    def translate(
        self, context: str, sourceText: str, disambiguation: str | None = None, n: int = -1
    ) -> str:
        key = _UNTRANSLATED.get(sourceText) if context in _FILE_DIALOG else None
        return t(key) if key else cast("str", None)  # "" would stand in the dialog


def apply_looks(app: QApplication, program: Program) -> None:
    """Show the program as its settings say."""
    set_texts(program.texts())
    _translate_qt(app, program.language)
    mode = program.settings.theme
    known = mode if mode in ("light", "dark", "system") else "system"
    theme.current().apply(app, cast("theme.Mode", known), program.settings.zoom / 100)


def next_zoom(percent: int, step: int) -> int:
    """Return the next larger or smaller zoom in percent."""
    steps = [round(zoom * 100) for zoom in theme.ZOOM_STEPS]
    nearest = min(range(len(steps)), key=lambda at: abs(steps[at] - percent))
    return steps[min(max(nearest + step, 0), len(steps) - 1)]


def with_other_theme(settings: Settings) -> Settings:
    """Return the settings with light for dark, or dark for light."""
    other = "light" if theme.current().name == "dark" else "dark"
    return replace(settings, theme=other, language=language())


def with_language(settings: Settings, chosen: str) -> Settings:
    """Return the settings with another language."""
    return replace(settings, language=chosen)


def _translate_qt(app: QApplication, chosen: str) -> None:
    """Let Qt's own words (file dialogs, context menus) speak the language, too."""
    for old in _translators:
        app.removeTranslator(old)
    _translators.clear()
    made = QTranslator(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if made.load(_QT_FILES.get(chosen, "qtbase_en"), folder):
        _translators.extend((_Rest(app), made))  # the one installed last is asked first
    for translator in _translators:
        app.installTranslator(translator)
