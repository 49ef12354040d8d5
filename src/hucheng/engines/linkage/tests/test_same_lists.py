"""The open lists with their truth: what is certain is right, what a person judges is worth it, look-alikes are told."""

import csv
from collections import defaultdict
from datetime import datetime
from itertools import combinations

import pytest

from hucheng.engines.linkage import Record, keys, same_person
from hucheng.engines.linkage.fields import document, latin_key, phone, unconfused

FORMS = ("%Y-%m-%d", "%d/%m/%Y", "%Y/%m/%d", "%Y%m%d", "%d%b%y")
SEX = {"女": "F", "男": "M"}


def day(text):
    for form in FORMS:
        try:
            return datetime.strptime(text.title() if "b" in form else text, form).date()
        except ValueError:
            continue
    return None


def documents(*texts):
    return frozenset(text for text in texts if text)


def of_border(row):
    sex = SEX.get(row["gender"], row["gender"])
    name = (row["name_zh"], row["surname"], row["given"])
    return Record(*name, day(row["birth"]), documents(row["passport"]), sex, row["mobile"], row["nat"])


def of_airline(row):
    surname, _slash, given = row["pax_name"].partition("/")
    papers = documents(row["doc_no"])
    return Record("", surname, given, day(row["dob"]), papers, row["sex"], row["contact"], row["nationality"])


def of_county(row):
    sex = SEX.get(row["sex"], row["sex"])
    return Record(row["name"], "", "", day(row["birth"]), documents(row["id_card"], row["passport"]), sex, row["tel"])


@pytest.fixture(scope="module")
def people(reference):
    """Records of three lists with the person whom each is about."""

    def rows(name):
        with (reference / "linkage" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    truth = {(row["source"], row["rec_id"]): row["person_id"] for row in rows("truth")}
    lists = {"border": of_border, "airline": of_airline, "county": of_county}
    return [(truth[name, row["rec_id"]], read(row)) for name, read in lists.items() for row in rows(name)]


@pytest.fixture(scope="module")
def judged(people):
    """Every pair of records that share a key, with whether it is one person and what the engine says of it."""
    by_key = defaultdict(list)
    for number, (_person, record) in enumerate(people):
        for key in keys(record):
            by_key[key].append(number)
    pairs = {pair for numbers in by_key.values() if len(numbers) <= 50 for pair in combinations(numbers, 2)}
    return [(people[one][0] == people[other][0], same_person(people[one][1], people[other][1])) for one, other in pairs]


def test_of_thousands_of_certain_pairs_none_is_two_people(judged):
    certain = [right for right, found in judged if found.certain]
    assert len(certain) > 4_000 and all(certain)


def test_what_is_left_to_a_person_is_nearly_always_one_person(judged):
    possible = [right for right, found in judged if found.possible]
    assert len(possible) > 3_000 and sum(possible) / len(possible) > 0.99


def test_what_is_neither_is_often_a_family_on_one_phone(judged):
    """Strangers of one household share a phone and a surname; none of them was joined."""
    others = [right for right, found in judged if not found.certain and not found.possible]
    assert sum(not right for right in others) / len(others) > 0.2


def test_the_weight_sorts_people_before_strangers(judged):
    same = sorted(found.weight for right, found in judged if right)
    strangers = sorted(found.weight for right, found in judged if not right)
    assert same[len(same) // 2] > strangers[-len(strangers) // 20]


def test_every_pair_that_was_weighed_says_why_in_both_languages(judged):
    told = {reason for _right, found in judged for reason in found.reasons}
    assert all(reason.zh and reason.en and reason.zh != reason.en for reason in told)
    assert any("O for 0" in reason.en for reason in told)


@pytest.mark.parametrize(
    ("one", "other", "confused"),
    [("EZ0102340", "EZO1O234O", True), ("E10000007", "EI0000007", True), ("EZ0102340", "EZ0102341", False)],
)
def test_letters_that_are_read_for_digits_make_one_number(one, other, confused):
    assert (unconfused(document(one)) == unconfused(document(other))) is confused


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("0086-13900000001", "13900000001"),
        ("86 139 0000 0001", "13900000001"),
        ("8613900000", "8613900000"),
        ("１３９００００００１２", "13900000012"),
        ("0351-4012345", "03514012345"),
        ("111-1111", ""),
        ("tel", ""),
    ],
)
def test_a_phone_loses_its_country_only_where_it_is_one(text, digits):
    assert phone(text) == digits


def test_a_latin_name_of_other_letters_is_another_key():
    assert latin_key("LI", "NA") != latin_key("LI", "NAN")
    assert latin_key("", "") == ""
