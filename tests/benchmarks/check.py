"""./dev bench check: `nuages check` and django-language-server's `check` in turn on the projects of the corpus.

With --against another commit of nuages takes the rival's place. Both get the same folders (those that Django's loaders list), the same settings and the same site-packages, and write
their findings to a file. Started by tests/corpus/run, which sets the projects up.
"""

import argparse
import collections
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "corpus"))

import machine
import peers
import projects
from verdicts import Judge


@dataclass(frozen=True)
class Run:
    wall: float  # Seconds.
    cpu: float  # Seconds, of all threads.
    peak: float  # MiB.
    output: str


def measure(command, environment, folder):
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        begin = time.monotonic()
        process = subprocess.Popen(command, stdout=out, stderr=err, stdin=subprocess.DEVNULL, env=environment, cwd=folder)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.monotonic() - begin
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        if process.returncode not in (0, 1):
            raise SystemExit(f"bench: {command[0]} ended with {process.returncode}: {err.read().decode()[-2000:]}")
        return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, out.read().decode())


class Nuages:
    def __init__(self, build):
        self.name = build.name
        self.program = build.program("app/nuages")

    def run(self, project, folders):
        command = [self.program, "check", "--format", "json", "--project", project.root]
        command += ["--settings", project.settings, "--site-packages", project.site_packages, "--", *folders]
        return measure(command, dict(os.environ), project.root)

    def found(self, run):
        return collections.Counter(finding["rule"] for finding in json.loads(run.output)["diagnostics"])


class Rival:
    name = "django-language-server"

    def run(self, project, folders):
        environment = dict(os.environ, VIRTUAL_ENV=str(project.environment), DJANGO_SETTINGS_MODULE=project.settings)
        command = [os.environ["NUAGES_RIVAL"], "check", "--color", "never", "--hidden", "--no-ignore", *folders]
        return measure(command, environment, project.root)

    def found(self, run):
        return collections.Counter(re.findall(r"^\w+\[(S\d+)\]", run.output, re.MULTILINE))


def least(runs, field):
    return min(getattr(run, field) for run in runs)


def said(found):
    return ", ".join(f"{count} {rule}" for rule, count in sorted(found.items())) or "nothing"


def compare(project, rounds):
    with Judge(project) as judge:
        templates = judge.templates()
    folders = sorted({template.folder for template in templates})
    other = peers.other_commit()
    tools = [Nuages(peers.OURS), Nuages(other) if other else Rival()]
    runs = {tool.name: [] for tool in tools}
    for _ in range(rounds):
        for tool in tools:
            runs[tool.name].append(tool.run(project, folders))
    print(f"{project.name}: {len(templates)} templates, least of {rounds} runs in turn")
    for tool in tools:
        of = runs[tool.name]
        wall, cpu, peak = (least(of, field) for field in ("wall", "cpu", "peak"))
        print(f"  {tool.name:24}{wall:7.2f} s wall {cpu:7.2f} s CPU {peak:6.0f} MiB   found {said(tool.found(of[-1]))}")
    ours, theirs = (runs[tool.name] for tool in tools)
    for field, what in (("wall", "wall"), ("cpu", "CPU"), ("peak", "memory")):
        values = [[getattr(run, field) for run in of] for of in (ours, theirs)]
        print(f"  {'ours / theirs, ' + what:24}{min(values[0]) / min(values[1]):7.2f} of the least; "
              f"run by run {peers.ratios(*values)}", flush=True)


def main():
    parser = argparse.ArgumentParser(prog="./dev bench check", allow_abbrev=False)
    parser.add_argument("projects", nargs="*", metavar="PROJECT", help=f"of {', '.join(projects.NAMES)}; default: all")
    parser.add_argument("--rounds", type=int, default=5, help="runs of each program; default: 5")
    options = parser.parse_args()
    unknown = set(options.projects) - set(projects.NAMES)
    if unknown:
        parser.error(f"no project is called {', '.join(sorted(unknown))}")
    machine.print_heading()
    for name in options.projects or projects.NAMES:
        compare(projects.project(name), options.rounds)


if __name__ == "__main__":
    main()
