"""The courier, who puts parcels in, and those who take them out; every pulse that they cause is measured."""

import time

from checks import expect

# Enough of each size that every sample can be repeated.
PARCELS = [(f"YT89626467853{number:02}", size) for number, size in enumerate("S" * 9 + "M" * 12 + "L" * 4)]
# A parcel of size L gets them in this order.
LARGE_DOORS = ["A04", "A09", "A10", "A12"]
# So long after a pickup the station keeps the door for its recipient and gives a parcel another one.
REOPEN_SECONDS = 61


class People:
    """What they do, each time with another parcel."""

    def __init__(self, county, journal, gadgets, cabinet, samples):
        self.county, self.journal, self.gadgets = county, journal, gadgets
        self.cabinet, self.samples = cabinet, samples
        self.waiting = {size: [waybill for waybill, its in PARCELS if its == size] for size in "SML"}
        self.inside = {}
        self.told = {}

    def put_in(self, door, size):
        mark, waybill = self.journal.mark(), self.waiting[size].pop(0)
        self.gadgets.scan_for(waybill, self.journal.coming("door.unlockRequested", door=door))
        self._open_and_shut(mark, door)
        self.journal.wait("parcel.stored", after=mark, waybill=waybill, evidence="sensor")
        self.inside[door] = waybill

    def take_out(self, door, means):
        mark, waybill = self.journal.mark(), self.inside[door]
        code, token = self.told[waybill]
        if means == "code":
            self.gadgets.key_in(code)
        else:
            self.gadgets.scan_for(token, self.journal.coming("door.unlockRequested", door=door))
        self._open_and_shut(mark, door)
        self.journal.wait("parcel.collected", after=mark, waybill=waybill, means=means, evidence="sensor")

    def _open_and_shut(self, mark, door):
        order = ["door.unlockRequested", "door.opened", "door.closed"]
        times = [self.journal.wait(kind, after=mark, door=door)["uptime"] for kind in order]
        expect(times == sorted(times), f"{order} at {times}")

    def tell(self, door):
        """What the county tells the recipient is asked for before the trace begins."""
        waybill = self.inside[door]
        if waybill not in self.told:
            self.told[waybill] = self.county.told(waybill)

    def deposit(self, door, size):
        def undo():
            self.tell(door)
            self.take_out(door, "code")
            time.sleep(REOPEN_SECONDS)
        return self.samples.take([door], lambda: self.put_in(door, size), undo)

    def collect(self, door, size, means):
        def undo():
            time.sleep(REOPEN_SECONDS)
            self.put_in(door, size)
            self.tell(door)
        self.tell(door)
        return self.samples.take([door], lambda: self.take_out(door, means), undo)

    def meet_stuck_door(self):
        large = iter(zip(LARGE_DOORS, LARGE_DOORS[1:]))
        pair = list(next(large))

        def act():
            mark, waybill = self.journal.mark(), self.waiting["L"].pop(0)
            self.gadgets.scan_for(waybill, self.journal.coming("door.unlockRequested", door=pair[0]))
            self.journal.wait("door.openFailed", after=mark, door=pair[0], attempts=3)
            self.journal.wait("parcel.stored", after=mark, waybill=waybill)
            self.inside[pair[1]] = waybill

        def undo():
            # The door that stayed shut is out of service: the next one gets stuck.
            self.tell(pair[1])
            self.take_out(pair[1], "code")
            self.cabinet.stuck.add(pair[1])
            pair[:] = next(large)
        return self.samples.take(pair, act, undo, wanted=(200, 300, 500))
