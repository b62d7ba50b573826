"""What goes wrong: forms twice, old, of two clerks at once; sessions that end; passwords that are tried."""

import re, time, urllib.parse

from made_up import HTML, NAMES
from months import PHONE
from stage import ADMIN

VILLAGE = f"/registers/village/{NAMES['大桥村']}"
# More than a session remembers.
FORMS = 70
# Each try waits longer than the one before, from the fifth on.
TRIES = 12


def sent_twice(stage):
    browser, checks = stage.browser, stage.checks
    stage.as_("wang", "/registers/add/operatorFirm")
    body = browser.body("/registers/add/operatorFirm", operator="两次提交快递有限公司")
    cookies = browser.cookies
    first = stage.county.ask("/registers/add/operatorFirm", cookies, body)
    again = stage.county.ask("/registers/add/operatorFirm", cookies, body)
    checks.equal("a form sent twice is done once and leads to the same page",
                 (first[0], again[0], first[1].get("location")), (303, 303, again[1].get("location")))
    browser.open("/registers/operatorFirm")
    names = [row["经营企业"] for row in browser.rows("table")]
    checks.equal("one row came of it", names.count("两次提交快递有限公司"), 1)
    stage.as_("sun", "/audit?action=registerChanged")
    rows = [row for row in browser.rows("table") if "两次提交" in row["对象"]]
    checks.equal("and one entry of the log", len(rows), 1)


def old_form(stage):
    browser, checks = stage.browser, stage.checks
    stage.as_("wang", "/registers/add/operatorFirm")
    browser.fill("/registers/add/operatorFirm", operator="旧表单快递有限公司")
    cookies = browser.cookies
    for _ in range(FORMS):
        page = stage.county.ask("/registers/add/operatorFirm", cookies)[2].decode()
        form = page.split('<form class="form"')[1]
        hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form))
        stage.county.ask("/registers/add/operatorFirm", cookies, urllib.parse.urlencode(hidden).encode())
    said = browser.press(browser.form("/registers/add/operatorFirm"))
    checks.that("an old form is not done", browser.status() == 409 and "已过期" in said, said[:300])
    typed = browser.form("/registers/add/operatorFirm").find_element("name", "operator").get_attribute("value")
    checks.equal("and what was typed still stands", typed, "旧表单快递有限公司")
    browser.look("old form", 409)
    said = browser.press(browser.form("/registers/add/operatorFirm"))
    checks.that("sent again it is done", browser.status() == 200 and "旧表单快递有限公司" in said, said[:200])
    browser.look("one operator")
    browser.open("/registers/add/operatorFirm")
    body = re.sub(rb"_csrf=[0-9a-f]+", b"_csrf=" + b"0" * 64, browser.body("/registers/add/operatorFirm", operator="他处"))
    status, _, answer = stage.county.ask("/registers/add/operatorFirm", browser.cookies, body)
    checks.that("a form of another page is refused", status == 403 and "未执行".encode() in answer, status)


def two_clerks(stage):
    browser, checks = stage.browser, stage.checks
    stage.as_("wang", f"{VILLAGE}/ever")
    browser.look("change a village")
    browser.fill(f"{VILLAGE}/ever", population="1111")
    first = browser.driver.current_window_handle
    browser.driver.switch_to.new_window("tab")
    browser.width(1280)
    stage.as_("chen", f"{VILLAGE}/ever")
    said = browser.send(f"{VILLAGE}/ever", population="2222", name=HTML)
    checks.holds("the quicker clerk's change is kept", said, "2222")
    browser.look("village, changed")
    browser.driver.close()
    browser.driver.switch_to.window(first)
    browser.become("wang")
    said = browser.press(browser.form(f"{VILLAGE}/ever"))
    checks.that("the other one is told who changed it", browser.status() == 409 and "chen" in said, said[:300])
    typed = browser.form(f"{VILLAGE}/ever").find_element("name", "population").get_attribute("value")
    checks.that("with both versions on the page", "2222" in said and typed == "1111", typed)
    browser.look("two clerks at one row", 409)
    said = browser.send(f"{VILLAGE}/ever", name="大桥村")
    checks.holds("and may keep his own after that", said, "1111")
    browser.open(VILLAGE)
    history = " ".join(str(row) for row in browser.rows("table-history"))
    checks.holds("the history has both", history, "2222", "1111", "chen", "wang")
    browser.look("village with a history")


def session_ended(stage):
    browser, checks = stage.browser, stage.checks
    stage.as_("chen", f"{VILLAGE}/ever")
    browser.fill(f"{VILLAGE}/ever", population="3333")
    first = browser.driver.current_window_handle
    browser.driver.switch_to.new_window("tab")
    browser.width(1280)
    stage.as_(ADMIN, "/accounts/chen")
    said = browser.send("/accounts/chen/disable")
    checks.holds("an admin switches an account off", said, "已停用")
    browser.look("account, off")
    browser.driver.close()
    browser.driver.switch_to.window(first)
    browser.become("chen")
    said = browser.press(browser.form(f"{VILLAGE}/ever"))
    checks.that("its next click leads to the log-in", browser.path.startswith("/login"), browser.path)
    checks.holds("which says that the session is over", said, "请重新登录")
    browser.look("session over", browser.status())
    said = browser.send(browser.path.split("?")[0], name="chen", password=stage.passwords["chen"])
    checks.that("and lets it in no more", browser.path.startswith("/login"), browser.path)
    stage.as_("wang", VILLAGE)
    checks.lacks("nothing of what it sent is kept", browser.text(), "3333")
    stage.as_(ADMIN, "/accounts/chen")
    browser.send("/accounts/chen/enable")
    checks.that("switched on again it gets a new sheet", "一次性密码" in browser.facts(), browser.facts())


def logged_out(stage):
    browser, checks = stage.browser, stage.checks
    stage.as_("feng", "/today")
    browser.click(browser.one(".reader button"))
    checks.that("to log out leads to the log-in", browser.path.startswith("/login"), browser.path)
    browser.driver.back()
    text = browser.text()
    checks.that("and back shows nothing", "今日下行" not in text, text[:200])


def wrong_passwords(stage):
    browser, checks = stage.browser, stage.checks
    browser.become("nobody else")
    answers, seconds = {}, 0
    for name in ("zhao",) if stage.is_short else ("zhao", "no-such-person"):
        browser.open("/login")
        tries = 0
        for tries in range(1, TRIES + 1):
            said = browser.send("/login", name=name, password=f"wrong password {tries}")
            if browser.status() != 403:
                break
            answers[name] = said.split("生成于")[0]
        checks.that(f"{name}: after four tries there is a wait", tries > 4 and browser.status() == 429, (tries, said[:200]))
        wait = re.search("请等待 ([0-9]+) 秒", said)
        seconds = seconds or int(wait[1]) if wait else 0
    checks.equal("whether there is such an account is not told", len(set(answers.values())), 1)
    browser.look("log-in waits", 429)
    time.sleep(seconds + 0.2)
    browser.open("/login")
    said = browser.send("/login", name="zhao", password=stage.passwords["zhao"])
    checks.that("after the wait the right one goes in", browser.status() == 200 and browser.path == "/today", said[:200])
    stage.as_("sun", "/audit?action=loginFailed")
    browser.look("audit log of failed log-ins")
    names = {row["对象"] for row in browser.rows("table")}
    unknown = set() if stage.is_short else {"未知账号"}
    checks.that("the log has the tries", {"zhao"} | unknown <= names, names)


def nowhere(stage):
    browser, checks = stage.browser, stage.checks
    stage.as_("wang")
    for path, status in (
        ("/no/such/page", 404), ("/reports/2026-99", 404), ("/registers/none", 404), ("/once/00", 404),
        ("/registers/village/%3Cscript%3E", 404), ("/today?villages.page=999999&villages.sort=none", 200),
        ("/parcels?waybill=%3Cscript%3Ealert(1)%3C/script%3E", 200), ("/stations/%00", 404), ("/today?print=none", 404),
    ):
        browser.open(path)
        browser.look(f"odd address {path}", status)
    big = b"x" * (5 * 1024 * 1024)
    try:
        status = stage.county.ask("/registers/upload/village", browser.cookies, big, "multipart/form-data; boundary=x")[0]
    except OSError as error:
        status = f"{error}"
    checks.that("what is too large is refused", status == 413 or "reset" in str(status) or "pipe" in str(status), status)


def nothing_leaked(stage):
    browser, checks = stage.browser, stage.checks
    leaks = [name for name, source in browser.sources.items() if PHONE in source or "13800005678" in source]
    checks.equal("no page but the one has a whole phone number", leaks, [])
    tokens = [name for name, source in browser.sources.items() for token in stage.tokens.values() if token in source]
    checks.that("no page but the sheets has a token", set(tokens) <= {"enrolment sheets to print"}, set(tokens))
    checks.equal("the server met no error of its own", stage.county.faults(), [])
    log = stage.county.log.read_text("utf-8", "replace")
    checks.lacks("its log has no number and no password", log, PHONE, *stage.passwords.values())


PARTS = [sent_twice, old_form, two_clerks, session_ended, logged_out, wrong_passwords, nowhere, nothing_leaked]
