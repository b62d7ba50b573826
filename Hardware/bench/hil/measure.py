"""What the kernel's tracepoint says of the outputs, and whether the guest stood still meanwhile."""

import json
import os
import subprocess
import threading
import time

from bench import BENCH, Board
from checks import Failed, monotonic


class Trace:
    """What every output did while it ran: `with Trace(shell) as trace: …`, then `trace.lines`."""

    path = "/run/bench/pulse.trace"

    def __init__(self, shell):
        self.shell = shell
        self.lines = []

    def __enter__(self):
        self.shell.run("trace_on")
        self.began = monotonic()
        return self

    def __exit__(self, kind, error, trace):
        self.ended = monotonic()
        self.shell.run(f"trace_off {self.path}")
        if kind is None:
            text = subprocess.run(
                ["python3", "-I", "-S", "-B", f"{BENCH}/pulses.py", self.path],
                check=True, capture_output=True, timeout=30).stdout
            outputs = {*Board.locks.values(), *Board.signals}
            self.lines = [line for line in json.loads(text)["lines"] if line["line"] in outputs]

    def locks(self):
        """Pulses of each lock that moved."""
        named = {line: door for door, line in Board.locks.items()}
        return {named[found["line"]]: found["pulses"] for found in self.lines if found["line"] in named}

    def all_off(self):
        """When the last output went off, or `Failed` if one did not."""
        left = [line for line in self.lines if line["unfinished"]]
        if left:
            raise Failed(f"left on: {left}")
        return max(pulse["end"] for line in self.lines for pulse in line["pulses"])


class Observer:
    """On each processor a process of high priority, asleep most of the time: when it oversleeps, the guest stood."""

    def __init__(self):
        self.stalls = []
        for processor in range(os.cpu_count()):
            threading.Thread(target=self._watch, args=(processor,), daemon=True).start()

    def _watch(self, processor):
        source = os.path.join(BENCH, "hil/observer.py")
        command = ["python3", "-I", "-S", "-B", source, str(processor)]
        child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        for row in child.stdout:
            self.stalls.append(tuple(map(float, row.split())))

    def stalled(self, start, end):
        """The longest stall within a time, in milliseconds."""
        time.sleep(0.02)
        return max((1000 * (late - due) for due, late in self.stalls if late >= start and due <= end), default=0)

    def stalled_in(self, trace):
        """The longest stall while a coil was on; without any pulse, at any time."""
        spans = [
            (p["start"], p["end"])
            for pulses in trace.locks().values() for p in pulses if p["width_ms"]]
        return max(self.stalled(*span) for span in spans or [(trace.began, trace.ended)])


class Samples:
    """Pulses of 200 ms, measured. One that is wrong while the guest stood still is taken again and counted."""

    REPEATS_MAX, STALL_MS = 3, 10

    def __init__(self, shell, observer):
        self.shell, self.observer = shell, observer
        self.taken = self.repeated = self.stalled = 0
        self.worst = 0.0

    def take(self, doors, act, undo, wanted=(200,)):
        """`act` opens the doors, the first with the pulses that are wanted; `undo` makes it possible once more."""
        for attempt in range(self.REPEATS_MAX + 1):
            if attempt > 0:
                undo()
            with Trace(self.shell) as trace:
                act()
            self.taken += 1
            pulses, stall = trace.locks(), self.observer.stalled_in(trace)
            self.stalled += stall > self.STALL_MS
            widths = [pulse["width_ms"] or 0 for pulse in pulses.get(doors[0], [])]
            errors = [abs(width - want) / want for width, want in zip(widths, wanted)]
            if set(pulses) == set(doors) and len(widths) == len(wanted) and max(errors) <= 0.2:
                self.worst = max(self.worst, *errors)
                figures = " ".join(f"{width:.1f}" for width in widths)
                return f"lock {doors[0]} {figures} ms, no other lock moved" + (f" but {doors[1]}" if doors[1:] else "")
            if stall <= self.STALL_MS or attempt == self.REPEATS_MAX:
                raise Failed(f"pulses {pulses}, the guest stood for {stall:.0f} ms")
            self.repeated += 1
        raise AssertionError

    def __str__(self):
        return (
            f"{self.taken} taken, in {self.stalled} the guest stood for more than {self.STALL_MS} ms, {self.repeated} "
            f"repeated; the worst good pulse was {100 * self.worst:.0f} % off")
