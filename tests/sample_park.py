"""The sample park, which is made once for all tests that only need one."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.shipped import FixedClock
from workbench.bootstrap import Program


@cache
def _made():
    with TemporaryDirectory() as folder:
        place = Path(folder) / "示例.park"
        Program(clock=FixedClock(), language="zh_CN").create_sample(str(place)).close()
        return place.read_bytes()


def sample_project(place):
    """Write the sample park's project to a place; return it."""
    Path(place).write_bytes(_made())
    return Path(place)


def open_sample(program, place):
    """The services of the sample park at a place."""
    return program.open(str(sample_project(place)))
