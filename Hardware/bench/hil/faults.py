#!/usr/bin/env python3
"""Parts that are broken, missing or forbidden: each is named, and the station starts all the same."""

import os
import pathlib
import signal
import subprocess

from bench import Board, Gadgets, Shell, start_holder
from checks import check, expect, finish, must, wait_for
from programs import PROGRAMS, Station

shell = Shell()
board = Board(shell)
CHIP = "gpio-sim.0-node0"
DOOR = '[[door]]\nname = "{}"\nsize = "M"\nlock = {}\n'
# Name, lock, and what lockerd has to say.
DOORS = [
    ("B01", f'{{ chip = "{CHIP}", line = 0 }}', None),
    ("B02", '{ chip = "no-such-chip", line = 0 }', 'door B02 lock: no GPIO chip with label "no-such-chip"; chips '),
    ("B03", f'{{ chip = "{CHIP}", line = 99 }}', f'door B03 lock: no line 99 on "{CHIP}"'),
    ("B04", f'{{ chip = "{CHIP}", line = 4 }}', f'door B04 lock: line 4 of {CHIP} ({board.device}) is taken by '),
    ("B05", '{ name = "NO-SUCH-LINE" }', 'door B05 lock: no GPIO line is named "NO-SUCH-LINE"'),
]

gadgets = Gadgets(shell)
faults = []


def starts():
    seconds = broken.start()
    status = broken.status()
    faults.extend(status["faults"])
    expect(status["doors"]["total"] == len(DOORS), f"{status}")
    return f"ready after {seconds:.1f} s with {len(faults)} faults"


def named(text):
    found = [fault for fault in faults if fault.startswith(text)]
    expect(len(found) == 1, f"{len(found)} faults begin with {text!r}: {faults}")
    expect(f"error: {found[0]}" in broken.said(), f"not in the log: {found[0]}")
    return found[0]


def no_scanner():
    status = broken.status()
    expect(not [scanner for scanner in status["scanners"] if scanner["attached"]], f"{status['scanners']}")
    expect(not [fault for fault in faults if "USB" in fault or "scanner" in fault], f"{faults}")


def scanner_later():
    gadgets.plug("scanner")
    return journal.wait("device.scannerAttached", seconds=10)["usb"]


def checked():
    """`lockerd --check` says the same and does not start anything."""
    done = subprocess.run(
        [f"{PROGRAMS}/lockerd", "--check", "--root", broken.root],
        capture_output=True, text=True, timeout=30, check=False)
    missing = [said for name, _, said in DOORS if said and name != "B04" and said not in done.stderr]
    expect(done.returncode == 1 and not missing, f"status {done.returncode}, without {missing}: {done.stderr}")


def stops():
    broken.process.send_signal(signal.SIGTERM)
    status = broken.process.wait(timeout=15)
    expect(status == 0, f"exit status {status}")


def forbidden():
    gadgets.plug("numpad")
    seconds = nobody.start()
    status = nobody.status()
    faults[:] = status["faults"]
    expect(status["doors"]["total"] == 12 and len(faults) >= 12, f"{faults}")
    # Which chip has the label it could not see: it names the first that it may not open.
    expect(all("no permission for /dev/gpiochip" in fault for fault in faults), f"{faults}")
    return f"ready after {seconds:.1f} s with {len(faults)} faults, the first: {faults[0]}"


def forbidden_usb():
    event = wait_for("the fault of the scanner", 10, lambda: nobody.follow_once.find("device.scannerFaulted"))[0]
    expect("no permission; install the udev rule" in event["reason"], f"{event}")
    return event["reason"]


def bad_file():
    path = pathlib.Path(broken.root, "etc/lockerd/station.toml")
    path.write_text(path.read_text(encoding="utf-8").replace("active_low", "aktive_low").replace(
        'line = 0 }', 'line = 0, aktive_low = true }', 1), encoding="utf-8")
    done = subprocess.run(
        [f"{PROGRAMS}/lockerd", "--root", broken.root], capture_output=True, text=True, timeout=30, check=False)
    expect(done.returncode == 78 and "unknown key aktive_low" in done.stderr, f"{done.returncode}: {done.stderr}")
    return done.stderr.strip().replace(f"{broken.root}/", "")


holder = start_holder(shell, 4)
broken = Station("/tmp/broken", log="lockerd.broken")
broken.configure("".join(DOOR.format(name, lock) for name, lock, _ in DOORS))
must("a station with broken parts and no scanner starts", starts)
for door, _, said in DOORS:
    if said:
        check(f"the fault of door {door} is named", named, said)
check("no scanner is no fault", no_scanner)
journal = broken.follow()
check("a scanner that comes later is found", scanner_later)
check("lockerd --check names the same faults while the station runs", checked)
check("the station with broken parts stops well", stops)
holder.terminate()
check("a spelling mistake in station.toml is named with file, line and mend, and ends with 78", bad_file)

nobody = Station("/tmp/nobody", log="lockerd.nobody", user="nobody")
nobody.configure()
must("a station without permission for its devices starts", forbidden)
nobody.follow_once = nobody.follow()
check("and names the scanner that it may not open", forbidden_usb)
os.kill(nobody.process.pid, signal.SIGTERM)
finish()
