"""Shapes as Excel writes them into a drawing, for templates whose pages are painted."""

STYLE = (
    '<xdr:style><a:lnRef idx="2"><a:schemeClr val="accent1"><a:shade val="50000"/></a:schemeClr>'
    '</a:lnRef><a:fillRef idx="1"><a:schemeClr val="accent1"/></a:fillRef><a:effectRef idx="0">'
    '<a:schemeClr val="accent1"/></a:effectRef><a:fontRef idx="minor"><a:schemeClr val="lt1"/>'
    "</a:fontRef></xdr:style>"
)
"""How Excel writes a shape that nobody formatted."""


def anchored(body, *, start=(1, 1), end=(2, 3), data=""):
    """Something over the cells from a column and row to others, counted from 0."""

    def marker(name, column, row):
        return (
            f"<xdr:{name}><xdr:col>{column}</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>{row}"
            f"</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:{name}>"
        )

    return (
        f"<xdr:twoCellAnchor>{marker('from', *start)}{marker('to', *end)}{body}"
        f"<xdr:clientData{data}/></xdr:twoCellAnchor>"
    )


def form(preset="rect", inside="", *, after="", transform="", about="", kind="sp"):
    """A shape of a preset outline; ``inside`` are its ground and line, ``after`` style and text."""
    of = {"sp": "SpPr", "cxnSp": "CxnSpPr"}[kind]
    return (
        f'<xdr:{kind} macro=""><xdr:nv{of}><xdr:cNvPr id="2" name="s"{about}/><xdr:cNv{of}/>'
        f'</xdr:nv{of}><xdr:spPr>{transform}<a:prstGeom prst="{preset}"><a:avLst/></a:prstGeom>'
        f"{inside}</xdr:spPr>{after}</xdr:{kind}>"
    )


def solid(color):
    return f'<a:solidFill><a:srgbClr val="{color}"/></a:solidFill>'


def words(text, body='anchor="ctr"', look='sz="1200" b="1"'):
    return (
        f'<xdr:txBody><a:bodyPr {body}/><a:p><a:pPr algn="ctr"/><a:r><a:rPr {look}/>'
        f"<a:t>{text}</a:t></a:r></a:p></xdr:txBody>"
    )


def group(*parts):
    """A group with a measure of its own, 2000 wide and 1000 high."""
    return (
        '<xdr:grpSp><xdr:nvGrpSpPr><xdr:cNvPr id="6" name="g"/><xdr:cNvGrpSpPr/></xdr:nvGrpSpPr>'
        '<xdr:grpSpPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="2000" cy="1000"/>'
        '<a:chOff x="0" y="0"/><a:chExt cx="2000" cy="1000"/></a:xfrm></xdr:grpSpPr>'
        f"{''.join(parts)}</xdr:grpSp>"
    )


def placed(x, y, width, height, attributes=""):
    return (
        f'<a:xfrm{attributes}><a:off x="{x}" y="{y}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
    )
