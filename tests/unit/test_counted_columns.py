"""A column that only counts firms is no column of names (domain §3.2): 入驻企业 over 86家."""

from workbench.domain.tables.headings.words import take_apart
from workbench.domain.tables.units_beside import take_counters


def _units(*columns):
    headings = {at: take_apart((heading,)) for at, (heading, *_) in enumerate(columns)}
    take_counters([*zip(*(cells for _, *cells in columns), strict=True)], headings)
    return [heading.unit for heading in headings.values()]


def test_a_column_whose_cells_all_count_has_their_counter():
    assert _units(("入驻企业", "86家", "约42 户", ""), ("从业人员", "5,200人", "", "66人")) == [
        "家",
        "人",
    ]


def test_a_name_or_a_bare_figure_among_the_counts_leaves_a_column_alone():
    assert _units(("入驻企业", "86家", "四季家纺"), ("承租方", 3.0, "2家"), ("备注", "", "")) == [
        "",
        "",
        "",
    ]
