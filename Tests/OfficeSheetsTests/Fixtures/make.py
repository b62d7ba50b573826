#!/usr/bin/env python3
"""Writes the sheets beside this file: the same three parcels as offices save them. Run it after a change, then commit."""
import io
import pathlib
import zipfile

HERE = pathlib.Path(__file__).parent
HEADER = ["序号", "*快递公司", "快递单号", "收件人", "收件人电话（必填）", "规格", "备注"]
ROWS = [
    ["1", "顺丰", "SF7444404156506", "张三", "13812345678", "大", "易碎,轻放"],
    ["2", "圆通", "YT8962646785389", "李四", "139****4321", "S", ""],
    ["3", "中通", "773277027280338", "王五", "", "", "门卫说\"放门口\""],
]


def text(rows, separator=",", end="\r\n"):
    def cell(value):
        return '"' + value.replace('"', '""') + '"' if any(c in value for c in (separator, '"', "\n")) else value
    return end.join(separator.join(cell(value) for value in row) for row in rows) + end


def write(name, data):
    (HERE / name).write_bytes(data)


PLAIN = [HEADER] + ROWS
# A title above, formatted columns behind and formatted rows below, as "save as" leaves them.
FORMATTED = [["北留村 6月1日 预报单"] + [""] * 9, [""] * 10] + [row + [""] * 3 for row in PLAIN] + [[""] * 10] * 3
GUARDED = [row[:] for row in PLAIN]
GUARDED[1][4] = "１３８　１２３４　５６７８"
GUARDED[2][4] = "\u202d139****4321\u202c"
GUARDED[1][2] = "ＳＦ7444404156506\t"
GUARDED[2][2] = "'YT8962646785389"

write("csv-utf8.csv", text(FORMATTED).encode("utf-8-sig"))
write("csv-utf8-plain.csv", text(PLAIN, end="\n").encode("utf-8"))
write("csv-gbk.csv", text(FORMATTED).encode("gbk"))
write("csv-mac.csv", text(PLAIN, end="\r").encode("gbk"))
write("unicode-text.txt", b"\xff\xfe" + text(FORMATTED, "\t").encode("utf-16-le"))
write("utf16-little.csv", text(PLAIN).encode("utf-16-le"))
write("utf16-big.csv", text(PLAIN, "\t").encode("utf-16-be"))
write("utf16-big-mark.csv", b"\xfe\xff" + text(PLAIN).encode("utf-16-be"))
write("semicolon.csv", ("sep=;\r\n" + text(PLAIN, ";")).encode("utf-8-sig"))
# A shop's export: raw formulas, never quoted, so that Excel keeps the digits.
write("guarded.csv", text(GUARDED).replace("773277027280338", '="773277027280338"').encode("utf-8-sig"))
write("guarded-quoted.csv", text([[f'="{value}"' for value in row] for row in PLAIN]).encode("gbk"))

book = io.BytesIO()
with zipfile.ZipFile(book, "w") as file:
    file.writestr(zipfile.ZipInfo("xl/worksheets/sheet1.xml"), "<worksheet/>")
write("book.xlsx", book.getvalue())
write("book.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504))
write("page.xls", "<html><table><tr><td>运单号</td></tr></table></html>".encode("gbk"))
