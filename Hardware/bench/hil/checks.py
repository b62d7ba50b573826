"""One printed line a check, and waits that end."""

import time
import traceback

_results = open("/srv/results", "a", buffering=1, encoding="utf-8")


class Failed(Exception):
    """What was expected and what came instead."""


def monotonic():
    return time.clock_gettime(time.CLOCK_MONOTONIC)


def uptime_ms():
    """The clock of an event's `uptimems`."""
    return time.clock_gettime(time.CLOCK_BOOTTIME) * 1000


def expect(truth, text):
    if not truth:
        raise Failed(text)


def wait_for(what, seconds, probe):
    """Waits until `probe` returns something true and returns that."""
    end = monotonic() + seconds
    while True:
        if found := probe():
            return found
        if monotonic() >= end:
            raise Failed(f"waited {seconds} s for {what}")
        time.sleep(0.02)


def note(text):
    _results.write(text + "\n")


def skip(sentence, why):
    _results.write(f"ok - {sentence} # SKIP {why}\n")


def _say(began, sentence):
    # For the console's log, which is shown when something failed.
    print(f"{monotonic():7.1f} {monotonic() - began:5.1f} s {sentence}", flush=True)


def check(sentence, test, *arguments):
    """Runs a test; what it returns are its figures. Returns whether it was good."""
    began = monotonic()
    try:
        figures = test(*arguments)
    except Exception as error:  # pylint: disable=broad-except
        if not isinstance(error, Failed):
            traceback.print_exc()
        _say(began, sentence)
        _results.write(f"not ok - {sentence}: {str(error) or repr(error)}\n".replace("\n", " ").rstrip() + "\n")
        return False
    _say(began, sentence)
    _results.write(f"ok - {sentence}" + (f": {figures}" if figures else "") + "\n")
    return True


def must(sentence, test, *arguments):
    """A check without which the rest of the stage makes no sense."""
    if not check(sentence, test, *arguments):
        finish()


def finish():
    # A good guest is one that came to its end; what failed is counted by its lines.
    raise SystemExit(0)
