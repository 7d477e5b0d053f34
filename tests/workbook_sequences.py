"""In which order Excel insists on the elements of charts, drawings and looks (ECMA-376 part 1).

Worksheets, workbooks and style sheets as wholes are in workbook_rules.
"""

import re

_AXIS = (
    "axId scaling delete axPos majorGridlines minorGridlines title numFmt majorTickMark"
    " minorTickMark tickLblPos spPr txPr crossAx crosses crossesAt"
)
_FILL = "noFill solidFill gradFill blipFill pattFill grpFill"
SEQUENCES = {
    # §21.2.2: charts
    "chartSpace": "date1904 lang roundedCorners AlternateContent style clrMapOvr pivotSource"
    " protection chart spPr txPr externalData printSettings userShapes extLst",
    "chart": "title autoTitleDeleted pivotFmts view3D floor sideWall backWall plotArea legend"
    " plotVisOnly dispBlanksAs extLst",
    "title": "tx layout overlay spPr txPr extLst",
    "plotArea": "layout areaChart lineChart radarChart scatterChart pieChart doughnutChart barChart"
    " valAx catAx dateAx serAx dTable spPr extLst",
    "barChart": "barDir grouping varyColors ser dLbls gapWidth overlap serLines axId extLst",
    "lineChart": "grouping varyColors ser dLbls dropLines hiLowLines upDownBars marker smooth axId"
    " extLst",
    "areaChart": "grouping varyColors ser dLbls dropLines axId extLst",
    "pieChart": "varyColors ser dLbls firstSliceAng extLst",
    "radarChart": "radarStyle varyColors ser dLbls axId extLst",
    "scatterChart": "scatterStyle varyColors ser dLbls axId extLst",
    "ser": "idx order tx spPr explosion invertIfNegative pictureOptions marker dPt dLbls trendline"
    " errBars xVal yVal cat val smooth shape extLst",
    "dPt": "idx invertIfNegative marker bubble3D explosion spPr pictureOptions extLst",
    "dLbls": "dLbl delete numFmt spPr txPr dLblPos showLegendKey showVal showCatName showSerName"
    " showPercent showBubbleSize separator showLeaderLines leaderLines extLst",
    "catAx": f"{_AXIS} auto lblAlgn lblOffset tickLblSkip tickMarkSkip noMultiLvlLbl extLst",
    "valAx": f"{_AXIS} crossBetween majorUnit minorUnit dispUnits extLst",
    "scaling": "logBase orientation max min extLst",
    "legend": "legendPos legendEntry layout overlay spPr txPr extLst",
    "numRef": "f numCache extLst",
    "strRef": "f strCache extLst",
    "numCache": "formatCode ptCount pt extLst",
    "strCache": "ptCount pt extLst",
    # §20.1: lines, fills and words
    "ln": f"{_FILL} prstDash custDash round bevel miter headEnd tailEnd extLst",
    "spPr": f"xfrm custGeom prstGeom {_FILL} ln effectLst effectDag scene3d sp3d extLst",
    "txPr": "bodyPr lstStyle p",
    "rich": "bodyPr lstStyle p",
    "defRPr": f"ln {_FILL} effectLst effectDag highlight uLnTx uLn uFillTx uFill latin ea cs sym"
    " hlinkClick hlinkMouseOver rtl extLst",
    # §20.5: what is anchored to cells
    "twoCellAnchor": "from to sp grpSp graphicFrame cxnSp pic contentPart clientData",
    "oneCellAnchor": "from ext sp grpSp graphicFrame cxnSp pic contentPart clientData",
    "graphicFrame": "nvGraphicFramePr xfrm graphic",
    "pic": "nvPicPr blipFill spPr style",
    "from": "col colOff row rowOff",
    "to": "col colOff row rowOff",
    # §18.8 and §18.3: looks and cells; fonts as Excel itself writes them
    "font": "b i strike condense extend outline shadow u vertAlign sz color name family charset"
    " scheme",
    "border": "start end left right top bottom diagonal vertical horizontal",
    "xf": "alignment protection extLst",
    "dxf": "font numFmt fill alignment border protection extLst",
    "sheetPr": "tabColor outlinePr pageSetUpPr",
    "sheetView": "pane selection pivotSelection extLst",
    "c": "f v is extLst",
    "cfRule": "formula colorScale dataBar iconSet extLst",
    "dataValidation": "formula1 formula2",
}
REQUIRED = {
    "chartSpace": {"chart"}, "chart": {"plotArea"},
    "catAx": {"axId", "scaling", "axPos", "crossAx"},
    "valAx": {"axId", "scaling", "axPos", "crossAx"}, "ser": {"idx", "order"},
    "barChart": {"barDir", "axId"}, "lineChart": {"grouping", "axId"}, "numCache": {"ptCount"},
    "radarChart": {"radarStyle", "axId"}, "graphicFrame": {"nvGraphicFramePr", "xfrm", "graphic"},
    "twoCellAnchor": {"from", "to", "clientData"}, "oneCellAnchor": {"from", "ext", "clientData"},
    "from": {"col", "colOff", "row", "rowOff"}, "txPr": {"bodyPr", "p"},
}  # fmt: skip
TEXTS = {"separator", "formatCode"}
"""What holds a text and nothing else (§21.2.2.166, §21.2.2.71): of an attribute Excel is sure that
the file is damaged."""
_ORDERS = {tag: words.split() for tag, words in SEQUENCES.items()}
_ANY_ORDER = {"plotArea"}
"""Charts come before axes; among themselves they stand as they are drawn."""
_CODE = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_PLAIN = re.compile(r"[0#?.,%/E+\-() :$￥yYmMdDhHsSaApP@Gengrl;日月年]*")
_LITERAL = re.compile(r'"((?:[^"]|"")*)"')
_SHEET = re.compile(r"'((?:[^']|'')+)'!|(?<![\w.'])([^\W\d][\w.]*)!")
LONGEST_LITERAL, DEEPEST = 255, 64


def out_of_order(tree):
    """Say what stands where Excel does not expect it, or lacks."""
    for element in tree.iter():
        tag = local(element)
        children = [local(child) for child in element]
        if tag in TEXTS and (element.attrib or not element.text):
            yield f"{tag} is a text, and has {element.attrib}"
        if tag not in _ORDERS or not children:
            continue
        if lacking := REQUIRED.get(tag, set()) - set(children):
            yield f"{tag} lacks {sorted(lacking)}"
        order = _ORDERS[tag]
        if unknown := [child for child in children if child not in order]:
            yield f"{tag} may not hold {unknown}"
            continue
        places = [order.index(child) for child in children]
        if tag in _ANY_ORDER:
            split = order.index("valAx")
            places = [0 if at < split else min(at, split + 4) if at > split + 3 else 1
                      for at in places]  # fmt: skip
        if places != sorted(places):
            yield f"{tag}: out of order: {children}"


def axes(tree):
    """Say which charts name axes that are not there, or two axes of one number."""
    defined = [
        child.get("val")
        for kind in ("catAx", "valAx", "dateAx", "serAx")
        for axis in tree.iter()
        if local(axis) == kind
        for child in axis
        if local(child) == "axId"
    ]
    if len(defined) != len(set(defined)):
        yield f"two axes of one number: {defined}"
    for chart in tree.iter():
        if local(chart) in ("barChart", "lineChart", "areaChart", "radarChart", "scatterChart"):
            used = [child.get("val") for child in chart if local(child) == "axId"]
            if len(used) != 2 or not set(used) <= set(defined):
                yield f"{local(chart)} on axes {used} of {defined}"


def number_format(code):
    """Say what is wrong with a number format."""
    sections = _CODE.sub("", code).split(";")
    if len(sections) > 4 or '"' in _CODE.sub("", code):
        yield f"number format {code!r}"
    if not all(_PLAIN.fullmatch(section) for section in sections):
        yield f"number format {code!r} has letters outside of quotes"


def formula(text, sheets):
    """Say why Excel would not take a formula."""
    for literal in _LITERAL.findall(text):
        if len(literal.replace('""', '"')) > LONGEST_LITERAL:
            yield f"a text of {len(literal)} characters in a formula"
    bare = _LITERAL.sub('""', text)
    for quoted, plain in _SHEET.findall(bare):
        if (name := quoted.replace("''", "'") or plain) not in sheets:
            yield f"a formula looks at a sheet {name!r} that is not there"
    without = re.sub(r"'(?:[^']|'')+'", "", bare)
    if "[" in without or "#REF" in without or "{" in without:
        yield f"a formula looks outside: {text[:60]}"
    depth = most = 0
    for character in without:
        depth += (character == "(") - (character == ")")
        most = max(most, depth)
    if depth or most > DEEPEST:
        yield f"brackets of {text[:60]}"


def local(element):
    """The name of an element without its namespace."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
