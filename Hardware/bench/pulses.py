#!/usr/bin/env python3
"""Reads a trace saved by trace_off and prints the pulses of every line that moved, as JSON.

A pulse is a stay away from the line's idle level, which is its pull. Times are the guest's monotonic seconds.
"""

import json
import re
import sys

HEADER = re.compile(r"# (start|end) (\d+) ([01]) ([01]) (\S+) (\d+) ?(.*)")
STAMP = r"\s(\d+\.\d+): "
SET = re.compile(STAMP + r"gpio_value: (\d+) set ([01])")
RELEASE = re.compile(STAMP + r"gpio_sim_free: release (\d+) level ([01])")
LOST = re.compile(r"LOST \d+ EVENTS")
WRITTEN = re.compile(r"# entries-in-buffer/entries-written: (\d+)/(\d+)")


class Line:
    def __init__(self, idle, bank, line, name):
        self.facts = {"bank": bank, "line": int(line), "name": name, "idle": int(idle)}
        self.level = self.facts["idle"]
        self.since = None
        self.pulses = []

    def move(self, when, level):
        if level == self.level:
            return
        self.level = level
        if level != self.facts["idle"]:
            self.since = when
            return
        # A pulse that began before the trace has an end alone.
        width = None if self.since is None else round((when - self.since) * 1000, 3)
        self.pulses.append({"start": self.since, "end": when, "width_ms": width, "level": 1 - level})
        self.since = None

    def report(self):
        active = self.level != self.facts["idle"]
        unfinished = {"start": self.since, "level": self.level} if active else None
        return self.facts | {"pulses": self.pulses, "unfinished": unfinished}


def read(text):
    lines = {}
    for row in text:
        if LOST.search(row):
            sys.exit("pulses: the trace has lost events")
        if match := WRITTEN.match(row):
            if match[1] != match[2]:
                sys.exit("pulses: the trace has lost events")
        elif match := HEADER.match(row):
            moment, number, level, idle, bank, line, name = match.groups()
            # Banks made after the start are known from the end alone.
            if moment == "start" or number not in lines:
                lines[number] = Line(idle, bank, line, name)
            if moment == "start":
                lines[number].level = int(level)
        elif match := SET.search(row) or RELEASE.search(row):
            when, number, level = match.groups()
            if number not in lines:
                sys.exit(f"pulses: the trace has no line {number}")
            lines[number].move(float(when), int(level))
    if not lines:
        sys.exit("pulses: no trace of trace_off")
    return [report for line in lines.values() if (report := line.report())["pulses"] or report["unfinished"]]


def main():
    with open(sys.argv[1], encoding="utf-8") if len(sys.argv) > 1 else sys.stdin as text:
        json.dump({"lines": read(text)}, sys.stdout, indent=2)
    print()


main()
