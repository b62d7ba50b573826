"""The OpenAPI documents: of the pages, made from the table of routes and from forms and links that people see; of the
stations' calls, the one that the county is described by, with the schemas of events in it."""

import json, re, urllib.parse

import yaml

from routes import SOURCES, route_of

DESCRIBED = SOURCES / "CountyReceiver/Documentation.docc/openapi.yaml"
EVENTS = SOURCES / "SyncWire/Schemas"
# Pages of one route that one person looks at, values of one field, and addresses of one kind that are kept.
LOOKS, VALUES = 2, 12
# Events of one batch that is made up.
EVENTS_MAX = 12
# What every page of a table takes behind `?`.
TABLES = {
    "sort": ["number", "time", "name"], "order": ["asc", "desc", "descending"], "filter": ["SF", "村"],
    "page": ["1", "2"], "size": ["1", "50", "100", "1000"], "print": ["", "table"], "format": ["csv", "xlsx"],
    "table": [""], "lang": ["zh", "en"], "next": ["/today"], "over": ["1"],
}


class Sights:
    """What people see: links, forms, and which route is whose."""

    def __init__(self, routes):
        self.routes = routes
        self.places, self.queries, self.forms, self.readers = {}, {}, {}, {}
        self.strange, self.faults = set(), []

    def walk(self, clerk, also):
        """Looks at the pages that are named, at all without a parameter, and at a few of each other route."""
        waiting = also + [route.path for route in self.routes if route.method == "GET" and ":" not in route.path]
        looked, known, named = {}, set(waiting), len(waiting)
        for number, path in enumerate(waiting):
            found = self.seen("GET", path)
            if not found:
                continue
            kind = (found.name, found.fits(path.split("?")[0]).get("kind"))
            looked[kind] = looked.get(kind, 0) + (number >= named)
            if looked[kind] <= LOOKS and found.name != "GET /static/{file}":
                waiting += [link for link in self.look(clerk, found, path) if link not in known and not known.add(link)]

    def look(self, clerk, route, path):
        """Reads one page; the pages of the county that it leads to."""
        page = clerk.open(path)
        if page.status >= 500:
            self.faults.append(f"GET {path} as {clerk.name}: {page.status}")
        if page.status == 200:
            self.readers.setdefault(route.name, set()).add(clerk.name)
        for form in page.forms:
            self.form(form, route, clerk)
        links = [link.split("#")[0] for link in page.links if link.startswith("/")]
        return [link.split("?")[0] for link in links if self.seen("GET", link) and "format=" not in link]

    def seen(self, method, link):
        """The route that a link leads to; what it shows of its parameters is kept."""
        path, _, query = link.split("#")[0].partition("?")
        found = route_of(self.routes, method, path)
        if not found:
            self.strange.add(f"{method} {path}")
            return None
        route, values = found
        place = {name: urllib.parse.unquote(value) for name, value in values.items()}
        places = self.places.setdefault(route.name, [])
        alike = [one for one in places if one.get("kind") == place.get("kind")]
        if place and place not in places and len(alike) < VALUES:
            places.append(place)
        for name, value in urllib.parse.parse_qsl(query, keep_blank_values=True):
            self.add(self.queries, (route.name, name), value)
        return route

    def form(self, form, page, clerk):
        route = self.seen(form["method"], form["action"])
        if not route:
            return
        if form["method"] == "GET":
            for name, field in form["fields"].items():
                for value in field["choices"] + [field["value"]]:
                    self.add(self.queries, (route.name, name), value)
            return
        kept = self.forms.setdefault(route.name, {"page": page.path, "fields": {}, "is_multipart": form["is_multipart"]})
        self.readers.setdefault(route.name, set()).add(clerk.name)
        for name, field in form["fields"].items():
            known = kept["fields"].setdefault(name, {**field, "values": []})
            for value in field["choices"] + [field["value"]]:
                if value not in known["values"] and len(known["values"]) < VALUES:
                    known["values"].append(value)

    @staticmethod
    def add(into, key, value):
        known = into.setdefault(key, [])
        if value not in known and len(known) < VALUES:
            known.append(value)


NO_FORM = {"fields": {}, "is_multipart": False}
# Fields that each page adds to its forms.
OWN = ("_csrf", "_form")
PATTERNS = {
    "number": "^-?[0-9]{1,20}$", "date": "^20[0-9]{2}-[01][0-9]-[0-3][0-9]$", "month": "^20[0-9]{2}-[01][0-9]$",
}


def of_pages(sights):
    """The document of the pages: what a browser may send to each of them."""
    paths = {}
    for route in sights.routes:
        parameters = [
            {"name": name, "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}}
            for name in route.names
        ]
        for name in queries(sights, route):
            parameters.append({"name": name, "in": "query", "schema": {"type": "string"}})
        operation = {"operationId": route.name, "parameters": parameters}
        operation["responses"] = {"default": {"description": "A page."}}
        if route.method == "POST":
            operation["requestBody"] = body(sights.forms.get(route.name))
        paths.setdefault(route.template, {})[route.method.lower()] = operation
    return {"openapi": "3.1.0", "info": {"title": "Pages of the county", "version": "0"}, "paths": paths}


def body(form):
    fields = {name: field for name, field in (form or NO_FORM)["fields"].items() if name not in OWN}
    schemas = {}
    for name, field in fields.items():
        schemas[name] = {"type": "string"}
        if field["kind"] == "file":
            schemas[name]["format"] = "binary"
        elif field["kind"] in PATTERNS:
            schemas[name]["pattern"] = PATTERNS[field["kind"]]
    needed = [name for name, field in fields.items() if field["is_required"] or field["kind"] in ("hidden", "select")]
    kind = "multipart/form-data" if (form or NO_FORM)["is_multipart"] else "application/x-www-form-urlencoded"
    return {"content": {kind: {"schema": {"type": "object", "properties": schemas, "required": needed}}}}


def queries(sights, route):
    """What each page takes behind `?`, with values that were seen there."""
    seen = {name: values for (owner, name), values in sights.queries.items() if owner == route.name}
    return {**(TABLES if route.method == "GET" else {"next": TABLES["next"]}), **seen}


def known(sights, instead, typed):
    """Values that exist, by operation, for the hook to put in: whole addresses, values behind `?`, and fields of forms.

    `instead`: addresses that take the place of those seen. `typed`: values of fields that no page shows.
    """
    pool = {name: list(values) for name, values in typed.items()}
    for form in sights.forms.values():
        for name, field in form["fields"].items():
            values = pool.setdefault(name, [])
            values += [value for value in field["values"] if value and name not in typed and value not in values]
    found = {}
    for route in sights.routes:
        fields = sights.forms.get(route.name, NO_FORM)["fields"]
        bodies = {name: (pool[name] or [""])[:VALUES] for name in fields if name not in OWN}
        places = instead.get(route.name) or sights.places.get(route.name) or others(sights, route)
        found[route.name] = {"places": places, "query": queries(sights, route), "body": bodies}
    return found


def others(sights, route):
    """Addresses of other routes of the same beginning, for one that no link leads to."""
    names = set(route.names)
    if not names:
        return []
    near = [name for name in sights.places if name.split("/")[1] == route.parts[0]]
    return [place for name in near for place in sights.places[name] if set(place) == names]


# The stations' calls


def operations(document):
    methods = ("get", "post", "put", "patch", "delete", "head")
    return {f"{method.upper()} {path}" for path, item in document["paths"].items() for method in methods if method in item}


def described():
    return yaml.safe_load(DESCRIBED.read_text("utf-8"))


def of_stations(document):
    """The county's own document, with what an event of each type holds."""
    document = json.loads(json.dumps(document))
    document.pop("servers", None)
    for item in document["paths"].values():
        for part in item.values():
            if isinstance(part, dict):
                part.pop("servers", None)
    schemas = document["components"]["schemas"]
    events = {file.stem: json.loads(file.read_text("utf-8")) for file in sorted(EVENTS.glob("*.json"))}
    envelope = events.pop("envelope")
    for name, schema in envelope["$defs"].items():
        schemas[f"wire.{name}"] = moved(schema)
    fields = {name: moved(schema) for name, schema in envelope["properties"].items()}
    kinds = []
    for name, schema in events.items():
        data = moved(schema["properties"]["data"])
        own = {name: moved(part) for name, part in schema["properties"].items()}
        needed = [*envelope["required"], *schema.get("required", [])]
        whole = {**fields, **own, "data": data}
        schemas[f"wire.event.{name}"] = {"type": "object", "properties": whole, "required": needed}
        kinds.append({"$ref": f"#/components/schemas/wire.event.{name}"})
    schemas["Event"] = {"anyOf": [*kinds, schemas["Event"]]}
    schemas["EventBatch"]["maxItems"] = EVENTS_MAX
    return document


def moved(schema):
    """A part of an event's schema, with what it refers to among the document's own."""
    if isinstance(schema, list):
        return [moved(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    left = ("$schema", "$id", "unevaluatedProperties")
    part = {name: moved(value) for name, value in schema.items() if name not in left}
    if isinstance(part.get("$ref"), str):
        part["$ref"] = re.sub(r"^(?:envelope\.json)?#/\$defs/", "#/components/schemas/wire.", part["$ref"])
    return part
