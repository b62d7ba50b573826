"""Hooks of schemathesis for the stations' calls: each is signed as an enrolled station signs it (RFC 9421), with a new
counter, and a batch of events stands at the end of the station's chain."""

import base64, gzip, hashlib, json, re, time, urllib.parse

import requests
import schemathesis

import station as wire
from calls import STATE, Choice, answered, note, operation

PLAYED = STATE["station"]
ENROLS = "POST /v1/enrolments"


class Chain:
    """Where the station's journal ends, as the county has it."""

    incarnation, last, hash = PLAYED["incarnation"], PLAYED["last"], bytes.fromhex(PLAYED["hash"])
    start, n = PLAYED["start"] + 1, 0
    # The call that is under way: there is one at a time.
    present = None


class Signing(requests.auth.AuthBase):
    def __init__(self, case, choice):
        self.case, self.choice, self.after = case, choice, None
        self.seed, self.key = bytes.fromhex(PLAYED["seed"]), bytes.fromhex(PLAYED["key"])

    def __call__(self, request):
        name, choice = operation(self.case), self.choice
        is_as_it_came = choice.one_in(8)
        if not is_as_it_came:
            body = request.body.encode() if isinstance(request.body, str) else request.body or b""
            if name == ENROLS:
                body = self.enrolment(body)
            elif name == "POST /v1/stations/{station}/events" and not choice.one_in(4):
                body = self.batch(request, body)
            self.sign(request, self.encoded(request, body))
        note(operation=name, begins=request.url)
        return request

    def encoded(self, request, body):
        if request.headers.get("content-encoding") == "gzip" and not self.choice.one_in(4):
            body = gzip.compress(body)
        request.body = body or None
        request.headers.pop("content-length", None)
        if body:
            request.headers["content-length"] = str(len(body))
        return body

    def enrolment(self, body):
        """The new board's own key, and now and then a token that is good."""
        try:
            value = json.loads(body)
        except ValueError:
            return body
        if not isinstance(value, dict):
            return body
        self.seed = self.choice.bytes[:32]
        self.key = wire.public(self.seed)
        value["signingKey"] = wire.base64_of(self.key)
        if not self.choice.one_in(4):
            value["exchangeKey"] = wire.base64_of((9).to_bytes(32, "little"))
        if not self.choice.one_in(3):
            token = STATE["tokens"][self.choice.number(len(STATE["tokens"]))].split(".")
            value["station"], value["secret"] = token[1], token[2]
        return json.dumps(value).encode()

    def batch(self, request, body):
        """The events that were made, as lines that follow the last one that the county has."""
        try:
            events = json.loads(body)
        except ValueError:
            return body
        if not isinstance(events, list) or not events:
            return body
        hashes, lines = [Chain.hash], []
        for number, event in enumerate(events, Chain.last + 1):
            if isinstance(event, dict):
                self.place(event, number)
            line = json.dumps(event, sort_keys=True, separators=(",", ":")).encode()
            lines.append(line)
            hashes.append(hashlib.sha256(hashes[-1] + line).digest())
        first, last = Chain.last + 1, Chain.last + len(lines)
        before, after = wire.base64_of(hashes[0]), wire.base64_of(hashes[-1])
        chain = f'incarnation="{Chain.incarnation}", first={first}, last={last}, before=:{before}:, after=:{after}:'
        request.headers["locker-chain"] = chain
        self.after = (last, hashes[-1])
        return b"[\n" + b",\n".join(lines) + b"\n]"

    def place(self, event, number):
        sequence = f"{number:012d}"
        event.update(id=f"{Chain.incarnation}/{sequence}", sequence=sequence, source=f"/stations/{PLAYED['id']}")
        if not self.choice.one_in(6):
            event["time"] = time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime())
        data = event.get("data")
        if isinstance(data, dict):
            self.choice.put_in(data, STATE["exist"], keeps=3, odd=8)
        if isinstance(data, dict) and isinstance(data.get("waybill"), str) and not self.choice.one_in(8):
            event["subject"] = data["waybill"]
        elif isinstance(data, dict) and isinstance(data.get("door"), str) and not self.choice.one_in(8):
            event["subject"] = data["door"]

    def sign(self, request, body):
        headers, choice = request.headers, self.choice
        given = str(headers.get("locker-counter", ""))
        if re.fullmatch(r"[0-9]+\.[0-9]+", given) and int(given.split(".")[0]) > Chain.start + 1:
            # One that is used up this way would be the last of the key.
            headers["locker-counter"] = f"{int(given[0]) % 3}{given[given.index('.') :]}"
        if not choice.one_in(8):
            if operation(self.case) == ENROLS:
                headers["locker-counter"] = "1.1"
            else:
                Chain.n += 1
                headers["locker-counter"] = f"{Chain.start}.{Chain.n}"
        if body and not choice.one_in(16):
            headers["content-digest"] = wire.digest_of(body)
        elif not body:
            headers.pop("content-digest", None)
        target = urllib.parse.urlsplit(request.url)
        parts = [('"@method"', request.method), ('"@path"', target.path), ('"@query"', f"?{target.query}")]
        for name in wire.SIGNED:
            value = headers.get(name)
            if value is not None:
                parts.append((f'"{name}"', value.decode("latin-1") if isinstance(value, bytes) else value.strip()))
        base, parameters = wire.base_of(parts, self.key)
        headers["signature-input"] = f"sig1={parameters}"
        headers["signature"] = f"sig1=:{wire.base64_of(wire.sign(self.seed, base.encode('latin-1', 'replace')))}:"


@schemathesis.hook
def before_call(context, case, kwargs):
    choice = Choice(case)
    choice.put_in(case.path_parameters or {}, STATE["exist"], keeps=8, odd=16)
    if isinstance(case.query, dict):
        choice.put_in(case.query, STATE["exist"], keeps=3, odd=4)
    # A question that is held answers nothing sooner.
    if isinstance(case.query, dict) and "wait" in case.query and not choice.one_in(64):
        case.query["wait"] = 0
    Chain.present = kwargs["auth"] = Signing(case, choice)
    kwargs["allow_redirects"] = False


@schemathesis.hook
def after_call(context, case, response):
    signing = Chain.present
    answered(case, response)
    if response.status_code == 409 and signing.case.path_parameters:
        highest = response.json().get("highest", "0.0").split(".")
        # As a station does: its start number goes above the highest that the county knows.
        if (int(highest[0]), int(highest[1])) > (Chain.start, Chain.n):
            Chain.start, Chain.n = int(highest[0]) + 1, 0
    if signing.after and response.status_code == 200:
        Chain.last, Chain.hash = signing.after
