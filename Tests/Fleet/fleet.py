#!/usr/bin/env python3
"""Counts the raw events of a fleet (`lockerbench fleet`) again and compares every cell of the county's reports.

Reads the events as they were sent and the registers as `county-server register print` writes them, folds them by rules of
its own (`fold.py`, `report.py`), and compares the sums with the canonical CSV of `county-server report`: of every month and
year that holds something, and of every day. One check is a column of one report. Last line: `N passed, N failed`.
"""

import argparse
import csv
import datetime
import io
import json
import pathlib
import subprocess
import sys
import time
import tomllib

import differences
import report as reports
from fold import DATED, Event, Fold, Journal, fact_of

EPOCH = datetime.date(1970, 1, 1)
DIFFERENCES_SHOWN = 20


def options():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--raw", required=True, help="the events, one a line")
    parser.add_argument("--root", required=True, help="folder of the county")
    parser.add_argument("--server", required=True, help="county-server")
    parser.add_argument("--events-min", type=int, default=1, help="fewer events prove too little")
    parser.add_argument("--all-cases", action="store_true", help="every column must have something to count")
    return parser.parse_args()


class Checks:
    def __init__(self):
        self.passed = self.failed = self.shown = 0

    def check(self, is_right, name, detail=""):
        if is_right:
            self.passed += 1
            return
        self.failed += 1
        print(f"FAILED  {name}")
        if detail:
            print(f"        {detail}")


class County:
    """The real county, by its own commands."""

    def __init__(self, server, root):
        self.server, self.root = server, root
        settings = tomllib.loads(pathlib.Path(root, "etc/county-server/county.toml").read_text(encoding="utf-8"))
        sheets = [self.run("register", "print", kind) for kind in ("township", "village", "site")]
        self.registers = reports.Registers(*sheets, settings["code"], settings["name"])

    def run(self, *arguments):
        command = [self.server, *arguments, "--root", self.root]
        return subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout.decode("utf-8")

    def report(self, kind, text):
        return self.run("report", kind, text, "--csv")


# Events


def read_event(line):
    """The station and incarnation of a raw line, and what of it counts."""
    event = json.loads(line)
    incarnation, sequence = event["id"].split("/")
    kind = event["type"].removeprefix("dev.villagelocker.").removesuffix(".v1")
    return event["source"].removeprefix("/stations/"), incarnation, Event(
        int(sequence), hash(line), milliseconds(event["time"]), int(event["uptimems"]),
        event["clock"] in DATED, fact_of(kind, event["data"]),
    )


def milliseconds(text):
    moment = datetime.datetime.fromisoformat(text.removesuffix("Z") + "+00:00")
    return round(moment.timestamp() * 1_000)


def read_folds(path):
    journals = {}
    with open(path, "rb") as raw:
        for line in raw:
            station, incarnation, event = read_event(line.rstrip(b"\n"))
            journals.setdefault(station, Journal()).add(incarnation, event)
    events = sum(map(len, journals.values()))
    stored = sum(journal.stored for journal in journals.values())
    branches = sum(len(journal.branches) for journal in journals.values())
    print(f"fleet.py: {events} events of {len(journals)} stations, {events - stored} of them in {branches} branches")
    folds = {}
    for station in sorted(journals):
        folds[station] = Fold(journals.pop(station).ordered())
    return folds, events, stored


# Periods


def date(day):
    return EPOCH + datetime.timedelta(days=day)


def number(year, month, day):
    return (datetime.date(year, month, day) - EPOCH).days


def periods(folds):
    """Kind, name and days of each report that is compared: whatever holds a run, a piece or a stretch without a clock."""
    days = set()
    for fold in folds.values():
        days.update(day for day, (runs, *_) in fold.days.items() if runs)
        days.update(mark for _, mark, *_ in fold.pieces if not isinstance(mark, tuple))
        days.update(day for first, last, _ in fold.drifts for day in (first, last) if day is not None)
    months = sorted({(date(day).year, date(day).month) for day in days})
    for year in sorted({year for year, _ in months}):
        yield "year", f"{year:04}", (number(year, 1, 1), number(year, 12, 31))
    for year, month in months:
        next_month = (year + 1, 1) if month == 12 else (year, month + 1)
        yield "month", f"{year:04}-{month:02}", (number(year, month, 1), number(*next_month, 1) - 1)
    for day in sorted(days):
        yield "day", str(date(day)), (day, day)


# Comparing


def lines_of(text):
    table = list(csv.reader(io.StringIO(text)))
    return {(row[0], row[1]): dict(zip(table[0][2:], row[2:])) for row in table[1:]}, table


def compare(county, folds, period, checks, totals):
    """Compares one report; gives its text, and whether anything differs."""
    kind, name, days = period
    own = reports.Report(folds, county.registers, days, int(time.time() * 1_000))
    text = county.report(kind, name)
    lines, table = lines_of(text)
    failed = checks.failed
    title = f"{kind} {name}"
    checks.check(table[0] == reports.NAMES + reports.COLUMNS, f"{title}: columns", f"{table[0]}")
    keys = [tuple(row[:2]) for row in table[1:]]
    missing, added = sorted(own.lines.keys() - set(keys)), sorted(set(keys) - own.lines.keys())
    checks.check(keys == sorted(own.lines), f"{title}: lines, sorted", f"missing {missing[:5]}, too many {added[:5]}")
    for column in reports.NAMES[2:] + reports.COLUMNS:
        wrong = []
        for key in own.lines.keys() & lines.keys():
            counted, reported = str(own.lines[key][column]), lines[key].get(column, "no such column")
            if counted != reported:
                wrong.append((key, counted, reported))
        checks.check(not wrong, f"{title}: {column}, {len(wrong)} of {len(lines)} lines differ")
        for key, counted, reported in sorted(wrong):
            if checks.shown < DIFFERENCES_SHOWN:
                checks.shown += 1
                print(f"        {' '.join(key)}: the report has {reported}, the events give {counted}")
    totals.append((title, len(lines), own.lines[county.registers.county[0], ""], own))
    return text, checks.failed > failed


def main():
    chosen, checks = options(), Checks()
    try:
        prove(chosen, checks)
    except subprocess.CalledProcessError as error:
        checks.check(False, f"{' '.join(error.cmd)} ended with status {error.returncode}")
    print(f"{checks.passed} passed, {checks.failed} failed")
    sys.exit(checks.failed > 0)


def prove(chosen, checks):
    county = County(chosen.server, chosen.root)
    folds, events, stored = read_folds(chosen.raw)
    checks.check(events >= chosen.events_min, f"{events} events, at least {chosen.events_min} are asked for")
    strange = sorted(folds.keys() - county.registers.site_of.keys())
    checks.check(not strange, f"stations that no site has: {strange[:5]}")
    texts, totals, differs = {}, [], False
    for period in periods(folds):
        texts[period], is_wrong = compare(county, folds, period, checks, totals)
        differs = differs or is_wrong
    show(totals, checks, chosen.all_cases)
    if differs:
        differences.explain(chosen.raw, pathlib.Path(chosen.root, "var/lib/county-server/books.sqlite"), folds)
    rebuilt = county.run("rebuild")
    checks.check(rebuilt.split()[:1] == [str(stored)], f"{stored} events were sent into chains, rebuild says: {rebuilt}")
    for (kind, name, _), text in texts.items():
        checks.check(county.report(kind, name) == text, f"{kind} {name}: other bytes from books that are made anew")


def show(totals, checks, all_cases):
    """What was compared; a column with nothing in it proves nothing."""
    seen = dict.fromkeys(reports.PIECES + reports.DAYS, 0)
    for title, lines, county_line, own in totals:
        days = {column: sum(int(line[column] or 0) for line in own.lines.values()) for column in reports.DAYS}
        words = [f"{column} {county_line[column]}" for column in reports.PIECES]
        words += [f"{column} {county_line[column]}" for column in (reports.LESS_RECEIVED, reports.LESS_ACCEPTED)]
        words += [f"{column} {days[column]}" for column in reports.DAYS]
        if not title.startswith("day"):
            print(f"fleet.py: {title}: {lines} lines; {', '.join(words)}")
        for column in reports.PIECES:
            seen[column] += county_line[column] or 0
        for column in reports.DAYS:
            seen[column] += days[column]
        seen[reports.LESS_RECEIVED] = seen.get(reports.LESS_RECEIVED, 0) + county_line[reports.LESS_RECEIVED]
    needed = [reports.RECEIVED, reports.ACCEPTED, reports.VISITED, reports.UNKNOWN]
    if all_cases:
        needed = [column for column in seen if column != reports.NOT_YET]
    for column in needed:
        checks.check(seen[column] > 0, f"{column}: nothing was counted, so nothing is proven")


if __name__ == "__main__":
    main()
