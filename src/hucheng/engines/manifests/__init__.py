"""Passenger lists to travellers: PAXLST, CSV, XLSX, machine-readable zones, and the way back."""

from hucheng.engines.manifests.bcbp import read_bcbp
from hucheng.engines.manifests.bcbp_items import BoardingPass, PassLeg
from hucheng.engines.manifests.bcbp_write import write_bcbp
from hucheng.engines.manifests.cabins import Cabin, cabins, cabins_of, open_cabin, seat_row
from hucheng.engines.manifests.contacts import Aboard, Contact, Step, contacts_aboard, follow
from hucheng.engines.manifests.json_list import write_json
from hucheng.engines.manifests.mapping import Shown, UnfitMapping, is_news, remember, shown
from hucheng.engines.manifests.merge import Change, Merged, Passenger, Source, Standing, merge
from hucheng.engines.manifests.mrz import Mrz, read_mrz
from hucheng.engines.manifests.mrz_write import write_mrz
from hucheng.engines.manifests.paxlst_write import write_paxlst
from hucheng.engines.manifests.reading import read_manifest, read_messages
from hucheng.engines.manifests.records import (
    Document,
    Leg,
    ManifestUnreadable,
    Port,
    Problem,
    Reading,
    Traveller,
)
from hucheng.engines.manifests.resident_id import resident_id_problems
from hucheng.engines.manifests.sheet_write import problems_csv, write_csv, write_xlsx
from hucheng.engines.manifests.streaming import Record, stream_manifest

__all__ = [
    "Aboard",
    "BoardingPass",
    "Cabin",
    "Change",
    "Contact",
    "Document",
    "Leg",
    "ManifestUnreadable",
    "Merged",
    "Mrz",
    "PassLeg",
    "Passenger",
    "Port",
    "Problem",
    "Reading",
    "Record",
    "Shown",
    "Source",
    "Standing",
    "Step",
    "Traveller",
    "UnfitMapping",
    "cabins",
    "cabins_of",
    "contacts_aboard",
    "follow",
    "is_news",
    "merge",
    "open_cabin",
    "problems_csv",
    "read_bcbp",
    "read_manifest",
    "read_messages",
    "read_mrz",
    "remember",
    "resident_id_problems",
    "seat_row",
    "shown",
    "stream_manifest",
    "write_bcbp",
    "write_csv",
    "write_json",
    "write_mrz",
    "write_paxlst",
    "write_xlsx",
]
