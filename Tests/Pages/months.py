"""What happened at the stations of the made-up county: the month that is over, and today."""

import made_up
from made_up import OTHER_FIRM, moment

# One parcel that the tests follow from van to hand, one that lies at its station, one whose number an office program spoils.
FOLLOWED, WAITING, LONG = "SF7444400000301", "SF7444404156506", "773276912345678"
# Of another brand than the carrier's, and of another firm than the operator's.
FOREIGN = "YT8962646700003"
SHIPPED = "YT8962646785300"
NASTY = "<B>X</B><SCRIPT>1</SCRIPT>"
NASTY_REASON = made_up.HTML
PHONE = "13834567890"
# Days of the month after which the silent station sent nothing more.
HEARD_DAYS = 15


def busy(station, stage):
    """A station of the first firm: a run each day, a parcel of SF each day, of YTO each third, a shipment each fifth."""
    station.agent = "北留村便民服务站"
    station.boots(moment(stage.first, 0))
    for index, day in enumerate(stage.days):
        run = f"{day}-1"
        station.run(moment(day, 9), run)
        number = FOLLOWED if index == 2 else f"SF74444{day:%m%d}0001"
        station.deposit(moment(day, 9, 10), number, "SF", "A01", run)
        other = FOREIGN if index == 3 else f"YT89626{day:%m%d}0002"
        if index % 3 == 0:
            station.deposit(moment(day, 9, 20), other, "YTO", "A02", run)
        sent = SHIPPED if index == 0 else f"YT89627{day:%m%d}0003"
        if index % 5 == 0:
            station.ships(moment(day, 9, 30), sent, "YTO")
        station.leaves(moment(day, 10), run, parcelsIn=1)
        if index % 5 == 0:
            handed = {"person": f"{0x401:016x}", "run": run}
            station.at(moment(day, 10), "shipment.handedOver", {**station.about(sent, "outbound"), **handed}, sent)
        if index != len(stage.days) - 1:
            station.collected(moment(day, 17), number, "A01")
        if index % 3 == 0:
            station.collected(moment(day, 17, 10), other, "A02")
    for day in stage.days_since:
        station.run(moment(day, 9), f"{day}-1")
        station.leaves(moment(day, 10), f"{day}-1")
    number = f"SF74444{stage.last:%m%d}0001"
    late = {**station.about(number), "hours": 72, "place": {"door": "A01"}}
    at = stage.of_today(0.05)
    station.at(at, "parcel.overdue", late, number)
    run = f"{stage.today}-1"
    station.run(stage.of_today(0.2), run, vehicle=made_up.HTML)
    station.deposit(stage.of_today(0.3), WAITING, "SF", "A03", run)
    station.deposit(stage.of_today(0.4), NASTY, "YTO", "A04", run)
    station.leaves(stage.of_today(0.5), run, parcelsIn=2)
    station.at(stage.of_today(0.6), "camera.offline", {"camera": "front", "reason": "no answer within 5 s"}, "front")
    broken = {"door": "A05", "person": f"{0x402:016x}", "reason": NASTY_REASON}
    station.at(stage.of_today(0.7), "door.outOfService", broken, "A05")
    station.at(stage.of_today(0.8), "service.complaintFiled", {"category": 3, "waybill": WAITING}, WAITING)
    scores = {"scores": [5, 4, 5, 3, 5], "waybill": FOLLOWED}
    station.at(stage.of_today(0.85), "service.surveyAnswered", scores, FOLLOWED)
    station.at(stage.of_today(0.9), "door.openedUnexpectedly", {"door": "A09"}, "A09")


def other(station, stage):
    """A station of the other firm: no run on Sundays, a parcel of STO each second day."""
    station.agent, station.firm = "东冶供销社", OTHER_FIRM
    station.boots(moment(stage.first, 0))
    for index, day in enumerate(stage.days):
        if day.weekday() != 6:
            station.run(moment(day, 11), f"{day}-2", route="南线-2", vehicle="晋E54321")
        if index % 2 == 0:
            number = LONG if index == 0 else f"7732769{day:%m%d}0001"
            station.deposit(moment(day, 11, 10), number, "STO", "B01")
            station.collected(moment(day, 18), number, "B01")
        station.at(moment(day, 20), "door.openedUnexpectedly", {"door": "B07"}, "B07")
    for day in stage.days_since:
        station.run(moment(day, 11), f"{day}-2", route="南线-2", vehicle="晋E54321")
    station.at(stage.of_today(0.9), "camera.online", {"camera": "front"}, "front")


def silent(station, stage):
    """A station that sends nothing of the second half of the month."""
    station.agent = "润城村便民服务站"
    station.boots(moment(stage.first, 0))
    for day in stage.days[:HEARD_DAYS]:
        station.run(moment(day, 14), f"{day}-3", route="北线-1")
    station.deposit(moment(stage.days[4], 14, 10), "SF7444409990001", "SF", "C01")


def rest_of_silent(station, stage):
    """What it sends when the month is closed: the days that nobody knew, two parcels."""
    for day in stage.days[HEARD_DAYS:]:
        station.run(moment(day, 14), f"{day}-3", route="北线-1")
    station.deposit(moment(stage.days[HEARD_DAYS], 15), "SF7444409990002", "SF", "C02")
    station.deposit(moment(stage.days[HEARD_DAYS], 15, 30), "YT8962699990003", "YTO", "C03")
    station.at(stage.of_today(0.9), "camera.online", {"camera": "front"}, "front")


def figures(stage):
    """What the month has to come to: brand by village, before the silent station is heard again."""
    days = len(stage.days)
    return {
        ("北留村", "顺丰", "received"): days,
        ("北留村", "圆通", "received"): len(range(0, days, 3)),
        ("北留村", "圆通", "accepted"): len(range(0, days, 5)),
        ("东冶村", "申通", "received"): len(range(0, days, 2)),
        ("润城村", "顺丰", "received"): 1,
    }
