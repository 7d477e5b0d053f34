#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Cut the bundled Chinese font down to the characters that GBK and the interface need.

Run once when the font is replaced (fontTools is needed only here):

    npm pack @expo-google-fonts/noto-sans-sc@0.4.3 && tar xzf expo-google-fonts-*.tgz
    python scripts/subset_font.py package resources/fonts
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

WEIGHTS = {
    "400Regular/NotoSansSC_400Regular.ttf": "NotoSansSC-Regular.ttf",
    "600SemiBold/NotoSansSC_600SemiBold.ttf": "NotoSansSC-SemiBold.ttf",
}
SYMBOLS = (
    "‘’“”…—–•·×÷±−≤≥≈≠→←↑↓↗↘▲▼△▽●○◆◇■□★☆✓✔✗✘①②③④⑤⑥⑦⑧⑨⑩"
    "㎡㎥㎞℃％‰￥¥€²³₂⌘⌥⇧⏎⌫＋－﹒\ufffc\u3000\u00a0"
)
RANGES = ((0x20, 0x17F), (0x3000, 0x3020), (0xFF01, 0xFF5F), (0x2460, 0x2480), (0x3220, 0x3230))


def gbk() -> set[str]:
    """Return every character that GBK can write: GB2312 alone lacks name characters like 喆."""
    found: set[str] = set()
    for lead in range(0x81, 0xFF):
        for trail in range(0x40, 0xFF):
            found |= set(bytes((lead, trail)).decode("gbk", errors="ignore"))
    return found


def characters() -> str:
    """Return the wanted characters in code point order, so that a second run gives equal files."""
    wanted = gbk() | set(SYMBOLS)
    for first, last in RANGES:
        wanted |= {chr(code) for code in range(first, last)}
    return "".join(sorted(wanted))


def subset(source: Path, target: Path, text_file: Path) -> None:
    """Write one weight, keeping names, kerning and tabular figures."""
    subprocess.run(
        [
            sys.executable,
            "-m",
            "fontTools.subset",
            str(source),
            f"--text-file={text_file}",
            f"--output-file={target}",
            "--layout-features=kern,liga,tnum,locl,ccmp,palt,halt",
            "--no-hinting",
            "--name-IDs=*",
            "--drop-tables+=DSIG",
        ],
        check=True,
    )


def main() -> int:
    """Subset both weights and copy the licence."""
    if len(sys.argv) != 3:
        print(__doc__)
        return 2
    package, target = Path(sys.argv[1]), Path(sys.argv[2])
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        text_file = Path(folder) / "characters.txt"
        text_file.write_text(characters(), encoding="utf-8")
        for source, name in WEIGHTS.items():
            subset(package / source, target / name, text_file)
            print(f"{name}: {(target / name).stat().st_size / 1e6:.1f} MB")
    shutil.copyfile(package / "LICENSE_FONT", target / "OFL.txt")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
