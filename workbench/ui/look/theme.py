# SPDX-License-Identifier: MIT
"""The look in use: colours, fonts and lengths of the current theme and zoom, with caches."""

import functools
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QObject, Qt, QTemporaryDir, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QFontMetricsF,
    QGuiApplication,
    QPalette,
)
from PySide6.QtWidgets import QApplication

from workbench import locations
from workbench.ui.look.tokens import DARK, LIGHT, TYPE, Tokens

Mode = Literal["light", "dark", "system"]
BUNDLED_FAMILY = "Noto Sans SC"
ZOOM_STEPS = (0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0)
_LARGEST_HAIRLINE = 3  # lines of up to 3 px keep their width at every zoom


class Theme(QObject):
    """Colours, fonts and lengths; ``theme_changed`` tells widgets that paint or size themselves."""

    theme_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._tokens: Tokens = LIGHT
        self._mode: Mode = "light"
        self._zoom = 1.0
        self._colors: dict[tuple[str, float], QColor] = {}
        self._fonts: dict[tuple[int, int], QFont] = {}
        self._metrics: dict[tuple[int, int], QFontMetricsF] = {}
        self._images = QTemporaryDir()
        self._follows_system = False

    @property
    def name(self) -> str:
        """Return ``light`` or ``dark``."""
        return self._tokens.name

    @property
    def mode(self) -> Mode:
        """Return the choice in use, which may be ``system``."""
        return self._mode

    @property
    def zoom(self) -> float:
        """Return the zoom of the interface, 1.0 = 100 %."""
        return self._zoom

    @property
    def tokens(self) -> Tokens:
        """Return the raw tokens, for exports that need colour names."""
        return self._tokens

    def px(self, length: float) -> int:
        """Return a length of the design scaled by the zoom."""
        if length <= _LARGEST_HAIRLINE:
            return round(length)
        return round(length * self._zoom)

    def color(self, key: str, alpha: float = 1.0) -> QColor:
        """Return a token's colour; do not change the returned object, it is shared."""
        found = self._colors.get((key, alpha))
        if found is None:
            found = QColor(self._tokens.colors[key])
            if alpha != 1.0:
                found.setAlphaF(alpha)
            self._colors[key, alpha] = found
        return found

    def heat(self, step: int) -> tuple[QColor, QColor]:
        """Return ground and ink of one of the six heat steps (0–5)."""
        return QColor(self._tokens.heat[step]), QColor(self._tokens.heat_ink[step])

    def font(self, role: str = "body") -> QFont:
        """Return the shared font of a text role of ``tokens.TYPE``."""
        return self.font_of(*TYPE[role])

    def font_of(self, pixels: int, weight: int = 400) -> QFont:
        """Return a shared font of a size (before zoom) and weight."""
        found = self._fonts.get((pixels, weight))
        if found is None:
            found = QFont()
            found.setFamilies(families())
            found.setPixelSize(self.px(pixels))
            found.setWeight(QFont.Weight(weight))
            found.setHintingPreference(QFont.HintingPreference.PreferVerticalHinting)
            self._fonts[pixels, weight] = found
        return found

    def metrics(self, role: str = "body") -> QFontMetricsF:
        """Return the shared metrics of a text role."""
        key = TYPE[role]
        found = self._metrics.get(key)
        if found is None:
            found = self._metrics[key] = QFontMetricsF(self.font_of(*key))
        return found

    def apply(self, app: QApplication, mode: Mode, zoom: float = 1.0) -> None:
        """Switch the whole program to a theme and zoom; the first call also loads the fonts."""
        load_fonts()
        self._mode = mode
        self._zoom = min(max(zoom, ZOOM_STEPS[0]), ZOOM_STEPS[-1])
        self._tokens = _tokens_for(mode)
        for cache in (self._colors, self._fonts, self._metrics):
            cache.clear()
        if app.style().name().lower() != "fusion":
            app.setStyle("Fusion")
        app.setPalette(self.palette())
        app.setFont(self.font())
        if app.styleSheet() != (sheet := self.style_sheet()):  # each widget is polished anew
            app.setStyleSheet(sheet)
        self._follow_system()
        self.theme_changed.emit()

    @contextmanager
    def on_paper(self) -> Iterator[None]:
        """Draw with light colours and without zoom, as on paper; nobody is told of it."""
        kept = (self._tokens, self._zoom, self._colors, self._fonts, self._metrics)
        self._tokens, self._zoom = LIGHT, 1.0
        self._colors, self._fonts, self._metrics = {}, {}, {}
        try:
            yield
        finally:
            self._tokens, self._zoom, self._colors, self._fonts, self._metrics = kept

    def palette(self) -> QPalette:
        """Return the palette that Fusion and native parts use."""
        palette = QPalette()
        role = QPalette.ColorRole
        for target, key in (
            (role.Window, "app"),
            (role.Base, "surface"),
            (role.AlternateBase, "hover"),
            (role.Text, "text"),
            (role.WindowText, "text"),
            (role.Button, "surface"),
            (role.ButtonText, "text"),
            (role.Highlight, "accent"),
            (role.HighlightedText, "onAccent"),
            (role.ToolTipBase, "text"),
            (role.ToolTipText, "surface"),
            (role.PlaceholderText, "text3"),
            (role.Link, "accent"),
            (role.LinkVisited, "accent"),
            (role.Accent, "accent"),
        ):
            palette.setColor(target, self.color(key))
        for target in (role.Text, role.WindowText, role.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, target, self.color("disabled"))
        return palette

    def style_sheet(self) -> str:
        """Return the QSS template with tokens, zoomed lengths and recoloured images filled in."""
        template = locations.resource("styles", "workbench.qss").read_text(encoding="utf-8")
        text = template.replace("@images", self._write_images()).replace("@theme", self.name)
        for key in sorted(self._tokens.colors, key=len, reverse=True):
            text = text.replace(f"@{key}", self._tokens.colors[key])
        return re.sub(r"\b(\d+)px", lambda found: f"{self.px(int(found.group(1)))}px", text)

    def _write_images(self) -> str:
        """Write the few images that QSS takes only as files; return their folder."""
        folder = Path(self._images.path())
        for name, icon, key in (
            ("chevron", "chevron-down", "text2"),
            ("check", "check", "onAccent"),
            ("minus", "minus", "onAccent"),
        ):
            source = locations.resource("icons", f"{icon}.svg").read_text(encoding="utf-8")
            source = source.replace("currentColor", self._tokens.colors[key])
            target = folder / f"{name}-{self.name}.svg"
            target.write_text(source.replace('"1.75"', '"2.5"'), encoding="utf-8")
        return folder.as_posix()

    def _follow_system(self) -> None:
        """Listen to the desktop's light/dark switch from the first time on."""
        if not self._follows_system:
            QGuiApplication.styleHints().colorSchemeChanged.connect(self._on_scheme_changed)
            self._follows_system = True

    @Slot()
    def _on_scheme_changed(self) -> None:
        app = QApplication.instance()
        if self._mode == "system" and isinstance(app, QApplication):
            self.apply(app, "system", self._zoom)


@functools.cache
def current() -> Theme:
    """Return the one theme of the program."""
    return Theme()


@functools.cache
def load_fonts() -> tuple[str, ...]:
    """Register the bundled fonts once; return the families found in them."""
    found: list[str] = []
    for weight in ("Regular", "SemiBold"):
        path = locations.resource("fonts", f"NotoSansSC-{weight}.ttf")
        number = QFontDatabase.addApplicationFont(str(path))
        found += QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
    return tuple(dict.fromkeys(found))


@functools.cache
def families() -> tuple[str, ...]:
    """Return the font families in order: the system's own Chinese face, then the bundled one."""
    own = {"win32": "Microsoft YaHei UI", "darwin": "PingFang SC"}.get(sys.platform)
    return (own, BUNDLED_FAMILY) if own else (BUNDLED_FAMILY,)


def _tokens_for(mode: Mode) -> Tokens:
    """Return the tokens of a choice; an unknown desktop scheme counts as light."""
    if mode == "system":
        scheme = QGuiApplication.styleHints().colorScheme()
        return DARK if scheme == Qt.ColorScheme.Dark else LIGHT
    return DARK if mode == "dark" else LIGHT
