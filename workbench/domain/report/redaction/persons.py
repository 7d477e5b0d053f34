# SPDX-License-Identifier: MIT
"""What belongs to a person or an account although no ledger names it: telephones, numbers, 张总."""

import re

PRIVATE = re.compile(
    r"(?<![\dA-Za-z.])(?:\+?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)"
    r"|(?<![\dA-Za-z.])(?:[(（]0[1-9]\d{1,2}[)）]|0[1-9]\d{1,2})[ -]?[2-8]\d{6,7}(?!\d)"
    r"|(?<![\dA-Za-z.])[48]00[ -]?\d{3,4}[ -]\d{3,4}(?!\d)"
    r"|(?<![\dA-Za-z])[1-9]\d{5}(?:19|20)?\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]?"
    r"(?![\dA-Za-z])"
    r"|(?<![\dA-Za-z.])(?:\d{16,19}|\d{4}(?:[ -]\d{4}){3}(?:[ -]\d{1,3})?)(?![\dA-Za-z])"
    r"|(?<![\dA-Za-z])[0-9A-HJ-NP-RTUWXY]{2}\d{6}[0-9A-HJ-NP-RTUWXY]{10}(?![\dA-Za-z])"
    r"|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|(?:微信|WeChat|wechat|QQ|qq)(?:号)?[:： ]*([A-Za-z0-9][\w-]{4,})",
    re.ASCII,
)
"""Telephone, identity, account and credit numbers, addresses of mail and messages.

``\\w`` means Latin letters only: a number may follow a Chinese word without a blank.
"""
_SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕张孔曹严魏陶姜戚谢邹喻苏潘葛范彭郎鲁韦马苗凤方"
    "俞任袁柳鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬于傅卞齐康伍余顾孟黄穆萧尹姚邵汪祁毛狄米贝明臧伏戴"
    "谈宋庞熊纪舒屈祝董梁杜阮闵席季贾江童颜郭梅林刁钟徐邱骆高夏蔡田樊胡凌霍虞万柯卢莫房丁邓郁杭洪包"
    "左石崔吉龚程邢裴陆翁荀惠曲封芮储段富巫乌焦巴牧谷侯宓蓬仰秋仲伊宫宁仇甘厉祖武符刘景詹束龙叶幸"
    "司韶黎薄印宿怀蒲邰鄂索赖卓屠蒙池乔阴胥能苍闻莘党翟谭贡劳姬申扶堵冉宰郦雍桑桂濮牛寿边扈燕冀郏"
    "浦尚农温庄晏柴瞿阎慕连茹习艾鱼容古易慎戈廖庾终暨居衡步耿满匡寇广阙欧沃利蔚越隆师巩聂晁勾敖融"
    "冷辛阚那简饶曾沙丰关蒯查后荆红游竺权盖益桓肖闫付晏代"
)
_ALONE = r"(?=[^\u4e00-\u9fff]|$|的|同意|签|称|负责|联系|电话|手机|租|说|处|代码)"
TITLED = re.compile(
    r"(?:联系人|经办人|负责人|法定代表人|法人代表|法人|业主|承租人|出租人|申请人|被执行人|委托人|姓名)"
    rf"[:：为是]?\s*([\u4e00-\u9fff·]{{2,4}}?){_ALONE}"
    rf"|(?:经办|联系|负责|住户|户主|租户|租客|承包|户名)[:：]\s*([\u4e00-\u9fff·]{{2,4}}?){_ALONE}"
    r"|([\u4e00-\u9fff]{1,3})(?:先生|女士|小姐|总经理|经理|主任|局长|处长|科长|书记|法官|律师|某某|某)"
    rf"|(?<![\u4e00-\u9fff])([{_SURNAMES}](?:[总工董]|[\u4e00-\u9fff]{{0,2}}?(?:总监|董事长|厂长|老板|师傅|"
    rf"会计|老师|校长|院长|所长|站长|村长|镇长|部长|总工))){_ALONE}"
)
"""Words that say that the next, or the one before, is a person."""
