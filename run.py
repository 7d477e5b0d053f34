#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Sets everything up and opens the workbench; needs nothing but Python 3.11 or newer.

python3 run.py [PROJECT]                 open the window (Windows: py run.py)
python3 run.py test [pytest arguments]   run all tests
"""

import errno
import hashlib
import importlib.util
import json
import os
import platform
import shutil
import subprocess
import sys
import time
from contextlib import contextmanager
from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path

if not 0x030B0000 <= sys.hexversion < 0x030F0000:  # read by any Python 3.6+, so it can say this
    sys.exit(
        f"需要 Python 3.11–3.14，这是 {platform.python_version()}，请换一个 Python 再运行 / "
        f"Python 3.11 to 3.14 is needed, this is {platform.python_version()}"
    )

from collections.abc import Iterator
from typing import Any, NoReturn

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
WINDOWS = os.name == "nt"
LINUX = sys.platform.startswith("linux")
PYTHON = VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")
BASE_PYTHON = getattr(sys, "_base_executable", "") or sys.executable  # not our own .venv's
STAMP = VENV / "setup.json"
LOG = VENV / "setup.log"
WHEELHOUSE = ROOT / "wheelhouse"
RUNTIME_LOCK = ROOT / "requirements.lock"
DEV_LOCK = ROOT / "requirements-dev.lock"
DEMO_FOLDER = ROOT / "演示输出"
QT_LIBRARIES = (  # library=Debian package
    "libGL.so.1=libgl1 libEGL.so.1=libegl1 libxkbcommon.so.0=libxkbcommon0 "
    "libdbus-1.so.3=libdbus-1-3 libfontconfig.so.1=libfontconfig1 libgthread-2.0.so.0=libglib2.0-0"
)
SCREEN_LIBRARIES = (
    "libxcb-cursor.so.0=libxcb-cursor0 libxcb-icccm.so.4=libxcb-icccm4 "
    "libxcb-keysyms.so.1=libxcb-keysyms1 libxcb-shape.so.0=libxcb-shape0 "
    "libxkbcommon-x11.so.0=libxkbcommon-x11-0"
)
OFFICE_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
)
DISK_FULL = "磁盘空间不足，请腾出约 1 GB 后再运行 / the disk is full; free about 1 GB and run again"
NOT_WRITABLE = (
    "无法读写程序文件夹，请关闭正在运行的工作台，或把程序放到可写的文件夹 / "
    "cannot work in the program's folder; close a running workbench, or move it where you may write"
)
QT_PROBE = "from PySide6 import QtSvg, QtWidgets; QtWidgets.QApplication([])"


class NoScreenError(Exception):
    """The window system does not answer."""


def say(sentence: str) -> None:
    print(sentence, flush=True)


def stop(sentence: str, *details: str) -> NoReturn:
    print("\n  ".join([sentence, *filter(None, details)]), file=sys.stderr, flush=True)
    sys.exit(1)


def main() -> int:
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # not every console can show Chinese
    arguments = sys.argv[1:]
    try:
        if arguments[:1] == ["test"]:
            return run_tests(arguments[1:])
        if arguments[:1] in (["-h"], ["--help"]):
            print(__doc__)
            return 0
        return open_window(arguments)
    except KeyboardInterrupt:
        say("已中断，再次运行即可继续 / interrupted; run it again to continue")
        return 130
    except OSError as error:
        stop(DISK_FULL if error.errno == errno.ENOSPC else NOT_WRITABLE, str(error))


def run_tests(arguments: list[str]) -> int:
    prepare("test")
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.chdir(ROOT)
    return start("-m", "pytest", *(arguments or ["-q", "-n", "auto", "--dist", "loadfile"]))


def open_window(arguments: list[str]) -> int:
    desktop = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    if LINUX and not any(os.environ.get(name) for name in desktop):
        return run_demo(arguments)
    try:
        prepare("window")
    except NoScreenError:
        return run_demo(arguments)
    return start("-P", "-m", "workbench", *(arguments or ["--sample"]))


def run_demo(arguments: list[str]) -> int:
    """Do the whole job without a window, since there is no screen to show one."""
    if arguments:
        stop(
            f"没有图形桌面，打不开 {arguments[0]} 的窗口，请改用命令行 / "
            "there is no screen to show a window on; use the command line",
            f"PYTHONPATH={ROOT} {PYTHON} -m workbench.cli --help",
        )
    say("没有图形桌面，改为演示运行 / there is no screen, so this is a demo run without a window")
    prepare("command")
    return start("-P", "-m", "workbench.cli", "demo", str(DEMO_FOLDER))


def start(*arguments: str) -> int:
    """Hand over to the program in our own environment."""
    environment = dict(os.environ, PYTHONPATH=str(ROOT), PYTHONUTF8="1")
    command = [str(PYTHON), *arguments]
    if WINDOWS:  # exec would give the console back before the program ends
        return subprocess.call(command, env=environment)
    return os.execve(command[0], command, environment)


def prepare(purpose: str) -> None:
    """Make .venv complete for "command", "window" or "test"; immediate when it already is."""
    lock = DEV_LOCK if purpose == "test" else RUNTIME_LOCK
    if is_ready(purpose, lock):
        return
    with only_one() as held:
        if is_ready(purpose, lock):
            return
        begun = time.monotonic()
        uv = shutil.which("uv")
        install_system(*missing_from_system(purpose, uv))
        done = read_stamp()
        if digest(lock) not in done["locks"]:
            say("正在准备运行环境（首次约 120 MB）… / setting up (about 120 MB the first time)…")
            done = install_locked(lock, uv, done, held)
            write_stamp(done)
        if purpose != "command":
            probe_qt(purpose)
        write_stamp(dict(done, ready=sorted({*done["ready"], purpose})))
        say(f"准备好了，用时 {time.monotonic() - begun:.0f} 秒 / ready")


def digest(lock: Path) -> str:
    return hashlib.sha256(lock.read_bytes()).hexdigest()


def interpreter() -> str:
    """Return what .venv depends on; a patch release of the same Python leaves it usable."""
    return f"{EXTENSION_SUFFIXES[0]} {sys.base_prefix} {ROOT}"


def read_stamp() -> dict[str, Any]:
    """Return what has been set up completely; nothing, if the set-up was for another Python."""
    nothing = {"python": interpreter(), "tool": "", "locks": [], "ready": []}
    try:
        done = json.loads(STAMP.read_text("utf-8"))
    except (OSError, ValueError):
        return nothing
    fits = done.keys() == nothing.keys() and done["python"] == interpreter() and PYTHON.exists()
    return done if fits else nothing


def write_stamp(done: dict[str, Any]) -> None:
    fresh = STAMP.with_suffix(".new")
    fresh.write_text(json.dumps(done), "utf-8")
    fresh.replace(STAMP)


def is_ready(purpose: str, lock: Path) -> bool:
    done = read_stamp()
    return purpose in done["ready"] and digest(lock) in done["locks"]


@contextmanager
def only_one() -> Iterator[int]:
    """Let one set-up work at a time; the system drops the lock even when we are killed."""
    with (ROOT / ".venv.lock").open("a+b") as handle:
        waiting = False
        while not try_lock(handle.fileno()):
            if not waiting:
                say("另一个 run.py 正在准备，等它完成… / another run.py is setting up; waiting…")
            waiting = True
            time.sleep(0.3)
        yield handle.fileno()


def try_lock(descriptor: int) -> bool:
    try:
        if WINDOWS:
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in (errno.EACCES, errno.EAGAIN, errno.EDEADLK):
            return False
        raise
    return True


def install_locked(lock: Path, uv: str | None, done: dict[str, Any], held: int) -> dict[str, Any]:
    """Install what the lock file names and return the new stamp; uv first, else pip."""
    tools = (["uv"] if uv else []) + (["pip"] if importlib.util.find_spec("ensurepip") else [])
    output = ""
    for tool in tools:
        in_place = done["locks"] and done["tool"] == tool  # the development lock adds to the other
        STAMP.unlink(missing_ok=True)
        if not in_place and VENV.exists():
            shutil.rmtree(VENV)
        commands = uv_commands(str(uv), lock) if tool == "uv" else pip_commands(lock)
        for command in commands[1 if in_place else 0 :]:
            code, output = run(command, held)
            if code:
                break
        else:
            locks = {digest(lock), digest(RUNTIME_LOCK)}  # the development lock holds the other
            return {"python": interpreter(), "tool": tool, "locks": sorted(locks), "ready": []}
        if tool != tools[-1]:
            say("uv 没有成功，改用 pip / uv did not succeed, trying pip")
    return explain(output)


def uv_commands(uv: str, lock: Path) -> list[list[str]]:
    make = [uv, "venv", "--python", BASE_PYTHON, str(VENV)]
    install = [uv, "pip", "install", "--python", str(PYTHON), "--compile-bytecode"]
    return [make, [*install, *sources(lock)]]


def pip_commands(lock: Path) -> list[list[str]]:
    make = [BASE_PYTHON, "-m", "venv", str(VENV)]
    install = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
    return [make, [*install, "--progress-bar", "off", *sources(lock)]]


def sources(lock: Path) -> list[str]:
    """Return what to install and from where; wheelhouse/ serves machines without a network."""
    offline = ["--no-index", "--find-links", str(WHEELHOUSE)] if WHEELHOUSE.is_dir() else []
    return ["--require-hashes", "--only-binary", ":all:", *offline, "-r", str(lock)]


def run(command: list[str], held: int) -> tuple[int, str]:
    """Run one step with its output in the log; show only what it is fetching."""
    environment = dict(os.environ, PIP_USER="0", PYTHONUTF8="1", UV_NO_PROGRESS="1")
    environment.pop("PYTHONPATH", None)
    lines = []
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        env=environment,
        cwd=ROOT,
        encoding="utf-8",
        errors="replace",
        pass_fds=() if WINDOWS else (held,),  # if we are killed, it keeps others out until it ends
    ) as process:
        for line in process.stdout:
            lines.append(line)
            words = line.split()
            if sys.stdout.isatty() and len(words) > 1 and words[0] in ("Collecting", "Downloading"):
                print(f"\r\033[K  {words[1].rsplit('/', 1)[-1][:60]}", end="", flush=True)
    if sys.stdout.isatty():
        print("\r\033[K", end="", flush=True)
    output = "".join(lines)
    if VENV.is_dir():
        with LOG.open("a", encoding="utf-8") as log:
            log.write(f"$ {' '.join(command)}\n{output}\n")
    return process.returncode, output


def explain(output: str) -> NoReturn:
    """Say in one sentence why the packages did not come."""
    low = output.lower()
    last = next((line.strip() for line in reversed(output.splitlines()) if line.strip()), "")
    if "no space left" in low or "not enough space" in low:
        stop(DISK_FULL)
    if "hash mismatch" in low or "do not match the hashes" in low:
        stop(
            "下载的文件与锁定的校验值不符，请检查软件源后再运行 / "
            "a download differs from its locked hash; check the package source and run again"
        )
    if WHEELHOUSE.is_dir():
        stop(
            "wheelhouse 文件夹里缺少适合本机的安装包，请补齐后再运行 / "
            "wheelhouse/ lacks a package for this machine; complete it and run again",
            last,
        )
    name, version = platform.libc_ver()
    if name == "glibc" and [int(part) for part in version.split(".")] < [2, 34]:
        stop(
            "系统太旧：glibc 需要 2.34 或更新（Debian 12、Ubuntu 22.04 起）/ "
            "this system is too old: glibc 2.34 or newer is needed (Debian 12, Ubuntu 22.04)"
        )
    if any(word in low for word in ("connect", "name resolution", "dns error", "timed out", "ssl")):
        stop(
            "下载不了依赖包，请检查网络或软件源；离线机器请把安装包放进 wheelhouse 文件夹 / "
            "no package could be fetched; check the network, or put the wheels into wheelhouse/"
        )
    stop(f"依赖包没有装上，详情见 {LOG} / the packages could not be installed", last)


def missing_from_system(purpose: str, uv: str | None) -> tuple[list[str], list[str]]:
    """Return what the system lacks, and the Debian packages that bring it."""
    wanted: dict[str, str] = {}
    if not uv and not importlib.util.find_spec("ensurepip"):
        wanted["venv"] = "python{}.{}-venv".format(*sys.version_info)
    if LINUX and purpose != "command":
        screen = purpose == "window" and os.environ.get("DISPLAY")
        pairs = f"{QT_LIBRARIES} {SCREEN_LIBRARIES if screen else ''}".split()
        libraries = dict(pair.split("=") for pair in pairs)
        wanted.update((name, package) for name, package in libraries.items() if not loads(name))
    if purpose == "test" and not os.environ.get("WORKBENCH_WITHOUT_OFFICE"):
        if not (shutil.which("soffice") or any(Path(place).exists() for place in OFFICE_PLACES)):
            wanted["LibreOffice"] = "libreoffice-calc-nogui"
        if not shutil.which("pdftoppm"):
            wanted["pdftoppm"] = "poppler-utils"
    return list(wanted), list(wanted.values())


def loads(library: str) -> bool:
    try:
        import ctypes
    except ImportError:  # a Python built without it; the probe after the installation decides
        return True
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def install_system(names: list[str], packages: list[str]) -> None:
    """Install missing system packages where we may; otherwise say the one line that does it."""
    if not packages:
        return
    if not shutil.which("apt-get"):
        stop(
            f"系统缺少 {'、'.join(names)}，请装上后再运行 / "
            "the system lacks these; install them and run again"
        )
    install = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    root = os.geteuid() == 0
    sudo = shutil.which("sudo")
    line = f"apt-get update && {'sudo ' if sudo and not root else ''}{' '.join(install)}"
    line = line if root else f"sudo {line}" if sudo else f"su -c '{line}'"
    if not root and not (sudo and quiet([sudo, "-n", "true"])):
        stop("缺少系统软件包，请先运行 / system packages are missing; run first", line)
    say(f"正在安装系统软件包 / installing system packages: {' '.join(packages)}")
    prefix = [] if root else [str(sudo), "-n"]
    prefix += ["env", "DEBIAN_FRONTEND=noninteractive"]
    update = [*prefix, "apt-get", "update"]
    install = [*prefix, *install[:1], "-o", "DPkg::Lock::Timeout=300", *install[1:]]
    # a fresh machine has no package lists yet, an old one has stale ones: both need the update
    if not quiet(install) and not (quiet(update) and quiet(install)):
        stop("系统软件包没有装上，请检查网络后运行 / they did not install; run", line)


def quiet(command: list[str]) -> bool:
    """Run one command without its output and tell whether it succeeded."""
    return subprocess.run(command, capture_output=True, stdin=subprocess.DEVNULL).returncode == 0


def probe_qt(purpose: str) -> None:
    """Open Qt once in another process: a missing library is then a sentence, not a crash."""
    environment = dict(os.environ)
    if purpose == "test":
        environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    command = [str(PYTHON), "-c", QT_PROBE]
    probe = subprocess.run(command, env=environment, capture_output=True, errors="replace")
    if probe.returncode == 0:
        return
    if "display" in probe.stderr:
        raise NoScreenError
    lines = probe.stderr.strip().splitlines() or [f"exit status {probe.returncode}"]
    stop(
        "图形界面打不开，缺少系统库 / the window cannot open, a system library is missing",
        next((line for line in lines if "cannot open" in line or "needed" in line), lines[-1]),
    )


if __name__ == "__main__":
    sys.exit(main())
