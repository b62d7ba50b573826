"""A county that was made up for the tests: sheets of its registers, and stations that send events as they are told to."""

import datetime, gzip, pathlib, sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "JourneyTests"))

import sealing
import station as wire

CHINA = datetime.timezone(datetime.timedelta(hours=8))
DAY = 86_400_000
HOUR = 3_600_000
BATCH = 400

TOWNSHIPS = [("999900101", "东冶镇"), ("999900102", "北留镇"), ("999900103", "润城镇")]
FIRM, OTHER_FIRM = "阳城县共配中心", "山里红供销合作社"
# No name of a village, site or person may become a part of a page.
HTML = "<b>粗</b><script>alert(1)</script>"
STATIONS = {"busy": "yc-beiliu-0231", "other": "yc-dongye-0102", "silent": "yc-runcheng-0305", "new": "yc-sitou-0007"}


def villages():
    names = "东冶 北留 润城 石苑 史山 沟底 中庄 大桥 下庄 上庄 屯城 王家庄".split()
    for index, name in enumerate(names):
        township = TOWNSHIPS[index % 3][0]
        yield f"{township}{201 + index // 3:03d}", f"{name}村", 400 + 137 * index, f"{1.5 + index:.1f}"
    yield f"{TOWNSHIPS[0][0]}299", HTML, 12, ""


VILLAGES = list(villages())
NAMES = {name: code for code, name, _, _ in VILLAGES}


def csv(header, rows):
    """A sheet as an office program writes it."""
    lines = [header] + rows
    quoted = [",".join('"' + str(cell).replace('"', '""') + '"' for cell in line) for line in lines]
    return ("\ufeff" + "\r\n".join(quoted) + "\r\n").encode()


def township_sheet():
    return csv(["区划代码", "乡镇"], [list(row) for row in TOWNSHIPS])


VILLAGE_HEADER = ["区划代码", "村名", "乡镇", "人口", "距镇驻地公里"]


def village_sheet():
    names = dict(TOWNSHIPS)
    return csv(VILLAGE_HEADER, [[code, name, names[code[:9]], people, far] for code, name, people, far in VILLAGES])


def bad_village_sheet():
    """Rows 3, 4 and 5 are wrong: another county, the code of row 2 again, a population in words."""
    rows = [
        ["999900101401", "好村", "东冶镇", "100", "2"],
        ["888800101402", "外县村", "", "100", "2"],
        ["999900101401", "重复村", "东冶镇", "100", "2"],
        ["999900101403", "字数村", "东冶镇", "很多", "2"],
    ]
    return csv(VILLAGE_HEADER, rows)


def firm_sheet():
    return csv(["经营企业", "公开电话"], [[FIRM, "0356-4220000"], [OTHER_FIRM, ""]])


SITE_HEADER = "网点编号 网点名称 类型 地址 公开电话 设备 经营企业 所在村 设点村 辐射村 站点 状态".split()


def site_sheet():
    rows = [
        ["BL-001", "北留村便民服务站", "村级便民服务点", "北留镇北留村文化广场东侧", "0356-4220231", "智能快件箱", FIRM]
        + ["北留村", "", "史山村、屯城村", STATIONS["busy"], "营业"],
        ["DY-001", f"东冶供销社{HTML}", "村级便民服务点", "东冶镇东冶村一号", "0356-4220102", "智能快件箱", OTHER_FIRM]
        + ["东冶村", "", "大桥村", STATIONS["other"], "营业"],
        ["RC-001", "润城村便民服务站", "村级便民服务点", "润城镇润城村街口", "0356-4220305", "智能快件箱", FIRM]
        + ["润城村", "", "", STATIONS["silent"], "营业"],
        ["ST-001", "石苑村便民服务站", "村级便民服务点", "东冶镇石苑村", "", "", FIRM, "石苑村", "", "", STATIONS["new"], "营业"],
    ]
    return csv(SITE_HEADER, rows)


def staff_sheet():
    rows = [["1026", "王站长", "站长", "BL-001"], ["1025", "李师傅", "快递员", "BL-001"], ["1027", HTML, "站长", "DY-001"]]
    return csv(["人员编号", "姓名", "角色", "网点编号"], rows)


def moment(day, hour, minute=0):
    """Milliseconds since 1970 of a time of a day in China."""
    return int(datetime.datetime.combine(day, datetime.time(hour, minute), CHINA).timestamp() * 1000)


class MadeStation(wire.Station):
    """A station whose events are made at any time."""

    def __init__(self, county, name, token):
        super().__init__(county.origin, token)
        assert self.id == name, self.id
        self.began, self.boot, self.sent, self.cycle, self.last = 0, 0, 0, 0, 0
        self.brand_of, self.agent, self.firm = {}, name, FIRM

    # Events

    def at(self, when, type, data, subject=None):
        when = max(when, self.last)
        self.last = when
        text = datetime.datetime.fromtimestamp(when / 1000, datetime.timezone.utc)
        more = {"subject": subject} if subject else {}
        time = f"{text:%Y-%m-%dT%H:%M:%S}.{when % 1000:03d}Z"
        self.write(type, data, time=time, uptimems=str(when - self.began), bootid=f"boot-{self.boot}", **more)

    def boots(self, when):
        self.began, self.boot = when - 20_000, self.boot + 1
        self.at(when, "station.started", {"doors": 12, "shelfPlaces": 40, "version": "0.2.0"})

    def parties(self, waybill):
        brand = self.brand_of[waybill]
        return {"agent": self.agent, "brand": brand, "cooperationMode": "expressExpress", "operator": self.firm}

    def about(self, waybill, direction="inbound"):
        return {"waybill": waybill, "parties": self.parties(waybill), "direction": direction}

    def run(self, when, name, route="北线-1", vehicle="晋E12345"):
        who = {"run": name, "person": f"{0x401:016x}", "route": route, "vehicle": vehicle}
        self.at(when, "run.arrived", {**who, "how": "card"}, name)

    def leaves(self, when, name, route="北线-1", vehicle="晋E12345", **counts):
        who = {"run": name, "person": f"{0x401:016x}", "route": route, "vehicle": vehicle}
        some = {"bags": [], "seals": [], "parcelsIn": 0, "parcelsBack": 0, "shipmentsOut": 0, **counts}
        self.at(when, "run.departed", {**who, **some}, name)

    def deposit(self, when, waybill, brand, door, run=None):
        """A parcel comes, goes behind a door, and its recipient is told."""
        self.brand_of[waybill] = brand
        person, self.cycle = {"person": f"{0x401:016x}"}, self.cycle + 1
        also = {"run": run} if run else {}
        facts = {"announced": False, "consent": "user_consent", "how": "scan", "n": 0, "size": "M"}
        self.at(when, "parcel.received", {**self.about(waybill), **person, **facts, **also}, waybill)
        ask = {"attempt": 1, "authority": f"badge {0x401:016x}", "cycle": self.cycle, "door": door}
        ask = {**ask, "pulseMilliseconds": 300, "purpose": "deposit", "size": "M", "waybills": [waybill]}
        self.at(when + 2_000, "door.unlockRequested", ask, door)
        self.at(when + 2_400, "door.opened", {"cycle": self.cycle, "door": door}, door)
        self.at(when + 9_000, "door.closed", {"cycle": self.cycle, "door": door, "openMilliseconds": 6_600}, door)
        stored = {"place": {"door": door}, "evidence": "sensor", "doorOpenedAt": when + 2_400, "n": 0}
        stored["keyID"] = "630dcd2966c43366"
        self.at(when + 9_100, "parcel.stored", {**self.about(waybill), **person, **stored}, waybill)
        noticed = {"by": "keeper", "person": f"{0x402:016x}"}
        self.at(when + 60_000, "parcel.noticed", {**self.about(waybill), **noticed}, waybill)

    def collected(self, when, waybill, door):
        self.cycle += 1
        ask = {"attempt": 1, "authority": "code", "cycle": self.cycle, "door": door, "pulseMilliseconds": 300}
        ask = {**ask, "purpose": "pickup", "waybills": [waybill]}
        self.at(when, "door.unlockRequested", ask, door)
        self.at(when + 400, "door.opened", {"cycle": self.cycle, "door": door}, door)
        facts = {"by": "recipient", "means": "code", "evidence": "sensor", "doorOpenedAt": when + 400}
        facts["place"] = {"door": door}
        self.at(when + 8_000, "parcel.collected", {**self.about(waybill), **facts}, waybill)
        self.at(when + 8_000, "door.closed", {"cycle": self.cycle, "door": door, "openMilliseconds": 7_600}, door)

    def ships(self, when, waybill, brand, run=None):
        """A villager sends something, and it leaves with a run."""
        self.brand_of[waybill] = brand
        who = {"person": f"{0x402:016x}", "inspectedBy": f"{0x402:016x}", "realName": "SM20260512000417"}
        facts = {"kind": "produce", "category": "苹果", "screened": True, "outsideCounty": True}
        facts = {**facts, "reusedPackaging": True, "weightGrams": 4850, "platform": "PINDUODUO"}
        self.at(when, "shipment.accepted", {**self.about(waybill, "outbound"), **who, **facts}, waybill)
        if run:
            gone = {"person": f"{0x401:016x}", "run": run}
            self.at(when + HOUR, "shipment.handedOver", {**self.about(waybill, "outbound"), **gone}, waybill)

    # The county

    def deliver(self):
        """Sends all that was not sent yet."""
        while self.sent < len(self.lines):
            last = min(len(self.lines), self.sent + BATCH)
            status, answer = self.send(self.sent + 1, last)
            assert status == 200 and answer["acknowledged"] == last, (status, answer)
            self.sent = last

    def reports(self, now, clock="ntp", cameras=(), doors=()):
        text = datetime.datetime.fromtimestamp(now / 1000, datetime.timezone.utc)
        time = f"{text:%Y-%m-%dT%H:%M:%S}.000Z"
        end = {"incarnation": self.incarnation, "last": self.sent, "hash": self.hashes[self.sent].hex()}
        end["acknowledged"] = self.sent
        state = {"clock": clock, "time": time, "ntp": time, "version": "0.2.0", "storage": "ok"}
        state["scanners"] = [{"name": "1-1", "role": "scanner", "attached": True}]
        state["cameras"] = [{"name": name, "online": on, **why} for name, on, why in cameras]
        state["doors"] = [{"name": name, "level": level, "contents": holds, **why} for name, level, holds, why in doors]
        state = {**state, "parcelsWaiting": 2, "eventsWaiting": 0, "journal": end}
        headers = {"content-type": "application/json", "content-encoding": "gzip"}
        status, _, body = self.ask("PUT", self.path("status"), headers=headers, body=gzip.compress(wire.canonical(state)))
        assert status == 204, body

    def gives_phone(self, waybill, phone):
        """A number that was typed at the station, sealed to the county."""
        context = f"{self.id}/{waybill}".encode()
        body = sealing.seal(phone.encode(), self.exchange, context, b"villagelocker contact v1")
        headers = {"content-type": "application/json"}
        status, _, answer = self.ask("PUT", self.path(f"contacts/{waybill}"), headers=headers, body=body)
        assert status == 204, answer
