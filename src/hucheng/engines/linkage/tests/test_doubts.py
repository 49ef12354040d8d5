"""What is said of a list that looks wrong."""

import pytest

from hucheng.engines.linkage.doubts import SHOWN, read_doubts
from hucheng.engines.linkage.lists import read_list, read_map

COLUMNS = read_map("""
hotel: {number: no, name: guest, sex: sex, birth: born, documents: [passport], phone: tel, day: check_in}
""")["hotel"]
CELLS = {
    "no": "1", "guest": "李雅婷", "sex": "女", "born": "1996-05-09", "passport": "EA7654321", "tel": "13512345678",
    "check_in": "2020-03-24",
}  # fmt: skip


@pytest.fixture
def doubts(tmp_path):
    def of(*rows, end=""):
        path = tmp_path / "hotel.csv"
        lines = [",".join(CELLS), *(",".join((CELLS | {"no": str(n)} | row).values()) for n, row in enumerate(rows))]
        path.write_text("\n".join(lines) + end, encoding="utf-8")
        assert len(list(read_list(path, "hotel", COLUMNS))) == len(lines) - 1 + end.count("\n")
        return [(doubt.column, doubt.words.en) for doubt in read_doubts(path, "hotel", COLUMNS)]

    return of


def test_a_good_list_raises_none(doubts):
    assert doubts({}, {"passport": "", "tel": "", "born": "1980"}, {"sex": "M"}) == []


@pytest.mark.parametrize(
    ("column", "cell", "says"),
    [
        ("born", "13512345678", "cannot be read as dates"),
        ("born", "36526", "cannot be read as dates"),
        ("check_in", "李雅婷", "cannot be read as dates"),
        ("guest", "13512345678", "numbers, not names"),
        ("guest", "2020-03-24", "numbers, not names"),
        ("sex", "CHN", "cannot be read as a sex"),
        ("tel", "李雅婷", "no phones"),
        ("passport", "13512345678", "mobile phones"),
        ("passport", "CHN", "hold no figure"),
    ],
)
def test_a_column_that_holds_something_else_is_doubted(doubts, column, cell, says):
    (doubt,) = doubts({column: cell}, {column: cell}, {})
    assert doubt[0] == column and says in doubt[1]
    assert doubts({column: cell}, {}, {}) == [], "one odd cell in three is the clerk's, not the map's"


def test_a_birth_after_the_arrival_is_doubted(doubts):
    assert doubts({"born": "2031-05-09"}, {}) == [("born", "1 dates of birth lie after the day of arrival: check them")]


def test_broken_numbers_are_counted_and_do_not_accuse_the_map(doubts):
    (doubt,) = doubts({"passport": "1.4E+17"}, {"passport": "1.23E+17"})
    assert doubt[0] == "passport" and doubt[1].startswith("2 numbers were turned into powers of ten")


def test_shifted_lines_are_named(doubts):
    ((column, words),) = doubts({}, {}, end="\n8,李娜,F,1990-01-01,EA7654329,13512345679,2020-03-24,more\n9,王国栋")
    assert column == "" and words.startswith("2 lines have more or fewer cells") and "lines 4, 5" in words


def test_of_many_lines_the_first_are_named(doubts):
    end = "".join(f"\n{number},李娜" for number in range(100, 100 + 2 * SHOWN))
    assert doubts({}, end=end)[0][1].count(",") == SHOWN - 1
