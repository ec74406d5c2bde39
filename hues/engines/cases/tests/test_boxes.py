"""A box on the map as ranges of cells."""

from hypothesis import given, settings
from hypothesis import strategies as st

from hues.engines.cases.rules.boxes import ranges_of
from hues.kit import cells

SHARES = st.floats(min_value=0, max_value=1)
SIZES = st.floats(min_value=0.00001, max_value=0.17)


@settings(max_examples=400, deadline=None, derandomize=True)
@given(
    south=st.floats(min_value=16.0, max_value=16.6),
    west=st.floats(min_value=107.0, max_value=108.0),
    height=SIZES,
    width=SIZES,
    up=SHARES,
    right=SHARES,
)
def test_no_point_of_a_box_is_outside_of_its_ranges(
    south: float, west: float, height: float, width: float, up: float, right: float
) -> None:
    ranges = ranges_of((south, west, south + height, west + width))
    cell = cells.cell_of(south + up * height, west + right * width)
    assert not ranges or any(low <= cell <= high for low, high in ranges)


def test_a_street_is_a_few_small_ranges_and_a_city_none() -> None:
    street = ranges_of((16.46, 107.59, 16.462, 107.593))
    assert len(street) <= 19
    assert all(cells.resolution(low) == cells.STORED for low, _high in street)
    assert ranges_of((16.0, 107.0, 16.8, 108.2)) == ()
