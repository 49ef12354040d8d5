"""The one entrance: bytes of any passenger list to a reading."""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from hucheng.engines.manifests import paxlst
from hucheng.engines.manifests.delimited import read_csv
from hucheng.engines.manifests.json_list import is_json, read_json
from hucheng.engines.manifests.records import Reading
from hucheng.engines.manifests.scans import is_bcbp, is_mrz, read_bcbp_list, read_mrz_list
from hucheng.engines.manifests.sniff import format_of, is_edifact, text_of


def read_manifest(
    data: bytes, *, name: str = "", today: date, mapping: Mapping[str, str] | None = None,
    memory: Mapping[str, str] | None = None,
) -> Reading:  # fmt: skip
    """Read a passenger list: PAXLST, CSV, XLSX, JSON, scanned boarding passes or machine-readable zones.

    The content decides which it is, never the name.

    name     the file's name, kept in `meta`
    today    the day of reading: births after it are refused, two-digit years are judged by it
    mapping  field -> column header, where the guess is to be overridden; an empty header switches a field off
    memory   what a person settled about earlier files of the same source (`mapping.remember`); it counts before every
             guess, after `mapping`, and says nothing of headers that the file does not have
    raises ManifestUnreadable when nothing of the file can be used
    """
    digest = hashlib.sha256(data).hexdigest()
    if format_of(data) == "xlsx":
        from hucheng.engines.manifests.workbook import read_xlsx

        reading = read_xlsx(data, today=today, mapping=mapping, memory=memory)
        encoding = ""
    else:
        text, encoding = text_of(data)
        reading = _read_text(text, today, mapping, memory)
    meta = {**reading.meta, **({"encoding": encoding} if encoding else {}), **({"name": name} if name else {})}
    return replace(reading, sha256=digest, meta=meta)


def read_messages(data: bytes, *, name: str = "", today: date) -> tuple[Reading, ...]:
    """Read a file to one reading a PAXLST message, so that a change is not taken for a list; other files give one.

    Raises ManifestUnreadable as `read_manifest` does.
    """
    if format_of(data) == "text" and is_edifact((decoded := text_of(data))[0]):
        digest = hashlib.sha256(data).hexdigest()
        readings = paxlst.read_messages(decoded[0], today=today)
        return tuple(replace(one, sha256=digest, meta={**one.meta, "name": name}) for one in readings)
    return (read_manifest(data, name=name, today=today),)


def _read_text(text: str, today: date, mapping: Mapping[str, str] | None, memory: Mapping[str, str] | None) -> Reading:
    if is_edifact(text):
        return paxlst.read_paxlst(text, today=today)
    if is_json(text):
        return read_json(text, today=today, mapping=mapping, memory=memory)
    if is_mrz(text):
        return read_mrz_list(text, today=today)
    if is_bcbp(text):
        return read_bcbp_list(text, today=today)
    return read_csv(text, today=today, mapping=mapping, memory=memory)
