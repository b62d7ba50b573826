#!/usr/bin/env python3
"""Types a text and Enter on a HID gadget: hidtype.py [--keypad] [--no-enter] [--timeout S] [--gap S]
[--show-gap] -- DEVICE TEXT. --show-gap prints the longest time between two keys in milliseconds."""

import os
import select
import sys
import time

SHIFT = 0x02
ENTER, KEYPAD_ENTER = 0x28, 0x58


def us_layout():
    keys = {" ": (0, 0x2C)}
    for index, letter in enumerate("abcdefghijklmnopqrstuvwxyz"):
        keys[letter] = (0, 0x04 + index)
        keys[letter.upper()] = (SHIFT, 0x04 + index)
    for index, (plain, shifted) in enumerate(zip("1234567890", "!@#$%^&*()")):
        keys[plain] = (0, 0x1E + index)
        keys[shifted] = (SHIFT, 0x1E + index)
    # 0x32 is the key that US keyboards do not have.
    usages = [0x2D, 0x2E, 0x2F, 0x30, 0x31, 0x33, 0x34, 0x35, 0x36, 0x37, 0x38]
    for usage, plain, shifted in zip(usages, "-=[]\\;'`,./", '_+{}|:"~<>?'):
        keys[plain] = (0, usage)
        keys[shifted] = (SHIFT, usage)
    return keys


def keypad():
    usages = {"/": 0x54, "*": 0x55, "-": 0x56, "+": 0x57, "0": 0x62, ".": 0x63}
    usages.update({str(digit): 0x58 + digit for digit in range(1, 10)})
    return {character: (0, usage) for character, usage in usages.items()}


def reports(text, keys, enter):
    for character in text:
        if character not in keys:
            sys.exit(f"hidtype: no key for {character!r}")
        modifier, usage = keys[character]
        yield bytes([modifier, 0, usage, 0, 0, 0, 0, 0])
        yield bytes(8)
    if enter:
        yield bytes([0, 0, enter, 0, 0, 0, 0, 0])
        yield bytes(8)


def main(arguments):
    on_keypad, with_enter, timeout, gap, shows_gap = False, True, 5.0, 0.0, False
    while arguments and arguments[0] != "--":
        option = arguments.pop(0)
        if option == "--keypad":
            on_keypad = True
        elif option == "--no-enter":
            with_enter = False
        elif option == "--show-gap":
            shows_gap = True
        elif option == "--timeout":
            timeout = float(arguments.pop(0))
        elif option == "--gap":
            gap = float(arguments.pop(0))
        else:
            sys.exit(f"hidtype: unknown option {option}")
    device, text = arguments[1:]

    keys = keypad() if on_keypad else us_layout()
    enter = (KEYPAD_ENTER if on_keypad else ENTER) if with_enter else 0
    # Scanners do not wait for other programs of the computer that they are plugged into.
    os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(30))
    deadline = time.monotonic() + timeout
    poll = select.poll()
    file = os.open(device, os.O_WRONLY | os.O_NONBLOCK)
    poll.register(file, select.POLLOUT)

    def wait_until_read():
        left = deadline - time.monotonic()
        if left <= 0 or not poll.poll(left * 1000):
            sys.exit("hidtype: nobody reads the keys")

    times = []
    try:
        for report in list(reports(text, keys, enter)):
            wait_until_read()
            times.append(time.monotonic())
            os.write(file, report)
            if gap:
                time.sleep(gap)
        # A report that was only queued has not been typed.
        wait_until_read()
        times.append(time.monotonic())
    except OSError as error:
        sys.exit(f"hidtype: {device}: {error.strerror}")
    if shows_gap:
        print(round(1000 * max(late - early for early, late in zip(times, times[1:]))))


main(sys.argv[1:])
