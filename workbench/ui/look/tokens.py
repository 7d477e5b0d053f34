# SPDX-License-Identifier: MIT
"""The one home of every colour: the tokens of the light and the dark theme, as measured."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tokens:
    """Named colours ``#RRGGBB`` (``#AARRGGBB`` with alpha) and the six steps of the heat scale."""

    name: str
    colors: Mapping[str, str]
    heat: tuple[str, ...]
    heat_ink: tuple[str, ...]


LIGHT = Tokens(
    name="light",
    colors={
        "app": "#F5F6F7",
        "surface": "#FFFFFF",
        "subtle": "#EEF0F2",
        "hover": "#F3F5F6",
        "rail": "#F0F2F3",
        "text": "#1A2026",
        "text2": "#4F5A66",
        "text3": "#5F6A76",
        "disabled": "#9AA3AD",
        "border": "#DDE1E6",
        "borderStrong": "#C3CAD2",
        "borderInput": "#7F8A96",
        "accent": "#17657D",
        "accentHover": "#115267",
        "accentSoft": "#E1EEF2",
        "onAccent": "#FFFFFF",
        "focus": "#17657D",
        "danger": "#B3261E",
        "dangerSoft": "#FBEAE8",
        "warn": "#8A5300",
        "warnSoft": "#FBF0DC",
        "success": "#1F6B45",
        "successSoft": "#E4F2EA",
        "info": "#2B5BA8",
        "infoSoft": "#E7EEF8",
        "neutralSoft": "#EEF0F2",
        "toastLink": "#8FD3E6",
        "scrim": "#5C141C22",
        "shadow": "#28141C22",
        "c1": "#17657D",
        "c2": "#A9591F",
        "c3": "#9C7A10",
        "c4": "#3F7D4E",
        "c5": "#7A4B6B",
        "c6": "#7D8792",
        "cgrid": "#E6E9EC",
    },
    heat=("#F2F6F7", "#CFE3E9", "#9CC8D4", "#5FA5B8", "#2B8099", "#155A70"),
    heat_ink=("#1A2026", "#1A2026", "#1A2026", "#1A2026", "#FFFFFF", "#FFFFFF"),
)

DARK = Tokens(
    name="dark",
    colors={
        "app": "#14181C",
        "surface": "#1B2025",
        "subtle": "#242A31",
        "hover": "#20262C",
        "rail": "#171C20",
        "text": "#E7EBEF",
        "text2": "#A9B4BF",
        "text3": "#93A0AC",
        "disabled": "#5E6872",
        "border": "#2E353D",
        "borderStrong": "#3D4650",
        "borderInput": "#6E7985",
        "accent": "#5DB3CC",
        "accentHover": "#7CC6DB",
        "accentSoft": "#17343F",
        "onAccent": "#0B1418",
        "focus": "#5DB3CC",
        "danger": "#FF8A80",
        "dangerSoft": "#3B1F1E",
        "warn": "#F0B75B",
        "warnSoft": "#38290F",
        "success": "#6CC696",
        "successSoft": "#153124",
        "info": "#8AB4F8",
        "infoSoft": "#1B2A40",
        "neutralSoft": "#242A31",
        "toastLink": "#115267",
        "scrim": "#8C000000",
        "shadow": "#78000000",
        "c1": "#5DB3CC",
        "c2": "#E09A63",
        "c3": "#E2BF57",
        "c4": "#86C294",
        "c5": "#C58FB3",
        "c6": "#8C98A4",
        "cgrid": "#2A3138",
    },
    heat=("#20282E", "#1F3D48", "#215768", "#2A748A", "#3F97B0", "#7CC6DB"),
    heat_ink=("#E7EBEF", "#E7EBEF", "#E7EBEF", "#FFFFFF", "#0B1418", "#0B1418"),
)

# Tone of a pill, banner or mark: the tokens of its ink and of its soft ground.
TONES: Mapping[str, tuple[str, str]] = {
    "neutral": ("text2", "neutralSoft"),
    "danger": ("danger", "dangerSoft"),
    "warn": ("warn", "warnSoft"),
    "success": ("success", "successSoft"),
    "info": ("info", "infoSoft"),
    "accent": ("accent", "accentSoft"),
}

# Role of a text: pixels at 100 % and weight.
TYPE: Mapping[str, tuple[int, int]] = {
    "display": (26, 600),
    "title": (18, 600),
    "section": (15, 600),
    "strong": (13, 600),
    "body": (13, 400),
    "caption": (12, 400),
    "captionStrong": (12, 600),
    "micro": (11, 400),
}
