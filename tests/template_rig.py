"""Templates as Excel writes them, with what no library of ours can write."""

import re
import shutil
import struct
import zipfile
import zlib

from workbench import locations

BASE = locations.template("excel", "report_base.xlsx")
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
COVER_PART, STYLES_PART = "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"
VML = "application/vnd.openxmlformats-officedocument.vmlDrawing"
DRAWING = "application/vnd.openxmlformats-officedocument.drawing+xml"

HEADER_VML = """<xml xmlns:v="urn:schemas-microsoft-com:vml"
 xmlns:o="urn:schemas-microsoft-com:office:office"
 xmlns:x="urn:schemas-microsoft-com:office:excel">
 <o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout>
 <v:shapetype id="_x0000_t75" coordsize="21600,21600" o:spt="75" o:preferrelative="t"
  path="m@4@5l@4@11@9@11@9@5xe" filled="f" stroked="f"><v:stroke joinstyle="miter"/>
  <o:lock v:ext="edit" aspectratio="t"/></v:shapetype>
 <v:shape id="RH" o:spid="_x0000_s1025" type="#_x0000_t75"
  style='position:absolute;margin-left:0;margin-top:0;width:96pt;height:24pt;z-index:1'>
  <v:imagedata o:relid="rId1" o:title="logo" gain="19661f"/><o:lock v:ext="edit" rotation="t"/>
 </v:shape></xml>"""

TEXT_BOX = """<xdr:twoCellAnchor><xdr:from><xdr:col>3</xdr:col><xdr:colOff>0</xdr:colOff>
<xdr:row>0</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:to><xdr:col>5</xdr:col>
<xdr:colOff>0</xdr:colOff><xdr:row>1</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:to>
<xdr:sp macro="" textlink=""><xdr:nvSpPr><xdr:cNvPr id="2" name="TextBox 1"/>
<xdr:cNvSpPr txBox="1"/></xdr:nvSpPr><xdr:spPr><a:xfrm><a:off x="0" y="0"/>
<a:ext cx="1800000" cy="360000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>
<a:solidFill><a:srgbClr val="FFF2CC"/></a:solidFill></xdr:spPr><xdr:txBody><a:bodyPr/><a:p><a:r>
<a:rPr lang="zh-CN" sz="1100"/><a:t>内部资料　注意保管</a:t></a:r></a:p></xdr:txBody></xdr:sp>
<xdr:clientData/></xdr:twoCellAnchor>"""

PICTURE = """<xdr:oneCellAnchor><xdr:from><xdr:col>0</xdr:col><xdr:colOff>0</xdr:colOff>
<xdr:row>0</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:ext cx="1143000" cy="381000"/>
<xdr:pic><xdr:nvPicPr><xdr:cNvPr id="3" name="logo"/><xdr:cNvPicPr/></xdr:nvPicPr>
<xdr:blipFill><a:blip r:embed="rId1"/><a:stretch><a:fillRect/></a:stretch></xdr:blipFill>
<xdr:spPr><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></xdr:spPr></xdr:pic><xdr:clientData/>
</xdr:oneCellAnchor>"""

CHART = """<xdr:twoCellAnchor><xdr:from><xdr:col>0</xdr:col><xdr:colOff>0</xdr:colOff>
<xdr:row>30</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:to><xdr:col>2</xdr:col>
<xdr:colOff>0</xdr:colOff><xdr:row>40</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:to>
<xdr:graphicFrame><a:graphic><a:graphicData><c:chart r:id="rId9"/></a:graphicData></a:graphic>
</xdr:graphicFrame><xdr:clientData/></xdr:twoCellAnchor>"""

SPARKLINES = """<ext xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
 uri="{05C60535-1F16-4fd2-B633-F4F36F0B64E0}"><x14:sparklineGroups
 xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"><x14:sparklineGroup
 displayEmptyCellsAs="gap"><x14:colorSeries rgb="FF17657D"/><x14:sparklines><x14:sparkline>
<xm:f>封面!H1:L1</xm:f><xm:sqref>G1</xm:sqref></x14:sparkline></x14:sparklines>
</x14:sparklineGroup></x14:sparklineGroups></ext>"""


def png(width, height, color=b"\x17\x65\x7d"):
    def part(kind, body):
        crc = zlib.crc32(kind + body)
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", crc)

    rows = (b"\0" + color * width) * height
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + part(b"IHDR", head)
        + part(b"IDAT", zlib.compress(rows))
        + part(b"IEND", b"")
    )


def jpeg(width, height):
    """As much of a JPEG picture as says its size."""
    return (
        b"\xff\xd8\xff\xe0" + struct.pack(">H", 16) + b"JFIF\0" + b"\1\1\0\0\1\0\1\0\0"
        + b"\xff\xc2" + struct.pack(">HBHH", 17, 8, height, width) + b"\3" + b"\0" * 9 + b"\xff\xd9"
    )  # fmt: skip


class Template:
    """The parts of a template, to be edited as a program would and written again."""

    def __init__(self, source=BASE):
        with zipfile.ZipFile(source) as package:
            self.parts = {name: package.read(name) for name in package.namelist()}

    def write(self, path):
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
            for name, content in self.parts.items():
                package.writestr(name, content)
        return path

    def put(self, name, old, new):
        """Change a text of a part; it must be there."""
        text = self.parts[name].decode()
        assert re.search(old, text), (name, old)
        self.parts[name] = re.sub(old, lambda m: m.expand(new), text, count=1).encode()

    def relate(self, part, kind, target, number=1, mode=""):
        """Let a part refer to another."""
        folder, _, base = part.rpartition("/")
        name = f"{folder}/_rels/{base}.rels"
        line = f'<Relationship Id="rId{number}" Type="{OFFICE}/{kind}" Target="{target}"{mode}/>'
        package = "http://schemas.openxmlformats.org/package/2006/relationships"
        empty = f'<Relationships xmlns="{package}"></Relationships>'.encode()
        text = self.parts.get(name, empty).decode()
        self.parts[name] = text.replace("</Relationships>", f"{line}</Relationships>").encode()

    def say(self, ending, content_type):
        """Declare the type of an ending."""
        text = self.parts["[Content_Types].xml"].decode()
        if f'Extension="{ending}"' not in text:
            line = f'<Default Extension="{ending}" ContentType="{content_type}"/>'
            text = re.sub(r"(<Types\b[^>]*>)", rf"\g<1>{line}", text, count=1)
        self.parts["[Content_Types].xml"] = text.encode()

    def element(self, sheet, xml):
        """Put an element at the end of a sheet."""
        self.put(sheet, "</worksheet>", f"{xml}</worksheet>")

    def header_picture(self, sheet, picture=None, ending="png", kind="image/png", mode=""):
        """Put a logo into the right of a sheet's page header."""
        number = sheet[-5]
        self.put(sheet, r"(<oddHeader[^>]*>)[^<]*", r"\g<1>&amp;L{title}&amp;R&amp;G")
        self.element(sheet, f'<legacyDrawingHF xmlns:r="{OFFICE}" r:id="rId7"/>')
        self.relate(sheet, "vmlDrawing", f"../drawings/vmlDrawing{number}.vml", 7)
        self.parts[f"xl/drawings/vmlDrawing{number}.vml"] = HEADER_VML.encode()
        target = f"../media/header{number}.{ending}"
        self.relate(f"xl/drawings/vmlDrawing{number}.vml", "image", target, 1, mode)
        if picture is not None:
            self.parts[f"xl/media/header{number}.{ending}"] = picture
        self.say("vml", VML)
        self.say(ending, kind)

    def cover_drawing(self, *anchors, picture=None, ending="png", kind="image/png"):
        """Put pictures, text boxes and charts on the cover."""
        self.element(COVER_PART, f'<drawing xmlns:r="{OFFICE}" r:id="rId8"/>')
        self.relate(COVER_PART, "drawing", "/xl/drawings/drawing1.xml", 8)
        self.parts["xl/drawings/drawing1.xml"] = (
            '<?xml version="1.0" encoding="UTF-8"?><xdr:wsDr '
            'xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" '
            'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
            'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
            f'xmlns:r="{OFFICE}">{"".join(anchors)}</xdr:wsDr>'
        ).encode()
        types = self.parts["[Content_Types].xml"].decode()
        line = f'<Override PartName="/xl/drawings/drawing1.xml" ContentType="{DRAWING}"/></Types>'
        self.parts["[Content_Types].xml"] = types.replace("</Types>", line).encode()
        if picture is not None:
            self.relate("xl/drawings/drawing1.xml", "image", f"../media/cover.{ending}")
            self.parts[f"xl/media/cover.{ending}"] = picture
            self.say(ending, kind)


def with_parts(source, target, **parts):
    shutil.copy(source, target)
    with zipfile.ZipFile(target, "a") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return target
