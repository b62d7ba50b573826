"""Counts checks: a line for each, and at the end `N passed, N failed, N skipped`."""

import sys, time, traceback


class Checks:
    def __init__(self):
        self.passed = self.failed = self.skipped = 0
        self.began = time.monotonic()

    def that(self, name, holds, detail=""):
        """One check. Returns whether it holds."""
        if holds:
            self.passed += 1
            print(f"ok      {name}", flush=True)
        else:
            self.failed += 1
            print(f"FAILED  {name}" + (f": {detail}" if detail != "" else ""), flush=True)
        return bool(holds)

    def equal(self, name, found, wanted):
        return self.that(name, found == wanted, f"{found!r} is not {wanted!r}")

    def holds(self, name, text, *parts):
        """That a text has all of these parts."""
        missing = [part for part in parts if part not in text]
        return self.that(name, not missing, f"without {missing}; it says {' '.join(text.split())[:600]!r}")

    def lacks(self, name, text, *parts):
        """That a text has none of these parts."""
        found = [part for part in parts if part in text]
        return self.that(name, not found, f"has {found}")

    def part(self, title, work, *arguments):
        """Runs one part. What it throws is a failed check, and the next part runs all the same."""
        began = time.monotonic()
        try:
            work(*arguments)
        except KeyboardInterrupt:
            raise
        except Exception as error:
            where = traceback.extract_tb(error.__traceback__)[1:]
            lines = " < ".join(f"{line.filename.rsplit('/', 1)[-1]}:{line.lineno}" for line in reversed(where[:4]))
            text = str(error).splitlines()[0] if str(error) else ""
            self.that(f"{title} runs to its end", False, f"{type(error).__name__} {text} at {lines}")
        print(f"        {title} ({time.monotonic() - began:.1f} s)", flush=True)

    def close(self):
        """Prints the sum; the status to end with."""
        print(f"        all of it took {time.monotonic() - self.began:.0f} s")
        print(f"{self.passed} passed, {self.failed} failed, {self.skipped} skipped")
        sys.stdout.flush()
        return 1 if self.failed or not self.passed else 0
