#!/usr/bin/env python3
"""Doors of the profile bench-12 on the virtual board: one whose lock gets its pulse springs open and is shut a moment later.
cabinet.py FOLDER, which with a number behind it is a line of gpio-sim."""

import pathlib
import sys
import time

DOORS = 12
ACTIVE_LOW, CLOSES_LOW = {2}, {4}
LOOK_SECONDS, OPEN_SECONDS, SHUT_SECONDS = 0.01, 0.06, 1.0


class Door:
    def __init__(self, folder, number):
        self.number = number
        self.lock = pathlib.Path(f"{folder}{number}/value")
        self.pull = pathlib.Path(f"{folder}{number + DOORS}/pull")
        self.energised_at = None

    def sense(self, closed):
        self.pull.write_text("pull-up" if closed != (self.number in CLOSES_LOW) else "pull-down", encoding="ascii")

    def look(self):
        on = int(self.lock.read_text(encoding="ascii")) != (self.number in ACTIVE_LOW)
        if on and self.energised_at is None:
            self.energised_at = time.monotonic()
            time.sleep(OPEN_SECONDS)
            print(f"A{self.number + 1:02} opens", flush=True)
            self.sense(False)
        elif self.energised_at is not None and time.monotonic() - self.energised_at > SHUT_SECONDS:
            self.energised_at = None
            self.sense(True)


doors = [Door(sys.argv[1], number) for number in range(DOORS)]
while True:
    for door in doors:
        door.look()
    time.sleep(LOOK_SECONDS)
