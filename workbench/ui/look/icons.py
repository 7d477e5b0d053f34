# SPDX-License-Identifier: MIT
"""Line icons recoloured from the tokens: ``icon("house")`` and ``pixmap("house", "accent")``."""

import functools

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from workbench import locations
from workbench.ui.look import theme

_pixmaps: dict[tuple[str, str, int, float], QPixmap] = {}


@functools.cache
def _source(name: str) -> str:
    """Return an icon's SVG text; raises LookupError naming an unknown icon."""
    try:
        return locations.resource("icons", f"{name}.svg").read_text(encoding="utf-8")
    except FileNotFoundError:
        raise LookupError(f"no icon {name!r}") from None


def pixmap(name: str, tone: str = "text2", size: int = 16) -> QPixmap:
    """Return an icon as a picture in a token's colour; ``size`` is in pixels before zoom."""
    look = theme.current()
    side, ratio = look.px(size), device_ratio()
    color = look.tokens.colors[tone]
    key = (name, color, side, ratio)
    found = _pixmaps.get(key)
    if found is None:
        found = _render(_source(name).replace("currentColor", color), side, ratio)
        _pixmaps[key] = found
    return found


def icon(name: str, tone: str = "text2", size: int = 16) -> QIcon:
    """Return an icon for buttons and actions, with its disabled look."""
    made = QIcon(pixmap(name, tone, size))
    made.addPixmap(pixmap(name, "disabled", size), QIcon.Mode.Disabled)
    return made


def logo(size: int = 22) -> QPixmap:
    """Return the product mark in the theme's colours."""
    colors = theme.current().tokens.colors
    source = _source("app").replace("#17657D", colors["c1"]).replace("#A9591F", colors["c2"])
    return _render(source, theme.current().px(size), device_ratio())


def app_icon() -> QIcon:
    """Return the window icon in the sizes that desktops ask for."""
    made = QIcon()
    for side in (16, 24, 32, 48, 64, 128, 256):
        made.addPixmap(_render(_source("app"), side, 1.0))
    return made


def icon_size(size: int = 16) -> QSize:
    """Return the zoomed size to set on a button."""
    side = theme.current().px(size)
    return QSize(side, side)


def device_ratio() -> float:
    """Return the highest pixel ratio of all screens, so that icons stay sharp on each."""
    app = QGuiApplication.instance()
    return max(1.0, app.devicePixelRatio()) if isinstance(app, QGuiApplication) else 1.0


def _render(source: str, side: int, ratio: float) -> QPixmap:
    """Draw an SVG text into a transparent picture."""
    renderer = QSvgRenderer(QByteArray(source.encode()))
    picture = QPixmap(round(side * ratio), round(side * ratio))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer.render(painter, QRectF(0, 0, picture.width(), picture.height()))
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture
