"""People at the county's pages without a browser: they log in, keep their cookies, read forms and send them."""

import html.parser, http.client, re, urllib.parse

SECONDS = 30
REDIRECTS = 5
PLAIN = "application/x-www-form-urlencoded"


class Reading(html.parser.HTMLParser):
    """Links and forms of a page."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.links, self.forms, self.select, self.area = [], [], None, None
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        given = {name: value or "" for name, value in attributes}
        if tag in ("a", "link") and given.get("href"):
            self.links.append(given["href"])
        elif tag == "form":
            post = given.get("method", "get").lower() == "post"
            self.forms.append(
                {
                    "method": "POST" if post else "GET",
                    "action": given.get("action", ""),
                    "is_multipart": given.get("enctype") == "multipart/form-data",
                    "fields": {},
                }
            )
        elif tag in ("input", "select", "textarea") and given.get("name") and self.forms:
            kind = given.get("type", "text") if tag == "input" else tag
            field = {"kind": kind, "value": given.get("value", ""), "choices": [], "is_required": "required" in given}
            field["is_on"] = kind != "checkbox" or "checked" in given
            self.forms[-1]["fields"][given["name"]] = field
            self.select = field if tag == "select" else None
            self.area = field if tag == "textarea" else None
        elif tag == "option" and self.select is not None:
            self.select["choices"].append(given.get("value", ""))
            if "selected" in given or len(self.select["choices"]) == 1:
                self.select["value"] = given.get("value", "")

    def handle_endtag(self, tag):
        if tag == "select":
            self.select = None
        elif tag == "textarea":
            self.area = None

    def handle_data(self, data):
        if self.area is not None:
            self.area["value"] += data


class Page:
    def __init__(self, path, status, headers, body):
        self.path, self.status, self.headers = path, status, headers
        self.is_html = headers.get("content-type", "").startswith("text/html")
        self.text = body.decode("utf-8", "replace")
        read = Reading(self.text) if self.is_html else None
        self.links, self.forms = (read.links, read.forms) if read else ([], [])

    def form(self, action):
        """Its form of that path, whatever stands behind `?`."""
        forms = (one for one in self.forms if one["method"] == "POST" and one["action"].split("?")[0] == action)
        return next(forms, None)

    @property
    def facts(self):
        """Terms and what stands beside them."""
        found = re.findall(r"<dt[^>]*>(.*?)</dt>\s*<dd[^>]*>(.*?)</dd>", self.text, re.S)
        plain = lambda markup: re.sub(r"<[^>]*>", "", markup).strip()
        return {plain(term): plain(value) for term, value in found}


class Clerk:
    """One browser, with the cookies of one person."""

    def __init__(self, origin, name=None, password=None):
        self.origin, self.name, self.password = origin, name, password
        place = urllib.parse.urlsplit(origin)
        self.connection = http.client.HTTPConnection(place.hostname, place.port, timeout=SECONDS)
        self.cookies = {}

    @property
    def cookie(self):
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def ask(self, path, body=None, kind=PLAIN):
        """One exchange; it goes to no other page by itself."""
        headers = {"cookie": self.cookie} if self.cookies else {}
        if body is not None:
            headers["content-type"] = kind
        for is_last in (False, True):
            try:
                self.connection.request("GET" if body is None else "POST", path, body, headers)
                answer = self.connection.getresponse()
                break
            except (http.client.HTTPException, ConnectionError):
                # A connection that was kept open may be gone.
                self.connection.close()
                if is_last:
                    raise
        data = answer.read()
        for cookie in answer.headers.get_all("set-cookie") or []:
            self.keep(cookie)
        return Page(path, answer.status, {name.lower(): value for name, value in answer.headers.items()}, data)

    def keep(self, cookie):
        name, _, value = cookie.split(";")[0].partition("=")
        self.cookies[name.strip()] = value.strip()
        if not value.strip():
            del self.cookies[name.strip()]

    def open(self, path):
        """The page that a person ends at."""
        for _ in range(REDIRECTS):
            page = self.ask(path)
            if page.status != 303:
                return page
            path = page.headers["location"]
        raise AssertionError(f"{path} leads nowhere")

    def send(self, page, action, sheets={}, **typed):
        """Fills in a form of a page and sends it; the page that it leads to."""
        form = page.form(action)
        assert form, f"{page.path} has no form {action}: status {page.status}, {page.text[-900:]}"
        sent = {name: field for name, field in form["fields"].items() if field["is_on"] and field["kind"] != "file"}
        fields = {name: field["value"] for name, field in sent.items()}
        fields.update(typed)
        if form["is_multipart"]:
            body, kind = multipart(fields, sheets)
        else:
            body, kind = urllib.parse.urlencode(fields).encode(), PLAIN
        answer = self.ask(form["action"], body, kind)
        return self.open(answer.headers["location"]) if answer.status == 303 else answer

    def log_in(self):
        self.cookies = {}
        page = self.send(self.open("/login"), "/login", name=self.name, password=self.password)
        assert "county_session" in self.cookies, f"{self.name} does not come in: {page.status}"
        return page

    def first_log_in(self, password):
        """With the password of a sheet, and then one of his own."""
        page = self.log_in()
        page = self.send(page, "/password", new=password, again=password)
        assert page.status == 200 and page.path != "/password", f"{self.name} gets no password: {page.status}"
        self.password = password


def multipart(fields, sheets):
    edge = "edge-of-a-part-of-this-form"
    parts = [(f'name="{name}"', value.encode()) for name, value in fields.items()]
    parts += [(f'name="{name}"; filename="{name}.csv"', data) for name, data in sheets.items()]
    body = b""
    for about, data in parts:
        body += f"--{edge}\r\nContent-Disposition: form-data; {about}\r\n\r\n".encode() + data + b"\r\n"
    return body + f"--{edge}--\r\n".encode(), f"multipart/form-data; boundary={edge}"
