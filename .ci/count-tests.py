"""Adds up what processes with Swift Testing printed, given as pairs LOG STATUS: one line `N passed, N failed, N skipped`."""
import re
import sys


def count(log, status):
    text = open(log, encoding="utf-8", errors="replace").read()
    passed = len(re.findall(r"^\S+ Test (?!run).*? passed after ", text, re.M))
    failed = len(re.findall(r"^\S+ Test (?!run).*? failed after ", text, re.M))
    skipped = len(re.findall(r"^\S+ Test (?!run).*? skipped", text, re.M)) + len(re.findall(r"SKIPPED:", text))
    if failed == 0 and (status != 0 or passed == 0):
        print(text[-3000:])
        failed = 1
    return passed, failed, skipped


pairs = zip(sys.argv[1::2], map(int, sys.argv[2::2]))
passed, failed, skipped = map(sum, zip(*(count(log, status) for log, status in pairs)))
print(f"{passed} passed, {failed} failed, {skipped} skipped")
sys.exit(1 if failed else 0)
