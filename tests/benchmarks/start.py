"""./dev bench start: how soon a program that was just started answers, dynamic, static and django-language-server in turn.

With --against this tree and that commit, both dynamic. `initialize` is from the start of the process to the reply, on django-oscar; `--version` to the end of the process. Also
what `check` of the demo project costs. Started by tests/corpus/run, which sets django-oscar up.
"""

import argparse
import os
import statistics
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "corpus"))

import machine
import peers
import projects
from check import measure
from serve import Figures, start

STARTS = 100  # Of each program, in turn.
DEMO = Path(__file__).resolve().parents[2] / "resources" / "demo"


def table(title, figures):
    """A line for each program: least and median in ms, and the ratios to the last one, pair by pair."""
    print(f"{title:26}{'least':>8}{'median':>8}   ms, of {STARTS} in turn")
    *_, (last, peer) = figures.items()
    for name, values in figures.items():
        ratio = "" if name == last else f"   / {last}: {min(values) / min(peer):.2f} of the least; {peers.ratios(values, peer)}"
        print(f"  {name:24}{min(values):8.2f}{statistics.median(values):8.2f}{ratio}", flush=True)


def main():
    argparse.ArgumentParser(prog="./dev bench start", allow_abbrev=False).parse_args()
    machine.print_heading()
    project = projects.project("oscar")
    if other := peers.other_commit():
        nuages = {"this tree": peers.OURS.program("app/nuages"), other.name: other.program("app/nuages")}
        servers = {name: [program, "serve"] for name, program in nuages.items()}
    else:
        nuages = {"static": os.environ["NUAGES_STATIC"], "dynamic": peers.OURS.program("app/nuages")}
        servers = {name: [program, "serve"] for name, program in nuages.items()}
        servers["django-language-server"] = [os.environ["NUAGES_RIVAL"], "serve"]

    started = {name: Figures() for name in servers}
    for _ in range(STARTS):
        for name, command in servers.items():
            start(command, project, started[name]).end()
    table("initialize", {name: figures.initialize for name, figures in started.items()})

    said = {name: [] for name in servers}
    for _ in range(STARTS):
        for name, command in servers.items():
            said[name].append(measure([command[0], "--version"], dict(os.environ), DEMO).wall * 1000)
    table("--version", said)

    checked = {name: [] for name in nuages}
    for _ in range(STARTS):
        for name, program in nuages.items():
            checked[name].append(measure([program, "check", "--threads", "1"], dict(os.environ), DEMO).cpu * 1000)
    table("check of the demo, CPU", checked)


if __name__ == "__main__":
    main()
