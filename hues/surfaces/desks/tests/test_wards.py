"""The wards that one chooses from at the desk."""

import pytest

from hues.kernel.areas.testing import the_wards
from hues.surfaces.desks.wards import WardsForm

pytestmark = pytest.mark.django_db


def test_wards_stand_as_one_looks_for_them_whatever_their_marks() -> None:
    the_wards()
    names = [name.split(" ", 1)[1] for _kind, rows in WardsForm().groups() for _code, name, _chosen in rows]
    assert names.index("Phong Điền") < names.index("Phong Thái")
    assert names.index("Đan Điền") < names.index("Hưng Lộc")
