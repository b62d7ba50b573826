#!/usr/bin/env python3
"""Prints what is typed on the keyboard with the given serial number, up to Enter; makes the file READY when it listens."""

import glob
import pathlib
import select
import struct
import sys

EVENT = struct.Struct("llHHi")
KEY = 1
SHIFTS = (42, 54)
ENTERS = (28, 96)
ROWS = {2: "1234567890-=", 16: "qwertyuiop[]", 30: "asdfghjkl;'`", 43: "\\zxcvbnm,./", 57: " "}
SHIFTED = {2: "!@#$%^&*()_+", 16: "QWERTYUIOP{}", 30: 'ASDFGHJKL:"~', 43: "|ZXCVBNM<>?", 57: " "}
KEYPAD = {55: "*", 71: "789-456+1230.", 98: "/"}


def layout(rows):
    return {start + index: key for start, keys in rows.items() for index, key in enumerate(keys)}


PLAIN, WITH_SHIFT = layout(ROWS | KEYPAD), layout(SHIFTED | KEYPAD)

serial, ready = sys.argv[1:]
found = []
for path in glob.glob("/sys/class/input/event*"):
    if pathlib.Path(path, "device/uniq").read_text().strip() == serial:
        found.append("/dev/input/" + pathlib.Path(path).name)
if len(found) != 1:
    sys.exit(f"keys: {len(found)} keyboards have the serial number {serial}")
text, shift = "", False
with open(found[0], "rb", buffering=0) as device:
    pathlib.Path(ready).touch()
    while True:
        if not select.select([device], [], [], 20)[0]:
            sys.exit(f"keys: only {text!r} came")
        _, _, kind, code, value = EVENT.unpack(device.read(EVENT.size))
        if kind != KEY:
            continue
        if code in SHIFTS:
            shift = value != 0
        elif value == 1 and code in ENTERS:
            break
        elif value == 1:
            text += (WITH_SHIFT if shift else PLAIN).get(code, "?")
print(text)
