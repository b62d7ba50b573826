"""Which pieces and days differ from what the county's books hold, with the raw events: to find out who is wrong.

This alone looks into the books; nothing is judged by it.
"""

import json
import sqlite3

SHOWN = 20
EVENTS_SHOWN = 30


def explain(raw, books, folds):
    connection = sqlite3.connect(f"file:{books}?mode=ro", uri=True)
    stations = dict(connection.execute("SELECT number, id FROM station"))
    waybills = explain_pieces(connection, stations, folds)
    shown = explain_days(connection, stations, folds)
    connection.close()
    show_events(raw, waybills, shown)


def mark_of(mark):
    return "drift" if isinstance(mark, tuple) or mark < 0 else mark


def explain_pieces(connection, stations, folds):
    """Pieces that one of both has alone: (station, waybill, mark, figure, brand, village, count)."""
    theirs, ours = {}, {}
    columns = "station, waybill, mark, figure, brand, village, count"
    for station, waybill, mark, *rest in connection.execute(f"SELECT {columns} FROM counted"):
        key = (stations[station], waybill, mark_of(mark), *rest)
        theirs[key] = theirs.get(key, 0) + 1
    for station, fold in folds.items():
        for waybill, mark, _, brand, village, figure, count in fold.pieces:
            key = (station, waybill, mark_of(mark), figure, brand, village or "", count)
            ours[key] = ours.get(key, 0) + 1
    wrong = sorted((key for key in theirs.keys() | ours.keys() if theirs.get(key) != ours.get(key)), key=str)
    for key in wrong[:SHOWN]:
        print(f"piece {key}: books {theirs.get(key, 0)}, events {ours.get(key, 0)}")
    print(f"{len(wrong)} pieces differ")
    return {(key[0], key[1]) for key in wrong[:SHOWN]}


def explain_days(connection, stations, folds):
    theirs = {}
    for station, day, *facts in connection.execute("SELECT station, day, runs, watched, mayHaveRun, isLossy FROM day"):
        theirs[stations[station], day] = tuple(facts)
    reaches = dict(connection.execute("SELECT id, reaches FROM station"))
    ours = {
        (station, day): (runs, watched, int(may_have_run), int(is_lossy))
        for station, fold in folds.items() for day, (runs, watched, may_have_run, is_lossy) in fold.days.items()
    }
    empty = (0, 0, 0, 0)
    wrong = sorted(key for key in theirs.keys() | ours.keys() if theirs.get(key, empty) != ours.get(key, empty))
    for key in wrong[:SHOWN]:
        print(f"day {key} (runs, ms watched, may have run): books {theirs.get(key)}, events {ours.get(key)}")
    print(f"{len(wrong)} days differ")
    for station, fold in folds.items():
        if reaches.get(station) != fold.reaches:
            print(f"{station} reaches to {reaches.get(station)} in the books, to {fold.reaches} by its events")
    return {station for station, _ in wrong[:1]}


def show_events(raw, waybills, stations):
    """The raw events of these parcels, and the first of these stations' starts and runs."""
    shown = 0
    with open(raw, encoding="utf-8") as lines:
        for line in lines:
            if shown == SHOWN * EVENTS_SHOWN:
                return
            event = json.loads(line)
            station = event["source"].removeprefix("/stations/")
            is_meant = any(station == named and waybill in line for named, waybill in waybills)
            is_start = station in stations and any(
                kind in event["type"] for kind in ("station.started", "journalReplaced", "run.arrived", "clockChanged")
            )
            if is_meant or is_start:
                shown += 1
                print(line, end="")
