"""A condition as one cell: what each kind of input understands, and what it writes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hucheng.engines.rules.cells import plain, quoted, read_cell, span, texts_of, write_cell
from hucheng.engines.rules.conditions import compile_condition
from hucheng.engines.rules.inputs import Input, InvalidFact
from hucheng.engines.rules.tests.making import CONDITIONS, a_row, a_table

NUMBER, FLAG, LIST = Input("n", "number", 0, 99, optional=True), Input("f", "flag"), Input("l", "list")
CHOICE = Input("c", "choice", values=("a", "two words", 'q"q', "x,y", "-"), otherwise="a")
KNOWN = a_table(a_row("rest")).inputs


@pytest.mark.parametrize(
    ("given_input", "cell", "written"),
    [
        (NUMBER, ">= 37.3", {"at_least": 37.3}),
        (NUMBER, ">=37.3", {"at_least": 37.3}),
        (NUMBER, "< 3", {"below": 3}),
        (NUMBER, "<= -1.5e2", {"at_most": -150}),
        (NUMBER, "> 0", {"above": 0}),
        (NUMBER, "3", {"at_least": 3, "at_most": 3}),
        (NUMBER, "= 3", {"at_least": 3, "at_most": 3}),
        (NUMBER, "[1..3]", {"at_least": 1, "at_most": 3}),
        (NUMBER, "(1..3)", {"above": 1, "below": 3}),
        (NUMBER, "]1 .. 3[", {"above": 1, "below": 3}),
        (NUMBER, "null", {"missing": True}),
        (NUMBER, "not(null)", {"missing": False}),
        (NUMBER, "-", None),
        (NUMBER, "", None),
        (FLAG, "TRUE", True),
        (FLAG, " false ", False),
        (CHOICE, "a, two words", ["a", "two words"]),
        (CHOICE, '"x,y","q\\"q"', ["x,y", 'q"q']),
        (LIST, "some", {"some": True}),
        (LIST, "count(?) =  0", {"some": False}),
    ],
)
def test_what_a_cell_means(given_input, cell, written):
    assert read_cell(given_input, cell) == written


@pytest.mark.parametrize(
    ("given_input", "cell"),
    [(NUMBER, "37,3"), (NUMBER, "1..3"), (NUMBER, "> a"), (NUMBER, "yes"), (FLAG, "1"), (FLAG, "perhaps")]
    + [(LIST, "cough"), (CHOICE, '"a" or "b"'), (NUMBER, ">= 1; <= 2"), (FLAG, "null")],
)
def test_what_no_cell_means_is_refused_with_the_input(given_input, cell):
    with pytest.raises(ValueError, match=rf"^{given_input.name}: |quoted texts"):
        read_cell(given_input, cell)


@pytest.mark.parametrize("feel", [True, False])
@pytest.mark.parametrize("field", sorted(CONDITIONS))
@given(data=st.data())
def test_every_condition_is_read_back_from_its_cell(field, feel, data):
    written = data.draw(CONDITIONS[field])
    again = read_cell(KNOWN[field], write_cell(KNOWN[field], written, feel=feel))
    one, other = (compile_condition(KNOWN[field], w) for w in (written, again))
    assert one == other


@pytest.mark.parametrize("feel", [True, False])
@given(values=st.lists(st.sampled_from(CHOICE.values), min_size=1, unique=True))
def test_choices_of_any_signs_are_read_back(feel, values):
    assert read_cell(CHOICE, write_cell(CHOICE, values, feel=feel)) == values


@given(st.text(max_size=20))
def test_a_quoted_text_is_read_back(text):
    assert texts_of(quoted(text)) == [text]


@given(st.floats(-1e12, 1e12))
def test_a_number_is_read_back_to_the_last_digit(number):
    assert float(plain(number)) == number


@pytest.mark.parametrize(("cell", "low_high"), [("[0..99]", (0, 99)), ("[-1.5 .. 2]", (-1.5, 2)), ("0..99", None)])
def test_a_range_of_allowed_values(cell, low_high):
    assert span(cell) == low_high


@pytest.mark.parametrize(
    ("given_input", "cell", "value"),
    [
        (NUMBER, " 36.5 ", 36.5),
        (NUMBER, "", None),
        (FLAG, "1", True),
        (FLAG, "否", False),
        (FLAG, "", False),
        (LIST, "cough; fever;", ("cough", "fever")),
        (LIST, "", ()),
        (CHOICE, "two words", "two words"),
        (CHOICE, "Shijiazhuang", "a"),
        (CHOICE, "", "a"),
    ],
)
def test_what_a_cell_of_a_case_says(given_input, cell, value):
    assert given_input.read(cell) == value


@pytest.mark.parametrize(
    ("given_input", "cell"),
    [(NUMBER, "warm"), (NUMBER, "100"), (NUMBER, "nan"), (FLAG, "perhaps"), (Input("c", "choice", values=("a",)), "b")],
)
def test_a_case_that_says_what_cannot_be_is_refused(given_input, cell):
    with pytest.raises(InvalidFact) as refused:
        given_input.read(cell)
    assert refused.value.field == given_input.name and refused.value.do.zh
