package import GRDB

/// The tables. Migrations are only ever added at the end; one that was released is never edited.
package enum CountyMigrations {
    /// In their order.
    package static var all: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1 stations") { try $0.execute(sql: stations) }
        migrator.registerMigration("2 events") { try $0.execute(sql: events) }
        migrator.registerMigration("3 desk") { try $0.execute(sql: desk) }
        migrator.registerMigration("4 contacts, revocations, recipients") { try $0.execute(sql: people) }
        migrator.registerMigration("5 support codes") { try $0.execute(sql: support) }
        migrator.registerMigration("6 hold periods") { try $0.execute(sql: holds) }
        migrator.registerMigration("7 typed recipients") { try $0.execute(sql: typedRecipients) }
        migrator.registerMigration("8 two numbers of one parcel") { try $0.execute(sql: numbers) }
        migrator.registerMigration("9 numbers that a manifest gives") { try $0.execute(sql: awaitedNumbers) }
        migrator.registerMigration("10 hold periods that are over") { try $0.execute(sql: endedHolds) }
        migrator.registerMigration("11 parcels that were not found") { try $0.execute(sql: missingParcels) }
        migrator.registerMigration("12 codes that were told") { try $0.execute(sql: toldCodes) }
        migrator.registerMigration("13 command numbers") { try $0.execute(sql: commandNumbers) }
        migrator.registerMigration("14 clock, revocations, strangers") { try $0.execute(sql: doubts) }
        migrator.registerMigration("15 counters that overtake each other") { try $0.execute(sql: counters) }
        migrator.registerMigration("16 lost ranges") { try $0.execute(sql: lostRanges) }
        migrator.registerMigration("17 hold periods that come back") { try $0.execute(sql: lostHolds) }
        migrator.registerMigration("18 registers, accounts, closed periods") { try $0.execute(sql: offices) }
        migrator.registerMigration("19 rows that are withdrawn, sessions") { try $0.execute(sql: withdrawals) }
        migrator.registerMigration("20 evidence that stays") { try $0.execute(sql: evidence) }
        migrator.registerMigration("21 failed commands") { try $0.execute(sql: commandsFailed) }
        return migrator
    }

    private static let stations = """
        CREATE TABLE county (row INTEGER PRIMARY KEY CHECK (row = 1), keyID TEXT NOT NULL) STRICT;
        CREATE TABLE station (
            id TEXT PRIMARY KEY,
            codeKeyID TEXT NOT NULL,
            codeKey BLOB NOT NULL,
            created INTEGER NOT NULL,
            keyID TEXT,
            lastContact INTEGER
        ) STRICT;
        CREATE TABLE stationKey (
            station TEXT NOT NULL REFERENCES station (id),
            keyID TEXT NOT NULL,
            signingKey BLOB NOT NULL,
            exchangeKey BLOB NOT NULL,
            added INTEGER NOT NULL,
            counterStart INTEGER NOT NULL DEFAULT -1,
            counterN INTEGER NOT NULL DEFAULT -1,
            PRIMARY KEY (station, keyID)
        ) STRICT;
        CREATE TABLE enrolment (
            secretHash BLOB PRIMARY KEY,
            station TEXT NOT NULL REFERENCES station (id),
            created INTEGER NOT NULL,
            expires INTEGER NOT NULL,
            used INTEGER,
            signingKey BLOB,
            exchangeKey BLOB,
            answer BLOB
        ) STRICT;
        CREATE TABLE status (
            station TEXT PRIMARY KEY REFERENCES station (id),
            received INTEGER NOT NULL,
            report BLOB NOT NULL
        ) STRICT;
        """

    private static let events = """
        CREATE TABLE incarnation (
            number INTEGER PRIMARY KEY,
            station TEXT NOT NULL REFERENCES station (id),
            id TEXT NOT NULL,
            created INTEGER NOT NULL,
            acknowledged INTEGER NOT NULL DEFAULT 0,
            hash BLOB NOT NULL,
            UNIQUE (station, id)
        ) STRICT;
        CREATE TABLE event (
            number INTEGER PRIMARY KEY,
            incarnation INTEGER NOT NULL REFERENCES incarnation (number),
            sequence INTEGER NOT NULL,
            bytes BLOB NOT NULL,
            hash BLOB NOT NULL,
            type TEXT,
            received INTEGER NOT NULL,
            quarantined INTEGER NOT NULL DEFAULT 0,
            reason TEXT,
            UNIQUE (incarnation, sequence)
        ) STRICT;
        CREATE INDEX eventQuarantined ON event (incarnation) WHERE quarantined = 1;
        CREATE TRIGGER eventKept BEFORE UPDATE OF incarnation, sequence, bytes, hash ON event
            BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
        CREATE TRIGGER eventNeverDeleted BEFORE DELETE ON event
            BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
        CREATE TABLE branch (
            station TEXT NOT NULL REFERENCES station (id),
            incarnation TEXT NOT NULL,
            sequence INTEGER NOT NULL,
            hash BLOB NOT NULL,
            bytes BLOB NOT NULL,
            received INTEGER NOT NULL,
            PRIMARY KEY (station, incarnation, sequence, hash)
        ) STRICT;
        """

    private static let desk = """
        CREATE TABLE command (
            station TEXT NOT NULL REFERENCES station (id),
            number INTEGER NOT NULL,
            id TEXT NOT NULL,
            type TEXT NOT NULL,
            message BLOB NOT NULL,
            issued INTEGER NOT NULL,
            expires INTEGER NOT NULL,
            state TEXT NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'completed', 'failed', 'superseded')),
            reason TEXT,
            PRIMARY KEY (station, number)
        ) STRICT;
        CREATE INDEX commandPending ON command (station, number) WHERE state = 'pending';
        CREATE TABLE manifest (
            station TEXT NOT NULL REFERENCES station (id),
            id TEXT NOT NULL,
            bytes BLOB NOT NULL,
            sha256 TEXT NOT NULL,
            count INTEGER NOT NULL,
            created INTEGER NOT NULL,
            PRIMARY KEY (station, id)
        ) STRICT;
        CREATE TABLE parcel (
            station TEXT NOT NULL REFERENCES station (id),
            waybill TEXT NOT NULL,
            n INTEGER NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('announced', 'stored', 'closed')),
            changed INTEGER NOT NULL,
            PRIMARY KEY (station, waybill)
        ) STRICT;
        CREATE TABLE badge (
            id TEXT PRIMARY KEY,
            person TEXT NOT NULL,
            role TEXT NOT NULL,
            created INTEGER NOT NULL,
            expires INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE pin (
            station TEXT NOT NULL REFERENCES station (id),
            badge TEXT NOT NULL REFERENCES badge (id),
            verifier BLOB NOT NULL,
            PRIMARY KEY (station, badge)
        ) STRICT;
        """

    /// The random key of a phone that was typed at a station, and the county's own of the same phone beside the sealed one.
    private static let typedRecipients = """
        ALTER TABLE parcel ADD COLUMN typedKey TEXT;
        ALTER TABLE contact ADD COLUMN recipientKey TEXT;
        """

    private static let support = """
        ALTER TABLE station ADD COLUMN supportNext INTEGER NOT NULL DEFAULT 0;
        CREATE TABLE supportCode (
            station TEXT NOT NULL REFERENCES station (id),
            counter INTEGER NOT NULL,
            door TEXT NOT NULL,
            person TEXT NOT NULL,
            issued INTEGER NOT NULL,
            PRIMARY KEY (station, counter, door, person)
        ) STRICT;
        """

    private static let holds = """
        CREATE TABLE hold (
            station TEXT NOT NULL REFERENCES station (id),
            waybill TEXT NOT NULL,
            waits INTEGER NOT NULL,
            entry TEXT NOT NULL,
            PRIMARY KEY (station, waybill)
        ) STRICT;
        CREATE INDEX holdWaits ON hold (station) WHERE waits;
        CREATE TABLE darkness (
            station TEXT PRIMARY KEY REFERENCES station (id),
            reckoning TEXT NOT NULL
        ) STRICT;
        """

    // `came` is 1 for what was seen at its place, also when it has left since, and 2 for what came as its parts.
    private static let numbers = """
        ALTER TABLE parcel ADD COLUMN codeOf TEXT;
        ALTER TABLE parcel ADD COLUMN came INTEGER NOT NULL DEFAULT 0;
        CREATE TABLE formerNumber (
            station TEXT NOT NULL REFERENCES station (id),
            number TEXT NOT NULL,
            waybill TEXT NOT NULL,
            PRIMARY KEY (station, number)
        ) STRICT;
        """

    // Former numbers in the manifests on their way: `number` is to become `waybill` by the manifest of `command`.
    private static let awaitedNumbers = """
        CREATE TABLE awaitedNumber (
            station TEXT NOT NULL REFERENCES station (id),
            number TEXT NOT NULL,
            waybill TEXT NOT NULL,
            command INTEGER NOT NULL,
            PRIMARY KEY (station, number)
        ) STRICT;
        CREATE INDEX awaitedNumberOf ON awaitedNumber (station, waybill);
        """

    // `until` is when the row of a parcel that is not at the station may go. What had ended before counts from now.
    private static let endedHolds = """
        ALTER TABLE hold ADD COLUMN until INTEGER;
        UPDATE hold SET until = (CAST(strftime('%s', 'now') AS INTEGER) + 30 * 86400) * 1000
            WHERE entry LIKE '%"status":"collected"%' OR entry LIKE '%"status":"returned"%'
                OR entry LIKE '%"status":"lost"%' OR entry LIKE '%"status":"missing"%'
                OR entry LIKE '%"status":"expected"%';
        CREATE INDEX holdUntil ON hold (station, until) WHERE until IS NOT NULL;
        """

    // A CHECK cannot be changed in place. What an audit did not find before stands in the hold periods.
    private static let missingParcels = """
        CREATE TABLE parcelAnew (
            station TEXT NOT NULL REFERENCES station (id),
            waybill TEXT NOT NULL,
            n INTEGER NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('announced', 'stored', 'missing', 'closed')),
            changed INTEGER NOT NULL,
            recipientKey TEXT,
            typedKey TEXT,
            codeOf TEXT,
            came INTEGER NOT NULL DEFAULT 0,
            PRIMARY KEY (station, waybill)
        ) STRICT;
        INSERT INTO parcelAnew (station, waybill, n, state, changed, recipientKey, typedKey, codeOf, came)
            SELECT station, waybill, n, state, changed, recipientKey, typedKey, codeOf, came FROM parcel;
        DROP TABLE parcel;
        ALTER TABLE parcelAnew RENAME TO parcel;
        UPDATE parcel SET state = 'missing', came = max(came, 1)
            WHERE state <> 'closed' AND EXISTS (
                SELECT 1 FROM hold h WHERE h.station = parcel.station AND h.waybill = parcel.waybill
                    AND h.entry LIKE '%"status":"missing"%');
        """

    // What the code was made of that was told or announced, when it is another by now and none was made anew.
    private static let toldCodes = """
        ALTER TABLE parcel ADD COLUMN toldOf TEXT;
        ALTER TABLE parcel ADD COLUMN toldN INTEGER;
        CREATE INDEX parcelToldOf ON parcel (station, waybill) WHERE toldOf IS NOT NULL;
        """

    // `settled` is when the station did or refused it; `again` the number under which it was ordered anew. Numbers up to
    // `commandFloor` were used, as the station says; `commandStrange` is one that cannot be.
    private static let commandNumbers = """
        ALTER TABLE command ADD COLUMN settled INTEGER;
        ALTER TABLE command ADD COLUMN again INTEGER;
        ALTER TABLE station ADD COLUMN commandFloor INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE station ADD COLUMN commandStrange INTEGER;
        ALTER TABLE station ADD COLUMN askedSince INTEGER;
        ALTER TABLE station ADD COLUMN commandsAsked INTEGER;
        """

    // Every page of the county asks for those that failed lately; most commands were done.
    private static let commandsFailed = "CREATE INDEX commandFailed ON command (settled) WHERE state = 'failed';"

    // `revocation` is of badges that the books do not know. `stranger` is what nobody can prove.
    private static let doubts = """
        CREATE TABLE clockMark (
            row INTEGER PRIMARY KEY CHECK (row = 1),
            wall INTEGER NOT NULL,
            uptime INTEGER NOT NULL,
            bootID TEXT NOT NULL,
            event INTEGER NOT NULL,
            received INTEGER,
            confirmed INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE clockReport (
            station TEXT PRIMARY KEY REFERENCES station (id),
            time INTEGER NOT NULL,
            received INTEGER NOT NULL,
            uptime INTEGER NOT NULL,
            bootID TEXT NOT NULL
        ) STRICT;
        CREATE TABLE clockConfirmation (
            number INTEGER PRIMARY KEY,
            user TEXT NOT NULL,
            before INTEGER NOT NULL,
            after INTEGER NOT NULL,
            doubts TEXT NOT NULL
        ) STRICT;
        CREATE TABLE revocation (
            badge TEXT PRIMARY KEY,
            revoked INTEGER NOT NULL,
            expires INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE stranger (
            station TEXT NOT NULL,
            keyID TEXT NOT NULL,
            known INTEGER NOT NULL,
            first INTEGER NOT NULL,
            last INTEGER NOT NULL,
            count INTEGER NOT NULL,
            PRIMARY KEY (station, keyID)
        ) STRICT;
        """

    // Which of the last calls came, all of them by default; the start named in the last answer `replayed`, and when it was
    // given; when counters were healed.
    private static let counters = """
        ALTER TABLE stationKey ADD COLUMN counterCame INTEGER NOT NULL DEFAULT -1;
        ALTER TABLE stationKey ADD COLUMN refusedStart INTEGER;
        ALTER TABLE stationKey ADD COLUMN refusedAt INTEGER;
        ALTER TABLE stationKey ADD COLUMN healings TEXT NOT NULL DEFAULT '';
        """

    // Sequences whose lines the station could not read any more; `hash` is that behind the last of them.
    private static let lostRanges = """
        CREATE TABLE lostRange (
            incarnation INTEGER NOT NULL REFERENCES incarnation (number),
            first INTEGER NOT NULL,
            last INTEGER NOT NULL,
            hash BLOB NOT NULL,
            noted INTEGER NOT NULL,
            PRIMARY KEY (incarnation, last)
        ) STRICT;
        """

    // `lost` is 1 while a station whose journal is gone has not got it back.
    private static let lostHolds = "ALTER TABLE hold ADD COLUMN lost INTEGER NOT NULL DEFAULT 0;"

    private static let people = """
        ALTER TABLE parcel ADD COLUMN recipientKey TEXT;
        ALTER TABLE badge ADD COLUMN revoked INTEGER;
        CREATE TABLE contact (
            station TEXT NOT NULL REFERENCES station (id),
            waybill TEXT NOT NULL,
            sealed BLOB NOT NULL,
            received INTEGER NOT NULL,
            PRIMARY KEY (station, waybill)
        ) STRICT;
        """
}
