"""What the events of one station say: the days on which runs came, and the pieces that a report counts.

Written from the words of the month report, and from what stands beside `ReportFigure`, `StationReport` and `ReportClock`.
It shares no code with them. Events go in as plain JSON, in the order in which the county got them.
"""

DAY = 86_400_000
EAST = 8 * 3_600_000
# Between two events of one start that lie further apart nobody was there: the clock was wrong.
WATCH_MAX = 400 * DAY
# Days back for which a run without a date is looked for, where nothing is known before it.
BACK_MAX = 400
# Clocks by which a day is known.
DATED = {"ntp", "county", "manual", "rtc"}

# Steps of a parcel or shipment by their events. Whoever fetches a parcel, it is fetched.
STEPS = {
    "parcel.received": "received", "parcel.stored": "stored", "parcel.collected": "collected",
    "parcel.handedToAgent": "handedToAgent", "parcel.refused": "refused", "parcel.lost": "lost",
    "parcel.retrieved": "retrieved", "parcel.returned": "returned", "shipment.droppedOff": "droppedOff",
    "shipment.accepted": "accepted", "shipment.handedOver": "handedOver", "shipment.rejected": "rejected",
    "shipment.returned": "returnedToSender",
}
COUNTED = {"received", "accepted", "rejected"}


def day_of(wall):
    """The day in Asia/Shanghai, counted from 1970-01-01."""
    return (wall + EAST) // DAY


def day_begins(day):
    """Its first millisecond since 1970."""
    return day * DAY - EAST


def fact_of(kind, data):
    """What of an event counts here; None for most."""
    if kind in STEPS:
        if kind == "parcel.received" and data["how"] in ("move", "audit"):
            return None  # It was received before.
        return ("step", data["waybill"], STEPS[kind], data["parties"]["brand"])
    if kind == "run.arrived" and not data.get("again"):
        return ("run",)
    if kind == "parcel.expected" and "station" not in data["entry"]:
        return ("named", data["entry"]["waybill"], data["entry"].get("village"))
    if kind == "parcel.joined":
        return ("joined", data["waybill"], data["formerly"])
    if kind == "station.started":
        since = data.get("darkSince")
        return ("started", int(since) if since is not None and data.get("darkClock") in DATED else None)
    if kind == "station.journalReplaced":
        lost = int(data["lostLast"]) if "lostLast" in data else None
        return ("replaced", data["reason"], bool(data.get("stateKept")), data.get("previous"), lost)
    return None


class Event:
    __slots__ = ("sequence", "digest", "wall", "uptime", "is_dated", "fact", "is_behind_loss")

    def __init__(self, sequence, digest, wall, uptime, is_dated, fact):
        self.sequence, self.digest, self.wall, self.uptime = sequence, digest, wall, uptime
        self.is_dated, self.fact, self.is_behind_loss = is_dated, fact, False


class Journal:
    """The events of a station, brought into the order in which they happened."""

    def __init__(self):
        self.chains = {}
        self.branches = {}
        self.doubles = 0

    def add(self, incarnation, event):
        chain = self.chains.setdefault(incarnation, {})
        known = chain.setdefault(event.sequence, event)
        if known is event:
            return
        if known.digest == event.digest:
            self.doubles += 1
            return
        branch = self.branches.setdefault(incarnation, {})
        other = branch.setdefault(event.sequence, event)
        if other is not event and other.digest != event.digest:
            raise ValueError(f"{incarnation}/{event.sequence} has three versions")

    def __len__(self):
        return sum(map(len, self.chains.values())) + sum(map(len, self.branches.values()))

    @property
    def stored(self):
        """Events in the chains; those of branches are kept beside them."""
        return sum(map(len, self.chains.values()))

    def ordered(self):
        """Incarnation behind incarnation. A branch that the station says it went on with happened behind what it left.

        Where numbers are missing, events were lost; so they were in front of a journal that replaces a damaged one, but where
        the station lost nothing but lines in the midst of it.
        """
        named = {
            event.fact[3]
            for chain in self.chains.values() for event in chain.values()
            if event.fact and event.fact[0] == "replaced" and event.fact[1] in ("forked", "restored")
        }
        is_first = True
        for incarnation, chain in self.chains.items():
            last = 0
            for sequence in sorted(chain):
                event = chain[sequence]
                # What is in front of the first event of all nobody has lost.
                event.is_behind_loss = sequence != last + 1 and not is_first or self.replaces_lost(event)
                last, is_first = sequence, False
                yield event
            if incarnation in named:
                branch = self.branches.get(incarnation, {})
                for sequence in sorted(branch):
                    yield branch[sequence]

    def replaces_lost(self, event):
        if not event.fact or event.fact[:2] != ("replaced", "damaged"):
            return False
        _, _, is_kept, previous, lost = event.fact
        return not is_kept or lost is not None and lost > max(self.chains.get(previous, {0: None}))


def starts(events):
    """Cuts events into the starts of the daemon: within one, the uptime goes on."""
    start = []
    for event in events:
        if start and begins_another(event, start):
            yield start
            start = []
        start.append(event)
    if start:
        yield start


def begins_another(event, start):
    kind = event.fact[0] if event.fact else ""
    if kind == "started":
        # What tells that a journal was replaced stands in front of the start that found it.
        return not (len(start) == 1 and start[0].fact and start[0].fact[0] == "replaced")
    if kind == "replaced" and event.fact[1] != "forked" and not event.fact[2]:
        return True
    return event.uptime < start[-1].uptime


class Fold:
    """The books of one station."""

    def __init__(self, events):
        # Day → [runs, milliseconds watched, whether a run may have come, whether events of it are missing].
        self.days = {}
        # (waybill, mark, mark of what it takes off or None, brand, village or None, figure, ±1).
        self.pieces = []
        # Stretches without a clock: the days between which they lie; a mark ("drift", index) names one.
        self.drifts = []
        # Wall time up to which all is known, and of the first that is.
        self.reaches = self.began = None
        self.steps = {}
        self.villages = {}
        self.open = None
        # The day that was known before events that were lost, and whether some were since the last date.
        self.known, self.is_lost = None, False
        was_dated = False
        for start in starts(events):
            fact = start[0].fact
            if was_dated and fact and fact[0] == "started" and fact[1] is not None and fact[1] > self.reaches:
                # The start before it lived on behind its last event.
                self.watch(self.reaches, fact[1])
                self.reaches = fact[1]
            was_dated = any(event.is_dated for event in start)
            self.take(start)

    def day(self, number):
        return self.days.setdefault(number, [0, 0, False, False])

    def take(self, start):
        first = next((index for index, event in enumerate(start) if event.is_dated), None)
        if first is None:
            return self.take_undated(start)
        wall, uptime = start[first].wall, start[first].uptime
        began = wall - (uptime - start[0].uptime)
        self.settle(began)
        watched = began
        self.name(start[:first])
        for index, event in enumerate(start):
            if event.is_dated:
                wall, uptime = event.wall, event.uptime
            time = wall + (event.uptime - uptime)
            if index >= first:
                self.watch(watched, time)
                watched = time
            self.lose(event, day_of(time))
            self.reaches = time
            self.began = time if self.began is None else self.began
            day = day_of(time)
            if event.fact == ("run",):
                self.day(day)[0] += 1
            self.count(event.fact, day, is_named=index < first)

    def name(self, waiting):
        """What waits for a time is counted under the village that manifests have named by then."""
        for event in waiting:
            if event.fact and event.fact[0] == "named" and event.fact[2] is not None:
                self.villages[event.fact[1]] = event.fact[2]

    def watch(self, begin, end):
        if end - begin > WATCH_MAX:
            return
        while begin < end:
            day = day_of(begin)
            until = min(end, day_begins(day + 1))
            self.day(day)[1] += until - begin
            begin = until

    def lose(self, event, day):
        """A run may have come on each day that lost events touch: from the day known before them to the day behind them."""
        if event.is_behind_loss and not self.is_lost:
            self.is_lost, self.known = True, self.reaches
        if not self.is_lost or day is None:
            return
        self.is_lost = False
        before = day if self.known is None else day_of(self.known)
        first, last = min(before, day), max(before, day)
        for touched in range(max(first, last - BACK_MAX), last + 1):
            # So may a piece have.
            self.day(touched)[2] = self.day(touched)[3] = True

    # Without a clock

    def take_undated(self, start):
        if self.open is None:
            self.open = len(self.drifts)
            self.drifts.append([None if self.reaches is None else day_of(self.reaches), None, 0])
        self.name(start)
        for event in start:
            self.lose(event, None)
            if event.fact == ("run",):
                self.drifts[self.open][2] += 1
            self.count(event.fact, ("drift", self.open), is_named=True)

    def settle(self, wall):
        """The stretch without a clock lies before this time, and behind what was known last."""
        if self.open is None:
            return
        drift, self.open = self.drifts[self.open], None
        last = day_of(wall)
        first = drift[0]
        if first is not None:
            first, last = min(first, last), max(first, last)
        drift[0], drift[1] = first, last
        if drift[2] == 0:
            return
        if first == last:
            self.day(last)[0] += drift[2]
            return
        for day in range(last - BACK_MAX if first is None else max(first, last - BACK_MAX), last + 1):
            self.day(day)[2] = True

    # Pieces

    def count(self, fact, mark, is_named):
        if fact is None:
            return
        kind = fact[0]
        if kind == "named":
            if fact[2] is not None and not is_named:
                self.villages[fact[1]] = fact[2]
        elif kind == "joined":
            self.join(fact[1], fact[2])
        elif kind == "step":
            self.go(fact[1], fact[2], fact[3], mark)

    def join(self, waybill, formerly):
        if formerly in self.villages:
            self.villages.setdefault(waybill, self.villages[formerly])
        old = self.steps.pop(formerly, None)
        if old and (self.steps.get(waybill) or (None,))[0] is None:
            self.steps[waybill] = old

    def go(self, waybill, step, brand, mark):
        before = self.steps.get(waybill, (None, None, brand))
        if before[0] == step:
            return  # Scanned or opened twice.
        whole = parent(waybill)
        if step == "received" and whole:
            if whole in self.villages:
                self.villages.setdefault(waybill, self.villages[whole])
            bag = self.steps.get(whole)
            if before[0] is None and bag and bag[0] == "received":
                # It came with its bag as one piece: its first part was counted then.
                self.steps[whole] = (None, bag[1], bag[2])
                self.steps[waybill] = ("received", bag[1], brand)
                return
        self.steps[waybill] = (step, mark, brand)
        if step not in COUNTED:
            return
        village = self.villages.get(waybill)
        self.pieces.append((waybill, mark, None, brand, village, step, 1))
        if step == "rejected" and before[0] == "accepted":
            self.pieces.append((waybill, mark, before[1], before[2], village, "accepted", -1))


def parent(waybill):
    """The number of the whole of which this one names a part: `JD123-1-2-` is one of `JD123`."""
    stem, hyphen, rest = waybill.partition("-")
    digits = rest.replace("-", "")
    return stem if hyphen and digits.isascii() and digits.isdigit() else None
