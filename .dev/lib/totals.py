"""Runs ctest and adds up what Qt Test says of itself.

    totals.py FILE ctest ARGUMENT...

Shows each entry as it ends, and all that a failed one printed. Writes "PASSED FAILED" to FILE: test functions by
the "Totals:" lines of all entries. Also counted as failed: a skipped or blacklisted function, an entry that
printed no totals, one whose class has no test function, one that ended badly without a failed function, and a run
without entries. Exit code 0 or 1.
"""

import re
import subprocess
import sys

OUTPUT = re.compile(r"(\d+): (.*)", re.DOTALL)
RESULT = re.compile(r" *(\d+/\d+ )?Test +#(\d+): (\S+) [ .]*(.*)")  # of a repetition that is not the last without n/m
TOTALS = re.compile(r"Totals: (\d+) passed, (\d+) failed, (\d+) skipped, (\d+) blacklisted")
START = "********* Start testing of"  # what only Qt Test itself prints
FRAME = 2  # initTestCase and cleanupTestCase are counted even for a class without a test function


def judge(output, passed):
    """(passed, failed, complaint) of one entry, from its lines and ctest's own verdict."""
    totals = [tuple(map(int, m.groups())) for m in map(TOTALS.match, output) if m]
    good = sum(t[0] for t in totals)
    bad = sum(sum(t[1:]) for t in totals)
    if not totals:
        return good, bad + 1, "it printed no totals"
    if any(sum(t) <= FRAME for t in totals) and any(line.startswith(START) for line in output):
        return good, bad + 1, "a class without test functions"
    if not passed and bad == 0:
        return good, bad + 1, "it ended badly after its totals"
    return good, bad, "skipped or failed functions" if bad else ""


def main(file, command):
    outputs, good, bad, entries = {}, 0, 0, 0
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
                               text=True, errors="replace")
    for line in process.stdout:
        if match := RESULT.match(line):
            counted, number, name, verdict = match.groups()
            entries += 1
            output = outputs.pop(number, [])
            passed, failed, complaint = judge(output, verdict.startswith("Passed"))
            good += passed
            bad += failed
            if counted or complaint:
                print(line.rstrip(), f"{passed} functions", flush=True)
            if complaint:
                print("".join(output) + f"{name}: {complaint}", flush=True)
        elif match := OUTPUT.match(line):
            outputs.setdefault(match[1], []).append(match[2])
        elif line.startswith("CMake Error") or "No tests were found" in line:
            print(line.rstrip(), flush=True)
    if process.wait() != 0 and bad == 0 or entries == 0:
        bad += 1
    with open(file, "w", encoding="utf-8") as result:
        result.write(f"{good} {bad}\n")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
