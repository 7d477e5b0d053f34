# SPDX-License-Identifier: MIT
"""The command line: the same use cases without a window."""

import argparse
import logging
import os
import re
import sys
from collections.abc import Sequence
from contextlib import suppress
from errno import ENOSPC
from functools import partial
from typing import Any, NoReturn

from workbench import __version__
from workbench.application.ports import Texts
from workbench.bootstrap import Program
from workbench.cli.__main__ import INTERRUPTED, was_interrupted
from workbench.cli.options import LANGUAGE_WORDS, Call
from workbench.cli.rooms import rooms_of
from workbench.domain.findings import OutputError, ProjectError, UsageError, UserError
from workbench.domain.overriding import override

_COMPLAINTS = (
    ("usage_required", r"the following arguments are required: (?P<names>.+)"),
    ("usage_unknown", r"unrecognized arguments: (?P<names>.+)"),
    ("usage_choice", r"argument (?P<name>.+): invalid choice: '(?P<given>.*)' "
                     r"\(choose from (?P<known>.+)\)"),
    ("usage_value", r"argument (?P<name>.+): expected (?:one|at least one) argument"),
    ("usage_invalid", r"argument (?P<name>.+): invalid .+ value: '(?P<given>.*)'"),
)  # fmt: skip
"""What argparse says in English, and the text that says it in the person's language."""


class _Parser(argparse.ArgumentParser):
    """A parser whose complaints are said in the language of the program."""

    def __init__(self, texts: Texts, **options: Any) -> None:
        self._texts = texts
        super().__init__(**options)

    @override
    def add_subparsers(self, **options: Any) -> Any:
        options.setdefault("parser_class", partial(_Parser, self._texts))
        return super().add_subparsers(**options)

    @override
    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(UsageError.exit_status, f"{self.prog}: {self._said(message)}\n")

    def _said(self, message: str) -> str:
        for key, pattern in _COMPLAINTS:
            if found := re.fullmatch(pattern, message):
                return self._texts(f"cli.{key}", **found.groupdict())
        return message


def build_parser(texts: Texts, arguments: Sequence[str] = ()) -> argparse.ArgumentParser:
    """Return the parser of the command that these words ask for; of every command without one."""
    parser = _Parser(texts, prog="workbench-cli", description=texts("cli.description"))
    parser.add_argument("--version", action="version", version=__version__)
    parser.add_argument("--language", choices=sorted(LANGUAGE_WORDS), help=texts("cli.language"))
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for room in rooms_of(arguments):
        room.declare(commands, texts)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; return its exit status."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    program = Program()
    texts = program.texts()
    if asked := _language(arguments):
        program.language = asked
        texts = program.texts()
    options = argparse.Namespace()
    try:
        build_parser(texts, arguments).parse_args(arguments, options)
        status = options.run(Call(program, texts, options))
        _finish_output()
        return int(status)
    except (Exception, KeyboardInterrupt) as error:
        if was_interrupted(error):
            print(texts("cli.interrupted"), file=sys.stderr)
            return INTERRUPTED
        return _failed(error, program, options, texts)


def _failed(
    error: BaseException, program: Program, options: argparse.Namespace, texts: Texts
) -> int:
    """Say why a command failed; return the exit status."""
    if isinstance(error, UserError):
        print(texts(error.code, **sentence_params(error, texts)), file=sys.stderr)
        return error.exit_status
    if isinstance(error, BrokenPipeError):
        # The reader of our output has gone; that is its right.
        sys.stderr.close()
        return 0
    return _unexpected(error, program, options, texts)


def _unexpected(
    error: BaseException, program: Program, options: argparse.Namespace, texts: Texts
) -> int:
    """Say what made a command fail that no use case foresaw; return the exit status."""
    if isinstance(error, OSError) and error.errno == ENOSPC:
        print(texts("cli.output_full"), file=sys.stderr)
        _give_up_output()
        return OutputError.exit_status
    if isinstance(error, UnicodeEncodeError) and "surrogate" in error.reason:
        print(texts("cli.half_character"), file=sys.stderr)
        return UsageError.exit_status
    if spoilt := _spoilt(program, options):
        print(texts("project.damaged", path=spoilt), file=sys.stderr)
        return ProjectError.exit_status
    return _our_bug(error, program, texts)


def _finish_output() -> None:
    """Write what still waits to be printed: a full disk is noticed here, not after the end."""
    if sys.stdout is not None and not sys.stdout.closed:
        sys.stdout.flush()


def _give_up_output() -> None:
    """Let go of what could not be printed: Python would try once more at its end, and complain."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _spoilt(program: Program, options: argparse.Namespace) -> str:
    """Return the project of a command that failed when the project itself does not verify.

    A spoilt value may trip any use case; a person needs to know that the file is the cause.
    """
    for name in ("project", "other"):
        project = getattr(options, name, None)
        if not isinstance(project, str) or "://" in project:
            continue
        try:
            if not program.safekeeping.verify(project).whole:
                return project
        except UserError:
            continue
    return ""


def sentence_params(error: UserError, texts: Texts) -> dict[str, object]:
    """Return an error's params with entities and fields named as people name them."""
    from workbench.application.naming import named_params
    from workbench.application.system_words import with_system_words

    return named_params(with_system_words(error.params, texts), texts.language)


def _language(arguments: Sequence[str]) -> str:
    """Return the language asked for before the command, so that help speaks it too."""
    for at, word in enumerate(arguments):
        if not word.startswith("-"):
            break
        if word.startswith("--language="):
            return LANGUAGE_WORDS.get(word.partition("=")[2], "")
        if word == "--language" and at + 1 < len(arguments):
            return LANGUAGE_WORDS.get(arguments[at + 1], "")
    return ""


def _our_bug(error: BaseException, program: Program, texts: Texts) -> int:
    """Keep the details in the log; a person gets a sentence and the log's place."""
    path = program.log_path()
    logging.raiseExceptions = False  # a log on a full disk is no reason for a traceback
    logging.basicConfig(filename=path, encoding="utf-8", force=True)
    logging.getLogger("workbench.cli").error("unexpected error", exc_info=error)
    print(texts("cli.our_bug", path=str(path)), file=sys.stderr)
    return 70
