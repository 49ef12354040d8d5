"""One invented document of each kind, as plain values, and the lines of a PDF as pypdf finds them."""

import io
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from pypdf import PdfReader

from hucheng.engines.papers.official import Paper, paper_from

OFFICE = "岚河市疫情防控工作领导小组办公室"
SAMPLES: dict[str, dict[str, Any]] = {
    "minutes": {
        "issuer": "岚河市疫情防控工作领导小组",
        "date": "2021-03-04",
        "meeting": 43,
        "chair": {"name": "林砚", "role": "市委书记"},
        "place": "市行政中心",
        "form": "电视电话会议",
        "heard": ["各县（市、区）工作情况汇报"],
        "stated": ["前一阶段全市防控工作取得积极成效"],
        "matters": [
            {
                "heading": "外防输入",
                "decisions": [
                    {
                        "text": "逐一核对国际航班旅客名单",
                        "lead": "市公安局",
                        "supports": ["市外事办", "市交通局"],
                        "deadline": "3月10日前",
                    },
                    {"text": "坚决防止高风险人员离并进京"},
                ],
            },
            {"heading": "开学复学", "decisions": [{"text": "制定完善开学方案", "lead": "市教育局"}]},
        ],
        "attended": [{"name": "林砚", "role": "市委书记"}, {"name": "周清越", "role": "市长"}],
        "absent": [{"name": "何远舟"}],
        "observers": [{"name": "陆一鸣", "role": "市疾控中心主任"}],
        "recorder": "苏禾",
        "copies": ["市委", "市政府"],
        "printed_by": OFFICE,
    },
    "notice": {
        "issuer": OFFICE,
        "date": "2021-03-04",
        "number": {"code": "岚防指办发", "year": 2021, "number": 7},
        "title": "关于做好春季学期开学复学准备和境外返回人员集中隔离工作的通知",
        "to": ["各县（市、区）人民政府", "市直各部门"],
        "opening": "现就有关事项通知如下：",
        "sections": [
            {
                "heading": "筑牢防线",
                "paragraphs": ["备足集中隔离房间。"],
                "sections": [
                    {"heading": "落实属地责任", "sections": [{"heading": "登记", "paragraphs": ["逐一登记。"]}]}
                ],
            },
            {"heading": "做好开学准备", "paragraphs": ["每所学校制定方案。"]},
        ],
        "attachments": ["集中隔离点名单", "登记表"],
        "contact": {"name": "林砚", "phone": "0000-1234567"},
        "copies": ["市委办公室"],
        "printed_by": OFFICE,
    },
    "supervision": {
        "issuer": OFFICE,
        "date": "2021-03-12",
        "number": {"code": "岚防指办函", "year": 2021, "number": 15},
        "to": "市教育局",
        "meeting": "市领导小组第四十三次会议",
        "items": [
            {"task": "制定完善开学方案", "due": "2021-03-10", "standing": "3所学校未报", "basis": "会议部署第4项"},
            {"task": "逐校验收食堂", "due": "2021-03-11", "standing": "无数据"},
        ],
        "reply_by": "2021-03-14",
        "copies": ["市委督查室"],
    },
    "report": {
        "issuer": OFFICE,
        "date": "2021-03-12",
        "urgency": "加急",
        "number": {"code": "岚防指办报", "year": 2021, "number": 3},
        "signatory": "林砚",
        "title": "关于集中隔离情况的报告",
        "to": ["省领导小组办公室"],
        "as_of": "2021-03-11",
        "figures": [{"name": "集中隔离人数", "value": "1,204", "unit": "人", "remark": "较前日增加36"}],
        "sections": [{"heading": "基本情况", "paragraphs": ["全市启用隔离点9个。"]}],
    },
    "requisition": {
        "issuer": "岚河市人民政府",
        "date": "2021-03-05",
        "number": {"code": "岚政征", "year": 2021, "number": 2},
        "owner": "岚河云栖酒店有限公司",
        "house": "云栖酒店",
        "address": "岚河市东湖区滨河路8号",
        "basis": ["《中华人民共和国突发事件应对法》第十二条"],
        "purpose": "集中隔离医学观察",
        "since": "2021-03-06",
        "items": [{"name": "客房", "quantity": 120, "unit": "间"}],
    },
    "handover": {
        "issuer": "岚河机场入境专班",
        "date": "2021-03-06",
        "receiver": "东湖区集中隔离专班",
        "what": "入境旅客",
        "people": [{"name": "林某", "document_tail": "1234", "seat": "12A", "sex": "男", "flight": "CA910"}],
    },
    "attendance": {
        "issuer": OFFICE,
        "date": "2021-03-04",
        "meeting": "市领导小组第四十三次会议",
        "venues": [{"name": "主会场", "people": [{"name": "林砚", "role": "市委书记"}]}, {"name": "东湖区分会场"}],
    },
}


def sample(kind: str, **changes: Any) -> Paper:
    """The document of a kind, with some fields changed."""
    return paper_from(kind, deepcopy(SAMPLES[kind]) | changes)


@dataclass(frozen=True)
class Line:
    """A line of a page: where its first sign stands and its foot, in mm from the upper left corner; size in points."""

    x: float
    y: float
    size: float
    text: str


def lines_of(pdf: bytes) -> list[list[Line]]:
    """The lines of each page, from the top."""
    return [_lines(page) for page in PdfReader(io.BytesIO(pdf)).pages]


def _lines(page) -> list[Line]:
    found: dict[float, list[Line]] = {}
    height = float(page.mediabox.height)

    def keep(text, matrix, _text_matrix, _font, size):
        if text.strip():
            foot = round((height - matrix[5]) / 72 * 25.4, 1)
            found.setdefault(foot, []).append(Line(matrix[4] / 72 * 25.4, foot, size, text.strip("\n")))

    page.extract_text(visitor_text=keep)
    joined = []
    for foot, parts in sorted(found.items()):
        parts.sort(key=lambda one: one.x)
        joined.append(Line(parts[0].x, foot, parts[0].size, "".join(one.text for one in parts)))
    return joined
