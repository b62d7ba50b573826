"""The programs under test, as processes that always come to an end."""

import atexit
import json
import os
import pathlib
import pwd
import shutil
import subprocess

from bench import BENCH
from checks import Failed, monotonic, wait_for
from journal import Journal

PROGRAMS = "/run/bench/stage/programs"
LOGS = pathlib.Path("/srv")
STATION = "yc-beiliu-0231"
PORT = 8480

_running = []


def start(arguments, log, output=None):
    """Starts a process whose complaints go to /srv/LOG.log and whose output goes there too or to `output`."""
    errors = open(LOGS / f"{log}.log", "ab")
    process = subprocess.Popen(
        arguments, stdin=subprocess.DEVNULL, stdout=output or errors, stderr=errors, cwd="/")
    _running.append(process)
    return process


@atexit.register
def _end_all():
    for process in _running:
        if process.poll() is None:
            process.kill()


def ask(program, *arguments, seconds=40):
    """Runs a program to its end and returns what it printed."""
    done = subprocess.run(
        [f"{PROGRAMS}/{program}", *arguments], capture_output=True, text=True, timeout=seconds,
        stdin=subprocess.DEVNULL, check=False)
    if done.returncode != 0:
        raise Failed(f"{program} {' '.join(arguments)}: {done.stderr}{done.stdout}")
    return done.stdout


class County:
    """county-server on loopback."""

    def __init__(self, root):
        self.root = root
        folder = pathlib.Path(root, "etc/county-server")
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "county.toml").write_text(
            f'port = {PORT}\nname = "Bench"\npublic_url = "http://127.0.0.1:{PORT}"\n', encoding="utf-8")
        self.process = start([f"{PROGRAMS}/county-server", "serve", "--root", root], "county-server")
        wait_for("county-server to listen", 20, self._listens)

    @staticmethod
    def _listens():
        # 0A is LISTEN in the kernel's table.
        rows = pathlib.Path("/proc/net/tcp").read_text(encoding="ascii").splitlines()[1:]
        return any(row.split()[1].endswith(f":{PORT:04X}") and row.split()[3] == "0A" for row in rows)

    def ask(self, *arguments):
        return ask("county-server", *arguments, "--root", self.root)

    def token(self):
        return self.ask("enrol-token", STATION).strip()

    def badge(self):
        person = ["--person", "1001", "--role", "courier", "--pin", "246810"]
        return json.loads(self.ask("badge", "--station", STATION, *person, "--json"))["barcode"]

    def announce(self, parcels):
        path = pathlib.Path(self.root, "manifest.csv")
        rows = [
            f"{waybill},YTO,Bench Express,138345612{number:02},{size}"
            for number, (waybill, size) in enumerate(parcels)]
        path.write_text("waybill,brand,operator,phone,size\n" + "\n".join(rows) + "\n", encoding="utf-8")
        self.ask("manifest", "load", str(path), "--station", STATION)

    def told(self, waybill):
        """The code and the token that the recipient of a parcel was told."""
        told = json.loads(self.ask("code", waybill, "--station", STATION, "--token", "--json"))
        return told["code"], told["token"]

    def events(self):
        return self.ask("events", "--station", STATION, "--json").splitlines()

    def verify(self):
        return self.ask("verify", "--station", STATION).strip()


class Station:
    """lockerd, as the user and with the groups that its unit gives it."""

    def __init__(self, root, log="lockerd", user="lockerd"):
        self.root, self.log, self.user = root, log, user
        self.process = None
        self.printed = LOGS / f"{log}.events"

    def configure(self, rest='profile = "bench-12"\n', keypad=True):
        folder = pathlib.Path(self.root, "etc/lockerd")
        folder.mkdir(parents=True, exist_ok=True)
        boards = pathlib.Path(self.root, "usr/share/villagelocker/boards")
        boards.mkdir(parents=True, exist_ok=True)
        shutil.copy(f"{BENCH}/../boards/bench-12.toml", boards)
        text = (
            f'[station]\nid = "{STATION}"\nkind = "locker"\nvillage = "140522102206"\n'
            f'[county]\nurl = "http://127.0.0.1:{PORT}"\n'
            '[[scanner]]\nmatch = { usb = "05f9:2214" }\nrole = "scanner"\n'
            + ('[[scanner]]\nmatch = { serial = "SN2" }\nrole = "keypad"\n' if keypad else "")
            + f'[board]\ndriver = "gpiod"\n{rest}')
        (folder / "station.toml").write_text(text, encoding="utf-8")
        account = pwd.getpwnam(self.user)
        # What StateDirectory= and RuntimeDirectory= make.
        for name in ("var/lib/lockerd", "run/lockerd"):
            path = pathlib.Path(self.root, name)
            path.mkdir(parents=True, exist_ok=True)
            os.chown(path, account.pw_uid, account.pw_gid)

    @property
    def outputs(self):
        return f"{self.root}/run/lockerd/outputs"

    @property
    def pidfile(self):
        return pathlib.Path(f"{self.root}/run/lockerd/pid")

    def command(self, watched):
        """As `User=`, `LimitRTPRIO=` and, when it is watched, `ExecStopPost=` of lockerd.service do it."""
        watcher = [f"{BENCH}/hil/watcher.sh", self.pidfile, f"{PROGRAMS}/locker-outputs-off", self.outputs]
        return [
            "prlimit", "--rtprio=10", "setpriv", f"--reuid={self.user}", f"--regid={pwd.getpwnam(self.user).pw_gid}",
            "--init-groups", "--inh-caps=-all", "--no-new-privs",
            *(watcher if watched else []), f"{PROGRAMS}/lockerd", "--root", self.root]

    def start(self, watched=False):
        """Starts it and waits until it says that it is ready. Returns the seconds that took."""
        log = LOGS / f"{self.log}.log"
        log.touch()
        before = log.stat().st_size
        began = monotonic()
        self.process = start(self.command(watched), self.log)
        wait_for("lockerd to be ready", 30, lambda: self._is_ready(before))
        return monotonic() - began

    def _is_ready(self, before):
        if self.process.poll() is not None:
            raise Failed(f"lockerd ended with status {self.process.returncode}: {self.said(before)}")
        return f"station {STATION} is ready" in self.said(before)

    def said(self, before=0):
        return (LOGS / f"{self.log}.log").read_bytes()[before:].decode(errors="replace")

    def ask(self, *arguments):
        return ask("lockerctl", "--root", self.root, *arguments)

    def status(self):
        return json.loads(self.ask("status", "--json"))

    def follow(self):
        """Prints the events to a file that the host sees too."""
        start(
            [f"{PROGRAMS}/lockerctl", "--root", self.root, "events", "--follow", "--json", "--limit", "10000"],
            "lockerctl", open(self.printed, "wb"))
        return Journal(self.printed)
