#!/usr/bin/env python3
"""A station on a disk whose power is cut in the middle of a deposit. The host cuts when /srv/cut-now is there."""

import os
import pathlib
import shutil

from bench import Board, Gadgets, Shell
from cabinet import Cabinet
from checks import Failed, check, finish, must
from programs import County, Station

shell = Shell()
board = Board(shell)
cabinet = Cabinet(board)
gadgets = Gadgets(shell)


def prepare():
    gadgets.plug("scanner")
    gadgets.plug("numpad")
    station.start()
    station.ask("enrol", county.token())
    # What a technician wrote has had its time to reach the disk; what the programs write is their own business.
    os.sync()


def deposits():
    gadgets.scan_for(county.badge(), journal.coming("session.opened"))
    for number in range(3):
        waybill = f"YT89626467853{number:02}"
        gadgets.scan_for(waybill, journal.coming("door.unlockRequested", waybills=[waybill]))
        journal.wait("parcel.stored", subject=waybill)
    shutil.copy(station.printed, "/disk/unsynced")
    return f"{journal.mark()} events printed"


def cut():
    cabinet.keep_open = set(Board.locks)
    mark = journal.mark()
    gadgets.scan_for("YT8962646785399", journal.coming("door.unlockRequested", waybills=["YT8962646785399"]))
    journal.wait("door.opened", after=mark)
    # Until the power goes there is always an event on its way.
    for number in range(200):
        text = f"NOISE-{number:04}"
        gadgets.scan_for(text, journal.coming("scan.rejected", subject=text))
        if number == 2:
            pathlib.Path("/srv/cut-now").touch()
    raise Failed("the guest still runs")


county = County("/disk/county")
station = Station("/disk/station", log="lockerd.cut")
station.configure()
must("a station on a disk is enrolled", prepare)
journal = station.follow()
must("three parcels are stored before the power cut", deposits)
check("the power is cut", cut)
finish()
