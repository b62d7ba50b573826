"""The lines of a report over all stations, from the folds of their events and the registers of the county."""

import csv
import io
from fold import day_begins, day_of

UNWATCHED_MAX = 3_600_000
DAY = 86_400_000
TOWNSHIP_DIGITS = 9

NAMES = ["区划代码", "品牌", "名称", "服务方式"]
RECEIVED, ACCEPTED, REJECTED = "下行件数", "上行件数", "未收寄件数"
MAY_RECEIVED, MAY_ACCEPTED = "时间不确定下行", "时间不确定上行"
LESS_RECEIVED, LESS_ACCEPTED = "少于各村之和（下行）", "少于各村之和（上行）"
VISITED, NOT_VISITED, UNKNOWN, UNCERTAIN, NOT_YET = "已到天数", "未到天数", "未知天数", "不确定天数", "未完天数"
FIRMS = ["企业填报下行", "企业填报上行", "企业填报到村天数"]
DAYS = [VISITED, NOT_VISITED, UNKNOWN, UNCERTAIN, NOT_YET]
PIECES = [RECEIVED, ACCEPTED, REJECTED, MAY_RECEIVED, MAY_ACCEPTED]
COLUMNS = PIECES + [LESS_RECEIVED, LESS_ACCEPTED] + DAYS + FIRMS
SURE = {"received": RECEIVED, "accepted": ACCEPTED, "rejected": REJECTED}
PERHAPS = {"received": MAY_RECEIVED, "accepted": MAY_ACCEPTED}
# One run is a visit; what one of several stations cannot tell is not known.
WEIGHTS = {NOT_VISITED: 0, UNCERTAIN: 1, UNKNOWN: 2, NOT_YET: 3, VISITED: 4}


def rows(text):
    return list(csv.DictReader(io.StringIO(text)))


class Registers:
    """Sheets of the registers as `county-server register print` writes them; all rows hold on all days."""

    def __init__(self, townships, villages, sites, county_code, county_name):
        self.county = (county_code, county_name)
        self.townships = {row["区划代码"]: row["乡镇"] for row in rows(townships)}
        self.villages = {row["区划代码"]: row["村名"] for row in rows(villages)}
        names = list(self.villages.values())
        self.codes = {name: code for code, name in self.villages.items() if names.count(name) == 1}
        self.site_of = {}
        # Stations of sites that are not closed.
        self.open = set()
        # Village → how it is served, and the stations whose runs are visits of it.
        self.served = {}
        for row in rows(sites):
            if row["生效日期"]:
                raise ValueError("rows with a date of their own are not reckoned here")
            stations = split(row["站点"])
            for station in stations:
                self.site_of[station] = row["所在村"]
            if row["状态"] == "撤销":
                continue
            self.open.update(stations)
            for code in [row["所在村"]] + split(row["设点村"]):
                self.serve(code, "设点", stations)
            for code in split(row["辐射村"]):
                self.serve(code, "辐射", stations)

    def serve(self, code, mode, stations):
        known, all_stations = self.served.setdefault(code, (mode, []))
        all_stations.extend(stations)
        if mode == "设点" and known != mode:
            self.served[code] = (mode, all_stations)

    def village(self, written, station):
        """The village of the manifest where the register knows it, else that of the site."""
        if written in self.villages:
            return written
        return self.codes.get(written) or self.site_of.get(station, "")


def split(cell):
    for mark in "；;、，,":
        cell = cell.replace(mark, " ")
    return cell.split()


class Report:
    """A report of some days; `days` are counted from 1970-01-01, first and last."""

    def __init__(self, folds, registers, days, now):
        self.folds, self.registers, self.days, self.now = folds, registers, days, now
        self.lines = {}
        self.find_silent()
        self.count_pieces()
        self.name_lines()
        self.judge_days()

    # Pieces

    def holds(self, drifts, mark):
        if isinstance(mark, tuple):
            first, last, _ = drifts[mark[1]]
            return first is not None and last is not None and self.days[0] <= first and last <= self.days[1]
        return self.days[0] <= mark <= self.days[1]

    def may_hold(self, drifts, mark):
        if not isinstance(mark, tuple):
            return False
        first, last, _ = drifts[mark[1]]
        return (first is None or first <= self.days[1]) and (last is None or last >= self.days[0])

    def count_pieces(self):
        """Each waybill counts once in each line: where it was taken off as often as it came, not at all."""
        sure, perhaps = {}, {}
        for station, fold in self.folds.items():
            for waybill, mark, takes_off, brand, village, figure, count in fold.pieces:
                is_sure = self.holds(fold.drifts, mark)
                if not is_sure and not self.may_hold(fold.drifts, mark):
                    continue
                if takes_off is not None and not self.holds(fold.drifts, takes_off):
                    continue  # It stands in another period, which does not change.
                code = self.registers.village(village, station)
                sums = sure if is_sure else perhaps
                # What belongs to no village that is known belongs to no township either.
                for level in {code, code[:TOWNSHIP_DIGITS], self.registers.county[0]}:
                    for name in (brand, ""):
                        key = (figure, level, name, waybill)
                        sums[key] = sums.get(key, 0) + count
        for (figure, code, brand, _), count in sure.items():
            if count > 0:
                self.line(code, brand)[SURE[figure]] += 1
        for key, count in perhaps.items():
            figure, code, brand, _ = key
            if count > 0 and sure.get(key, 0) <= 0 and figure in PERHAPS:
                self.line(code, brand)[PERHAPS[figure]] += 1

    def line(self, code, brand):
        return self.lines.setdefault((code, brand), dict.fromkeys(PIECES, 0))

    # Lines

    def name_lines(self):
        registers = self.registers
        for code in registers.villages:
            self.line(code, "")
            self.line(code[:TOWNSHIP_DIGITS], "")
        county = registers.county[0]
        self.line(county, "")
        is_village = {key: len(key[0]) == 12 or not key[0] for key in self.lines}
        for (code, brand), line in list(self.lines.items()):
            if is_village[code, brand]:
                name = registers.villages.get(code, code) if code else "未登记 unregistered"
                mode = registers.served[code][0] if code in registers.served else ""
                line.update({LESS_RECEIVED: "", LESS_ACCEPTED: ""})
            else:
                name = registers.county[1] if code == county else registers.townships.get(code, code)
                mode = ""
                below = [
                    other for key, other in self.lines.items()
                    if is_village[key] and key[1] == brand and (code == county or key[0][:TOWNSHIP_DIGITS] == code)
                ]
                line[LESS_RECEIVED] = sum(other[RECEIVED] for other in below) - line[RECEIVED]
                line[LESS_ACCEPTED] = sum(other[ACCEPTED] for other in below) - line[ACCEPTED]
            line.update({"名称": name, "服务方式": mode})
            line.update(dict.fromkeys(DAYS + FIRMS, ""))
        whole = {code for code in {code for code, _ in self.lines} if self.is_whole(code)}
        for (code, _), line in self.lines.items():
            # Where somebody is silent, none was counted, and how many there were is not known: never 0.
            if code not in whole:
                line.update({column: "" for column in PIECES if line[column] == 0})

    def find_silent(self):
        """Stations of which not all of the days is known, and villages of which not all stations are known so.

        A station that no site has is not waited for when it ended before the days, nor one of a site that is closed. One that
        lost events within the days may have counted more than is here.
        """
        today = day_of(self.now)
        begin, end = day_begins(min(today, self.days[0])), day_begins(min(today, self.days[1] + 1))
        self.silent, self.lossy = set(), set()
        for station in self.registers.open | self.folds.keys():
            fold = self.folds.get(station)
            reaches = fold.reaches if fold else None
            if fold and any(days[3] and self.days[0] <= day <= min(self.days[1], today) for day, days in fold.days.items()):
                self.lossy.add(station)
            if station not in self.registers.open:
                if station in self.registers.site_of or reaches is not None and reaches < begin:
                    continue
            # Of days before its first event a chain proves nothing, however far it reaches.
            is_later = station in self.registers.open and fold and fold.began is not None and (
                fold.began >= day_begins(min(self.days[1], today) + 1))
            if reaches is None or reaches < end or is_later:
                self.silent.add(station)
        missing = self.silent | self.lossy
        self.heard = {
            code for code, (_, stations) in self.registers.served.items() if stations and not missing.intersection(stations)
        }
        self.unknown = (self.registers.villages.keys() | self.registers.served.keys()) - self.heard

    def is_whole(self, code):
        """Whether all that may add to a line is known; a village without a station tells nothing of itself."""
        is_complete = not self.silent and not self.lossy
        if not code:
            return is_complete
        if code == self.registers.county[0]:
            return is_complete and bool(self.heard) and not self.unknown
        if len(code) > TOWNSHIP_DIGITS:
            return code in self.heard
        return (
            any(village.startswith(code) for village in self.heard)
            and not any(village.startswith(code) for village in self.unknown)
        )

    # Days

    def verdict(self, station, day):
        fold = self.folds.get(station)
        runs, watched, may_have_run, _ = fold.days.get(day, (0, 0, False, False)) if fold else (0, 0, False, False)
        if runs > 0:
            return VISITED
        if self.now < day_begins(day + 1):
            return NOT_YET
        if fold is None or fold.reaches is None or fold.reaches < day_begins(day + 1):
            return UNKNOWN
        if day not in fold.days and fold.began is not None and fold.began >= day_begins(day + 1):
            return UNKNOWN
        return UNCERTAIN if may_have_run or DAY - watched > UNWATCHED_MAX else NOT_VISITED

    def judge_days(self):
        for code, (_, stations) in self.registers.served.items():
            if not stations:
                continue
            counts = dict.fromkeys(DAYS, 0)
            for day in range(self.days[0], self.days[1] + 1):
                verdicts = (self.verdict(station, day) for station in stations)
                counts[max(verdicts, key=WEIGHTS.get)] += 1
            self.line(code, "").update(counts)
