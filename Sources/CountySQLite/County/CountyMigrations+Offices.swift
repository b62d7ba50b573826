/// The county's offices beside its stations, and what nobody changes any more.
extension CountyMigrations {
    // `validFrom` is a day, absent where a row held ever since; `replacedBy` the version that took its place. What was
    // frozen, and what was written into the log, never changes.
    static let offices = """
        CREATE TABLE register (
            number INTEGER PRIMARY KEY,
            kind TEXT NOT NULL,
            key TEXT NOT NULL,
            validFrom INTEGER,
            row BLOB NOT NULL,
            changed INTEGER NOT NULL,
            account TEXT NOT NULL,
            replacedBy INTEGER REFERENCES register (number)
        ) STRICT;
        CREATE UNIQUE INDEX registerHolds ON register (kind, key, ifnull(validFrom, 0)) WHERE replacedBy IS NULL;
        CREATE INDEX registerKey ON register (kind, key);
        CREATE TRIGGER registerKept BEFORE UPDATE OF number, kind, key, validFrom, row, changed, account ON register
            BEGIN SELECT RAISE(ABORT, 'registers keep their history'); END;
        CREATE TRIGGER registerNeverDeleted BEFORE DELETE ON register
            BEGIN SELECT RAISE(ABORT, 'registers keep their history'); END;
        CREATE TABLE account (name TEXT PRIMARY KEY, version INTEGER NOT NULL, row BLOB NOT NULL) STRICT;
        CREATE TABLE audit (
            number INTEGER PRIMARY KEY,
            time INTEGER NOT NULL,
            author TEXT NOT NULL,
            action TEXT NOT NULL,
            object TEXT NOT NULL,
            row BLOB NOT NULL
        ) STRICT;
        CREATE INDEX auditTime ON audit (time);
        CREATE INDEX auditObject ON audit (object);
        CREATE TRIGGER auditKept BEFORE UPDATE ON audit
            BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
        CREATE TRIGGER auditNeverDeleted BEFORE DELETE ON audit
            BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
        CREATE TABLE closedPeriod (
            period TEXT NOT NULL,
            correction INTEGER NOT NULL,
            firstDay INTEGER NOT NULL,
            lastDay INTEGER NOT NULL,
            csv BLOB NOT NULL,
            sha256 TEXT NOT NULL,
            through INTEGER NOT NULL,
            frozenAt INTEGER NOT NULL,
            account TEXT NOT NULL,
            unknown TEXT NOT NULL,
            PRIMARY KEY (period, correction)
        ) STRICT, WITHOUT ROWID;
        CREATE TRIGGER periodKept BEFORE UPDATE ON closedPeriod
            BEGIN SELECT RAISE(ABORT, 'a closed period never changes'); END;
        CREATE TRIGGER periodNeverDeleted BEFORE DELETE ON closedPeriod
            BEGIN SELECT RAISE(ABORT, 'a closed period never changes'); END;
        """

    // A version with `withdrawn` says that nothing holds in the place of the one before. `key` of a session is the SHA-256 of
    // its token, `row` what is known of it.
    static let withdrawals = """
        ALTER TABLE register ADD COLUMN withdrawn INTEGER NOT NULL DEFAULT 0;
        CREATE TRIGGER registerStaysWithdrawn BEFORE UPDATE OF withdrawn ON register
            BEGIN SELECT RAISE(ABORT, 'registers keep their history'); END;
        CREATE TABLE session (
            key TEXT PRIMARY KEY,
            account TEXT NOT NULL REFERENCES account (name) ON DELETE CASCADE,
            row BLOB NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX sessionAccount ON session (account);
        """

    // Lines of a branch stay as they came. A lost range shrinks, and ends, where its events were found and are stored.
    static let evidence = """
        CREATE TRIGGER branchKept BEFORE UPDATE ON branch
            BEGIN SELECT RAISE(ABORT, 'branches are append-only'); END;
        CREATE TRIGGER branchNeverDeleted BEFORE DELETE ON branch
            BEGIN SELECT RAISE(ABORT, 'branches are append-only'); END;
        CREATE TRIGGER lostRangeKept BEFORE UPDATE ON lostRange
            WHEN NEW.incarnation <> OLD.incarnation OR NEW.first <> OLD.first OR NEW.noted <> OLD.noted
                OR NEW.last >= OLD.last OR OLD.last - NEW.last > (
                    SELECT count(*) FROM event WHERE incarnation = OLD.incarnation
                        AND sequence > NEW.last AND sequence <= OLD.last)
            BEGIN SELECT RAISE(ABORT, 'a lost range ends where its events were found'); END;
        CREATE TRIGGER lostRangeNeverDeleted BEFORE DELETE ON lostRange
            WHEN OLD.last - OLD.first + 1 > (
                SELECT count(*) FROM event WHERE incarnation = OLD.incarnation
                    AND sequence >= OLD.first AND sequence <= OLD.last)
            BEGIN SELECT RAISE(ABORT, 'a lost range ends where its events were found'); END;
        """
}
