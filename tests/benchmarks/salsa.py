"""./dev bench salsa: the engine's workloads on ours and on salsa, in turn."""

import json
import os
import subprocess

import first
import machine
import peers

ROUNDS = 3


def measure_salsa():
    run = subprocess.run([os.environ["NUAGES_SALSA"]], stdout=subprocess.PIPE, check=True)
    entries = [json.loads(line) for line in run.stdout.splitlines()]
    return {(entry["name"], statistic): entry[statistic] for entry in entries for statistic in ("least", "median")}


def main():
    machine.print_heading()
    ours, theirs = [], []
    for _ in range(ROUNDS):
        ours.append(first.measure(peers.ENGINE))
        theirs.append(measure_salsa())
    print(f"{'':28}{'ours':>8}{'salsa':>8}   ns, least of {ROUNDS} runs of 60 repetitions in turn")
    both = [name for _, name, _ in first.ROWS if (name, "least") in theirs[0]]
    for name in both:
        a = min(figures[name, "least"] for figures in ours)
        b = min(figures[name, "least"] for figures in theirs)
        print(f"{name:28}{a:8.1f}{b:8.1f}   {b / a:4.1f} times")


if __name__ == "__main__":
    main()
