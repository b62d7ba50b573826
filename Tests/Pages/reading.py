"""What people read: today, stations, waybills, runs; what each role does not see; files of tables; one phone number."""

import csv, datetime, io, time, zipfile
from xml.etree import ElementTree

import made_up, months
from made_up import NAMES, STATIONS
from months import FOLLOWED, FOREIGN, LONG, NASTY, PHONE, SHIPPED, WAITING

SECONDS = 20


def events(stage):
    """Lets the stations send what happened, and waits until the books have it."""
    browser, checks, stations = stage.browser, stage.checks, stage.stations
    months.busy(stations["busy"], stage)
    months.other(stations["other"], stage)
    months.silent(stations["silent"], stage)
    for station in stations.values():
        station.deliver()
    stations["busy"].gives_phone(WAITING, PHONE)
    doors = [("A01", "closed", "occupied", {}), ("A05", "unknown", "unknown", {"outOfService": months.NASTY_REASON})]
    stations["busy"].reports(stage.now, cameras=[("front", False, {"reason": "no answer within 5 s"})], doors=doors)
    stations["other"].reports(stage.now, cameras=[("front", True, {})], doors=[("B01", "closed", "empty", {})])
    stage.as_("zhao")
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        browser.open("/today")
        if browser.facts().get("今日下行", "").startswith("≥ 2") or browser.facts().get("今日下行", "").startswith("2"):
            break
        time.sleep(0.3)
    checks.that("what stations sent stands in the books", time.monotonic() < end, browser.facts())


def today(stage):
    browser, checks = stage.browser, stage.checks
    stage.as_("zhao", "/today")
    browser.look("today")
    browser.print("today")
    facts = browser.facts()
    checks.equal("two stations are silent", facts.get("失联站点"), "2")
    checks.equal("a camera is off", facts.get("摄像头离线"), "1")
    checks.equal("a door is out of service", facts.get("停用格口"), "1")
    towns = [row["区划代码"] for row in browser.rows("table-townships")]
    checks.equal("each township has its row", towns, [code for code, _ in made_up.TOWNSHIPS])
    rows = {row["行政村"]: row for row in browser.rows("table-villages")}
    checks.equal("each village has its row", len(rows), len(made_up.VILLAGES))
    checks.equal("a village with a run today is visited", rows["北留村"]["今日到村"], "已到")
    checks.equal("and was visited yesterday", rows["北留村"]["昨日到村"], "已到")
    checks.equal("so is one that its site reaches", rows["史山村"]["今日到村"], "已到")
    checks.equal("a silent station's village is unknown", rows["润城村"]["昨日到村"], "未知")
    checks.equal("a village without a site says so", rows["王家庄村"]["服务方式"], "无网点")
    checks.holds("HTML in a name is text", browser.text(), made_up.HTML)
    plots = [one.text for one in browser.all("figure")]
    visits = next((text.split() for text in plots if "每日到村情况" in text), [])
    day = f"{stage.today - datetime.timedelta(days=1):%m-%d}"
    checks.that("a plot shows the visits of yesterday", day in visits and visits[visits.index(day) + 1] != "0", plots[:1])
    rows = {row["站点"]: row for row in browser.rows("table-silent")}
    checks.equal("silent stations are listed", sorted(rows), sorted([STATIONS["silent"], STATIONS["new"]]))
    row = rows.get(STATIONS["silent"], {})
    checks.equal("with the published phone of the keeper", row.get("公布电话"), "0356-4220305")
    browser.open("/today?lang=en")
    browser.look("today, English")
    browser.open("/today?lang=zh")
    browser.click(browser.one("#table-villages thead a[href*='sort=code']"))
    codes = [row["区划代码"] for row in browser.rows("table-villages")]
    checks.equal("a table sorts by a click", codes, sorted(codes))
    browser.look("today, sorted")
    browser.open("/today?villages.filter=润城镇")
    checks.equal("a table filters", {row["乡镇"] for row in browser.rows("table-villages")}, {"润城镇"})
    browser.look("today, filtered")
    browser.open("/today?print=villages")
    browser.look("today, for printing")
    browser.print("today, villages")


def silent_station(stage):
    browser, checks = stage.browser, stage.checks
    stage.as_("zhao", "/today")
    said = browser.follow(STATIONS["silent"])
    checks.holds("a silent station says so, and since when", said, "失联", "记录只到", "0356-4220305")
    browser.look("silent station")
    said = browser.open(f"/stations/{STATIONS['busy']}")
    browser.look("station")
    checks.holds("a station shows what it reported", said, "A05", "front", "5 秒内无应答", made_up.HTML)
    said = browser.open(f"/stations/{STATIONS['new']}")
    checks.holds("a station that never came says so", said, "未入网")
    browser.look("station, never heard of")
    browser.open(f"/stations/{STATIONS['other']}")
    browser.look("station of the other firm")
    browser.open("/stations/yc-nowhere-0001")
    browser.look("station that is none", 404)
    said = browser.open(f"/villages/{NAMES['北留村']}")
    browser.look("village")
    checks.holds("a village has its site and parcels", said, "北留村便民服务站", WAITING)
    browser.open(f"/villages/{NAMES['王家庄村']}")
    browser.look("village without a site")
    browser.open("/villages/999900109999")
    browser.look("village that is none", 404)


def waybill(stage):
    browser, checks = stage.browser, stage.checks
    stage.as_("zhao", "/parcels")
    browser.look("waybill search")
    browser.fill("/parcels", waybill=FOLLOWED[-5:])
    browser.press(browser.form("/parcels"))
    browser.look("waybills found")
    checks.equal("a search by last digits finds it", [row["运单号"] for row in browser.rows("table-parcels")], [FOLLOWED])
    said = browser.follow(FOLLOWED)
    browser.look("waybill")
    lines = browser.rows("table-custody")
    words = [line["事件"] for line in lines]
    order = ["收到", "入柜", "收取"]
    places = [next((index for index, text in enumerate(words) if word in text), None) for word in order]
    checks.that("its line goes from the van to the hand", None not in places and places == sorted(places), words)
    stored = lines[places[1]] if places[1] is not None else {}
    opened = f"{stage.days[2]} 09:10"
    checks.holds("with door and the time for the camera", str(stored), "A01", opened)
    checks.holds("and people by number and name", said, "李师傅")
    browser.print("waybill")
    said = browser.open("/parcels/SF0000000000000")
    browser.look("waybill that is none", 404)
    browser.open(f"/parcels?waybill={NASTY[:4]}")
    said = browser.open("/parcels/" + "".join(f"%{byte:02X}" for byte in NASTY.encode()))
    checks.holds("HTML in a waybill is text", said, NASTY)
    browser.look("nasty waybill")
    browser.open("/parcels?waybill=" + "9" * 300)
    browser.look("endless search", browser.status())
    stage.as_("zhao", f"/parcels/{SHIPPED}")
    browser.look("shipment")


def runs(stage):
    browser, checks = stage.browser, stage.checks
    stage.as_("zhao", "/runs")
    browser.look("runs")
    browser.fill("/runs", **{"from": stage.first, "to": stage.last})
    said = browser.press(browser.form("/runs"))
    browser.look("runs of a month")
    rows = {row["线路"]: row for row in browser.rows("table-routes")}
    checks.equal("each route has its row", sorted(rows), ["北线-1", "南线-2"])
    sunday = next(day for day in stage.days if day.weekday() == 6)
    checks.equal("a day without a run is 0", rows["南线-2"].get(f"{sunday:%m-%d}"), "0")
    checks.that("a day that is not all there is no figure", "0" != rows["北线-1"].get(f"{stage.last:%m-%d}"))
    browser.print("runs of a month")
    browser.open("/runs?route=南线-2")
    checks.equal("runs of one route", {row["线路"] for row in browser.rows("table-visits")} - {"南线-2"}, set())


def cells(data):
    """The cells of a workbook's first sheet: place, type and text."""
    space = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    book = zipfile.ZipFile(io.BytesIO(data))
    texts = []
    if "xl/sharedStrings.xml" in book.namelist():
        for one in ElementTree.fromstring(book.read("xl/sharedStrings.xml")):
            texts.append("".join(part.text or "" for part in one.iter(f"{space}t")))
    found = {}
    for cell in ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml")).iter(f"{space}c"):
        kind, text = cell.get("t", "n"), cell.findtext(f"{space}v") or ""
        if kind == "inlineStr":
            text = "".join(part.text or "" for part in cell.iter(f"{space}t"))
        found[cell.get("r")] = (kind, texts[int(text)] if kind == "s" else text)
    return found


def files(stage):
    browser, checks = stage.browser, stage.checks
    stage.as_("zhao", f"/parcels?waybill={LONG[-6:]}")
    browser.driver.execute_script("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    name, data = browser.download(browser.one("#table-parcels a[href*='format=csv']"))
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    checks.that("a CSV has a byte order mark and its name", data.startswith(b"\xef\xbb\xbf") and name.endswith(".csv"), name)
    checks.equal("its waybill is text to an office program", rows[1][0], f'="{LONG}"')
    name, data = browser.download(browser.one("#table-parcels a[href*='format=xlsx']"))
    kinds = {kind for kind, text in cells(data).values() if text == LONG}
    checks.that("the waybill of a workbook is a text cell", kinds and kinds <= {"s", "inlineStr", "str"}, (name, kinds))
    browser.open("/today")
    browser.driver.execute_script("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    name, data = browser.download(browser.one("#table-villages a[href*='format=xlsx']"))
    texts = [text for _, text in cells(data).values()]
    kinds = {kind for kind, text in cells(data).values() if text == NAMES["北留村"]}
    checks.that("codes are text cells, too", kinds and kinds <= {"s", "inlineStr", "str"}, (name, kinds))
    checks.that("nothing of a name is a formula", made_up.HTML in texts, name)
    name, data = browser.download(browser.one("#table-villages a[href*='format=csv']"))
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    checks.equal("a CSV has all rows", len(rows), 1 + len(made_up.VILLAGES))


def carrier(stage):
    browser, checks = stage.browser, stage.checks
    said = stage.as_("qian", "/today")
    browser.look("carrier: today")
    menu = [one.text for one in browser.all("nav.menu a")]
    checks.lacks("a carrier's menu has no registers, accounts or log", menu, "台账", "账号", "操作日志", "查看电话", "班次")
    said = browser.open(f"/parcels/{WAITING}")
    checks.holds("a carrier sees a parcel of its brand", said, WAITING)
    browser.look("carrier: its waybill")
    for number in (FOREIGN, LONG, SHIPPED):
        said = browser.open(f"/parcels/{number}")
        checks.that(f"another brand's waybill {number} in the address is no page", browser.status() == 404, browser.status())
        checks.lacks("and nothing is shown of it", said, "YTO", "STO", "圆通", "申通", "A02", "B01")
    browser.look("carrier: another brand's waybill", 404)
    missing = browser.open("/parcels/YT0000000000000")
    checks.that("no more than of one that is not there", said.split("生成于")[0] == missing.split("生成于")[0])
    said = browser.open("/parcels?waybill=YT")
    checks.lacks("a search finds no other brand", said, FOREIGN, SHIPPED)
    said = browser.open("/parcels?waybill=0001")
    checks.lacks("nor in a list", said, "YTO", "STO", "圆通", "申通")
    browser.look("carrier: search")
    others = "/registers /runs /audit /accounts /phone /setup /quarantine".split()
    for path in [f"/stations/{STATIONS['busy']}"] + others:
        browser.open(path)
        checks.equal(f"a carrier has no {path}", browser.status(), 403)
    browser.look("carrier: not allowed", 403)
    said = browser.open(f"/villages/{NAMES['北留村']}")
    checks.lacks("a village shows its own brand alone", said, "YTO", "YT89", "圆通")
    browser.look("carrier: village")
    status, headers, data = stage.county.ask("/today?format=csv&table=villages", browser.cookies)
    checks.lacks("so does a file", data.decode("utf-8-sig"), "YTO", "STO", "圆通", "申通")
    stage.as_("feng", "/today")
    browser.look("operator: today")
    said = browser.open(f"/parcels/{LONG}")
    checks.equal("an operator does not see what another firm handles", browser.status(), 404)
    browser.open(f"/stations/{STATIONS['other']}")
    checks.that("nor its station", browser.status() in (403, 404), browser.status())
    said = browser.open(f"/parcels/{FOREIGN}")
    checks.holds("and sees all brands that it handles", said, "圆通")


def phone(stage):
    browser, checks = stage.browser, stage.checks
    stage.as_("zhao", f"/parcels/{WAITING}")
    browser.follow("查看收件人电话")
    browser.look("phone form")
    said = browser.send("/phone", waybill=WAITING, station=STATIONS["busy"], reason="急")
    checks.that("a look without a reason is refused", browser.status() == 422 and PHONE not in said, said[:300])
    browser.look("phone refused", 422)
    reason = "生鲜件，收件人未取，需电话联系"
    said = browser.send("/phone", waybill=WAITING, station=STATIONS["busy"], reason=reason)
    checks.holds("a dispatcher sees the number", said, PHONE)
    browser.look("phone shown once")
    stage.shown_once = browser.sources.pop("phone shown once")
    browser.driver.refresh()
    checks.that("once", PHONE not in browser.text() and browser.status() == 404, browser.text()[:200])
    browser.open("/phone")
    said = browser.send("/phone", waybill=FOLLOWED, station=STATIONS["busy"], reason=reason)
    checks.holds("where there is none it says so", said, "没有该运单的电话号码")
    stage.as_("sun", "/phone")
    checks.equal("an inspector looks at no number", browser.status(), 403)
    said = browser.open("/audit?action=phoneLooked")
    browser.look("audit log of looks")
    rows = browser.rows("table")
    checks.that("and reads who looked, at what, why", any(
        row["账号"].startswith("zhao") and WAITING in row["对象"] and reason in row["理由"] for row in rows
    ), rows[:2])
    checks.lacks("the log has no number", said, PHONE)
    browser.open("/audit")
    browser.look("audit log")
    text = browser.text()
    checks.holds("the log has exports and changes", text, "导出", "导入台账", "新增账号")


def inspector(stage):
    browser, checks = stage.browser, stage.checks
    stage.as_("sun", "/today")
    browser.look("inspector: today")
    for path in ("/registers/village", f"/registers/village/{NAMES['北留村']}", "/accounts", "/accounts/li", "/enrolments",
                 "/setup", "/manifests"):
        browser.open(path)
        browser.look(f"inspector: {path[1:]}")
        forms = [one.get_attribute("method") for one in browser.all("main form.form")]
        checks.lacks(f"an inspector changes nothing on {path}", forms, "post")
    browser.open("/quarantine")
    browser.look("events not understood")


PARTS = [events, today, silent_station, waybill, runs, files, carrier, phone, inspector]
