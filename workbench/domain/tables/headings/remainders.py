# SPDX-License-Identifier: MIT
"""What the rest of a heading makes of the word within it: the same thing, perhaps, or another.

土地使用年限 is 使用年限 and 证载土地用途 is 土地用途, but 不可租面积 is no 可租面积, 亩均税收 no
税收 and 保证金比例 no 保证金.
"""

import re
from enum import StrEnum

from workbench.domain.fields import Field, FieldType


class Rest(StrEnum):
    """What a heading means by the word within it."""

    SAME = "same"
    PERHAPS = "perhaps"
    OTHER = "other"


_TURNED_BEFORE = re.compile(
    r"(?:[被不未非免原拟欠]|单层|每层|标准层|(?<!有)无|剩余|剩下|尚余|套内|公摊|分摊|亩均|地均|人均|每亩|单位(?:能耗|排[污放]|电耗|用电|产品).*|"
    r"评估|估价|市场|意向|挂牌|提前|违法|违章|违建|低效|上年度?|去年|上期|同期|期初|年初|减免|减让|装修|发票|"
    r"第[一二两三四五六七八九十\d]+年|竞[买租价投]|竟租|投标|招标|交易|竞价|[应实已未预欠][收缴付]|异议|出租方|户均)$"
)
"""Words after which the same word is another thing."""
_TURNED_AFTER = re.compile(
    r"^(?:期初|年初|得分|评分|分值|排名|名次|占比|占.*比|比例|比重|比$|之比|率$|增[长幅速]|同比|环比|变动|押金|.{0,4}保证金|违约金|滞纳金|方法|依据|"
    r"(?:服务|管理)?费|(?:工业)?增加值|第二|是否|收缴|收入|减免|备注|说明|联系|电话|负责|网址|图|照片|附件)"
)
"""Words before which the same word is another thing."""
_NEUTRAL_BEFORE = re.compile(
    r"(?:土地|宗地|地块|用地|房屋|房产|厂房|楼栋|楼宇|建筑物?|构筑物|资产|合同|协议|约定|实际|实测|现状|现有?|"
    r"当前|目前|总|合计|证载|权证|产权|不动产|登记|国有|建设用地|使用权?|单位|企业|公司|项目|园区|开发区|所在|所属|具体|详细|本|年度?|月|日|"
    r"账面|期末|年末|是否|有无|已|主要|全部|标准|工业|工矿仓储|固定资产|评价|评价范围|批准|预编|闲置|最新|正式|净|其中)*"
)
_NEUTRAL_AFTER = re.compile(
    r"(?:情况|状况|状态|信息|名称|编号|号码?|数量?|金额|面积|日期|时间|总额|合计|期末|年末|/容积|标准|单价|姓名|受限|"
    r"的?土地|用地|建设|总|[一二三])*"
)
_DONE_IN_PART = re.compile("出让面积|供地面积|供应面积|收储面积|收回面积")
"""已出让面积 of a project is the part that is gone, 出让面积 of a parcel its own."""
_BEGINS = re.compile("起始|开始|起租|始日|起日|生效")
_ENDS = re.compile("终止|截止|截至|结束|到期|届满|止日|期满")
_BOTH = re.compile("起止|始末|起讫")
_OTHER_PARTY = frozenset(
    ("抵押人", "债务人", "借款人", "担保人", "被执行人", "被申请人", "出租方", "出租人", "出租单位",
     "转让方", "出让方", "出让人", "甲方", "土地所有权人")
)  # fmt: skip
"""Parties that no field keeps, whose names are one letter from those of others."""
_OF_THE_PLEDGE = re.compile("(?:抵押|查封|担保)(?:物|财产|资产)(?:不动产|产)?权?证(?:编?号|书号)?")
"""抵押物权证号 is the certificate of what is pledged, 抵押权证号 that of the mortgage."""


def rest_of(word: str, spelling: str) -> Rest:
    """Tell what a heading means by a spelling that stands within it."""
    before, _, after = word.partition(spelling)
    if before.endswith("已") and _DONE_IN_PART.match(spelling):
        return Rest.OTHER
    if _TURNED_BEFORE.search(before) or _TURNED_AFTER.search(after):
        return Rest.OTHER
    same = _NEUTRAL_BEFORE.fullmatch(before) and _NEUTRAL_AFTER.fullmatch(after)
    return Rest.SAME if same else Rest.PERHAPS


def denies(word: str) -> bool:
    """Tell whether a heading speaks of what is not so: 未建成."""
    return any(letter in word for letter in "未不非")


def is_other_party(word: str) -> bool:
    """Tell whether a heading names a party, or a party's certificate, that no field keeps."""
    return word in _OTHER_PARTY or _OF_THE_PLEDGE.fullmatch(word) is not None


def on_its_side(word: str, field: Field) -> bool:
    """Tell whether a heading that says which end of a period it is may mean a date's field."""
    begins, ends = _BEGINS.search(word) is not None, _ENDS.search(word) is not None
    if field.type is not FieldType.DATE or _BOTH.search(word) or begins is ends:
        return True
    return field.period_end is ends
