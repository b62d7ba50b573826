import GRDB

/// The tables of the derived books. They are never migrated: another version is made anew from the events.
enum BooksSchema {
    /// Grows with every change of these tables, or of what is folded into them.
    static let version = 5

    static func make(_ db: Database) throws {
        try db.execute(sql: stations + pieces + figures + things)
        try db.execute(sql: "PRAGMA user_version = \(version)")
    }

    // `id` names this file: what was read of another one is not read of this. `through` is the number of the newest event
    // that the books hold, `hash` and `received` tell it from another one under that number. `reads` says what the program
    // understood that made them, `target` which event was the newest then, `reviewed` whether lines that nobody could read
    // before were looked at since. A station that `waits` is folded anew: its rows are those of a time before; `lines` is
    // the order of what was folded of it (`StationLines`).
    private static let stations = """
        CREATE TABLE identity (id INTEGER NOT NULL) STRICT;
        INSERT INTO identity VALUES (random());
        CREATE TABLE progress (
            row INTEGER PRIMARY KEY CHECK (row = 1),
            through INTEGER NOT NULL,
            hash BLOB NOT NULL,
            received INTEGER NOT NULL,
            county TEXT NOT NULL,
            reads TEXT NOT NULL,
            target INTEGER NOT NULL,
            reviewed INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE station (
            number INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            incarnation INTEGER NOT NULL,
            sequence INTEGER NOT NULL,
            branches INTEGER NOT NULL,
            lines TEXT NOT NULL,
            waits INTEGER NOT NULL,
            reaches INTEGER,
            began INTEGER,
            fold BLOB NOT NULL
        ) STRICT;
        CREATE INDEX stationWaits ON station (id) WHERE waits = 1;
        """

    private static let pieces = """
        CREATE TABLE piece (
            station INTEGER NOT NULL, waybill TEXT NOT NULL, direction TEXT NOT NULL, state TEXT NOT NULL,
            isAtSite INTEGER NOT NULL, brand TEXT NOT NULL, operator TEXT NOT NULL, agent TEXT NOT NULL,
            cooperation TEXT NOT NULL, place TEXT, village TEXT, hamlet TEXT, size TEXT, run TEXT, bag TEXT, formerly TEXT,
            consent TEXT, isChilled INTEGER NOT NULL, expectedAt INTEGER, arrivedAt INTEGER, storedAt INTEGER,
            noticedAt INTEGER, overdueAt INTEGER, endedAt INTEGER, isTimeUncertain INTEGER NOT NULL, broughtBy TEXT,
            endedBy TEXT, collector TEXT, means TEXT, evidence TEXT, doorOpenedAt INTEGER, feeFen INTEGER NOT NULL,
            kind TEXT, category TEXT, platform TEXT, orderNumber TEXT, weightGrams INTEGER, isOutside INTEGER,
            isReused INTEGER, isScreened INTEGER, realName TEXT, inspectedBy TEXT, seal TEXT, lastEvent INTEGER NOT NULL,
            PRIMARY KEY (station, waybill)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX pieceWaybill ON piece (waybill);
        CREATE INDEX pieceFormerly ON piece (formerly) WHERE formerly IS NOT NULL;
        -- What is at hand is counted from this index alone: SQLite looks into the table for a column that it does not hold,
        -- also for the one that the index itself is limited by.
        CREATE INDEX pieceAtSite ON piece (isAtSite, station, state, direction, overdueAt, storedAt, arrivedAt)
            WHERE isAtSite = 1;
        CREATE TABLE step (
            station INTEGER NOT NULL, waybill TEXT NOT NULL, brand TEXT NOT NULL, direction TEXT NOT NULL, figure TEXT,
            mark INTEGER, feeFen INTEGER NOT NULL, kind TEXT, category TEXT, platform TEXT, isOutside INTEGER,
            isReused INTEGER, village TEXT, operator TEXT,
            PRIMARY KEY (station, waybill)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE trace (
            waybill TEXT NOT NULL, number INTEGER NOT NULL, station INTEGER NOT NULL,
            PRIMARY KEY (waybill, number)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX traceStation ON trace (station);
        """

    // Days are positive marks, stretches without a clock negative ones (`DayMark`); 0 stands for none, and an empty text too,
    // since they are parts of a key. `changed` has a number for each mark that grows with every change of what it counts.
    private static let figures = """
        CREATE TABLE figure (
            figure TEXT NOT NULL, mark INTEGER NOT NULL, station INTEGER NOT NULL, word TEXT NOT NULL, brand TEXT NOT NULL,
            direction TEXT NOT NULL, village TEXT NOT NULL, takesOff INTEGER NOT NULL, operator TEXT NOT NULL,
            count INTEGER NOT NULL,
            PRIMARY KEY (figure, mark, station, word, brand, direction, village, takesOff, operator)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE counted (
            mark INTEGER NOT NULL, station INTEGER NOT NULL, waybill TEXT NOT NULL, figure TEXT NOT NULL,
            takesOff INTEGER NOT NULL, brand TEXT NOT NULL, village TEXT NOT NULL, operator TEXT NOT NULL,
            count INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX countedMark ON counted (mark);
        CREATE INDEX countedStation ON counted (station);
        CREATE TABLE day (
            day INTEGER NOT NULL, station INTEGER NOT NULL, runs INTEGER NOT NULL, watched INTEGER NOT NULL,
            mayHaveRun INTEGER NOT NULL, isLossy INTEGER NOT NULL,
            PRIMARY KEY (day, station)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE changed (mark INTEGER PRIMARY KEY, turn INTEGER NOT NULL) STRICT;
        CREATE INDEX changedTurn ON changed (turn);
        CREATE TABLE drift (number INTEGER PRIMARY KEY, station INTEGER NOT NULL, first INTEGER, last INTEGER) STRICT;
        """

    private static let things = """
        CREATE TABLE visit (
            number INTEGER PRIMARY KEY, station INTEGER NOT NULL, run TEXT NOT NULL, route TEXT, vehicle TEXT,
            person TEXT NOT NULL, day INTEGER, arrivedAt INTEGER NOT NULL, departedAt INTEGER, parcelsIn INTEGER NOT NULL,
            shipmentsOut INTEGER NOT NULL, parcelsBack INTEGER NOT NULL, bags TEXT NOT NULL, seals TEXT NOT NULL,
            endedBy INTEGER
        ) STRICT;
        CREATE INDEX visitRun ON visit (station, run, number);
        CREATE INDEX visitDay ON visit (day);
        CREATE INDEX visitStation ON visit (station, day);
        CREATE TABLE door (
            station INTEGER NOT NULL, door TEXT NOT NULL, outOfService TEXT, unknownContents TEXT, since INTEGER,
            PRIMARY KEY (station, door)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE trouble (
            number INTEGER PRIMARY KEY, station INTEGER NOT NULL, kind TEXT NOT NULL, thing TEXT NOT NULL, reason TEXT,
            begin INTEGER NOT NULL, until INTEGER
        ) STRICT;
        CREATE INDEX troubleOpen ON trouble (station, kind, thing) WHERE until IS NULL;
        CREATE INDEX troubleStation ON trouble (station, begin);
        CREATE INDEX troubleBegin ON trouble (begin);
        CREATE TABLE voice (
            number INTEGER PRIMARY KEY, station INTEGER NOT NULL, at INTEGER NOT NULL, waybill TEXT, category INTEGER,
            scores TEXT NOT NULL
        ) STRICT;
        CREATE INDEX voiceAt ON voice (at);
        CREATE INDEX voiceStation ON voice (station, at);
        """

    /// Tables whose rows belong to one station, for a fold of it from the begin.
    static let ofStation = [
        "piece", "step", "trace", "figure", "counted", "day", "drift", "visit", "door", "trouble", "voice",
    ]
}
