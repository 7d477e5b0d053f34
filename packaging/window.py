# SPDX-License-Identifier: MIT
"""The bundle's window; also its reader of workbooks, which is the same program started again."""

import sys

from workbench.excel.reading.reader_process import serve_if_asked

if __name__ == "__main__":
    if serve_if_asked(sys.argv):
        sys.exit(0)
    from workbench.ui.app import main

    sys.exit(main())
