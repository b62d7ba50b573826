#!/usr/bin/env python3
"""A day of parcels as fast as it goes, scanned at the station's USB scanner; somebody shuts its doors: day300.py STATION
COUNTY_ROOT PARCELS HIDTYPE DEVICE. A courier brings ten, their recipients fetch them by token, and so on. Prints one line at
the end; ends with 1 if a parcel is lost."""

import json
import os
import subprocess
import sys
import tempfile
import time

ROUND = 10
# A guest that stood still between two keys has torn the scan: the person scans again.
SCANS_MAX = 6
SCAN_SECONDS = 12
EXPECTED_SECONDS = 120
# The interpreter's own libraries are not for the programs.
CLEAN = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8"}
station, root, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
hidtype, device = sys.argv[4:6]


def run(*arguments):
    done = subprocess.run(arguments, capture_output=True, text=True, timeout=120, stdin=subprocess.DEVNULL, env=CLEAN, check=False)
    if done.returncode != 0:
        sys.exit(f"day300: {' '.join(arguments)}: {done.stderr}{done.stdout}")
    return done.stdout


def county(*arguments):
    return run("/run/board/programs/county-server", *arguments, "--root", root)


def scan(text):
    subprocess.run(
        [sys.executable, "-I", "-S", "-B", hidtype, "--timeout", "20", "--", device, text], check=True, timeout=60)


def comes_within(seconds, happened):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if happened():
            return True
        time.sleep(0.05)
    return False


def scan_until(text, happened):
    for _ in range(SCANS_MAX):
        scan(text)
        if comes_within(SCAN_SECONDS, happened):
            return
    sys.exit(f"day300: {text} was scanned {SCANS_MAX} times in vain")


def is_at_work():
    return bool(json.loads(run("lockerctl", "status", "--json")).get("session"))


class Events:
    def __init__(self):
        self.path = tempfile.mkstemp(prefix="events.", dir="/run")[1]
        self.follower = subprocess.Popen(
            ["lockerctl", "events", "--follow", "--json", "--limit", "100000"], stdout=open(self.path, "wb"),
            stdin=subprocess.DEVNULL, env=CLEAN)
        self.file = open(self.path, "rb")
        self.seen = set()
        self.rest = b""

    def has(self, kind, waybill):
        lines = (self.rest + self.file.read()).split(b"\n")
        self.rest = lines.pop()
        for line in lines:
            event = json.loads(line)
            name = event["type"].removeprefix("dev.villagelocker.").removesuffix(".v1")
            self.seen.add((name, event.get("subject")))
            self.seen.add((name, event.get("data", {}).get("waybill")))
        return (kind, waybill) in self.seen


def main():
    waybills = [f"YT7{number:012}" for number in range(count)]
    manifest = os.path.join(root, "manifest.csv")
    with open(manifest, "w", encoding="utf-8") as file:
        file.write("waybill,brand,operator,phone,size\n")
        for number, waybill in enumerate(waybills):
            file.write(f"{waybill},YTO,YTO Express,138{number:08},S\n")
    county("manifest", "load", manifest, "--station", station)
    badge = json.loads(county(
        "badge", "--station", station, "--person", "1001", "--role", "courier", "--pin", "246810", "--json"))["barcode"]
    events = Events()
    began = time.monotonic()
    try:
        if not comes_within(EXPECTED_SECONDS, lambda: events.has("parcel.expected", waybills[-1])):
            sys.exit(f"day300: the manifest did not come in {EXPECTED_SECONDS} s")
        for first in range(0, count, ROUND):
            batch = waybills[first:first + ROUND]
            # Scanned within his session it would end that.
            if not is_at_work():
                scan_until(badge, is_at_work)
            for waybill in batch:
                scan_until(waybill, lambda: events.has("parcel.stored", waybill))
            for waybill in batch:
                told = json.loads(county("code", waybill, "--station", station, "--token", "--json"))
                scan_until(told["token"], lambda: events.has("parcel.collected", waybill))
            print(f"{first + len(batch)} parcels after {time.monotonic() - began:.0f} s", flush=True)
    finally:
        events.follower.kill()
    print(f"{count} stored and collected in {(time.monotonic() - began) / 60:.1f} minutes")


main()
