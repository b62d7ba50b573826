#!/usr/bin/env python3
"""Tests of the rules by which fleet.py counts, on events made by hand. Last line: `N passed, N failed`."""

import json
import sys
import unittest

import fleet
import report as reports
from fold import DAY, Fold, Journal, day_begins

MAY_12, MAY_31, JUNE_1 = 20_585, 20_604, 20_605
JUNE_30 = JUNE_1 + 29
PARTIES = {"brand": "SF"}


class Made:
    """Events of one station, written as JSON and read back as fleet.py reads them."""

    def __init__(self, station="sim-0001"):
        self.station, self.journal, self.sequences = station, Journal(), {}

    def add(self, kind, data, day, hour=8.0, clock="ntp", uptime=None, incarnation="a", sequence=None):
        wall = day_begins(day) + int(hour * 3_600_000)
        number = sequence or self.sequences.get(incarnation, 0) + 1
        self.sequences[incarnation] = number
        seconds, rest = divmod(wall, 1_000)
        stamp = fleet.datetime.datetime.fromtimestamp(seconds, fleet.datetime.timezone.utc)
        line = json.dumps({
            "id": f"{incarnation}/{number:012}", "source": f"/stations/{self.station}", "data": data, "clock": clock,
            "type": f"dev.villagelocker.{kind}.v1", "time": f"{stamp:%Y-%m-%dT%H:%M:%S}.{rest:03}Z",
            "uptimems": str(wall - day_begins(MAY_12 - 10) if uptime is None else uptime),
        })
        station, chain, event = fleet.read_event(line.encode())
        assert station == self.station
        self.journal.add(chain, event)
        return self

    def start(self, day, hour=0.0, **more):
        return self.add("station.started", {"version": "1"}, day, hour, **more)

    def run(self, day, hour=8.0, **more):
        return self.add("run.arrived", {"run": "R1"}, day, hour, **more)

    def piece(self, kind, waybill, day, hour=8.0, brand="SF", **more):
        data = {"waybill": waybill, "parties": {"brand": brand}, "how": "scan", "by": "recipient"}
        at = {key: more.pop(key) for key in ("clock", "uptime", "incarnation", "sequence") if key in more}
        return self.add(kind, {**data, **more}, day, hour, **at)

    def fold(self):
        return Fold(self.journal.ordered())


def registers(of_first=None):
    """A county of two townships, or of so many villages of the first alone."""
    townships = "区划代码,乡镇,生效日期\n999900100,甲镇,\n999900101,乙镇,\n"
    villages = "区划代码,村名,乡镇\n" + "".join(f"99990010020{n},{n}村,甲镇\n" for n in range(of_first or 4))
    if of_first is None:
        villages += "999900101200,远村,乙镇\n"
    sites = "站点,所在村,设点村,辐射村,状态,生效日期\n" + "".join(
        f"sim-000{n + 1},99990010020{n},,{'999900100203' if n == 1 else ''},营业,\n" for n in range(3)
    )
    return reports.Registers(townships, villages, sites, "999900", "示例县")


def month(*made, days=(MAY_12 - 11, MAY_31), now=JUNE_30 + 1):
    folds = {one.station: one.fold() for one in made}
    return reports.Report(folds, registers(), days, day_begins(now)).lines


class Pieces(unittest.TestCase):
    def cell(self, lines, column, code="999900100200", brand="SF"):
        return lines[code, brand][column]

    def test_a_parcel_counts_once_whatever_is_scanned_twice(self):
        made = Made().start(MAY_12).piece("parcel.received", "YT1", MAY_12).piece("parcel.received", "YT1", MAY_12, 9)
        made.piece("parcel.received", "YT2", MAY_12, how="audit").piece("parcel.received", "YT3", MAY_12, how="move")
        made.piece("parcel.stored", "YT1", MAY_12, 9.5).piece("parcel.received", "YT1", MAY_12 + 1)
        self.assertEqual(self.cell(month(made), reports.RECEIVED), 1)

    def test_a_rejection_takes_off_what_the_same_month_accepted_and_nothing_of_another(self):
        made = Made().start(MAY_12)
        for waybill, day in (("A", MAY_31), ("B", JUNE_1)):
            made.piece("shipment.accepted", waybill, MAY_31)
        for waybill, day in (("A", MAY_31), ("B", JUNE_1)):
            made.piece("shipment.rejected", waybill, day, 9)
        may, june = month(made), month(made, days=(JUNE_1, JUNE_30))
        self.assertEqual([self.cell(may, column) for column in (reports.ACCEPTED, reports.REJECTED)], [1, 1])
        # The station is silent from that day on: that it accepted nothing is not known.
        self.assertEqual([self.cell(june, column) for column in (reports.ACCEPTED, reports.REJECTED)], ["", 1])
        other = Made("sim-0002").start(JUNE_1).piece("shipment.accepted", "B", JUNE_1)
        june = month(made, other, days=(JUNE_1, JUNE_30))
        self.assertEqual(self.cell(june, reports.ACCEPTED, "999900"), 1)

    def test_the_village_of_the_manifest_comes_first_and_the_township_counts_a_waybill_once(self):
        one, two = Made("sim-0001").start(MAY_12), Made("sim-0002").start(MAY_12)
        for name, waybill in (("3村", "W1"), ("999900100203", "W2"), ("无此村", "W3")):
            one.add("parcel.expected", {"entry": {"waybill": waybill, "village": name}}, MAY_12, 1)
            one.piece("parcel.received", waybill, MAY_12)
        two.piece("parcel.received", "W3", MAY_12)
        lines = month(one, two)
        received = [self.cell(lines, reports.RECEIVED, f"99990010020{n}") for n in (0, 1, 3)]
        self.assertEqual(received, [1, 1, 2])
        for code in ("999900100", "999900"):
            self.assertEqual(self.cell(lines, reports.RECEIVED, code, ""), 3)
            self.assertEqual(self.cell(lines, reports.LESS_RECEIVED, code, ""), 1)

    def test_what_no_clock_dates_may_belong_to_two_months(self):
        made = Made().start(MAY_31, 8).start(0, uptime=5_000, clock="none")
        made.piece("parcel.received", "W1", 0, clock="none", uptime=6_000)
        made.start(JUNE_1, 20)
        lines = month(made)
        self.assertEqual(self.cell(lines, reports.RECEIVED), 0)
        self.assertEqual(self.cell(lines, reports.MAY_RECEIVED), 1)
        self.assertNotIn(("999900100200", "SF"), month(made, days=(JUNE_1 + 1, JUNE_30)))
        year = month(made, days=(MAY_12 - 131, MAY_12 + 233))
        self.assertEqual(self.cell(year, reports.RECEIVED), 1)

    def test_a_later_reading_of_the_same_start_dates_what_came_before(self):
        made = Made().start(0, clock="none", uptime=1_000)
        made.piece("parcel.received", "W1", 0, clock="none", uptime=2_000)
        made.run(MAY_12, 8, uptime=3_600_000)
        self.assertEqual(self.cell(month(made), reports.RECEIVED), 1)

    def test_parts_and_joined_numbers(self):
        made = Made().start(MAY_12).piece("parcel.received", "JD1", MAY_12).piece("parcel.received", "JD1-1-2-", MAY_12)
        made.piece("parcel.received", "JD1-2-2-", MAY_12)
        made.piece("parcel.received", "OLD", MAY_12)
        made.add("parcel.joined", {"waybill": "NEW", "formerly": "OLD"}, MAY_12)
        made.piece("parcel.received", "NEW", MAY_12, 9)
        self.assertEqual(self.cell(month(made), reports.RECEIVED), 3)

    def test_a_branch_counts_where_the_next_journal_names_it(self):
        for reason, counted in (("forked", 2), ("damaged", 1)):
            made = Made().start(MAY_12).piece("parcel.received", "W1", MAY_12)
            made.piece("parcel.received", "W2", MAY_12, sequence=2)
            made.add("station.journalReplaced", {"reason": reason, "previous": "a"}, MAY_12, 9, incarnation="b")
            self.assertEqual(self.cell(month(made), reports.RECEIVED), counted)

    def test_nothing_is_0_only_where_everybody_was_heard(self):
        days = (MAY_12, MAY_12)
        one = Made("sim-0001").start(MAY_12).piece("parcel.received", "W1", MAY_12).start(JUNE_1)
        lines = month(one, days=days)
        self.assertEqual([self.cell(lines, reports.ACCEPTED, f"99990010020{n}", "") for n in (0, 1, 3)], [0, "", ""])
        self.assertEqual([self.cell(lines, reports.ACCEPTED, code, "") for code in ("999900100", "999900")], ["", ""])
        # A chain that begins behind the day proves nothing of it.
        later = [Made(f"sim-000{n}").start(JUNE_1) for n in (2, 3)]
        lines = month(one, *later, days=days)
        self.assertEqual([self.cell(lines, reports.ACCEPTED, code, "") for code in ("999900100", "999900")], ["", ""])
        others = [Made(f"sim-000{n}").start(MAY_12).start(JUNE_1) for n in (2, 3)]
        lines = month(one, *others, days=days)
        # The county has a village without a station, of which nothing is known.
        self.assertEqual([self.cell(lines, reports.ACCEPTED, code, "") for code in ("999900100", "999900")], [0, ""])
        # A township without a station proves nothing; neither does a day of which the end is missing.
        self.assertEqual(self.cell(lines, reports.ACCEPTED, "999900101", ""), "")
        lines = month(Made().start(MAY_12).piece("parcel.received", "W1", MAY_12), days=days)
        self.assertEqual([self.cell(lines, column) for column in (reports.RECEIVED, reports.ACCEPTED)], [1, ""])


    def accepted(self, *made, villages=4, days=(MAY_12, MAY_12)):
        """Of villages, township and county, which has the first township alone."""
        folds = {one.station: one.fold() for one in made}
        lines = reports.Report(folds, registers(villages), days, day_begins(JUNE_30)).lines
        codes = [f"99990010020{n}" for n in range(3)] + ["999900100", "999900"]
        return [self.cell(lines, reports.ACCEPTED, code, "") for code in codes]

    def heard(self, *numbers):
        return [Made(f"sim-000{n}").start(MAY_12).start(JUNE_1) for n in numbers]

    def test_a_village_without_a_station_leaves_the_sums_above_it_unknown(self):
        self.assertEqual(self.accepted(*self.heard(1, 2, 3)), [0, 0, 0, 0, 0])
        self.assertEqual(self.accepted(*self.heard(1, 2, 3), villages=5), [0, 0, 0, "", ""])

    def test_a_station_that_lost_events_of_the_days_proves_no_0(self):
        lossy = Made().start(MAY_12).add("door.closed", {"door": "A"}, MAY_12, sequence=42).start(JUNE_1)
        self.assertEqual(self.accepted(lossy, *self.heard(2, 3)), ["", 0, 0, "", ""])
        # Not of these days.
        self.assertEqual(self.accepted(lossy, *self.heard(2, 3), days=(MAY_12 + 1, MAY_12 + 2)), [0, 0, 0, 0, 0])

    def test_a_station_that_no_site_has_is_not_waited_for_when_it_ended_before(self):
        retired = Made("sim-0009").start(MAY_12 - 3)
        self.assertEqual(self.accepted(retired, *self.heard(1, 2, 3)), [0, 0, 0, 0, 0])
        retired.start(MAY_12, 1)
        self.assertEqual(self.accepted(retired, *self.heard(1, 2, 3)), [0, 0, 0, 0, ""])


class Days(unittest.TestCase):
    def days(self, *made, code="999900100200", **more):
        line = month(*made, **more)[code, ""]
        return [line[column] for column in reports.DAYS]

    def watched(self, first, last):
        made = Made().start(first)
        for day in range(first, last + 1):
            for hour in range(1, 24):
                made.add("door.closed", {"door": "A01"}, day, hour)
        return made

    def test_visited_not_visited_and_unknown(self):
        made = self.watched(MAY_12, MAY_12 + 3).run(MAY_12 + 3, 23.5)
        # The chain does not reach the end of its last day; that day has its visit all the same. Of the days before its
        # first event nobody knows.
        self.assertEqual(self.days(made), [1, 3, 27, 0, 0])
        self.assertEqual(self.days(code="999900100200"), [0, 0, 31, 0, 0])

    def test_a_station_that_was_off_for_more_than_an_hour_proves_nothing(self):
        made = Made().start(MAY_12)
        made.add("door.closed", {"door": "A01"}, MAY_12, 12).start(MAY_12, 13.5, uptime=1_000)
        made.add("door.closed", {"door": "A01"}, MAY_12 + 2, 1, uptime=1_000 + int(35.5 * 3_600_000))
        self.assertEqual(self.days(made), [0, 1, 29, 1, 0])

    def test_a_run_without_a_date_makes_days_uncertain_unless_they_are_one(self):
        for hours, counts in ((40, [0, 0, 29, 2, 0]), (12, [1, 0, 30, 0, 0])):
            made = Made().start(MAY_12, 0).start(0, clock="fake", uptime=5)
            made.run(0, clock="fake", uptime=6)
            made.start(MAY_12, hours, uptime=1).add("door.closed", {"door": "A"}, MAY_12, hours + 8, uptime=2)
            self.assertEqual(self.days(made), counts, hours)

    def test_a_run_without_a_date_makes_a_watched_day_uncertain(self):
        for kind, counts in (("run.arrived", [0, 0, 30, 1, 0]), ("door.closed", [0, 1, 30, 0, 0])):
            made = self.watched(MAY_12, MAY_12).start(0, clock="none", uptime=5)
            made.add(kind, {"door": "A01"}, 0, clock="none", uptime=6)
            made.start(MAY_12 + 1, 0.2, uptime=1)
            self.assertEqual(self.days(made, code="999900100200"), counts, kind)

    def test_an_uptime_that_falls_is_another_start(self):
        made = self.watched(MAY_12, MAY_12)
        made.add("door.closed", {"door": "A01"}, MAY_12 + 2, uptime=1)
        self.assertEqual(self.days(made), [0, 1, 29, 1, 0])

    def test_a_day_that_lost_events_touch_is_not_known(self):
        for lost in (0, 1, 2):
            made = Made().start(MAY_12)
            for hour in range(1, 24):
                # One of the numbers is missing, or the journal begins anew in the evening.
                sequence = made.sequences["a"] + (2 if hour == 8 and lost == 1 else 1)
                made.add("door.closed", {"door": "A01"}, MAY_12, hour, sequence=sequence)
            if lost == 2:
                made.add("station.journalReplaced", {"reason": "damaged"}, MAY_12, 23.1, incarnation="b")
            made.add("door.closed", {"door": "A01"}, MAY_12 + 1, 0.5, incarnation="b" if lost == 2 else "a")
            self.assertEqual(self.days(made)[1], 0 if lost else 1, lost)

    def test_lines_that_the_county_has_are_not_lost(self):
        for last, counted in ((3, 1), (30, 0)):
            made = self.watched(MAY_12, MAY_12)
            words = {"reason": "damaged", "stateKept": True, "previous": "a", "lostFirst": "2", "lostLast": f"{last:012}"}
            made.add("station.journalReplaced", words, MAY_12, 23.1, incarnation="b")
            made.add("door.closed", {"door": "A01"}, MAY_12 + 1, 0.5, incarnation="b")
            self.assertEqual(self.days(made)[1], counted, last)

    def test_events_lost_before_a_start_without_a_clock_touch_the_days_around_it(self):
        made = self.watched(MAY_12, MAY_12).start(0, clock="none", uptime=5, sequence=90).start(MAY_12 + 1, 0.1)
        for day in (MAY_12 + 1, MAY_12 + 2):
            for hour in range(24):
                made.add("door.closed", {"door": "A01"}, day, hour + 0.2)
        made.add("door.closed", {"door": "A01"}, MAY_12 + 3, 0.5)
        # The day behind is known again.
        self.assertEqual(self.days(made)[1], 1)

    def test_a_run_is_a_visit_of_every_village_that_the_site_serves(self):
        made = Made("sim-0002").start(MAY_12).run(MAY_12)
        self.assertEqual(self.days(made, code="999900100203")[0], 1)
        self.assertEqual(month(made)["999900100203", ""]["服务方式"], "辐射")

    def test_a_day_that_is_not_over(self):
        made = self.watched(MAY_12, MAY_12)
        self.assertEqual(self.days(made, days=(MAY_12, MAY_12), now=MAY_12 + 0.5), [0, 0, 0, 0, 1])


if __name__ == "__main__":
    result = unittest.main(exit=False, verbosity=0).result
    wrong = len(result.failures) + len(result.errors)
    print(f"{result.testsRun - wrong} passed, {wrong} failed")
    sys.exit(wrong > 0)
