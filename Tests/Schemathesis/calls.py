"""What both hooks share: what the run tells them, the log of calls, and choices that a call makes for itself."""

import base64, hashlib, json, os

STATE = json.loads(open(os.environ["COUNTY_STATE"], encoding="utf-8").read())
LOG = open(os.environ["COUNTY_CALLS"], "a", encoding="utf-8", buffering=1)
BODY_MAX = 2_000


def note(**facts):
    LOG.write(json.dumps(facts, ensure_ascii=True) + "\n")


def operation(case):
    return f"{case.operation.method.upper()} {case.operation.path}"


def answered(case, response, **more):
    """Keeps a call that was answered; of an answer that a county must not give, also what was asked."""
    request = response.request
    facts = {"operation": operation(case), "status": response.status_code, "target": request.url, **more}
    if response.status_code >= 500:
        data = request.body if isinstance(request.body, bytes) else (request.body or "").encode("utf-8", "replace")
        facts["headers"] = {name: str(value) for name, value in request.headers.items() if name.lower() != "cookie"}
        facts["body"] = base64.b64encode(data[:BODY_MAX]).decode()
        facts["answer"] = response.content[:BODY_MAX].decode("utf-8", "replace")
    note(**facts)


# What a person, or somebody with bad intent, may write in any place.
ODD = ["", " ", "-1", "0", "9223372036854775807", "-9223372036854775808", "99999999999999999999", "1e400", "1,2"]
ODD += ["2026-02-30", "2026-13", "0000-00-00", "0001-01-01", "9999-12-31", "2026-00", "9999-12", "0000", "9999"]
ODD += ["=1+1", "１２", "7.73E+14", "<b>", "\u0000", "\n", "'", '"', "%", "../..", "\U0001f469\u200d\U0001f33e"]
ODD += ["中" * 400, "a" * 5_000]


class Choice:
    """The same call makes the same choices, so that a fault can be called forth again."""

    def __init__(self, case):
        parts = [case.operation.label, case.path_parameters, case.query, dict(case.headers or {}), case.body]
        self.bytes = hashlib.sha512(repr(parts).encode("utf-8", "replace")).digest()
        self.next = 0

    def one_in(self, count):
        return self.number(count) == 0

    def of(self, values):
        return values[self.number(len(values))]

    def put_in(self, values, known, keeps, odd):
        """Puts values that exist, and one in `odd` an odd one, in the place of made-up ones, but for one in `keeps`."""
        for name in sorted(known):
            if name not in values or not known[name] or self.one_in(keeps):
                continue
            values[name] = self.of(ODD) if self.one_in(odd) else self.of(known[name])

    def number(self, count):
        start = self.next % (len(self.bytes) - 1)
        self.next += 2
        return int.from_bytes(self.bytes[start : start + 2], "big") % count
