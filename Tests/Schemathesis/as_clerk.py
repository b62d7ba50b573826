"""Hooks of schemathesis for the pages: somebody who is logged in makes each call, with the token and number of a form."""

import csv, io, urllib.parse

import requests
import schemathesis

from calls import ODD, STATE, Choice, answered, note, operation
from clerks import Clerk

ALL = {name: Clerk(STATE["origin"], name, password) for name, password in STATE["passwords"].items()}
NOBODY = Clerk(STATE["origin"])
SPARE = STATE["spare"]
# Who sends these must not be missed.
GIVEN_UP = {"POST /logout": ALL[SPARE], "POST /password": ALL[SPARE], "POST /login": NOBODY}


class Cookies(requests.auth.AuthBase):
    def __init__(self, clerk, case):
        self.clerk, self.case = clerk, case

    def __call__(self, request):
        request.headers["Cookie"] = self.clerk.cookie
        note(operation=operation(self.case), begins=request.url)
        return request


class Present:
    """Who makes the call that is under way: there is one at a time."""

    clerk = NOBODY


def clerk_for(name, choice):
    """One who may, most of the time."""
    if name in GIVEN_UP:
        clerk = GIVEN_UP[name]
    elif choice.one_in(24):
        return NOBODY
    else:
        some = STATE["readers"].get(name) or sorted(set(ALL) - {SPARE})
        others = sorted(set(ALL) - {SPARE})
        some = others if choice.one_in(16) else some
        clerk = ALL[choice.of(some)]
    if clerk.name and "county_session" not in clerk.cookies:
        clerk.log_in()
    return clerk


def opened(case, name, clerk):
    """The form as it stands on its page now, for who opens it; else any form, for its token and number."""
    known = STATE["forms"].get(name)
    if known:
        where = known["page"]
        for part, value in (case.path_parameters or {}).items():
            where = where.replace(f":{part}", urllib.parse.quote(str(value), safe=""))
        if ":" not in where:
            page = clerk.ask(where)
            note(operation=f"GET {known['page']}", status=page.status, target=where, beside=True)
            path = urllib.parse.unquote(case.formatted_path)
            for form in page.forms:
                if form["method"] == "POST" and urllib.parse.unquote(form["action"].split("?")[0]) == path:
                    return form["fields"]
    page = clerk.ask("/password" if clerk.name else "/login")
    form = page.form("/password") or page.form("/login") or {"fields": {}}
    return {field: about for field, about in form["fields"].items() if field in OWN}


OWN = ("_csrf", "_form")


def fill_in(case, name, clerk, choice):
    """The body as a browser would send it, with a few fields as they were made up; or as it was made up, with a token."""
    made, known = case.body, STATE["known"][name]["body"]
    if not isinstance(made, dict):
        return
    fields = opened(case, name, clerk)
    choice.put_in(made, known, keeps=3, odd=4)
    if not choice.one_in(3) and not set(fields) <= set(OWN):
        filled, is_whole = {}, choice.one_in(3)
        for field, about in fields.items():
            values = [value for value in known.get(field, []) if value] or [about["value"]]
            filled[field] = about["value"] if about["value"] and choice.one_in(2) else choice.of(values)
            if about["kind"] == "hidden":
                filled[field] = about["value"]
        for field in sorted(set(made) & set(filled)):
            if not is_whole and choice.one_in(2 + len(filled) // 2):
                filled[field] = made[field]
        made.clear()
        made.update(filled)
    for field in OWN:
        if field in fields and not choice.one_in(24):
            made[field] = fields[field]["value"]
    if name == "POST /login":
        made["name"] = SPARE if choice.one_in(2) else made.get("name", "")
        if made["name"] in ALL:
            # Who is here must come in again.
            made.update(name=SPARE, password=ALL[SPARE].password)
    if name == "POST /password" and not choice.one_in(3):
        made.update(old=clerk.password, again=made.get("new", ""))
    kind = (case.path_parameters or {}).get("kind", "manifest")
    for field, about in STATE["forms"].get(name, {"fields": {}})["fields"].items():
        if about["kind"] == "file" and kind in STATE["sheets"] and not choice.one_in(6):
            made[field] = sheet(STATE["sheets"][kind], choice)


def sheet(rows, choice):
    """A sheet that was loaded before, with a few cells, rows or columns that are not as they should be."""
    rows = [list(row) for row in rows]
    for _ in range(choice.number(5)):
        row = rows[choice.number(len(rows))]
        deed, place = choice.number(5), choice.number(max(1, len(row)))
        if deed == 0:
            rows.append(list(row))
        elif deed == 1:
            row[place:] = row[place + 1 :]
        elif row:
            row[place] = choice.of(ODD)
    text = io.StringIO()
    ends, between = choice.of(["\r\n", "\n", "\r"]), choice.of(",,,,;\t")
    csv.writer(text, lineterminator=ends, delimiter=between).writerows(rows)
    return text.getvalue().encode(choice.of(["utf-8-sig", "utf-8", "gb18030"]), "replace")


@schemathesis.hook
def before_call(context, case, kwargs):
    choice, name = Choice(case), operation(case)
    known = STATE["known"][name]
    if known["places"] and not choice.one_in(5):
        case.path_parameters.update(choice.of(known["places"]))
    if isinstance(case.query, dict):
        choice.put_in(case.query, known["query"], keeps=4, odd=3)
        for part in ("print", "format", "lang"):
            if part in case.query and not choice.one_in(4):
                del case.query[part]
    clerk = clerk_for(name, choice)
    if case.operation.method.upper() == "POST":
        fill_in(case, name, clerk, choice)
    kwargs["allow_redirects"] = False
    kwargs["auth"] = Cookies(clerk, case)
    Present.clerk = clerk


@schemathesis.hook
def after_call(context, case, response):
    clerk, name = Present.clerk, operation(case)
    goal = (response.headers.get("location") or [""])[0]
    is_led_away = response.status_code == 303 and goal.startswith("/login")
    is_out = is_led_away and (name != "POST /logout" or clerk is NOBODY)
    answered(case, response, by=clerk.name or "nobody", is_out=is_out)
    for cookie in response.headers.get("set-cookie") or []:
        if clerk.name and not cookie.startswith("county_lang"):
            clerk.keep(cookie)
    if goal.startswith("/login"):
        clerk.cookies.pop("county_session", None)
    if response.status_code == 303 and not is_out and case.operation.method.upper() == "POST":
        if name == "POST /password" and isinstance(case.body, dict):
            clerk.password = case.body.get("new")
        page = ALL[SPARE].ask(goal) if name == "POST /login" else clerk.ask(goal)
        note(operation="behind " + name, status=page.status, target=goal, beside=True)
