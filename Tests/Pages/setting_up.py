"""From an empty county to one with registers, accounts and stations."""

import made_up
from made_up import MadeStation, STATIONS
from paper import pdf_text, squeezed
from stage import ADMIN, PEOPLE


def first_log_in(stage):
    browser, checks = stage.browser, stage.checks
    printed = stage.county.command("account", "add", ADMIN, "--role", "admin")
    once = next(line.split(": ")[1] for line in printed.splitlines() if "one-time password" in line)
    browser.become(ADMIN)
    browser.open("/")
    checks.that("without a session every page leads to the log-in", browser.path.startswith("/login"), browser.path)
    browser.look("log-in")
    said = browser.send("/login", name=ADMIN, password="not the password")
    checks.holds("a wrong password is said", said, "不正确")
    browser.look("log-in refused", 403)
    browser.send("/login", name=ADMIN, password=once.lower())
    checks.that("the one-time password leads to a password of one's own", browser.path.startswith("/password"), browser.path)
    browser.look("first password")
    browser.open("/accounts")
    checks.that("nothing else opens before that", browser.path.startswith("/password"), browser.path)
    said = browser.send("/password", new="short", again="short")
    checks.holds("a short password is refused with the rule", said, "10")
    browser.look("first password refused", 422)
    browser.open("/")
    said = browser.send("/password", new="four words in a row", again="four words in a rowboat")
    checks.holds("two passwords that differ are refused", said, "不一致")
    stage.passwords[ADMIN] = "four words in a row"
    said = browser.send("/password", new=stage.passwords[ADMIN], again=stage.passwords[ADMIN])
    checks.that("an empty county opens with its set-up page", browser.path == "/setup", browser.path)
    checks.holds("the set-up page names the next step", said, "下一步：第 1 步")
    browser.become("nobody")
    browser.open("/login")
    said = browser.send("/login", name=ADMIN, password=once)
    checks.holds("the one-time password works once", said, "不正确")


def set_up_page(stage):
    browser, checks = stage.browser, stage.checks
    stage.as_(ADMIN, "/setup")
    browser.look("set-up, empty")
    rows = browser.rows("table")
    checks.equal("the set-up page has five steps", sorted({row["步骤"] for row in rows}), ["1", "2", "3", "4", "5"])
    name, data = browser.download(browser.one("#table tbody a[href*='template.csv']"))
    checks.that("a template is a CSV with a byte order mark", data.startswith(b"\xef\xbb\xbf"), name)
    checks.holds("with Chinese headers", data.decode("utf-8-sig"), "区划代码", "乡镇")
    checks.holds("and a Chinese name", name, "乡镇")
    said = browser.open("/setup?lang=en")
    checks.holds("the page speaks English by choice", said, "Setting up the county")
    browser.look("set-up, empty, English")
    browser.open("/setup?lang=zh")
    paths = ("/today", "/parcels", "/runs", "/registers", "/accounts", "/audit", "/quarantine", "/manifests", "/reports")
    # A short run looks at these when something stands on them.
    for path in () if stage.is_short else paths:
        browser.open(path)
        browser.look(f"empty county {path[1:]}")


def load(stage, kind, data):
    stage.browser.open(f"/registers/upload/{kind}")
    path = stage.sheet(f"{kind}.csv", data)
    return stage.browser.send(f"/registers/upload/{kind}", sheet=path)


def registers(stage):
    browser, checks = stage.browser, stage.checks
    stage.as_(ADMIN)
    said = load(stage, "township", made_up.township_sheet())
    checks.holds("a sheet of townships is loaded", said, "共 3 行")
    browser.look("sheet loaded")
    said = load(stage, "village", made_up.bad_village_sheet())
    checks.holds("a bad sheet names row, column and fix", said, "3", "4", "5", "区划代码", "人口")
    browser.look("sheet refused", 422)
    browser.open("/registers/village")
    checks.holds("nothing of a bad sheet is loaded", browser.text(), "没有记录")
    said = load(stage, "village", made_up.csv(["区划代码", "人口"], [["999900101401", "100"]]))
    checks.holds("a column that is missing is named", said, "村名")
    browser.look("sheet without a column", 422)
    said = load(stage, "village", b"PK\x03\x04 no sheet at all \xff\xfe")
    browser.look("no sheet", 422)
    said = load(stage, "village", made_up.village_sheet())
    checks.holds("a good sheet is loaded whole", said, f"共 {len(made_up.VILLAGES)} 行")
    for kind, data, count in (
        ("operatorFirm", made_up.firm_sheet(), 2),
        ("site", made_up.site_sheet(), 4),
        ("staff", made_up.staff_sheet(), 3),
    ):
        said = load(stage, kind, data)
        checks.holds(f"a sheet of the register {kind} is loaded", said, f"共 {count} 行")
    said = load(stage, "village", made_up.village_sheet())
    checks.holds("a sheet may be loaded again and changes nothing", said, "新增或修改 0 行")
    browser.open("/registers/village")
    browser.look("register of villages")
    checks.equal("the register has what the sheet had", len(browser.rows("table")), len(made_up.VILLAGES))
    checks.holds("HTML in a village's name is shown as text", browser.text(), made_up.HTML)
    browser.open("/registers/site")
    browser.look("register of sites")
    browser.open("/registers/site/BL-001")
    browser.look("one site")
    others = ("staff", "operatorFirm", "township", "operatorReport", "add/operatorReport")
    for path in ("add/site", "upload/site") + (() if stage.is_short else others):
        browser.open(f"/registers/{path}")
        browser.look(f"register {path}")


def accounts(stage):
    browser, checks = stage.browser, stage.checks
    stage.as_(ADMIN)
    for name, (role, person, more) in PEOPLE.items():
        browser.open("/accounts")
        browser.send("/accounts", name=name, person=person, role=role, **more)
        facts = browser.facts()
        checks.equal(f"the admin makes {name} by page", facts.get("账号"), name)
        stage.sheets[name] = facts.get("一次性密码")
        if name == "wang":
            address = browser.path
            browser.look("account sheet")
            pdf = browser.print("account sheet")
            checks.that("it prints", pdf.startswith(b"%PDF"))
            browser.driver.refresh()
            checks.holds("a sheet is shown once", browser.text(), "只显示一次")
            browser.look("sheet seen before", 404)
            checks.that("its address holds no password", stage.sheets[name] not in address, address)
    browser.open("/accounts")
    browser.look("accounts")
    said = browser.send("/accounts", name="wang", person="又一个", role="clerk")
    checks.holds("a name is taken once", said, "wang")
    browser.look("account refused", 422)
    browser.open("/accounts")
    said = browser.send("/accounts", name="nobrand", person="无品牌", role="carrier")
    checks.holds("a carrier needs brands", said, "品牌")
    browser.open(f"/accounts/{ADMIN}")
    browser.look("own account")
    said = browser.send(f"/accounts/{ADMIN}/disable")
    checks.that("the last admin cannot switch himself off", browser.status() in (409, 422), said[:200])
    browser.look("last admin stays", browser.status())
    for name in PEOPLE:
        stage.log_in(name, stage.sheets[name])
        stage.passwords[name] = f"{name} has four words"
        browser.send("/password", new=stage.passwords[name], again=stage.passwords[name])
        checks.that(f"{name} comes in", browser.status() == 200 and browser.path != "/password", browser.path)


def enrolments(stage):
    browser, checks = stage.browser, stage.checks
    stage.as_("wang", "/enrolments")
    browser.look("enrolment sheets")
    browser.send("/enrolments", which="waiting", days="30")
    browser.look("enrolment sheets to print")
    pdf = browser.print("enrolment sheets")
    pages = pdf_text(pdf).split("\f")
    counts = {name: sum(name in squeezed(page) for page in pages) for name in STATIONS.values()}
    checks.equal("each prints on a page of its own", counts, {name: 1 for name in STATIONS.values()})
    tokens = [one.text for one in browser.all(".facts dd") if one.text.startswith("VL") or one.text.count(".") == 3]
    stage.tokens = {token.split(".")[1]: token for token in tokens}
    checks.equal("one sheet a station, all at once", sorted(stage.tokens), sorted(STATIONS.values()))
    checks.equal("each with a QR code", len(browser.all("figure svg")), len(STATIONS))
    browser.open("/enrolments")
    browser.look("enrolment sheets, open")
    text = browser.text()
    checks.lacks("no token stands on the list", text, *tokens)
    said = browser.send("/enrolments/revoke", station=STATIONS["new"])
    checks.that("a sheet is revoked", len(browser.rows("table")) == len(STATIONS) - 1, said)
    for key in ("busy", "other", "silent"):
        station = MadeStation(stage.county, STATIONS[key], stage.tokens[STATIONS[key]])
        station.enrol()
        stage.stations[key] = station
    refused = MadeStation(stage.county, STATIONS["new"], stage.tokens[STATIONS["new"]])
    try:
        refused.enrol()
        checks.that("a revoked token enrols nobody", False)
    except AssertionError:
        checks.that("a revoked token enrols nobody", True)


def manifests(stage):
    browser, checks = stage.browser, stage.checks
    stage.as_("wang", "/manifests")
    browser.look("manifest")
    header = ["运单号", "品牌", "经营企业", "手机号", "村"]
    bad = [["SF1000000000011", "SF", made_up.FIRM, "13800005678", "没有的村"], ["7.73E+14", "SF", made_up.FIRM, "", "北留村"]]
    path = stage.sheet("bad.csv", made_up.csv(header, bad))
    said = browser.send("/manifests", station=STATIONS["busy"], sheet=path)
    faults = ["第 2 行，“村”", "没有这个村", "第 3 行，A 列“运单号”", "设置单元格格式"]
    checks.holds("a bad manifest names rows, columns and fixes", said, *faults)
    browser.look("manifest refused", 422)
    good = [["SF1000000000011", "SF", made_up.FIRM, "13800005678", "史山村"]]
    good += [["773276912345678", "STO", made_up.FIRM, "", "北留村"], ["YT8962646785389", "YTO", made_up.FIRM, "", ""]]
    path = stage.sheet("good.csv", made_up.csv(header, good))
    browser.open("/manifests")
    said = browser.send("/manifests", station=STATIONS["busy"], sheet=path)
    checks.holds("a good manifest is loaded", said, "已导入 3 件")
    browser.look("manifest loaded")
    stage.as_(ADMIN, "/setup")
    browser.look("set-up, done")
PARTS = [first_log_in, set_up_page, registers, accounts, enrolments, manifests]
