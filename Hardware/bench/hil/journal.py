"""The events that `lockerctl events --follow --json` prints."""

import json

from checks import wait_for


class Journal:
    """The events that a station has printed so far."""

    def __init__(self, path):
        self.file = open(path, "rb")
        self.lines = []
        self.events = []

    def read(self):
        while True:
            place = self.file.tell()
            line = self.file.readline()
            if not line.endswith(b"\n"):
                self.file.seek(place)
                return self.events
            event = json.loads(line)
            self.lines.append(line.rstrip(b"\n").decode())
            self.events.append({
                "type": event["type"].removeprefix("dev.villagelocker.").removesuffix(".v1"),
                "uptime": int(event["uptimems"]), "subject": event.get("subject"), **event.get("data", {})})

    def mark(self):
        return len(self.read())

    def find(self, kind, after=0, **facts):
        return [
            event for event in self.read()[after:]
            if event["type"] == kind and all(event.get(name) == value for name, value in facts.items())]

    def wait(self, kind, seconds=20, after=0, **facts):
        """The first event of a type with these facts after a mark."""
        wanted = f"{kind} {facts or ''}"
        return wait_for(wanted, seconds, lambda: self.find(kind, after, **facts))[0]

    def coming(self, kind, **facts):
        """For `Gadgets.scan_for`: waits for what is printed from now on."""
        mark = self.mark()
        return lambda seconds: self.wait(kind, seconds, mark, **facts)
