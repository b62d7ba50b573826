"""Counts what `swift test` printed for Swift Testing: one line `N passed, N failed, N skipped`."""
import re
import sys

text = open(sys.argv[1], encoding="utf-8", errors="replace").read()
status = int(sys.argv[2])
passed = len(re.findall(r"^\S+ Test (?!run).*? passed after ", text, re.M))
failed = len(re.findall(r"^\S+ Test (?!run).*? failed after ", text, re.M))
skipped = len(re.findall(r"^\S+ Test (?!run).*? skipped", text, re.M)) + len(re.findall(r"SKIPPED:", text))
if status != 0 and failed == 0:
    print(text[-3000:])
    failed = 1
if passed == 0:
    failed = max(failed, 1)
print(f"{passed} passed, {failed} failed, {skipped} skipped")
sys.exit(1 if failed else 0)
