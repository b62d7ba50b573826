"""A county with everything that its pages and its stations' calls can be asked about: made-up registers, an account
of each role, stations that sent events, a manifest, a phone number, a month that is closed and one that is not."""

import csv, io, time

import made_up
from clerks import Clerk
from county import County
from made_up import MadeStation
from stage import ADMIN, PEOPLE

VILLAGES = 12
# Who is logged out, gets other passwords and is switched off while the others work.
SWITCHED_OFF, SWITCHED_ON, SPENT = "yang", "han", "wu"
SPARE = {
    SWITCHED_OFF: ("clerk", "杨备用", {}),
    SWITCHED_ON: ("dispatcher", "韩备用", {}),
    SPENT: ("inspector", "吴备用", {}),
}
BRANDS = ["SF", "YTO", "STO"]
# Stations: one of the first days, one whose events come when the month is closed, one that is played by the hook.
FIRST, LATE, PLAYED = 0, 1, 2
TOKENS = 3
# Days since the first event.
OLDEST = 70
BOOKS_SECONDS = 20


class MadeCounty:
    def __init__(self, program):
        self.county = County(program)
        self.clerks, self.stations, self.tokens = {}, {}, []
        self.now = int(time.time() * 1000)

    def fill(self):
        """Everything, in the order in which a county gets it."""
        county = self.county
        county.command("register", "make-up", "--villages", str(VILLAGES))
        self.sites = self.register("site")
        self.villages = self.register("village")
        self.firm = self.register("operatorFirm")[0]["经营企业"]
        self.names = [row["站点"] for row in self.sites if row.get("站点")]
        county.start()
        self.people()
        self.send_events()
        self.manifests()
        self.months()

    def register(self, kind):
        text = self.county.command("register", "print", kind).lstrip("\ufeff")
        rows = list(csv.reader(io.StringIO(text)))
        header = [cell.split("（")[0] for cell in rows[0]]
        return [dict(zip(header, row)) for row in rows[1:]]

    # Accounts

    def people(self):
        printed = self.county.command("account", "add", ADMIN, "--role", "admin")
        once = next(line.split(": ")[1] for line in printed.splitlines() if "one-time password" in line)
        admin = self.clerks[ADMIN] = Clerk(self.county.origin, ADMIN, once)
        admin.first_log_in("four words in a row")
        for name, (role, person, more) in {**PEOPLE, **SPARE}.items():
            more = {"firm": self.firm} if "firm" in more else more
            page = admin.send(admin.open("/accounts"), "/accounts", name=name, person=person, role=role, **more)
            sheet = page.facts.get("一次性密码")
            assert sheet, f"no sheet for {name}: {page.status} {page.text[-900:]}"
            self.clerks[name] = Clerk(self.county.origin, name, sheet)
            self.clerks[name].first_log_in(f"{name} has four words")
        path = f"/accounts/{SWITCHED_OFF}"
        admin.send(admin.open(path), f"{path}/disable")

    # Stations

    def enrol(self, number):
        name = self.names[number]
        token = self.county.command("enrol-token", name).split()[0]
        station = self.stations[number] = MadeStation(self.county, name, token)
        station.enrol()
        return station

    def days_ago(self, days, hour):
        return (self.now // made_up.DAY - days) * made_up.DAY + hour * made_up.HOUR

    def plays(self, station, days, mark):
        """Parcels come and go by these days before today."""
        station.boots(self.days_ago(days[0], 0))
        for number, day in enumerate(days):
            run = f"run-{mark}-{day}"
            station.run(self.days_ago(day, 1), run)
            for index, brand in enumerate(BRANDS):
                waybill = f"{brand}{mark}{number:04d}{index}00001"
                station.deposit(self.days_ago(day, 1) + index * 90_000, waybill, brand, f"A{index + 1}", run)
                if index:
                    station.collected(self.days_ago(day, 5) + index * 90_000, waybill, f"A{index + 1}")
            station.leaves(self.days_ago(day, 2), run, parcelsIn=len(BRANDS))
            station.ships(self.days_ago(day, 6), f"{BRANDS[0]}{mark}{number:04d}900001", BRANDS[0])
            self.waybill = f"{BRANDS[0]}{mark}{number:04d}000001"
        station.deliver()

    def send_events(self):
        free = self.names[PLAYED + 1 :][:TOKENS]
        self.tokens = [self.county.command("enrol-token", name).split()[0] for name in free]
        first = self.enrol(FIRST)
        self.plays(first, [OLDEST, 45, 33, 5, 1], "A")
        first.write("quarantine.me", {"later": True})
        first.deliver()
        first.reports(self.now, cameras=[("door", True, {})], doors=[("A1", "closed", "occupied", {})])
        self.called = self.waybill
        first.gives_phone(self.called, "13800005678")
        self.waybills = sorted(first.brand_of)
        self.plays(self.enrol(PLAYED), [2], "C")

    # The office

    def manifests(self):
        wang = self.clerks["wang"]
        header = ["运单号", "品牌", "经营企业", "手机号", "村"]
        for number in (FIRST, PLAYED):
            rows = [[f"SF99{number}000000{row:03d}", "SF", self.firm, "13800005678", ""] for row in range(3)]
            page = wang.open("/manifests")
            page = wang.send(page, "/manifests", {"sheet": made_up.csv(header, rows)}, station=self.names[number])
            assert page.status == 200 and "已导入 3 件" in page.text, f"no manifest: {page.status} {page.text[-900:]}"
        listed = self.stations[PLAYED].commands()["commands"]
        self.manifest = next(one["data"]["manifest"] for one in listed if one["type"] == "manifest")

    def months(self):
        """Closes the first month that has events, since months are closed in order, and lets events of it come after that."""
        wang, end = self.clerks["wang"], time.monotonic() + BOOKS_SECONDS
        wang.open("/enrolments")
        wang.send(wang.open("/enrolments"), "/enrolments", which="waiting", days="30")
        month_of = lambda day: time.strftime("%Y-%m", time.gmtime(self.days_ago(day, 8) / 1000))
        self.month = month_of(OLDEST)
        year, month = map(int, self.month.split("-"))
        self.open_month = f"{year}-{month + 1:02d}" if month < 12 else f"{year + 1}-01"
        path = f"/reports/{self.month}/close"
        while True:
            page = wang.open(path)
            if page.form(path):
                page = wang.send(page, path, known="on")
                if page.path == f"/reports/{self.month}":
                    break
            if time.monotonic() > end:
                raise AssertionError(f"{self.month} is not closed: {page.status} {page.text[-1500:]}")
            time.sleep(0.2)
        days = [day for day in range(1, OLDEST + 32) if month_of(day) == self.month]
        self.plays(self.enrol(LATE), [days[-3], days[3]], "B")
        path = f"/reports/{self.month}/correct"
        while not wang.open(path).form(path):
            if time.monotonic() > end:
                raise AssertionError(f"nothing is to be corrected in {self.month}: {wang.open(path).text[-1500:]}")
            time.sleep(0.2)

    def nobody(self):
        """A browser in which nobody is logged in."""
        return Clerk(self.county.origin)

    @property
    def addresses(self):
        """Pages with forms that other pages lead to only when somebody looks for long enough."""
        months = [f"/reports/{self.month}", f"/reports/{self.month}/correct", f"/reports/{self.month}/print/0"]
        months += [f"/reports/{self.open_month}/close"]
        return months + [f"/accounts/{SWITCHED_OFF}", f"/accounts/{SWITCHED_ON}", f"/parcels/{self.waybill}"]

    def close(self):
        self.county.close()
