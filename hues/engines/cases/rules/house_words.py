"""Words beside a number, folded unless they bear marks, that say whether it is a house's."""

from typing import Final

# Whatever is said so is the number of a home.
SURELY: Final = ("so nha", "nha so", "sn", "s.n", "can ho")
ALLEYS: Final = frozenset({"kiet", "hem", "ngo", "ngach"})
# What has a number of its own for everybody: Trường Tiểu học số 1, Đường số 3, Quốc lộ 1A, Cột điện 12, Tháng 8.
NUMBERED: Final = ALLEYS | {
    *("hoc", "non", "truong", "thcs", "thpt", "so", "duong", "lo", "ql", "tl", "dt", "km"),
    *("cong", "cay", "cau", "tram"),
    *("to", "pho", "khu", "vuc", "cho", "ben", "bai", "cot", "tru", "dien", "den", "doi", "vien", "may", "hoa", "thon"),
    *("xom", "tuyen", "cum", "ap", "lang", "phuong", "quan", "thang", "block", "toa", "nga", "giao", "ty", "cang"),
    *("cach", "khoang", "hon", "road", "street", "school", "lane", "alley", "gate", "bridge", "pole", "hamlet"),
    *("group", "ward", "hospital", "buyt", "bus", "dieu", "khoan", "quy"),
}
# Behind these it is a name, whatever it means else: nhà bà Hoa 24, anh Trần Thôn 24. A factory is “nhà máy”.
TITLES: Final = frozenset({"ong", "ba", "anh", "chi", "co", "chu", "bac", "em"})
FACTORY: Final = ("máy", "may")
# Spelled like a noun but for its marks: đến 24, đối diện 24, bên 24, quán 24.
NO_NOUNS: Final = frozenset({"đến", "diện", "bên", "quán"})
UNITS: Final = frozenset({"thang", "tang", "gian", "lau", "m", "met", "km", "storey", "storeys", "metres"})
COUNTED: Final = UNITS | {
    *("mat", "phong", "nguoi", "gio", "phut", "ngay", "tuan", "nam", "cai", "con", "chiec", "lan", "xe", "cay"),
    *("days", "hours"),
}
# Streets that are named after a day; a house of that number follows its street at once: "30/4 Lê Lợi".
DAYS: Final = frozenset({"30/4", "2/9", "26/3", "19/5", "1/5", "27/7", "8/3", "3/2", "22/12", "23/8", "24/3", "19/8"})
# What leads from a house to its street: 24 đường Lê Lợi, 24 kiệt 5 Lê Lợi.
WAYS: Final = ALLEYS | {"duong", "pho", "street", "road", "lane", "alley"}
DATED: Final = frozenset({"ngày", "sáng", "trưa", "chiều", "tối", "đêm", "hôm"})
POINTS: Final = frozenset({"lúc", "thứ", "ngày", "lớp", "dừng", "stop"})  # lúc 7, lớp 5; “tối 24 Lê Lợi” may be a house
TIMED: Final = DATED | {"lúc", "giờ", "thứ", "năm", "cả", "hơn", "khoảng"}
BEFORE: Final = frozenset(
    {
        *("gan", "truoc", "canh", "dien", "tai", "o", "sau", "ngay", "den", "tu", "doi"),
        *("near", "at", "opposite", "before", "behind"),
    }
)
# Phòng 305, chung cư A: whoever lives there has no number but this.
FLATS: Final = frozenset({"phong", "can", "flat", "apartment"})
ALWAYS: Final = frozenset({"24/7", "24/24"})
