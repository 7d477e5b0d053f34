"""JSON documents as a program that reads the command line gets them."""

import json

from workbench.application.imports.report import import_report
from workbench.cli.output import written


def import_document(preview, texts):
    """Return what ``import --json`` prints, read again."""
    return json.loads("".join(written(import_report(preview, texts))))
