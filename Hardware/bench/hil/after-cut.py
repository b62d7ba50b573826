#!/usr/bin/env python3
"""The same disk after the power cut: nothing that was printed is lost, and nobody vouches for the open door."""

import os
import pathlib

from bench import Board, Gadgets, Shell
from checks import check, expect, finish, must, wait_for
from programs import County, Station

shell = Shell()
board = Board(shell)
gadgets = Gadgets(shell)
printed_before = pathlib.Path("/srv/lockerd.cut.events").read_bytes()


def lost():
    copy = pathlib.Path("/disk/unsynced")
    expect(not copy.exists() or copy.stat().st_size == 0, "what nobody synced is there: that was no power cut")


def starts():
    gadgets.plug("scanner")
    gadgets.plug("numpad")
    seconds = station.start()
    return f"ready after {seconds:.1f} s"


def nothing_lost():
    # The last line may be cut; a line that is whole was read by somebody.
    before = printed_before.decode(errors="replace").split("\n")[:-1]
    journal.wait("station.started", after=len(before))
    expect(journal.lines[:len(before)] == before, "the journal differs from what had been printed")
    noise = sum("NOISE-" in line for line in before)
    return f"{len(before)} events printed before the cut ({noise} of them after the door opened), all there"


def unknown():
    [difference] = journal.find("audit.difference", waybill="YT8962646785399")
    expect(difference["finding"] == "interrupted", f"{difference}")
    doors = station.status()["doors"]
    expect((doors["contentsUnknown"], doors["occupied"]) == (1, 3), f"doors: {doors}")
    return f"door {difference['door']}, and {doors['occupied']} parcels are where they were"


def chain():
    wait_for("the county to have everything", 30, lambda: len(county.events()) >= journal.mark())
    expect(county.events() == journal.lines, "the county's lines differ from the station's")
    verified = county.verify()
    expect("chain ok" in verified and verified.count("\n") == 0, verified)
    return verified.split("  ")[-1]


check("what nobody synced is lost: it was a power cut", lost)
county = County("/disk/county")
station = Station("/disk/station", log="lockerd.after-cut")
station.configure()
must("lockerd starts again on the same disk", starts)
journal = station.follow()
check("every event that was printed before the cut is in the journal", nothing_lost)
check("the interrupted door is contents unknown", unknown)
check("the county has every event once, and the chain is right", chain)
finish()
