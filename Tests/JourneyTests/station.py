"""A station that was written from SyncWire.md and openapi.yaml alone: it shares no code with the programs.

    station.py URL TOKEN

plays one station against a county that has announced something to it, and ends with `ok`, or with what did not hold.
"""

import base64, gzip, hashlib, json, os, sys, time, urllib.error, urllib.request

# Ed25519 (RFC 8032 section 6), as short as it goes.
P = 2**255 - 19
Q = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P


def add(a, b):
    w, x = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    y, z = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = x - w, z - y, z + y, x + w
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def multiply(count, point):
    sum = (0, 1, 1, 0)
    while count > 0:
        if count & 1:
            sum = add(sum, point)
        point, count = add(point, point), count >> 1
    return sum


def compress(point):
    inverse = pow(point[2], P - 2, P)
    x, y = point[0] * inverse % P, point[1] * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little")


def decompress(data):
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & (1 << 255) - 1
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    assert (x * x - square) % P == 0, "no point of the curve"
    if x & 1 != sign:
        x = P - x
    return (x, y, 1, x * y % P)


BASE = decompress((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def scalar(*parts):
    return int.from_bytes(hashlib.sha512(b"".join(parts)).digest(), "little")


def halves(seed):
    digest = hashlib.sha512(seed).digest()
    return int.from_bytes(digest[:32], "little") & (1 << 254) - 8 | 1 << 254, digest[32:]


def public(seed):
    return compress(multiply(halves(seed)[0], BASE))


def sign(seed, message):
    a, prefix = halves(seed)
    r = scalar(prefix, message) % Q
    start = compress(multiply(r, BASE))
    return start + ((r + scalar(start, public(seed), message) * a) % Q).to_bytes(32, "little")


def is_valid(key, signature, message):
    left = multiply(int.from_bytes(signature[32:], "little"), BASE)
    right = add(decompress(signature[:32]), multiply(scalar(signature[:32], key, message) % Q, decompress(key)))
    return compress(left) == compress(right)


def base64_of(data):
    return base64.b64encode(data).decode()


def digest_of(body):
    return f"sha-256=:{base64_of(hashlib.sha256(body).digest())}:"


def key_id(key):
    return hashlib.sha256(key).hexdigest()[:16]


def canonical(value):
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


SIGNED = ["locker-counter", "content-digest", "content-type", "content-encoding", "locker-chain"]


def base_of(parts, key):
    parameters = f'({" ".join(name for name, _ in parts)});keyid="{key_id(key)}";alg="ed25519"'
    return "".join(f"{name}: {value}\n" for name, value in parts) + f'"@signature-params": {parameters}', parameters


class Station:
    def __init__(self, url, token):
        _, self.id, self.secret, self.promised = token.split(".")
        self.origin = "/".join(url.split("/")[:3])
        self.prefix = url[len(self.origin) :]
        self.seed, self.county, self.exchange = os.urandom(32), None, None
        self.key = public(self.seed)
        self.start, self.n = 1, 0
        self.incarnation, self.lines, self.hashes = os.urandom(16).hex(), [], [bytes(32)]

    # Calls

    def call(self, method, path, query="", headers={}, body=b"", counter=True):
        """One signed exchange: status, headers, body, and the request's signature."""
        headers = dict(headers)
        if counter:
            self.n += 1
            headers["locker-counter"] = f"{self.start}.{self.n}"
        if body:
            headers["content-digest"] = digest_of(body)
        parts = [('"@method"', method), ('"@path"', self.prefix + path), ('"@query"', f"?{query}")]
        parts += [(f'"{name}"', headers[name]) for name in SIGNED if name in headers]
        base, parameters = base_of(parts, self.key)
        signature = sign(self.seed, base.encode())
        headers["signature-input"] = f"sig1={parameters}"
        headers["signature"] = f"sig1=:{base64_of(signature)}:"
        target = self.origin + self.prefix + path + (f"?{query}" if query else "")
        request = urllib.request.Request(target, data=body or None, method=method, headers=headers)
        try:
            answer = urllib.request.urlopen(request, timeout=60)
        except urllib.error.HTTPError as error:
            answer = error
        return answer.status, {name.lower(): value for name, value in answer.headers.items()}, answer.read(), signature

    def believe(self, status, headers, body, signature):
        """Fails for an answer that the county did not sign for that request."""
        bound = f":{base64_of(signature)}:"
        parts = [('"@status"', status), ('"content-digest"', digest_of(body)), ('"signature";req;key="sig1"', bound)]
        base, parameters = base_of(parts, self.county)
        assert headers["content-digest"] == digest_of(body), "Content-Digest of an answer"
        assert headers["signature-input"] == f"sig1={parameters}", headers["signature-input"]
        given = base64.b64decode(headers["signature"][len("sig1=:") : -1])
        assert is_valid(self.county, given, base.encode()), "the county's signature"

    def ask(self, *arguments, **named):
        """A call whose counter is mended once; its status, headers and body."""
        for _ in range(2):
            status, headers, body, signature = self.call(*arguments, **named)
            self.believe(status, headers, body, signature)
            problem = json.loads(body) if status == 409 else {}
            if not problem.get("type", "").endswith("/replayed"):
                break
            highest = tuple(int(number) for number in problem["highest"].split("."))
            if highest > (self.start, self.n):
                self.start, self.n = highest[0] + 1, 0
        return status, headers, body

    def enrol(self):
        exchange = (9).to_bytes(32, "little")
        keys = {"signingKey": base64_of(self.key), "exchangeKey": base64_of(exchange)}
        body = canonical({"station": self.id, "secret": self.secret, **keys})
        reply = self.call("POST", "/v1/enrolments", headers={"content-type": "application/json"}, body=body)
        assert reply[0] == 200, reply
        answer = json.loads(reply[2])
        self.county = base64.b64decode(answer["countySigningKey"])
        self.exchange = base64.b64decode(answer["countyExchangeKey"])
        assert hashlib.sha256(self.county).hexdigest() == self.promised, "the key that the token promises"
        self.believe(*reply)

    # The journal

    def write(self, type, data, **more):
        sequence = f"{len(self.lines) + 1:012d}"
        now = time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime())
        known = {"specversion": "1.0", "clock": "ntp", "time": now, "uptimems": "1000", "bootid": "a-boot"}
        names = {"id": f"{self.incarnation}/{sequence}", "sequence": sequence, "source": f"/stations/{self.id}"}
        line = canonical({**known, **names, "type": f"dev.villagelocker.{type}.v1", "data": data, **more})
        self.lines.append(line)
        self.hashes.append(hashlib.sha256(self.hashes[-1] + line).digest())

    def send(self, first, last, lost=None, packed=True, counter=True):
        body = b"[\n" + b",\n".join(self.lines[first - 1 : last]) + b"\n]"
        before, after = base64_of(self.hashes[first - 1]), base64_of(self.hashes[last])
        chain = f'incarnation="{self.incarnation}", first={first}, last={last}, before=:{before}:, after=:{after}:'
        headers = {"content-type": "application/cloudevents-batch+json"}
        headers["locker-chain"] = chain + (f', lost="{lost}"' if lost else "")
        if packed:
            body, headers["content-encoding"] = gzip.compress(body), "gzip"
        status, _, answer = self.ask("POST", self.path("events"), headers=headers, body=body, counter=counter)
        return status, json.loads(answer)

    def path(self, name):
        return f"/v1/stations/{self.id}/{name}"

    def commands(self, settled=0):
        end = f"{self.incarnation}.{len(self.lines)}"
        query = f"wait=0&after={settled}&highest={settled}&end={end}"
        status, _, body = self.ask("GET", self.path("commands"), query=query)
        assert status == 200, status
        return json.loads(body)


def play(station):
    station.enrol()
    station.write("station.started", {"doors": 12, "shelfPlaces": 40, "version": "0.1.0"})
    for _ in range(6):
        station.write("scan.rejected", {"device": "1-1", "length": 3, "reason": "unknown"})

    status, answer = station.send(1, 2)
    assert (status, answer["acknowledged"], answer["hash"]) == (200, 2, station.hashes[2].hex()), answer
    status, answer = station.send(1, 4, packed=False, counter=False)
    assert (answer["acknowledged"], answer["commands"]) == (4, []) and "time" not in answer, answer
    status, answer = station.send(6, 6)
    assert (status, answer["expected"]) == (409, 5), answer
    status, answer = station.send(6, 7, lost="5-5")
    assert (status, answer["acknowledged"]) == (200, 7), answer

    status, headers, body = station.ask("GET", station.path("events"), query=f"incarnation={station.incarnation}&after=4")
    assert 'lost="5-5"' in headers["locker-chain"], headers
    assert body == b"[\n" + b",\n".join(station.lines[5:]) + b"\n]", body
    assert station.ask("GET", station.path("events"), query="after=7")[0] == 204
    listed = json.loads(station.ask("GET", station.path("incarnations"))[2])["incarnations"]
    assert [item["acknowledged"] for item in listed] == [7], listed

    # An old card: all of its counters came already.
    station.start, station.n = 0, 0
    listed = station.commands()
    assert station.start == 2, station.start
    assert listed["books"] == {"incarnation": station.incarnation, "acknowledged": 7, "hash": station.hashes[7].hex()}
    (command,) = listed["commands"]
    signature = base64.b64decode(command.pop("signature"))
    assert is_valid(station.county, signature, canonical(command)), "the command's signature"
    manifest = station.ask("GET", station.path(f"manifests/{command['data']['manifest']}"))[2]
    assert hashlib.sha256(manifest).hexdigest() == command["data"]["sha256"], manifest
    done = {"id": command["id"], "number": command["number"]}
    station.write("command.received", {**done, "type": command["type"]}, subject=command["id"])
    station.write("command.completed", done, subject=command["id"])
    assert station.send(8, 9)[1]["acknowledged"] == 9
    assert station.commands(settled=command["number"])["commands"] == []

    end = {"incarnation": station.incarnation, "last": 9, "hash": station.hashes[9].hex(), "acknowledged": 9}
    status = {"clock": "none", "version": "0", "doors": [], "scanners": [], "cameras": [], "storage": "ok"}
    report = {**status, "time": "2026-05-12T00:31:07.250Z", "parcelsWaiting": 0, "eventsWaiting": 0, "journal": end}
    headers = {"content-type": "application/json", "content-encoding": "gzip"}
    assert station.ask("PUT", station.path("status"), headers=headers, body=gzip.compress(canonical(report)))[0] == 204


if __name__ == "__main__":
    play(Station(sys.argv[1], sys.argv[2]))
    print("ok")
