"""schemathesis asks a county all that its documents allow and much that they do not: no answer is an error of the server.

    run.py --program county-server [--short] [--seed N] [--examples N]

starts a county on the loopback interface with a root of its own, fills it, and lets schemathesis call its pages as people
of each role who are logged in, and its stations' calls as an enrolled station that signs. A route that no document has
is a failed check, and so is one that was not called. Ends with `N passed, N failed, N skipped`.
"""

import argparse, base64, csv, io, json, os, pathlib, signal, subprocess, sys, tempfile, time

HERE = pathlib.Path(__file__).resolve().parent
sys.dont_write_bytecode = True
sys.path[:0] = [str(HERE), str(HERE.parent / "Pages"), str(HERE.parent / "JourneyTests")]
# A test that hangs is a failed one. Seconds.
SHORT, LONG = 240, 3_600
CALL_SECONDS = 30
SEED = 20_261_130
# Calls of one operation that schemathesis makes up: pages, stations.
SHORT_EXAMPLES, LONG_EXAMPLES = (6, 12), (60, 120)


def stop(*_):
    raise KeyboardInterrupt("out of time")


def check_documents(checks, made, pages, sights):
    """That nothing answers that the documents do not have."""
    import document, routes

    described = document.described()
    found, written = routes.of_stations(), document.operations(described)
    checks.equal("the stations' document has the routes of the stations", sorted(written), sorted(found))
    nobody = made.nobody()
    missing = []
    for route in pages:
        path = "/" + "/".join("1" if part.startswith(":") else part for part in route.parts)
        answer = nobody.ask(path, None if route.method == "GET" else b"")
        is_there = answer.status == 303 and answer.headers["location"].startswith("/login")
        if not is_there and route.access != "anybody":
            missing.append(f"{route.name}: {answer.status}")
    checks.that("the server has each route that the sources' table has", not missing, missing)
    checks.that("no page leads to a route that is not in the table", not sights.strange, sorted(sights.strange))
    checks.that("no page that people see is an error", not sights.faults, sights.faults)
    unseen = [route.name for route in pages if route.method == "POST" and route.name not in sights.forms]
    checks.that("each form that can be sent was seen on a page", not unseen, unseen)
    return described


def state_of(made, sights):
    """What the hooks have to know."""
    import document, made_county

    accounts = [name for name in sights.forms if name.startswith("POST /accounts/{name}")]
    spare = [{"name": made_county.SWITCHED_OFF}, {"name": made_county.SWITCHED_ON}]
    instead = {name: spare for name in accounts}
    typed = {
        "waybill": [made.called] * 3 + made.waybills[:2],
        "station": [made.stations[made_county.FIRST].id] * 3 + made.names,
        "reason": ["收件人不在家，须电话联系后改投"], "days": ["30"], "new": ["four other words here"],
        "name": ["zhou", "wu-two", "示例"], "password": ["no such password"],
        "code": ["999900100777", "999900777", made.villages[0]["区划代码"]],
    }
    station = made.stations[made_county.PLAYED]
    sheets = {}
    for kind in ("township", "village", "operatorFirm", "site", "staff", "operatorReport"):
        text = made.county.command("register", "print", kind).lstrip("\ufeff")
        sheets[kind] = list(csv.reader(io.StringIO(text)))[:6]
    row = ["SF88000000001", "SF", made.firm, "13800005678", ""]
    sheets["manifest"] = [["运单号", "品牌", "经营企业", "手机号", "村"], row]
    readers = {name: sorted(who - set(made_county.SPARE)) for name, who in sights.readers.items()}
    present = [name for name in made.clerks if name not in made_county.SPARE or name == made_county.SPENT]
    return {
        "origin": made.county.origin,
        "passwords": {name: made.clerks[name].password for name in present},
        "spare": made_county.SPENT,
        "readers": {name: who for name, who in readers.items() if who},
        "forms": sights.forms,
        "sheets": sheets,
        "known": document.known(sights, instead, typed),
        # What a station's calls may name, by the names of parameters and of what events hold.
        "exist": {
            "station": [station.id], "manifest": [made.manifest], "incarnation": [station.incarnation],
            "waybill": made.waybills[:3] + sorted(station.brand_of)[:3], "door": ["A1", "A2"],
            "run": ["run-C-2", "run-C-1"],
            "after": ["0", "3", "100"], "limit": ["1", "500", "501"], "end": [f"{station.incarnation}.{station.sent}"],
        },
        "tokens": made.tokens,
        "station": {
            "id": station.id, "seed": station.seed.hex(), "key": station.key.hex(), "start": station.start,
            "incarnation": station.incarnation, "last": station.sent, "hash": station.hashes[station.sent].hex(),
        },
    }


def write_documents(folder, described, sights):
    import document

    documents = {"pages": document.of_pages(sights), "stations": document.of_stations(described)}
    for name, one in documents.items():
        (folder / f"{name}.json").write_text(json.dumps(one), encoding="utf-8")
    return documents


def start(folder, made, name, hooks, examples, given):
    """schemathesis with one document."""
    environment = {
        **os.environ, "SCHEMATHESIS_HOOKS": hooks, "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONPATH": os.pathsep.join([str(HERE), str(HERE.parent / "Pages"), str(HERE.parent / "JourneyTests")]),
        "COUNTY_STATE": str(folder / "state.json"), "COUNTY_CALLS": str(folder / f"{name}.calls"),
    }
    work = folder / name
    work.mkdir()
    phases = "fuzzing" if given.short else "coverage,fuzzing"
    command = [sys.executable, "-m", "schemathesis.cli", "run", f"{folder}/{name}.json", "--url", made.county.origin]
    command += ["--phases", phases, "--max-examples", str(examples), "--seed", str(given.seed), "--workers", "1"]
    command += ["--checks", "not_a_server_error", "--continue-on-failure", "--no-shrink", "--no-color"]
    command += ["--warnings", "off", "--suppress-health-check", "all", "--request-timeout", str(CALL_SECONDS)]
    output = open(folder / f"{name}.output", "wb")
    return subprocess.Popen(command, cwd=work, env=environment, stdout=output, stderr=output, stdin=subprocess.DEVNULL)


def judge(checks, folder, name, operations, status, is_short):
    """A check for each operation: it was called, and never answered by an error."""
    log = folder / f"{name}.calls"
    calls = [json.loads(line) for line in log.read_text("utf-8").splitlines()] if log.exists() else []
    answers = [call for call in calls if "status" in call]
    for operation in sorted(operations):
        own = [call for call in answers if call["operation"] == operation and not call.get("beside")]
        counts = {}
        for call in own:
            counts[call["status"]] = counts.get(call["status"], 0) + 1
        wrong = [call for call in own if call["status"] >= 500]
        said = " ".join(f"{status}×{count}" for status, count in sorted(counts.items()))
        checks.that(f"{operation}: {said or 'not called'}", own and not wrong, "\n".join(map(told, wrong[:3])))
    beside = [call for call in answers if call.get("beside") and call["status"] >= 500]
    checks.that(f"{name}: no page beside those is an error", not beside, beside[:3])
    good = {call["operation"] for call in answers if call["status"] in (200, 204, 303) and not call.get("is_out")}
    idle = sorted(set(operations) - good - MAY_FAIL)
    if is_short:
        few = [one for one in idle if not one.startswith("POST")]
        checks.that(f"{name}: a few calls also did each of what is not a form", len(few) <= len(operations) // 20, few)
        checks.that(f"{name}: and most forms", len(idle) - len(few) <= len(operations) // 6, idle)
    else:
        checks.that(f"{name}: each operation was also done", not idle, idle)
    begun = [index for index, call in enumerate(calls) if "begins" in call]
    lost = [calls[index]["begins"] for index in begun if "status" not in (calls + [{}])[index + 1]]
    checks.that(f"{name}: each of {len(begun)} calls was answered", begun and not lost, lost[:3])
    is_well = checks.that(f"{name}: schemathesis ends well", status == 0, f"status {status}")
    if not is_well:
        print((folder / f"{name}.output").read_text("utf-8", "replace")[-6_000:])


# What a made-up call hardly ever gets done.
MAY_FAIL = {"GET /once/{key}", "GET /static/{file}"}


def told(call):
    body = base64.b64decode(call.get("body", ""))
    lines = ["", f"{call['status']} {call['target']} as {call.get('by', 'the station')}"]
    lines += [f"  headers {call.get('headers')}", f"  body {body[:600]!r}", f"  answer {call.get('answer', '')[:300]!r}"]
    return "\n".join(lines)


def check(checks, made, given, folder):
    import document, made_county, routes

    checks.part("a county is made", made.fill)
    pages = routes.of_pages()
    sights = document.Sights(pages)
    for name, clerk in made.clerks.items():
        if name not in made_county.SPARE:
            checks.part(f"{name} looks around", sights.walk, clerk, made.addresses)
    described = check_documents(checks, made, pages, sights)
    documents = write_documents(folder, described, sights)
    (folder / "state.json").write_text(json.dumps(state_of(made, sights)), encoding="utf-8")
    print(f"        seed {given.seed}", flush=True)
    examples = SHORT_EXAMPLES if given.short else LONG_EXAMPLES
    examples = (given.examples, given.examples) if given.examples else examples
    began = time.monotonic()
    running = {
        "pages": start(folder, made, "pages", "as_clerk", examples[0], given),
        "stations": start(folder, made, "stations", "as_station", examples[1], given),
    }
    try:
        for name, process in running.items():
            process.wait()
            print(f"        schemathesis of the {name} ({time.monotonic() - began:.0f} s)", flush=True)
    finally:
        for process in running.values():
            process.kill()
    for name, process in running.items():
        judge(checks, folder, name, document.operations(documents[name]), process.returncode, given.short)
    checks.part("what is left of the county", check_after, checks, made)


def check_after(checks, made):
    """What is left of the county."""
    import made_county

    if not checks.that("the server still runs", made.county.process.poll() is None):
        print(made.county.log.read_text("utf-8", "replace")[-2_000:])
        return
    checks.equal("and answers", made.nobody().ask("/healthz").text, "ok\n")
    for name in made_county.PEOPLE:
        page = made.clerks[name]
        checks.that(f"{name} still comes in", page.log_in().status == 200)
    checks.equal("its log has no fault", made.county.faults(), [])
    station = made.stations[made_county.PLAYED]
    lines = made.county.command("events", "--station", station.id, "--after", str(station.sent)).splitlines()[1:]
    understood = [line for line in lines if "CHECK:" not in line and not line.rstrip().endswith("unknown")]
    print(f"        {len(lines)} made-up events were stored, {len(understood)} of them understood", flush=True)
    checks.that("made-up events were stored and understood", understood)
    proved = made.county.command("verify", "--station", station.id)
    checks.that("the station's chain holds", proved != "", proved)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", default=HERE.parent.parent / ".build/release/county-server", type=pathlib.Path)
    parser.add_argument("--short", action="store_true", help="what a change has to pass, in some 60 s")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--examples", type=int, help="calls of one operation that are made up")
    parser.add_argument("--keep", type=pathlib.Path, help="a folder outside of the tree for documents and calls")
    given = parser.parse_args()

    import environment

    try:
        environment.enter()
    except (SystemExit, OSError, subprocess.SubprocessError) as reason:
        print(f"SKIPPED made-up calls: the wheels of requirements.txt are not to be had here: {reason}")
        print("0 passed, 0 failed, 1 skipped")
        return
    from checks import Checks
    from made_county import MadeCounty

    signal.signal(signal.SIGALRM, stop)
    signal.signal(signal.SIGTERM, stop)
    signal.alarm(SHORT if given.short else LONG)
    checks = Checks()
    made = MadeCounty(given.program.resolve())
    try:
        with tempfile.TemporaryDirectory(prefix="county-calls.") as folder:
            if given.keep:
                given.keep.mkdir(parents=True, exist_ok=True)
                folder = given.keep
            checks.part("all of it", check, checks, made, given, pathlib.Path(folder))
    except KeyboardInterrupt as reason:
        checks.that(f"the run ends in time ({reason})", False)
    finally:
        signal.alarm(0)
        if given.keep and given.keep.is_dir():
            (given.keep / "server.log").write_bytes(made.county.log.read_bytes())
        made.close()
    sys.exit(checks.close())


if __name__ == "__main__":
    main()
