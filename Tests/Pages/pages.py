"""The county's pages in Debian's Chromium.

    pages.py --program county-server [--shots FOLDER] [--short]

starts a county on the loopback interface with a root of its own, fills it as people would and lets stations send events that
were made up, and goes through its pages. It prints a line for each check and ends with `N passed, N failed, N skipped`.
`--shots` keeps pictures of each page at two widths, and what is printed, in a folder for a person to look at.
"""

import argparse, pathlib, signal, subprocess, sys, time

HERE = pathlib.Path(__file__).resolve().parent
# A test that hangs is a failed one. Seconds.
SHORT, LONG = 420, 1_800
# Seconds behind which no day of China may end: what happened today stays today.
SHORT_DAY, LONG_DAY = 200, 700
CHINA_SECONDS, DAY_SECONDS = 8 * 3_600, 86_400


def stop(*_):
    raise KeyboardInterrupt("out of time")


def wait_for_midnight(seconds):
    """Waits for the next day of China when there are so few seconds left of this one."""
    left = DAY_SECONDS - (time.time() + CHINA_SECONDS) % DAY_SECONDS
    if left < seconds:
        print(f"        the day ends in {left:.0f} s: waiting for the next one", flush=True)
        time.sleep(left + 1)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", default=HERE.parent.parent / ".build/release/county-server", type=pathlib.Path)
    parser.add_argument("--shots", type=pathlib.Path, help="a folder outside of the tree")
    parser.add_argument("--short", action="store_true", help="what a change of the pages has to pass, in some 90 s")
    given = parser.parse_args()
    if given.shots and HERE.parent.parent in [given.shots.resolve(), *given.shots.resolve().parents]:
        parser.error("--shots is inside the tree: name a folder elsewhere")

    # Nothing is written beside the sources.
    sys.dont_write_bytecode = True
    import axe
    from browser import Browser
    from checks import Checks
    from stage import Stage
    import setting_up, reading, month, trouble

    wait_for_midnight(SHORT_DAY if given.short else LONG_DAY)
    signal.signal(signal.SIGALRM, stop)
    signal.signal(signal.SIGTERM, stop)
    signal.alarm(SHORT if given.short else LONG)
    checks = Checks()
    stage = Stage(given.program.resolve(), checks, given.short)
    script = None
    try:
        script = axe.script()
    except (OSError, subprocess.SubprocessError) as reason:
        print(f"SKIPPED axe-core: its wheel is not to be had here, each page counts as one that was not looked at: {reason}")
    try:
        stage.county.start()
        stage.browser = Browser(stage.county, checks, script, given.shots, given.short)
        for module in (setting_up, reading, month, trouble):
            for part in module.PARTS:
                checks.part(f"{module.__name__}: {part.__name__.replace('_', ' ')}", part, stage)
    except KeyboardInterrupt as reason:
        checks.that(f"the run ends in time ({reason})", False)
    finally:
        signal.alarm(0)
        stage.close()
    if given.shots:
        print(f"        pictures and printed pages: {given.shots}")
    sys.exit(checks.close())


if __name__ == "__main__":
    main()
