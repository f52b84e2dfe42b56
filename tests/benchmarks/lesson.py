"""./dev bench lesson: five ways to share one engine among the requests of a server, under the same loads.

The engine, the project (wagtail) and what is asked are the product's; only who may touch the engine when differs. Each
run is a process of its own: one load, whose arrivals do not wait for answers, for one way. Started by tests/corpus/run,
which sets wagtail up. With --out the figures are also drawn.
"""

import argparse
import json
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "corpus"))

import machine
import peers
import plot
import projects

PROGRAM = "tests/benchmarks/lesson/bench_lesson"
EDIT_EVERY = [200, 50, 10, 2]  # Milliseconds, in the mean; requests in proportion.
WAYS = {
    "mutex": "mutex held for a request",
    "engine-each": "an engine for each request",
    "actor": "actor alone",
    "tickets": "actor with tickets (ours)",
    "clones": "clone and move",
}
KINDS = {"edits": "edit", "requests": "any request", "light": "hover", "heavy": "diagnostics of a large template",
         "whole": "diagnostics of all templates"}


def measure(way, edit_every, options):
    project = projects.project("wagtail")
    command = [peers.ENGINE.program(PROGRAM), "--way", way, "--edit-every", str(edit_every),
               "--seconds", str(options.seconds), "--seed", str(options.seed), "--project", str(project.root),
               "--settings", project.settings, "--site-packages", str(project.site_packages)]
    return json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)


def shown(figures, which):
    """A latency; what was not answered took at least so long."""
    if not figures["count"]:
        return "none"
    milliseconds = figures[which]
    return f"{'≥' if figures['unanswered'] else ''}{milliseconds:.{2 if milliseconds < 100 else 0}f}"


def print_table(edit_every, figures):
    print(f"\nan edit every {edit_every} ms, {figures['actor']['edits']['count']} edits and "
          f"{figures['actor']['requests']['count']} requests\n")
    print("| | requests/s | edit p50, ms | edit p99, ms | request p50, ms | request p99, ms | hover p99, ms | "
          "all templates p99, ms | cancelled | unanswered |")
    print("| --- |" + " --- |" * 9)
    for way, title in WAYS.items():
        of = figures[way]
        edits, requests, light, whole = (of[kind] for kind in ("edits", "requests", "light", "whole"))
        cells = [f"{of['perSecond']:.0f}", shown(edits, "p50"), shown(edits, "p99"), shown(requests, "p50"),
                 shown(requests, "p99"), shown(light, "p99"), shown(whole, "p99"),
                 of["cancelled"], requests["unanswered"] + edits["unanswered"]]
        print(f"| {title} | " + " | ".join(map(str, cells)) + " |")
    sys.stdout.flush()


def draw(folder, by_rate):
    folder.mkdir(parents=True, exist_ok=True)
    for kind in ("edits", "requests"):
        panels = {
            f"{KINDS[kind]}, {word}": {WAYS[way]: [by_rate[rate][way][kind][value] for rate in EDIT_EVERY]
                                       for way in WAYS}
            for word, value in (("median", "p50"), ("p99", "p99"))
        }
        path = folder / f"lesson-{kind}.svg"
        path.write_text(plot.lines(panels, [f"{rate} ms" for rate in EDIT_EVERY], "an edit every", "ms"))
        print(f"drawn: {path}")


def positive(text):
    value = float(text)
    if value <= 0:
        raise ValueError
    return value


def main():
    parser = argparse.ArgumentParser(prog="./dev bench lesson", allow_abbrev=False)
    parser.add_argument("--seed", type=int, default=1, help="of the loads; default: 1")
    parser.add_argument("--seconds", type=positive, default=5, help="of each load; default: 5")
    parser.add_argument("--out", type=Path, metavar="FOLDER", help="draw lesson-edits.svg and lesson-requests.svg there")
    options = parser.parse_args()
    if options.seed < 0:
        parser.error("a seed is 0 or more")
    machine.print_heading()
    by_rate = {}
    for rate in EDIT_EVERY:
        by_rate[rate] = {way: measure(way, rate, options) for way in WAYS}
        print_table(rate, by_rate[rate])
    if options.out:
        draw(options.out, by_rate)


if __name__ == "__main__":
    main()
