"""The month report: what it says, how a clerk closes it, its page for paper, and a correction of what came late."""

import copy, csv, hashlib, io, re, time

import made_up, months
from made_up import FIRM, NAMES, STATIONS
from paper import pdf_pages, pdf_text, squeezed
from setting_up import load

SECONDS = 20


def own_figures(stage):
    """What a firm says of a village without a station, by sheet: in columns of its own, added to nothing."""
    browser, checks = stage.browser, stage.checks
    stage.as_("wang", "/registers/operatorReport")
    name, data = browser.download(browser.one("main a[href*='template.csv']"))
    header = [cell.split("（")[0] for cell in next(csv.reader(io.StringIO(data.decode("utf-8-sig"))))]
    values = {"月份": stage.month, "村": "王家庄村", "品牌": "顺丰速运", "下行": "41", "上行": "7"}
    values = {**values, "到村天数": "26", "填报单位": FIRM}
    said = load(stage, "operatorReport", made_up.csv(header, [[values.get(name, "") for name in header]]))
    checks.holds("a firm's own figures are loaded", said, "共 1 行")
    browser.look("own figures loaded", browser.status())


def report(stage):
    browser, checks = stage.browser, stage.checks
    said = stage.as_("wang", "/reports")
    browser.look("reports")
    checks.holds("the list has the month that is over", said, stage.month)
    said = browser.open(f"/reports/{stage.month}")
    browser.look("month report, open")
    checks.holds("what is over and open says so", said, "尚未关账")
    found = {(row["行政村"], row["品牌"]): row for row in browser.rows("table-report") or browser.rows("table")}
    for (village, brand, figure), count in months.figures(stage).items():
        column = {"received": "下行件数", "accepted": "上行件数"}[figure]
        text = found.get((village, brand), {}).get(column, "no row")
        checks.equal(f"{village} {brand} {figure}", text.replace("≥", "").strip(), str(count))
    row = found.get(("东冶村", "合计"), {})
    sundays = sum(day.weekday() == 6 for day in stage.days)
    checks.equal("days without a run are not visited", row.get("未到天数"), str(sundays))
    row = found.get(("北留村", "合计"), {})
    checks.equal("days with one are visited", row.get("已到天数"), str(len(stage.days)))
    row = found.get(("润城村", "合计"), {})
    checks.that("days that nobody knows are unknown", row.get("未知天数", "0") not in ("0", ""), row)
    row = found.get(("石苑村", "合计"), {})
    checks.equal("what a station that never came took in is unknown", row.get("下行件数"), "未知")
    row = found.get(("王家庄村", "顺丰"), found.get(("王家庄村", "合计"), {}))
    checks.equal("what a firm says stands apart", (row.get("企业填报下行"), row.get("下行件数", "")), ("41", ""))
    for period, status in ((stage.last, 200), (stage.last.year, 200), (f"{stage.today:%Y-%m}", 200), ("2020-13", 404)):
        browser.open(f"/reports/{period}")
        browser.look(f"report {period}", status)
    browser.open("/reports?period=Mai")
    browser.look("report, no period")
    said = browser.open(f"/reports/{stage.today:%Y-%m}/close")
    checks.holds("a month that is not over is not closed", said, "尚未结束")
    browser.look("closing too early")
    stage.as_("qian", f"/reports/{stage.month}")
    browser.look("carrier: month report")
    checks.lacks("a carrier's report has its brand alone", browser.text(), "YTO", "STO", "圆通", "申通")
    browser.open(f"/reports/{stage.month}/close")
    checks.equal("and is not closed by him", browser.status(), 403)


def closing(stage):
    browser, checks = stage.browser, stage.checks
    stage.as_("wang", f"/reports/{stage.month}")
    browser.open(f"/reports/{stage.month}/print")
    browser.look("draft for printing")
    checks.holds("a draft says that it is one", browser.text(), "草稿")
    said = browser.open(f"/reports/{stage.month}/close")
    browser.look("closing")
    checks.holds("closing lists what is unknown", said, STATIONS["silent"], STATIONS["new"], "0356-4220305")
    path = f"/reports/{stage.month}/close"
    twice = browser.body(path, known=True)
    form = browser.fill(path, known=False)
    browser.driver.execute_script("arguments[0].noValidate = true", form)
    said = browser.press(form)
    checks.that("nothing is closed unless that is known", browser.status() == 422, browser.status())
    browser.look("closing refused", 422)
    said = browser.send(path, known=True)
    checks.that("a clerk closes the month", browser.path == f"/reports/{stage.month}" and "已关账" in said, browser.path)
    browser.look("month report, closed")
    frozen = browser.rows("table-frozen")
    stage.hash = frozen[0]["SHA-256"] if frozen else ""
    checks.that("the page shows the hash", re.fullmatch("[0-9a-f]{64}", stage.hash), stage.hash)
    name, data = browser.download(browser.one("#table-frozen a[href*='frozen/0.csv']"))
    checks.equal("which is that of the file", hashlib.sha256(data).hexdigest(), stage.hash)
    checks.that("the frozen file is plain", not data.startswith(b"\xef\xbb\xbf") and b"\r" not in data, name)
    said = stage.county.command("report", "verify")
    checks.holds("report verify computes it again", said, stage.hash[:12])
    said = browser.open(path)
    checks.holds("a closed month says so", said, "关账", "wang")
    browser.look("closed already")
    status, headers, _ = stage.county.ask(path, browser.cookies, twice)
    checks.that("closing it twice does nothing", status in (303, 409), status)
    stage.as_("chen")
    browser.open(path)
    frozen = [entry for entry in audit(stage, "periodClosed") if stage.month in str(entry)]
    checks.equal("it is closed once", len(frozen), 1)


def audit(stage, action):
    stage.as_("sun", f"/audit?action={action}")
    return stage.browser.rows("table")


def printed(stage):
    browser, checks = stage.browser, stage.checks
    stage.as_("wang", f"/reports/{stage.month}/print")
    browser.look("month report for printing")
    data = browser.print("month report")
    text = squeezed(pdf_text(data))
    signed = ["填报单位（盖章）", "单位负责人", "审核人", "填报人", "联系电话", "填报日期"]
    checks.holds("the printed page has its title and who signs", text, "快件进村数据信息汇总", "阳城县", *signed)
    checks.holds("and the hash", text, stage.hash)
    checks.holds("and the rows", text, NAMES["北留村"], "北留村", "合计")
    pages = pdf_pages(data)
    checks.that("on A4, across, on few pages", set(pages) == {(842, 596)} and len(pages) <= 3, pages)
    checks.lacks("without menu and forms", text, "退出", "筛选", "操作日志")


def correction(stage):
    browser, checks = stage.browser, stage.checks
    months.rest_of_silent(stage.stations["silent"], stage)
    stage.stations["silent"].deliver()
    stage.as_("wang")
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        said = browser.open(f"/reports/{stage.month}")
        if browser.has_link("出具更正"):
            break
        time.sleep(0.3)
    checks.that("what comes late adds up as differences", browser.has_link("出具更正"), said[:400])
    browser.look("month report with differences")
    checks.equal("what is closed stays", browser.rows("table-frozen")[0]["SHA-256"], stage.hash)
    browser.follow("出具更正")
    browser.look("correction")
    path = f"/reports/{stage.month}/correct"
    has_unknown = bool(browser.form(path).find_elements("name", "known"))
    said = browser.send(path, **({"known": True} if has_unknown else {}))
    checks.holds("a clerk issues correction 1", said, "更正第 1 号")
    browser.look("month report, corrected")
    frozen = browser.rows("table-frozen")
    checks.equal("report and correction stand side by side", len(frozen), 2)
    checks.equal("the report as it was", frozen[0]["SHA-256"], stage.hash)
    checks.that("nothing is open any more", not browser.has_link("出具更正"))
    browser.open(f"/reports/{stage.month}/print/1")
    browser.look("correction for printing")
    text = squeezed(pdf_text(browser.print("correction")))
    checks.holds("a correction prints what changes", text, "更正第1号", frozen[1]["SHA-256"], "润城村")
    browser.open(f"/reports/{stage.month}/print")
    checks.holds("the closed page speaks of it", browser.text(), "另有 1 份更正")
    said = stage.county.command("report", "verify")
    checks.holds("report verify knows both", said, stage.hash[:12], frozen[1]["SHA-256"][:12])
    entries = audit(stage, "correctionIssued")
    checks.that("the log says who issued it", entries and entries[0]["账号"].startswith("wang"), entries)
    stage.as_("qian", f"/reports/{stage.month}")
    checks.lacks("a carrier's closed report has its brand alone", browser.text(), "YTO", "STO", "圆通", "申通")
    browser.look("carrier: closed report")
    browser.open(f"/reports/{stage.month}/print")
    checks.lacks("so has its page for paper", browser.text(), "YTO", "STO", "圆通", "申通")
    browser.look("carrier: report for printing")
    stage.as_("zhao", "/reports")
    browser.look("reports, closed")


def fork(stage):
    """A board that was put back to an old state tells another story of days that are closed."""
    browser, checks = stage.browser, stage.checks
    twin = copy.copy(stage.stations["other"])
    last = len(twin.lines) - 2
    twin.lines, twin.hashes = twin.lines[:last], twin.hashes[: last + 1]
    twin.run(twin.last, f"{stage.last}-9")
    status, answer = twin.send(last + 1, last + 1)
    checks.equal("a chain that forks is refused", (status, answer.get("type", "")[-12:]), (409, "chain-forked"))
    said = stage.as_("zhao", f"/stations/{STATIONS['other']}")
    browser.look("station that forked")
    checks.holds("the station's page says it", said, "分叉")
    stage.as_("wang", f"/reports/{stage.month}")
    checks.equal("and changes nothing that is closed", browser.rows("table-frozen")[0]["SHA-256"], stage.hash)
    checks.that("nor adds to it", not browser.has_link("出具更正"))


PARTS = [own_figures, report, closing, printed, correction, fork]
