"""Files that programs open without asking are read; what is locked or lost is said."""

import struct
from hashlib import sha1
from pathlib import Path

import pytest

from scripts.tortures.books import (
    FORMATS,
    Book,
    Error,
    Percent,
    compound,
    compound_of,
    ods,
    xls,
    xlsb,
    xlsx_parts,
)
from scripts.tortures.forgiven import forgiven, old_xls
from scripts.tortures.locked import KNOWN_TO_ALL, agile, standard
from scripts.tortures.mutations import unzipped, zipped
from workbench.application.imports.choices import ImportOptions
from workbench.bootstrap import Program
from workbench.domain.findings import InputError
from workbench.domain.parsing.parsed import Fault, FaultKind, PercentNumber
from workbench.domain.tables.sheets import Merge
from workbench.excel.reading.aes import decipher
from workbench.excel.reading.compound_file import CompoundFile
from workbench.excel.reading.csv_reader import read_csv
from workbench.excel.reading.formats import read_marks, read_sheets
from workbench.excel.reading.kinds import Kind, recognise
from workbench.excel.reading.markup_reader import read_markup
from workbench.excel.reading.old_xls import read_old_xls
from workbench.excel.reading.open_password import opened_package
from workbench.excel.reading.reader import ExcelReader
from workbench.excel.reading.sheet_head import UnreadableError
from workbench.excel.reading.text_encoding import decoded
from workbench.excel.reading.xls_mending import _Cipher, _ciphered, _rc4, mended_xls

WORKBOOKS = Path(__file__).parents[1] / "data" / "workbooks"
"""Of LibreOffice 7.4: one with a locked structure, two with a password, three with a pivot."""

BOOK = Book(
    [
        ["房屋台账", "", "", ""],
        ["编号", "名称", "建筑面积", "出租率"],
        ["A1", "一号厂房", 100.5, Percent(0.85)],
        ["A2", "二号厂房", 200.0, Percent(0.5)],
    ],
    merges=[(1, 1, 1, 4)],
    hidden_rows={4},
)
FORGIVEN = {f"{label}.{ending}": data for label, ending, data in forgiven(BOOK)}


def _rows(path, **how):
    ((_, rows),) = ((head, list(rows)) for head, rows in read_sheets(path, **how))
    return rows


@pytest.mark.parametrize("name", FORGIVEN)
def test_what_programs_forgive_is_read(tmp_path, name):
    path = tmp_path / name.replace(" ", "_")
    path.write_bytes(FORGIVEN[name])
    assert _rows(path, mended=True)[2:] == [
        ["A1", "一号厂房", 100.5, 0.85], ["A2", "二号厂房", 200.0, 0.5],
    ]  # fmt: skip
    marks, *_macros = read_marks(path, lambda _rows: None)
    assert marks.hidden_rows == ([] if "version 2" in name else [4])


@pytest.mark.parametrize("name", [
    "UTF-16 sheet.xlsx", "texts of a false number.xlsx", "comments within values.xlsx",
    "values as CDATA.xlsx", "CDATA.ods", "other prefixes.ods",
])  # fmt: skip
def test_a_file_that_calamine_reads_in_part_or_dies_of_is_mended_and_said_to_be(tmp_path, name):
    """12<!-- -->00.5 was 12 without a word, and a value in CDATA was none."""
    path = tmp_path / "a.xlsx"
    path.write_bytes(FORGIVEN[name])
    (sheet,) = ExcelReader().read(str(path)).sheets
    assert sheet.rows[3] == ["A2", "二号厂房", 200.0, PercentNumber(0.5)]
    assert sheet.notes == ("mended",)


def test_newer_errors_are_errors_with_their_own_name(tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(
        FORMATS["xlsx"](Book([["名称", "面积"], ["甲", Error(text="#SPILL!")], ["乙", 1.0]]))
    )
    (sheet,) = ExcelReader().read(str(path)).sheets
    assert sheet.rows[1] == ["甲", Fault(FaultKind.ERROR, "#SPILL!")]


def test_an_old_date_is_a_day_and_an_old_error_no_number(tmp_path):
    stream = bytearray(old_xls(Book([["日期"], [40000.0], [1.0]]), 5))
    at = stream.index(struct.pack("<HH", 0xE0, 16)) + 4 + 2
    struct.pack_into("<H", stream, at, 14)
    ((_, rows),) = read_old_xls(bytes(stream))
    assert [row[0] for row in rows][1].isoformat() == "2009-07-06"


def test_a_locked_structure_is_read_and_a_password_is_named():
    """[MS-OFFCRYPTO] 2.3.6: a workbook whose structure is locked has a password known to all."""
    book = ExcelReader().read(str(WORKBOOKS / "structure_protected.xls"))
    assert book.sheets[0].rows[4] == ["云湖产业园", "4号", "4号", "钢结构", 1004.0]
    for name in ("password.xls", "password.ods"):
        with pytest.raises(InputError) as refusal:
            ExcelReader().read(str(WORKBOOKS / name))
        assert refusal.value.code == "importing.file_encrypted"
    with pytest.raises(UnreadableError, match="file_encrypted"):
        recognise(compound(bytes(5000), "EncryptedPackage"))


@pytest.mark.parametrize("lock", [agile, standard])
def test_only_the_password_known_to_all_opens_a_package(lock):
    """[MS-OFFCRYPTO] 2.3.4.5 and 2.3.4.10."""
    package = xlsb(BOOK)
    assert opened_package(lock(package, KNOWN_TO_ALL)) == package
    info = CompoundFile(lock(package, KNOWN_TO_ALL)).stream("EncryptionInfo")
    spoiled = compound_of({"EncryptionInfo": info[:4100], "EncryptedPackage": bytes(4200)})
    for closed in (lock(package, "园区2026"), spoiled.replace(info[8:40], bytes(32))):
        assert opened_package(closed) == closed
        with pytest.raises(UnreadableError, match="file_encrypted"):
            recognise(closed)


@pytest.mark.parametrize(
    ("key", "ciphered"),
    [
        (16, "69c4e0d86a7b0430d8cdb78070b4c55a"),
        (24, "dda97ca4864cdfe06eaf70a0ec0d7191"),
        (32, "8ea2b7ca516745bfeafc49904b496089"),
    ],
)
def test_aes_deciphers_the_vectors_of_fips_197_appendix_c(key, ciphered):
    assert decipher(bytes(range(key)), bytes.fromhex(ciphered)) == bytes(range(0, 0x100, 0x11))


def test_rc4_gives_the_stream_of_rfc_6229():
    assert _rc4(bytes(range(1, 17)), 16).hex() == "9ac7cc9a609d1ef7b2932899cde41b97"


@pytest.mark.parametrize("bits", [40, 128])
def test_the_cipher_of_later_excel_is_opened_too(bits):
    """[MS-OFFCRYPTO] 2.3.5: RC4 CryptoAPI; blocks of 1024 bytes, heads of records stay plain."""
    word, salt, verifier = "VelvetSweatshop".encode("utf-16-le"), bytes(range(16)), b"v" * 16
    cipher = _Cipher("sha1", sha1(salt + word).digest(), bits // 8)
    proof = _ciphered(verifier + sha1(verifier).digest(), cipher)
    header = struct.pack("<IIIIIIII", 4, 0, 0x6801, 0x8004, bits, 1, 0, 0) + b"C\0\0\0"
    body = struct.pack("<HHHII", 1, 4, 2, 4, len(header)) + header
    body += struct.pack("<I", 16) + salt + proof[:16] + struct.pack("<I", 20) + proof[16:]
    locked = xls(BOOK, body)
    container = CompoundFile(locked)
    stream = container.stream("Workbook")
    data = container.with_stream(_masked(stream, _ciphered(stream, cipher)), "Workbook")
    assert recognise(mended_xls(data)) is Kind.XLS
    with pytest.raises(UnreadableError, match="file_encrypted"):
        recognise(mended_xls(data.replace(salt, bytes(16))))


def _masked(plain, ciphered):
    """Encipher the bodies of records, as a writer does."""
    out, at = bytearray(plain), 0
    while at + 4 <= len(plain):
        kind, length = struct.unpack_from("<HH", plain, at)
        start = at + 8 if kind == 0x85 else at + 4
        if kind not in (0x809, 0x2F):
            out[start : at + 4 + length] = ciphered[start : at + 4 + length]
        at += 4 + length
    return bytes(out)


@pytest.mark.parametrize("ending", ["xlsx", "xls", "ods"])
def test_a_pivot_table_is_no_ledger(tmp_path, ending):
    """Its rows would be recorded twice: once from the table that it adds up."""
    services = Program().create(str(tmp_path / "p.park"))
    path = str(WORKBOOKS / f"pivot.{ending}")
    (file,) = services.importing.preview([path]).files
    assert [table.place[0] for table in file.tables] == ["房屋"]
    assert [(each.sheet, each.reason) for each in file.ignored] == [("楼栋", "pivot")]
    (asked,) = services.importing.preview([path], ImportOptions(sheets=("楼栋",))).files
    assert len(asked.tables) == 1
    services.close()


def test_a_pivot_table_of_xlsb_is_found(tmp_path):
    parts = unzipped(xlsb(BOOK))
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/pivotTable"
    parts["xl/worksheets/_rels/sheet1.bin.rels"] = (
        f'<Relationships><Relationship Id="rId1" Type="{kind}" Target="../pivotTables/p1.bin"/>'
        "</Relationships>"
    ).encode()
    parts["xl/pivotTables/p1.bin"] = b"\xba\x02\x24" + struct.pack("<9I", 1, 3, 0, 3, 0, 0, 0, 0, 0)
    path = tmp_path / "a.xlsb"
    path.write_bytes(zipped(parts))
    (marks,) = read_marks(path, lambda _rows: None)
    assert marks.pivots == [tuple(Merge(2, 1, 4, 4))]


def test_cells_that_are_there_and_not_read_are_no_success(tmp_path):
    parts = unzipped(ods(BOOK))
    for old, new in ((b"<table:", b"<t:"), (b"</table:", b"</t:"), (b" table:", b" t:"),
                     (b"xmlns:table=", b"xmlns:t=")):  # fmt: skip
        parts["content.xml"] = parts["content.xml"].replace(old, new)
    far = b"<?far " + b"x" * 30_000 + b"?><office:document-content"  # beyond where names are mended
    parts["content.xml"] = parts["content.xml"].replace(b"<office:document-content", far)
    path = tmp_path / "a.ods"
    path.write_bytes(zipped(parts))
    with pytest.raises(InputError) as refusal:
        ExcelReader().read(str(path))
    assert refusal.value.code == "importing.sheet_unread"
    assert refusal.value.params["sheet"] == "房屋"


def test_rows_that_calamine_loses_are_said_to_be_missing(tmp_path):
    """Where two engines disagree on the rows, the person is told; rows of .xlsb out of order."""
    parts = unzipped(xlsb(Book([["名称", "面积"], *([f"{n}#", 1.0] for n in range(9))])))
    sheet = "xl/worksheets/sheet1.bin"
    head = b"\x00\x11"
    for old, new in ((9, 99), (0, 9), (99, 0)):
        at = struct.pack("<I", old) + struct.pack("<I", 0)
        assert head + at in parts[sheet]
        parts[sheet] = parts[sheet].replace(head + at, head + struct.pack("<II", new, 0))
    path = tmp_path / "a.xlsb"
    path.write_bytes(zipped(parts))
    (read,) = ExcelReader().read(str(path)).sheets
    assert read.notes == ("rows_unread",)


def test_a_damaged_sheet_is_named(tmp_path):
    parts = {name: text.encode() for name, text in xlsx_parts(BOOK).items()}
    sheet = "xl/worksheets/sheet1.xml"
    path = tmp_path / "a.xlsx"
    path.write_bytes(zipped({**parts, sheet: parts[sheet][:-200]}))
    with pytest.raises(InputError) as refusal:
        ExcelReader().read(str(path))
    assert refusal.value.code == "importing.sheet_damaged"
    assert refusal.value.params["sheet"] == "房屋"


def test_rows_repeated_beyond_the_memory_are_called_too_many(tmp_path):
    row = (b'<table:table-row table:number-rows-repeated="1000000"><table:table-cell office:value'
           b'-type="float" office:value="1"/></table:table-row></table:table>')  # fmt: skip
    parts = unzipped(ods(Book([["名称"] * 20, *([[1.0] * 20] * 2)])))
    parts["content.xml"] = parts["content.xml"].replace(b"</table:table>", row)
    path = tmp_path / "a.ods"
    path.write_bytes(zipped(parts))
    (marks,) = read_marks(path, lambda _rows: None)
    assert marks.vast


def test_a_cell_below_a_vast_gap_of_an_ods_is_left_out_and_said(tmp_path):
    row = (b'<table:table-row table:number-rows-repeated="1000000"><table:table-cell/>'
           b"</table:table-row><table:table-row><table:table-cell office:value-type=\"float\" "
           b'office:value="1"/></table:table-row></table:table>')  # fmt: skip
    parts = unzipped(ods(BOOK))
    parts["content.xml"] = parts["content.xml"].replace(b"</table:table>", row)
    path = tmp_path / "a.ods"
    path.write_bytes(zipped(parts))
    ((head, rows),) = ((head, list(rows)) for head, rows in read_sheets(path, near=True))
    assert (len(rows), head.notes) == (4, ["cells_far_away"])


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"ID;PWXL;N;E\n", "SYLK"), (b"TABLE\n0,1\n", "DIF"), (b"RIFF\0\0\0\0WEBPVP8 ", "WebP"),
        (b"\0\0\0\x18ftypheic", "HEIC / MP4"), (b"\0\0\x1a\0\0\x10", "Lotus 1-2-3"),
        (b"BM" + bytes(60), "BMP"), (zipped({"Index/Document.iwa": b"x"}), "Numbers / Pages"),
        (zipped({"visio/document.xml": b"x"}), "Visio"),
        (zipped({"mimetype": b"application/epub+zip"}), "EPUB"),
        (zipped({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b""}),
         "Word"),
    ],
)  # fmt: skip
def test_what_is_no_workbook_is_called_by_its_name(data, kind):
    with pytest.raises(UnreadableError) as refusal:
        recognise(data)
    assert refusal.value.params == {"kind": kind}


def test_a_lock_file_of_a_spreadsheet_program_is_named():
    with pytest.raises(UnreadableError, match="lock_file"):
        recognise(b"\x05admin" + b" " * 49 + b"\x05\0" + "admin".ljust(54).encode("utf-16-le"))


def test_a_text_whose_first_heading_is_bm_is_no_picture():
    """BM, MC, MJ: 编码, 名称, 面积 by their initials, as many systems export them."""
    assert recognise("BM,MC,MJ\nA1,一号厂房,100\n".encode("gbk")) is Kind.TEXT


@pytest.mark.parametrize("encoding", ["utf-8", "gbk"])
def test_a_field_cut_within_a_character_loses_no_row(encoding):
    good = "编号,名称,面积\n" + "".join(f"A{n},云湖产业园{n}号厂房,5\n" for n in range(60))
    data = good.encode(encoding).replace("57号厂房".encode(encoding), b"57\xff", 1)
    ((head, rows),) = ((head, list(rows)) for head, rows in read_csv(decoded(data), "a"))
    assert len(rows) == 61
    assert head.notes == ["bad_characters"]
    with pytest.raises(UnreadableError, match="encoding_unknown"):
        decoded(b"\xff" + good.encode(encoding))


@pytest.mark.parametrize(
    ("text", "encoding"),
    [("Gebäude,Fläche,Höhe\n", "latin-1"),
     ("编号,名称,面积\nA1,一号厂房,5\n", "hz"), ("编号,名称,建筑面积\nA1,一号厂房,5\n", "utf-7")],
)  # fmt: skip
def test_an_encoding_that_is_not_read_is_refused_as_one(text, encoding):
    """They were read as rare Chinese characters, or as ASCII, and no header was found."""
    with pytest.raises(UnreadableError, match="encoding_unknown"):
        decoded((text * 5).encode(encoding))


@pytest.mark.parametrize(
    ("text", "encoding", "name"),
    [("番号,名称,床面積\n1,第一工場ビルディング,100\n", "cp932", "Shift-JIS"),
     ("番号,名称,床面積\n1,第一工場ビルディング,100\n", "euc_jp", "EUC-JP"),
     ("건물명,건축면적,소재지\n1호공장,12000,인천광역시\n", "cp949", "EUC-KR"),
     ("樓棟名稱,建築面積,使用狀態\nA1,12000,出租\n", "cp950", "Big5")],
)  # fmt: skip
def test_an_encoding_that_explains_why_nothing_was_understood_is_named(
    services, tmp_path, text, encoding, name
):
    path = tmp_path / "a.csv"
    path.write_bytes(text.encode(encoding))
    with pytest.raises(InputError) as fault:
        services.importing.preview([str(path)])
    assert fault.value.code == "importing.encoding_perhaps"
    assert fault.value.params["encoding"] == name


@pytest.mark.parametrize("encoding", ["utf-8", "gbk"])
def test_chinese_without_a_table_is_no_other_encoding(services, tmp_path, encoding):
    path = tmp_path / "a.csv"
    path.write_bytes("关于园区盘活工作的通知\n各单位：请于月底前报送\n".encode(encoding))
    with pytest.raises(InputError) as fault:
        services.importing.preview([str(path)])
    assert fault.value.code == "importing.no_table"


def test_a_telephone_number_with_a_plus_is_no_utf_7():
    text = "code,name,phone\nA1,Hall 1,+8613812345678\nA2,Hall 2,+4930123456\n"
    assert decoded(text.encode()) == text


def test_big5_is_read_as_such_and_said_and_traditional_chinese_in_gbk_stays(tmp_path):
    text = "編號,廠房名稱,建築面積\n" + "".join(f"A{n},園區標準廠房,{n}\n" for n in range(9))
    for encoding, notes in (("big5", ["read_as_big5"]), ("gbk", []), ("utf-8", [])):
        path = tmp_path / f"{encoding}.csv"
        path.write_bytes(text.encode(encoding))
        [(head, rows)] = read_sheets(path)
        assert (next(rows), head.notes) == (["編號", "廠房名稱", "建築面積"], notes)


def test_a_file_name_that_is_no_line_of_text_is_kept_as_one(tmp_path):
    path = tmp_path / "台账\n一.csv"
    path.write_text("编号,名称\nA1,一号厂房\n", "utf-8")
    assert ExcelReader().read(str(path)).name == "台账\ufffd一.csv"


def test_a_comment_of_an_xml_spreadsheet_is_no_part_of_its_cell():
    cell = "<Cell><Data>一号</Data><Comment><Data>旧名老仓库</Data></Comment></Cell>"
    xml = f"<Workbook><Worksheet><Table><Row>{cell}</Row></Table></Worksheet></Workbook>"
    [(_, rows)] = read_markup(xml, "台账")
    assert list(rows) == [["一号"]]


def test_a_page_with_a_vast_row_is_read_up_to_column_zz():
    page = f"<table><tr>{'<td>1</td>' * 800}</tr><tr><td>A1</td></tr></table>"
    [(head, rows)] = read_markup(page, "台账")
    assert ([len(row) for row in rows], head.notes) == ([702, 702], ["columns_beyond"])


def test_text_that_excel_writes_as_a_formula_is_text_in_headings_too():
    ((_, rows),) = read_csv(decoded(b'="code",="name"\r\n="00123",x\r\n\x1a'), "a")
    assert list(rows) == [["code", "name"], ["00123", "x"]]


def test_markup_that_ends_early_is_said_to(tmp_path):
    table = "<table><tr><td>编号</td><td>面积</td></tr><tr><td>A1</td><td>2</td></tr>"
    ((head, rows),) = read_markup(f"<div>台账</div>{table}", "a")
    assert (len(list(rows)), head.notes) == (2, ["cut_off"])
    with pytest.raises(UnreadableError, match="file_damaged"):
        list(read_markup('<?xml version="1.0"?><Workbook><Worksheet ss:Name="a"><Table><Row>', "a"))
    path = tmp_path / "a.xls"
    path.write_text(f"<div>台账</div>{table}</table>", "utf-8")
    assert _rows(path) == [["编号", "面积"], ["A1", "2"]]


def test_a_table_that_a_page_lays_out_in_a_cell_is_read_and_a_note_in_a_cell_stays_there():
    ledger = (
        "<table><tr><th>编号</th><th>备注</th></tr>"
        "<tr><td>A1</td><td>见<table><tr><td>附注</td></tr></table></td></tr></table>"
    )
    page = f"<table><tr><td>{ledger}</td><td></td></tr></table>" + "<table><tr><td>" * 3000
    [(_, rows)] = read_markup(page, "台账")
    assert [list(row) for row in rows] == [["编号", "备注"], ["A1", "见附注"]]
