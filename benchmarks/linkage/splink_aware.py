"""Splink with as much knowledge of Chinese lists as a data scientist can give it: the fields, levels and keys of ours.

Rows are prepared by our own engine and given as columns; names are compared by characters, by all their spellings and
by sound, documents by edits, trips by flight and day, and eleven blocking rules find candidates, so that one record
finds about the people that ours finds. Setting it up takes the knowledge that the engine holds.
"""

from rivals import fitted

from hucheng.engines.linkage.records import Row, prepare

MISSING = "{0}_l IS NULL OR {0}_r IS NULL"
COMMON = "list_has_any({0}_l, {0}_r)"
LEVELS: dict[str, list[tuple[str, str]]] = {
    "name": [
        ("cardinality(letters_l) = 0 OR cardinality(letters_r) = 0", "null"),
        ("hanzi_l = hanzi_r", "hanzi"),
        (COMMON.format("letters"), "letters"),
        (COMMON.format("sounds"), "heard"),
        ("jaro_winkler_similarity(joined_l, joined_r) >= 0.94", "near"),
        ("surname_l = surname_r AND jaro_winkler_similarity(given_l, given_r) >= 0.8", "half"),
        ("jaro_winkler_similarity(joined_l, joined_r) >= 0.85", "halfnear"),
        ("surname_l = surname_r", "surname"),
    ],
    "birth": [
        ("year_l IS NULL OR year_r IS NULL", "null"),
        ("birth_l = birth_r", "exact"),
        ("year_l = year_r AND substr(birth_l, 6, 2) = substr(birth_r, 9, 2)"
         " AND substr(birth_l, 9, 2) = substr(birth_r, 6, 2)", "swap"),
        ("damerau_levenshtein(birth_l, birth_r) <= 1", "edit"),
        ("(birth_l IS NULL OR birth_r IS NULL) AND year_l = year_r", "yearonly"),
        ("year_l = year_r AND (monthday_l = '01-01' OR monthday_r = '01-01')", "default"),
        ("abs(date_diff('day', try_cast(birth_l AS date), try_cast(birth_r AS date))) BETWEEN 17 AND 54", "lunar"),
        ("year_l = year_r OR monthday_l = monthday_r", "part"),
    ],
    "document": [
        (MISSING.format("document"), "null"),
        ("document_l = document_r", "exact"),
        ("damerau_levenshtein(document_l, document_r) <= 1", "edit"),
        ("damerau_levenshtein(document_l, document_r) <= 2 OR right(document_l, 6) = right(document_r, 6)", "close"),
    ],
    "resident_id": [
        (MISSING.format("resident_id"), "null"),
        ("resident_id_l = resident_id_r", "exact"),
        ("damerau_levenshtein(resident_id_l, resident_id_r) <= 1", "edit"),
        ("right(resident_id_l, 8) = right(resident_id_r, 8)", "close"),
    ],
    "phone": [
        (MISSING.format("phone"), "null"),
        ("phone_l = phone_r", "exact"),
        ("damerau_levenshtein(phone_l, phone_r) <= 1", "edit"),
    ],
    "trip": [
        (MISSING.format("day"), "null"),
        ("flight_l = flight_r AND day_l = day_r", "same"),
        ("abs(date_diff('day', try_cast(day_l AS date), try_cast(day_r AS date))) <= 2"
         " AND coalesce(flight_l = flight_r, true)", "near"),
        ("flight_l = flight_r", "flight"),
    ],
    "sex": [(MISSING.format("sex"), "null"), ("sex_l = sex_r", "same")],
    "nationality": [(MISSING.format("nationality"), "null"), ("nationality_l = nationality_r", "same")],
    "county": [(MISSING.format("county"), "null"), ("county_l = county_r", "same")],
}  # fmt: skip
"""The levels of each comparison as SQL, the missing one first; what holds of none of them is told apart."""
BLOCKS: list[tuple[tuple[str, ...], tuple[str, ...]]] = [
    (("document",), ()),
    (("resident_id",), ()),
    (("phone",), ()),
    (("document_end",), ()),
    (("document_start",), ()),
    (("phone_end",), ()),
    (("letters", "monthday"), ("letters",)),
    (("letters", "year"), ("letters",)),
    (("letters", "day"), ("letters",)),
    (("surname", "birth"), ()),
    (("given", "birth"), ()),
]
"""Columns on which rows must agree to be compared, and those of them that are lists."""


def flat(number: int, row: Row) -> dict[str, object]:
    """One row as columns."""
    ready = prepare(row)
    way = next(iter(ready.name.spellings), None)
    document = next(iter(sorted(ready.documents)), None)
    born = str(ready.birth.day or "") or None
    return {
        "unique_id": number,
        "hanzi": ready.name.hanzi or None,
        "letters": sorted(ready.name.keys),
        "sounds": sorted(ready.name.sounds),
        "joined": ready.name.joined or (way.joined if way else None),
        "surname": ready.name.surname or (way.surname if way else None) or None,
        "given": ready.name.first or (way.given if way else None) or None,
        "birth": born,
        "year": ready.birth.year,
        "monthday": born[5:] if born else None,
        "document": document,
        "document_end": document[-6:] if document else None,
        "document_start": document[:6] if document else None,
        "resident_id": next(iter(sorted(ready.resident_ids)), None),
        "phone": ready.phone or None,
        "phone_end": ready.phone[-7:] or None,
        "flight": ready.flight or None,
        "day": str(ready.day or "") or None,
        "sex": ready.sex or None,
        "nationality": ready.nationality or None,
        "county": ready.county or None,
    }


def trained(plain: list[dict[str, object]]) -> tuple:
    """Splink's linker over the records, trained on them; its database, and the records there."""
    from pyarrow import Table
    from splink import block_on

    blocks = [
        block_on(*columns, arrays_to_explode=list(listed)) if listed else block_on(*columns)
        for columns, listed in BLOCKS
    ]
    compared = [comparison(name) for name in LEVELS]
    return fitted(Table.from_pylist(plain), compared, blocks, [block_on("document"), block_on("phone")])


def comparison(name: str) -> object:
    """One comparison of Splink by its levels."""
    import splink.comparison_level_library as levels
    import splink.comparison_library as comparisons

    (missing, null), *rest = LEVELS[name]
    return comparisons.CustomComparison(
        output_column_name=name,
        comparison_levels=[
            levels.CustomLevel(missing, null).configure(is_null_level=True),
            *(levels.CustomLevel(sql, label) for sql, label in rest),
            levels.ElseLevel(),
        ],
    )
