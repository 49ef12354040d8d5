"""What is said of a list that looks wrong."""

import pytest

from hucheng.engines.linkage.blocking import USUAL
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
        ("born", "3652", "cannot be read as dates"),
        ("check_in", "李雅婷", "cannot be read as dates"),
        ("guest", "13512345678", "numbers, not names"),
        ("guest", "2020-03-24", "numbers, not names"),
        ("sex", "CHN", "cannot be read as a sex"),
        ("tel", "李雅婷", "no phones"),
        ("tel", "1996-05-09", "no phones"),
        ("passport", "13512345678", "mobile phones"),
        ("passport", "CHN", "hold no figure"),
    ],
)
def test_a_column_that_holds_something_else_is_doubted(doubts, column, cell, says):
    (doubt,) = doubts({column: cell}, {column: cell}, {})
    assert doubt[0] == column and says in doubt[1]
    assert doubts({column: cell}, {}, {}) == [], "one odd cell in three is the clerk's, not the map's"


def test_births_on_new_years_day_are_doubted_where_they_are_many(doubts):
    few = [{"born": f"{1940 + year}-01-01"} for year in range(6)]
    ((column, says),) = doubts(*few, *[{}] * 50)
    assert column == "born" and says.startswith("6 dates of birth are 1 January")
    assert doubts(*few, *[{}] * 54) == [], "one in ten"
    assert doubts(*few[:5]) == []


def test_a_crowd_of_one_name_and_birth_is_told(doubts):
    assert doubts(*[{}] * USUAL) == []
    ((column, says),) = doubts(*[{}] * (USUAL + 1), {"guest": "张伟"})
    assert column == "born" and says.startswith(f"{USUAL + 1} lines are of one name and birth (李雅婷, 1996-05-09)")
    assert doubts(*[{"born": ""}] * (USUAL + 1)) == []
    ((_column, again),) = doubts(*[{}] * (USUAL + 1), *[{"born": ""}] * (USUAL + 2))
    assert again == says, "more lines without a birth do not hide the crowd"


GONE = "there is no such column, it is read as empty: correct the map if the list has it under another name"


@pytest.mark.parametrize(
    ("header", "lacking", "hint"),
    [
        ({"tel": "Tel. "}, "tel", "; did you mean “Tel. ”?"),
        ({"passport": "pasport"}, "passport", "; did you mean “pasport”?"),
        ({"tel": "联系电话"}, "tel", "; did you mean “联系电话”?"),
        ({"sex": "性别"}, "sex", "; did you mean “性别”?"),
        ({"born": "出生日期"}, "born", "; did you mean “出生日期”?"),
        ({"passport": "证件"}, "passport", "; columns that the map does not use: 证件"),
    ],
)
def test_a_column_that_is_not_there_is_doubted_with_the_one_that_may_be_meant(tmp_path, header, lacking, hint):
    path = tmp_path / "hotel.csv"
    path.write_text(",".join(header.get(name, name) for name in CELLS) + "\n" + ",".join(CELLS.values()), "utf-8")
    assert [(one.column, one.words.en) for one in read_doubts(path, "hotel", COLUMNS)] == [(lacking, GONE + hint)]
    assert len(list(read_list(path, "hotel", COLUMNS))) == 1


def test_several_that_are_not_there_are_not_taken_for_each_others_columns(tmp_path):
    """Two columns of days: neither is known by what it holds; of the other columns eight are named."""
    path, more = tmp_path / "hotel.csv", ",".join(f"x{number}" for number in range(9))
    path.write_text(f"no,guest,出生,入住,{more}\n1,李娜,1990-01-02,2020-03-24{',' * 9}", "utf-8")
    said = {one.column: one.words.en for one in read_doubts(path, "hotel", COLUMNS)}
    assert list(said) == ["sex", "born", "passport", "tel", "check_in"]
    assert set(said.values()) == {GONE + "; columns that the map does not use: 出生, 入住, x0, x1, x2, x3, x4, x5 …"}


def test_without_other_columns_nothing_else_is_said(tmp_path):
    path = tmp_path / "hotel.csv"
    path.write_text("no,guest,sex,born,passport,tel\n1,李娜,,,,", "utf-8")
    assert [one.words.en for one in read_doubts(path, "hotel", COLUMNS)] == [GONE]


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
