# SPDX-License-Identifier: MIT
"""What looks like a firm, although no ledger names it, and what people call a firm."""

import re
from collections.abc import Callable, Collection, Iterator

from workbench.domain.checks.similar_names import core_name
from workbench.domain.report.redaction.name_letters import in_simplified

FIRM = re.compile(
    r"[\w·&（）()]{2,40}?(?:有限责任公司|股份有限公司|有限公司|股份公司|集团公司|（有限合伙）|"
    r"\(有限合伙\)|合伙企业|事务所|合作社|农商行|支行|分行|研究院|商行|经营部|个体户)(?:[\w（）()]{1,10}?分公司)?"
    r"|\b[A-Z][\w&.-]*(?: [A-Z&][\w&.-]*){0,5},? (?:Co\.,? ?Ltd|Ltd|Inc|LLC|GmbH|Corp|PLC)\b\.?"
)
COURT = re.compile(
    r"(?!最高)[\u4e00-\u9fff]{2,20}?(?<!最高)(?:人民|中级|高级|金融|海事|知识产权|互联网)法院"
)
"""A court of some place, which with a date and an amount leads to one case; the highest is law."""
OFFICE = re.compile(r"[\u4e00-\u9fff]{2,20}(?:局|委|会|中心|院|厅|处|所|政府|大队|支队)")
_HOUSE = re.compile(
    r"[\u4e00-\u9fff]{1,12}?(?:路|街|大道|巷|弄|道|公路|国道|省道)"
    r"(?:[东西南北]段)?\s*[\dA-Za-z]+(?:[-－—~～至、][\dA-Za-z]+)*\s*号"
)
_REGION = re.compile(
    r"(?:[\u4e00-\u9fff]{2,3}省)?(?:[\u4e00-\u9fff]{2,4}市)?"
    r"(?:[\u4e00-\u9fff]{2,4}?(?:(?<![厂园院小社片校库])区|县))?"
)
"""The province, city and district with which a location begins."""
_PART_OF_BUILDING = re.compile(
    r"(?:[\dA-Za-z#＃一二三四五六七八九十\s、，,\-—~～至及和]|"
    r"层|楼|栋|幢|号|室|区|单元|座|东|西|南|北|中|侧|段|半|全|整|部|分|厂房|仓库|车间|办公|宿舍|地块|首|底|顶)+"
)
"""Which part of a building, in nobody's words."""
_REGIONS = re.compile(r"(?:[\u4e00-\u9fff]{1,8}?(?:省|市|区|县|旗|州|盟|镇|乡|街道|村))+")
"""Nothing but regions, which belong to nobody."""
_TRADES = (
    "科技", "技术", "电子", "机械", "机电", "物流", "食品", "实业", "投资", "建设", "建筑",
    "集团", "股份", "制造", "新能源", "能源", "新材料", "材料", "软件", "网络", "信息", "智能",
    "精密", "装备", "设备", "工业", "商贸", "贸易", "工程", "生物", "医药", "医疗", "汽车",
    "零部件", "发展", "控股", "开发", "置业", "管理", "服务", "环保", "化工", "纺织", "服装",
    "家具", "包装", "印刷", "光电", "半导体", "数控", "模具", "塑料", "五金", "文化", "传媒",
    "供应链", "产业", "运营", "资产", "银行", "支行", "服饰", "餐饮", "酒店", "体育用品", "用品",
    "电器", "电气", "仪器", "轴承", "阀门", "液压", "重工", "航空", "照明", "陶瓷", "玻璃",
    "钢铁", "金属", "木业", "纸业", "制药", "药业", "酒业", "农业", "冷链", "仓储", "运输",
    "快递", "广告", "设计", "咨询", "检测", "教育", "旅游", "物业", "租赁", "通信", "通讯",
    "电缆", "电池", "光伏", "机器人", "自动化", "水泥", "混凝土", "建材", "装饰", "园林", "水务",
    "燃气", "热力", "电力", "评估师事务所", "事务所", "资产评估", "评估", "会计师", "律师",
)  # fmt: skip
"""Words of firms' names that say a trade and belong to nobody."""
_SHORT_ENDS = ("公司", "集团", "股份", "厂", "企业", "科技", "实业", "控股")
_LATIN_WORD = re.compile(r"[A-Za-z][\w&.-]*")
_LATIN_LEGAL = frozenset({"co", "ltd", "limited", "inc", "llc", "gmbh", "corp", "plc", "company"})
_SHORTEST_LATIN = 4
_LONGEST_REGION, _SHORTEST_BRAND, _SHORTEST_GUESS = 3, 2, 2


def brand_of(name: str, regions: Collection[str]) -> str:
    """Return what is peculiar to a firm's name: without region, trade and legal form."""
    brand = re.sub(r"^\W+", "", in_simplified(core_name(name)))
    while region := next((r for r in regions if len(r) > 1 and brand.startswith(r)), ""):
        brand = brand.removeprefix(region).removeprefix("省").removeprefix("市")
    while trade := next((t for t in _TRADES if brand.endswith(t) and len(brand) > len(t) + 1), ""):
        brand = brand.removesuffix(trade)
    return brand


def short_forms(name: str, regions: Collection[str]) -> Iterator[str]:
    """Yield what people call a firm: 华新公司 for 苏州华新科技有限公司, wherever 苏州 is.

    Not every region is known as one, so that each beginning of two or three letters is left out in
    turn; what is left counts only with a word for a firm behind it.
    """
    brand, core = brand_of(name, regions), core_name(name)
    trades = [trade for trade in _TRADES if trade in core]
    if core.isascii():
        yield from _latin_forms(name)
        return
    for cut in (0, 2, _LONGEST_REGION):
        own = brand[cut:]
        if len(own) >= _SHORTEST_BRAND:
            yield from (f"{own}{end}" for end in dict.fromkeys((*_SHORT_ENDS, *trades)))


def _latin_forms(name: str) -> Iterator[str]:
    """Yield a firm's Latin name without its legal form, and its first word where that is long."""
    words = _LATIN_WORD.findall(name)
    own = list(words)
    while own and own[-1].strip(".").casefold() in _LATIN_LEGAL:
        own.pop()
    if own and len(own) < len(words):
        yield " ".join(own)
        if len(own[0]) >= _SHORTEST_LATIN:
            yield own[0]


def kept_address(location: str, withheld: str) -> str:
    """Return a location as far as it names a region or part of a building, never road or number.

    Whoever knows the place reads an owner from a road and a number.
    """
    if _PART_OF_BUILDING.fullmatch(location) or _REGIONS.fullmatch(location):
        return location
    region = _REGION.match(location)
    return f"{region[0] if region else ''}{withheld}"


def house_of(location: str) -> str:
    """Return the road with its number in a location, without the region before; "" for none."""
    region = _REGION.match(location)
    found = _HOUSE.match(location[region.end() if region else 0 :])
    return found[0] if found else ""


def guessed(text: str, found: re.Pattern[str], code_of: Callable[[str], str]) -> str:
    """Return a text in which codes stand for what a pattern finds."""
    if len(text) < _SHORTEST_GUESS:
        return text

    def replaced(match: re.Match[str]) -> str:
        inner = next((group for group in match.groups() if group), match[0])
        return match[0].replace(inner, code_of(inner), 1)

    return found.sub(replaced, text)
