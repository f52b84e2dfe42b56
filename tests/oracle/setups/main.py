"""Composes Django projects, lets Django and `nuages check` judge their templates, and compares.

    python3 tests/oracle/setups/main.py [--seed S] [--count N] [--jobs N] [--keep INDEX FOLDER] [--verbose]

NUAGES_PROGRAM is the program, NUAGES_ORACLE_ENVIRONMENTS the folder of the environments, one for each Django.
Exit 1 if anything that README.md calls a failure happens.
"""

import argparse
import os
import sys
import tempfile
import threading
import traceback
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import compare
import report
from compose import VERSIONS, compose
from judge import Judge

_local = threading.local()


def environments():
    """Django's version to (python, folder of the installed packages)."""
    base = Path(os.environ["NUAGES_ORACLE_ENVIRONMENTS"])
    found = {"system": (Path("/usr/bin/python3"), None)}
    for version in VERSIONS:
        if version != "system":
            (packages,) = (base / version).glob("lib/python3.*/site-packages")
            found[version] = base / version / "bin/python", packages
    return found


def judge_for(version, python):
    judges = _local.__dict__.setdefault("judges", {})
    if version not in judges:
        judges[version] = Judge(python)
    return judges[version]


def run(seed, index, found, folder):
    """What both say of one project, which is made in `folder`."""
    project = compose(seed, index)
    python, packages = found[project.django]
    target = folder / "project"
    target.mkdir()
    project.write(target, packages)
    return compare.run(os.environ["NUAGES_PROGRAM"], project, judge_for(project.django, python), target, packages)


def main():
    sys.dont_write_bytecode = True
    parser = argparse.ArgumentParser(prog="./dev oracle setups", allow_abbrev=False)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--keep", nargs=2, metavar=("INDEX", "FOLDER"), help="make one project in a folder, and say more")
    parser.add_argument("--verbose", action="store_true", help="every failure, not three of a kind")
    options = parser.parse_args()
    found = environments()
    if options.keep:
        folder = Path(options.keep[1]).resolve()
        folder.mkdir(parents=True)
        outcome = run(options.seed, int(options.keep[0]), found, folder)
        print(report.describe(outcome, folder / "project"))
        return 1 if outcome.failures else 0

    def one(index):
        with tempfile.TemporaryDirectory(prefix="nuages-setups-") as folder:
            return run(options.seed, index, found, Path(os.path.realpath(folder)))

    with ThreadPoolExecutor(options.jobs) as pool:
        running = [pool.submit(one, index) for index in range(options.count)]
        try:
            outcomes = [future.result() for future in running]
        except BaseException:
            traceback.print_exc()
            os._exit(2)  # No waiting for judges that may wait for us.
    return 0 if report.summarize(outcomes, options) else 1


if __name__ == "__main__":
    code = main()
    sys.stdout.flush()
    os._exit(code)  # The judges end with their pipes.
