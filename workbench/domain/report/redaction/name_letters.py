# SPDX-License-Identifier: MIT
"""Names in traditional characters as the same names in simplified ones."""

from workbench.domain.parsing.traditional import simplified

_TRADITIONAL = (
    "錦鎔偉傑豐鵬鳳鶴瑋瓊瑩潤濤煒燁爍凱勳勵嘯嬌嫻寶尋峽帥張憲戀曉暉曄淺淵渾滸瀾璽盧礪禎穎綺綸綱緯縉翹聞聰聲蔣蕭薩詠詩諾謙譚譽"
    "賢軒輝鄒鄺銳鋒鐘閃闕陝雋韋韻頌頡顏飄駿駕騁驊驍鮑鯤鳴鷹龔龐瑤嵐廬撫昇槍樺檸歡湯滙瀋灝熾瓏璣竇簫籃繡羨艷芻蒼蓮薈薊藍誼豈貞"
    "負賜賽贏輻轍醞鈺鉅鉑錕錘鍾鎳鏗鐸鑰鑲閆閩閻闖隴霽靚韜頎頤馳駱驥鬱鯉鵑鷺鸞麥彥徑憶斕晝暢朧槳澗潯煥瑣眞穀窩紓絢綉緒縝繹罈腳"
    "膽臘薑諭諺謹賈賦軼輯鄔鈴鈕陞頸駝鴨鵝麵吳"
)
_SIMPLIFIED = (
    "锦镕伟杰丰鹏凤鹤玮琼莹润涛炜烨烁凯勋励啸娇娴宝寻峡帅张宪恋晓晖晔浅渊浑浒澜玺卢砺祯颖绮纶纲纬缙翘闻聪声蒋萧萨咏诗诺谦谭誉"
    "贤轩辉邹邝锐锋钟闪阙陕隽韦韵颂颉颜飘骏驾骋骅骁鲍鲲鸣鹰龚庞瑶岚庐抚升枪桦柠欢汤汇沈灏炽珑玑窦箫篮绣羡艳刍苍莲荟蓟蓝谊岂贞"
    "负赐赛赢辐辙酝钰巨铂锟锤钟镍铿铎钥镶闫闽阎闯陇霁靓韬颀颐驰骆骥郁鲤鹃鹭鸾麦彦径忆斓昼畅胧桨涧浔焕琐真谷窝纾绚绣绪缜绎坛脚"
    "胆腊姜谕谚谨贾赋轶辑邬铃钮升颈驼鸭鹅面吴"
)
_TABLE = str.maketrans(_TRADITIONAL, _SIMPLIFIED)
"""Characters of names of people and firms that no word of a ledger is written with."""


def in_simplified(name: str) -> str:
    """Return a name of the same length with traditional characters in simplified form."""
    return name if name.isascii() else simplified(name).translate(_TABLE)
