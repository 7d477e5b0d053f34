"""JSON is written piece by piece and reads as the standard library's (cli.md: one document)."""

import json

from hypothesis import given
from hypothesis import strategies as st

from tests.any_text import any_text
from workbench.cli.output import written

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | any_text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.lists(inner, max_size=3).map(tuple)
        | st.dictionaries(any_text(max_size=4) | st.integers(0, 9), inner, max_size=3)
    ),
    max_leaves=12,
)


@given(VALUES)
def test_the_text_is_the_standard_librarys_byte_for_byte(value):
    assert "".join(written(value)) == json.dumps(value, ensure_ascii=False, indent=2)


@given(st.lists(VALUES, max_size=3))
def test_an_iterator_is_written_as_the_array_of_its_items(items):
    expected = json.dumps({"甲": {"rows": items}}, ensure_ascii=False, indent=2)
    assert "".join(written({"甲": {"rows": iter(items)}})) == expected


def test_an_array_of_rows_is_never_held_whole():
    asked = []

    def rows():
        for number in range(1000):
            asked.append(number)
            yield {"row": number}

    pieces = written({"rows": rows()})
    while '"row": 2' not in next(pieces):
        pass
    assert asked == [0, 1, 2]
