"""The table of the pages' routes, and the stations' routes, as the Swift sources have them.

It reads no more Swift than those tables are written in. What it does not understand is an error, never a route less.
"""

import pathlib, re

SOURCES = pathlib.Path(__file__).resolve().parent.parent.parent / "Sources"
PAGES, STATIONS = SOURCES / "CountyPages", SOURCES / "CountyReceiver/HTTP/CountyRoutes.swift"
OPENING, CLOSING = "([{", ")]}"
MAKERS = {"read": "GET", "page": "GET", "view": "GET", "send": "POST"}
# Names with `+` between them, up to the next empty line, row or bracket.
SUM = re.compile(r"[\w\s+]+?(?=\n\s*\n|\n\s*[^\s+\w]|\n\}|\n\s*(?:private )?static)")
STRING = re.compile(r'"((?:[^"\\\n]|\\.)*)"')


class NotUnderstood(Exception):
    pass


class Route:
    def __init__(self, method, path, access):
        self.method, self.path, self.access = method, path, access
        self.parts = [part for part in path.split("/") if part]

    @property
    def template(self):
        """`/accounts/{name}`"""
        return "/" + "/".join(f"{{{part[1:]}}}" if part.startswith(":") else part for part in self.parts)

    @property
    def names(self):
        """Names of its parameters."""
        return [part[1:] for part in self.parts if part.startswith(":")]

    @property
    def name(self):
        return f"{self.method} {self.template}"

    def fits(self, path):
        """Values of its parameters in a path, still encoded; `None` when the path is another route's."""
        parts = [part for part in path.split("/") if part]
        if len(parts) != len(self.parts):
            return None
        pairs = list(zip(self.parts, parts))
        if any(mine != part for mine, part in pairs if not mine.startswith(":")):
            return None
        return {mine[1:]: part for mine, part in pairs if mine.startswith(":")}


def route_of(routes, method, path):
    """The route that answers, and its parameters: words go before parameters, from the left. `None` when there is none."""
    found = [(route, route.fits(path)) for route in routes if route.method == method]
    found = [one for one in found if one[1] is not None]
    return min(found, key=lambda one: [part.startswith(":") for part in one[0].parts], default=None)


# Swift


def without_comments(text):
    return re.sub(r"(?m)^\s*//.*$|(?<=\s)// .*$", "", text)


def end_of(text, start):
    """Behind the bracket that closes the one at `start`; brackets within strings do not count."""
    depth, index = 0, start
    while index < len(text):
        if text[index] == '"':
            string = STRING.match(text, index)
            if not string:
                raise NotUnderstood(f"a string that does not end: {text[index:index + 60]!r}")
            index = string.end()
            continue
        depth += (text[index] in OPENING) - (text[index] in CLOSING)
        index += 1
        if depth == 0:
            return index
    raise NotUnderstood(f"a bracket that does not end: {text[start:start + 60]!r}")


def items(text):
    """What stands between commas outside of brackets and strings."""
    found, begin, index = [], 0, 0
    while index < len(text):
        if text[index] in OPENING:
            index = end_of(text, index)
        elif text[index] == '"':
            index = STRING.match(text, index).end()
        elif text[index] == ",":
            found.append(text[begin:index].strip())
            begin = index = index + 1
        else:
            index += 1
    found.append(text[begin:].strip())
    return [one for one in found if one]


class Table:
    """Constants, tables and makers of routes of the module."""

    def __init__(self, files):
        self.constants, self.tables, self.makers = {}, {}, {}
        for file in files:
            self.take(without_comments(file.read_text("utf-8")))

    def take(self, text):
        found = re.finditer(r"(?m)^[\w ]*?(?:enum|struct|class|extension) (\w+)", text)
        types = [(one.start(), one[1]) for one in found]
        owner = lambda place: next((name for start, name in reversed(types) if start < place), "")
        for found in re.finditer(r'\bstatic let (\w+)(?:: String)? =\s*(".*")\s*$', text, re.M):
            known = self.constants.setdefault((owner(found.start()), found[1]), found[2])
            if known != found[2]:
                raise NotUnderstood(f"{found[1]} has two values: {known} and {found[2]}")
        for found in re.finditer(r"\bstatic let (\w+): \[PageRoute\] =\s*", text):
            if text[found.end()] == "[":
                value = text[found.end() : end_of(text, found.end())]
            else:
                value = SUM.match(text + "\n}", found.end())[0]
            self.tables[found[1]] = (owner(found.start()), value)
        for found in re.finditer(r"\bfunc (\w+)\(_ (\w+): String\b[^{]*?-> PageRoute \{", text):
            body = text[found.end() : end_of(text, found.end() - 1) - 1]
            self.makers[found[1]] = (found[2], body, owner(found.start()))

    def text(self, expression, owner, given):
        """The value of a string, of a constant, or of what holds them."""
        expression = expression.strip()
        if expression in given:
            return given[expression]
        if STRING.fullmatch(expression):
            value = lambda found: self.text(found[1], owner, given)
            return re.sub(r"\\\(([\w.]+)\)", value, expression[1:-1])
        names = expression.rsplit(".", 1)
        key = (names[0], names[1]) if len(names) == 2 else (owner, expression)
        if key not in self.constants:
            raise NotUnderstood(f"{expression} in {owner} is no text that is known")
        return self.text(self.constants[key], key[0], {})

    def routes(self, name="all"):
        if name not in self.tables:
            raise NotUnderstood(f"there is no table {name}")
        owner, value = self.tables[name]
        if not value.startswith("["):
            return [route for part in value.split("+") for route in self.routes(part.strip())]
        return [self.route(one, owner, {}) for one in items(value[1:-1])]

    def route(self, item, owner, given):
        call = re.match(r"(?:\.|PageRoute\.)?(\w+)\(", item)
        if not call:
            raise NotUnderstood(f"no row of a table of routes: {item[:80]!r}")
        arguments = items(item[call.end() : end_of(item, call.end() - 1) - 1])
        if call[1] == "PageRoute":
            method, arguments = arguments[0].lstrip(".").upper(), arguments[1:]
        elif call[1] in MAKERS:
            method = MAKERS[call[1]]
        elif call[1] in self.makers:
            return self.made(self.makers[call[1]], arguments)
        else:
            raise NotUnderstood(f"no maker of routes: {item[:80]!r}")
        access = next((one for one in arguments[1:] if re.match(r"\.\w", one)), "")
        if method not in ("GET", "POST") or not access:
            raise NotUnderstood(f"a route without method or access: {item[:80]!r}")
        access = re.sub(r"\.permission\(\.(\w+)\)|\.", r"\1", access)
        return Route(method, self.text(arguments[0], owner, given), access)

    def made(self, maker, arguments):
        """A row that a function of one text makes."""
        name, body, owner = maker
        given = {name: self.text(arguments[0], owner, {})}
        for found in re.finditer(r'(?m)^\s*let (\w+) = (".*")$', body):
            try:
                given[found[1]] = self.text(found[2], owner, given)
            except NotUnderstood:
                # A text that is no path; the row says so when it needs it.
                pass
        rows = re.findall(r"(?:^|return )\s*(\.\w+\((?:.|\n)*)", body, re.M)
        if len(rows) != 1:
            raise NotUnderstood(f"a maker of routes with {len(rows)} rows: {body[:80]!r}")
        return self.route(rows[0], owner, given)


def of_pages():
    """Every row of `PageRoutes.all`."""
    routes = Table(sorted(PAGES.rglob("*.swift"))).routes()
    names = [route.name for route in routes]
    if len(set(names)) != len(names):
        raise NotUnderstood(f"rows that are there twice: {sorted(set(one for one in names if names.count(one) > 1))}")
    return routes


def of_stations():
    """`POST /v1/enrolments`, …: what `CountyRoutes` adds to the router."""
    text = without_comments(STATIONS.read_text("utf-8"))
    groups, found = {"router": ""}, set()
    made = re.findall(r'let (\w+) = (\w+)\.group\((?:RouterPath\()?"(?:\\\(base\))?/?([^"]+)"', text)
    for name, parent, path in made:
        groups[name] = f"{groups[parent]}/{path}"
    calls = re.findall(r'(\w+)\.(get|post|put|patch|delete|head|on)\(\s*("[^"]*")?', text)
    for owner, method, path in calls:
        if owner not in groups or not path or method == "on":
            raise NotUnderstood(f"{owner}.{method}({path}…) of the stations' routes")
        whole = f"{groups[owner]}/{path.strip(chr(34)).strip('/')}"
        template = re.sub(r":(\w+)", r"{\1}", whole)
        found.add(f"{method.upper()} {template}")
    return found
