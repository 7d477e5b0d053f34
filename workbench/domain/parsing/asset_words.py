# SPDX-License-Identifier: MIT
"""What the name or the certificate of an asset tells of it: land, or a house."""

import re

LAND, HOUSE = "parcel", "building"
_HOUSE_NAME = re.compile(
    r"(?:[厂库用]房|[楼栋幢座馆库仓]|仓库|宿舍|食堂|公寓|大厦|车间|门卫室?|商铺)"
    r"(?:\d+层|[A-Za-z\d]{0,3}[座栋区号]|[一二三四五六七八九十]{1,2}[号座栋]|[一二三四五六七八九十\d]期)?$"
)
_LAND_NAME = re.compile(r"(?:地块|宗地|土地|用地)(?:[A-Za-z\d\-]{0,6}|使用权)$")
"""What the names of houses and of land end with."""
_REMARK = re.compile(r"[(（][^()（）]*[)）]$")
_HOUSE_PAPER = re.compile("房[权产地].{0,6}[证字]|房屋所有权")
_LAND_PAPER = re.compile("国用|集用|土地(?:使用)?权?证|土国|土资")

_UNIT_NUMBER = re.compile(r"\d{12}[A-Z]{2}\d{5}([FW])\d{8}")


def told_by_name(name: str) -> str:
    """Return LAND or HOUSE for a name that is plainly that of one, "" for any other."""
    bare = _REMARK.sub("", name).strip()
    if _LAND_NAME.search(bare):
        return LAND
    return HOUSE if _HOUSE_NAME.search(bare) else ""


def told_by_paper(number: str) -> str:
    """Return what a certificate is of; "" for 不动产权证, which may be of either."""
    if _HOUSE_PAPER.search(number):
        return HOUSE
    return LAND if _LAND_PAPER.search(number) else ""


def told_by_unit_number(number: str) -> str:
    """Return what the 28 letters of a 不动产单元号 are of: W ends land's, F a house's."""
    found = _UNIT_NUMBER.fullmatch("".join(number.split()))
    return {"W": LAND, "F": HOUSE}[found[1]] if found else ""
