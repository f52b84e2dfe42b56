"""A client that does at random all that clients do, and what others do to the disk meanwhile.

    python3 tests/stress/main.py [--seed S] [--steps N] [--points N] [--watch turns|server|client]

NUAGES_PROGRAM is the program. Exit 1 where what the client holds is not what a fresh `nuages check` says; then the
folder is left. README.md says more.
"""

import argparse
import os
import random
import shutil
import sys
import tempfile
import time

from client import Fault
from session import WATCHES, Session


def main():
    parser = argparse.ArgumentParser(prog="./dev stress", allow_abbrev=False)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--steps", type=int, default=100_000)
    parser.add_argument("--points", type=int, default=100, help="how often it waits and compares")
    parser.add_argument(
        "--watch", choices=WATCHES, default=WATCHES[0], help="who sees the disk: both, the client by turns; one alone"
    )
    options = parser.parse_args()
    chance = random.Random(options.seed)
    points = {*chance.sample(range(1, options.steps), min(options.points, options.steps) - 1), options.steps}

    folder = os.path.realpath(tempfile.mkdtemp(prefix="nuages-stress-"))
    began = time.monotonic()
    number = 0
    with open(f"{folder}.log", "wb") as log:
        session = Session(os.path.abspath(os.environ["NUAGES_PROGRAM"]), folder, chance, options.watch, log)
        print(f"seed {options.seed}: {session.describe()}", flush=True)
        try:
            for number in range(1, options.steps + 1):
                session.step(number)
                if number in points:
                    session.point(number)
            memory = session.client.peak_memory()
            session.end()
        except (Fault, RuntimeError, OSError) as fault:
            session.client.process.kill()
            print(
                f"seed {options.seed}, step {number}: {fault}\nthe last steps:",
                *session.last,
                f"options {session.options}, folders {session.folders}, open {sorted(session.documents)}",
                f"the folder is {folder}, and {folder}.log what the server said",
                sep="\n",
            )
            return 1
    client = session.client
    print(f"{options.steps} steps, {len(points)} points, {time.monotonic() - began:.0f} s, {memory} MiB at most")
    print("steps:", ", ".join(f"{kind} {count}" for kind, count in session.steps.most_common()))
    print("compared:", ", ".join(f"{kind} {count}" for kind, count in session.compared.most_common()))
    print(f"requests: {client.asked}, each answered once; errors by code: {dict(client.codes)}")
    print(f"messages of the server: {dict(client.incoming)}; rounds beyond the first two of a point: {session.late}")
    shutil.rmtree(folder)
    os.remove(f"{folder}.log")
    return 0


if __name__ == "__main__":
    sys.dont_write_bytecode = True
    sys.exit(main())
