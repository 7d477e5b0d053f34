# SPDX-License-Identifier: MIT
"""Turns a database's known troubles into sentences; anything else stays our bug."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import URL
from sqlalchemy.exc import DBAPIError, OperationalError

from workbench.domain.findings import OutputError, ProjectError, UserError

_SIGNS: tuple[tuple[str, type[UserError], str], ...] = (
    ("disk is full", OutputError, "project.disk_full"),
    ("disk i/o error", OutputError, "project.disk_error"),
    ("readonly database", OutputError, "project.read_only"),
    ("read-only", OutputError, "project.read_only"),
    ("lock timeout", ProjectError, "project.locked"),
    ("locked", ProjectError, "project.locked"),
    ("unable to open", ProjectError, "project.cannot_open"),
    ("not a database", ProjectError, "project.not_a_project"),
    ("malformed", ProjectError, "project.damaged"),
    ("connection refused", ProjectError, "project.unreachable"),
    ("could not translate host", ProjectError, "project.unreachable"),
    ("connection failed", ProjectError, "project.unreachable"),
    ("no such table", ProjectError, "project.damaged"),
    ("could not decode", ProjectError, "project.damaged"),
    ("no such column", ProjectError, "project.damaged"),
    ("database corruption", ProjectError, "project.damaged"),
)
_SERVER_SIGNS = (
    ("password authentication", "project.server_refused"),
    ("permission denied", "project.server_refused"),
    ("pg_hba", "project.server_refused"),
    ("role ", "project.server_refused"),
    ("does not exist", "project.no_database"),
)


def place(url: URL) -> str:
    """Return what a person calls the project: the file's path, or the address without password."""
    if url.get_backend_name() == "sqlite":
        return url.database or ""
    return url.render_as_string(hide_password=True)


@contextmanager
def translated(url: URL) -> Iterator[None]:
    """Raise ProjectError or OutputError for what a disk, a network or another program causes."""
    try:
        yield
    except (DBAPIError, OperationalError) as error:
        text = str(error.orig or error).lower()
        for sign, kind, code in _SIGNS:
            if sign in text:
                raise kind(code, path=place(url)) from error
        if url.get_backend_name() != "sqlite" and (code := _server_code(error, text)):
            raise ProjectError(code, path=place(url)) from error
        raise


def _server_code(error: DBAPIError, text: str) -> str:
    """Return what a server or the way to it refuses; "" for what is our bug."""
    for sign, code in _SERVER_SIGNS:
        if sign in text and (isinstance(error, OperationalError) or sign == "permission denied"):
            return code
    return "project.unreachable" if isinstance(error, OperationalError) else ""
