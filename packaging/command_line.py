# SPDX-License-Identifier: MIT
"""The bundle's command line; also its reader of workbooks, the same program started again."""

import sys

from workbench.excel.reading.reader_process import serve_if_asked

if __name__ == "__main__":
    if serve_if_asked(sys.argv):
        sys.exit(0)
    from workbench.cli.__main__ import run

    sys.exit(run())
