# SPDX-License-Identifier: MIT
"""What the operating system says about files, in the language of the program."""

import errno
import os
from collections.abc import Mapping
from typing import Any

from workbench.application.ports import Texts

_NAMES = (
    "EACCES", "EBUSY", "EDQUOT", "EFBIG", "EINVAL", "EIO", "EISDIR", "ELOOP", "EMFILE",
    "ENAMETOOLONG", "ENOENT", "ENOSPC", "ENOTDIR", "ENOTEMPTY", "EPERM", "EROFS", "ETXTBSY",
)  # fmt: skip
_KEYS = {
    os.strerror(getattr(errno, name)): f"system.{name}" for name in _NAMES if hasattr(errno, name)
}


def with_system_words(params: Mapping[str, Any], texts: Texts) -> dict[str, Any]:
    """Return an error's params with the system's reason said in the person's language.

    A reason that is not known stays as the system says it.
    """
    said = dict(params)
    reason = params.get("reason")
    if isinstance(reason, str) and reason in _KEYS:
        said["reason"] = texts(_KEYS[reason])
    return said
