"""The bench as Python sees it: the shell functions of guest/lib.sh, the lines of the board, the gadgets."""

import os
import pathlib
import re
import subprocess
import threading

from checks import Failed, wait_for

BENCH = os.environ["BENCH"]


class Shell:
    """One bash that has read lib.sh."""

    def __init__(self):
        self.lock = threading.Lock()
        self.bash = subprocess.Popen(
            ["bash"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, bufsize=1)
        self.run('source "$BENCH/guest/lib.sh"', subshell=False)

    def run(self, command, subshell=True):
        """Runs a command and returns what it printed."""
        with self.lock:
            body = f"( {command} )" if subshell else command
            self.bash.stdin.write(f"{body} </dev/null\necho \"=end= $?\"\n")
            text = ""
            for line in self.bash.stdout:
                if line.startswith("=end= "):
                    if line != "=end= 0\n":
                        raise Failed(f"{command}: {text.strip()}")
                    return text
                text += line
            raise Failed(f"{command}: the shell ended: {text}")


class Board:
    """The lines of the bank `board`, as the profile bench-12 uses them."""

    locks = {f"A{number + 1:02}": number for number in range(12)}
    sensors = {f"A{number + 1:02}": number + 12 for number in range(12)}
    signals = {24: "green", 25: "red", 26: "buzzer"}
    active_low = {"A03"}
    closes_low = {"A05"}

    def __init__(self, shell):
        self.shell = shell
        self.base = int(shell.run("gpio_base board"))
        self.folder = shell.run("gpio_line_folder board ''").strip()
        self.device = "/dev/" + shell.run("gpio_device board").strip()

    def value(self, line):
        return int(pathlib.Path(f"{self.folder}{line}/value").read_text(encoding="ascii"))

    def sense(self, door, is_closed):
        """Moves the switch of a door."""
        high = is_closed != (door in self.closes_low)
        pathlib.Path(f"{self.folder}{self.sensors[door]}/pull").write_text(
            "pull-up" if high else "pull-down", encoding="ascii")

    def active(self):
        """Names of the outputs that are on now."""
        on = [door for door, line in self.locks.items() if self.value(line) != (door in self.active_low)]
        return on + [name for line, name in self.signals.items() if self.value(line)]


class Gadgets:
    """Scanner and number pad, plugged in and out and typed on."""

    TORN_MS, TORN_SECONDS, REPEATS_MAX = 80, 3, 6
    repeated = 0

    def __init__(self, shell):
        self.shell = shell

    def plug(self, name):
        self.shell.run(f"gadget_plug {name}")

    def unplug(self, name):
        self.shell.run(f"gadget_unplug {name}")

    def scan(self, text):
        """Types a text and Enter. Returns the longest time between two keys in milliseconds."""
        return float(self.shell.run(f"gadget_type scanner '{text}' --show-gap --timeout 20"))

    def scan_for(self, text, effect):
        """Scans until `effect(seconds)` sees what should come of it. lockerd takes a silence of 100 ms for the end of a
        scan: if the guest stood that long between two keys, the scan may be torn, and the person scans again."""
        for attempt in range(self.REPEATS_MAX + 1):
            is_whole = self.scan(text) < self.TORN_MS or attempt == self.REPEATS_MAX
            try:
                return effect(20 if is_whole else self.TORN_SECONDS)
            except Failed:
                if is_whole:
                    raise
            Gadgets.repeated += 1
        raise AssertionError

    def key_in(self, text):
        self.shell.run(f"gadget_type numpad '{text}' --keypad")


def start_holder(shell, line):
    """Another program that has a line."""
    chip = shell.run("gpio_device board").strip()
    # libgpiod 2 has other options.
    old = "v1." in shell.run("gpioset --version")
    options = ["--mode=signal", chip] if old else ["-c", chip]
    listing = f"gpioinfo {chip}" if old else f"gpioinfo -c {chip}"
    holder = subprocess.Popen(["gpioset", *options, f"{line}=0"], stdin=subprocess.DEVNULL)
    taken = re.compile(rf"line +{line}:.*(\[used\]|consumer=)")
    wait_for("gpioset to take the line", 10, lambda: taken.search(shell.run(listing)))
    return holder


def nodes(pattern):
    """Owner, group and mode of device files."""
    import grp
    import stat
    return {
        str(path): (grp.getgrgid(path.stat().st_gid).gr_name, oct(stat.S_IMODE(path.stat().st_mode)))
        for path in pathlib.Path("/dev").glob(pattern)
    }


def wait_off(board, seconds):
    wait_for("every output off", seconds, lambda: not board.active())
