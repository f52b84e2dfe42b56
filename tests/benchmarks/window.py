"""./dev bench window: how long the inspector's GUI thread is busy, on wagtail and on made-up projects.

With --against also at another commit, in turn. On wagtail two runs, offscreen: one opens the project and many templates
in the Source pane, the other then types into one that many extend. On a made-up project one run starts the window as a
user does, which checks all templates, beside `nuages check` on the same; the other types into the base. A turn is what
the GUI thread does for one event. Last, ten thousand edits of wagtail are recorded, and that session is opened and gone
through. Before all that, pictures of 100,000 nodes and of 10,000 files are painted. Started by tests/corpus/run, which sets wagtail up.
"""

import argparse
import json
import os
import subprocess
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "corpus"))

import machine
import madeup
import peers
import projects
import watching

SIZES = (200, 3000)  # Templates of the made-up projects.
INCLUDED = 200  # Names that are pasted into wagtail's base template: each is looked up.
TYPED = "{# a note #}{% include 'wagtailadmin/shared/headers/slim_header.html' %}{% block more %}{{ a|upper }}{% endblock %}"
AIM = 16  # Milliseconds of a turn.
EDITED = "wagtail/admin/templates/wagtailadmin/home.html"
EDITS = 10_000  # At random, into that one.
SCRUBBED = 500  # Of their revisions are gone to.
SCRUB_AIM = 100  # Milliseconds a step.
ATTACH_AIM = 1000  # Milliseconds, for 200,000 nodes.
BEHIND_AIM = 100  # Milliseconds: a tenth of a second's events come at once.
PAINT_AIM = 33  # Milliseconds until a large picture is painted again.
AIM_SECONDS = (1.5, 2.0)  # A check in the window takes at most so many times that of `nuages check`, and so much more.
AIM_MEMORY = 250  # MB.
WAGTAIL_SECONDS = 5
ROUNDS = 3  # Of each commit, where two are compared; and of each start.

@dataclass(frozen=True)
class Subject:
    name: str
    root: Path
    base: str  # Below the root; typed into.
    opened: list  # Below the root or absolute, before the base.
    pasted: str  # At the end of the base.
    environment: dict


def wagtail():
    project = projects.project("wagtail")
    found = [str(path.relative_to(folder) if folder == project.root else path)
             for folder in (project.root, project.site_packages)
             for path in sorted({*folder.rglob("*.html"), *folder.rglob("templates/**/*.*")})
             if path.is_file() and path.suffix not in (".py", ".pyc")]
    base = "wagtail/admin/templates/wagtailadmin/base.html"
    names = sorted({path.rpartition("templates/")[2] for path in found})
    includes = "".join(f"{{% include '{name}' %}}\n" for name in names[:INCLUDED])
    environment = {"VIRTUAL_ENV": str(project.environment), "DJANGO_SETTINGS_MODULE": project.settings}
    return Subject("wagtail", project.root, base, [path for path in found if path != base], includes, environment)


def made_up(folder, templates):
    project = madeup.make(folder, templates)
    return Subject(f"{templates:,} templates", folder, str(project.base.relative_to(folder)), [], "",
                   {"DJANGO_SETTINGS_MODULE": project.module})


def timed(command, subject, scratch):
    """Seconds and MB of a run."""
    environment = dict(os.environ, **subject.environment, HOME=scratch, QT_QPA_PLATFORM="offscreen")
    start = time.monotonic()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.monotonic() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        raise SystemExit(f"bench: {command[0]} ended with {process.returncode}")
    return seconds, usage.ru_maxrss / 1024


def measure_start(build, subject, most_seconds=None):
    """Prints what the window takes until all templates are checked and shown, beside `nuages check` or the aim."""
    window, check, longest = [], [], []
    for _ in range(ROUNDS):
        with tempfile.TemporaryDirectory() as scratch:
            state = Path(scratch, "state.json")
            check.append(timed([build.program("app/nuages"), "check", str(subject.root)], subject, scratch))
            window.append(timed([build.program("app/nuages-inspector"), str(subject.root), "--dump-state", str(state)],
                                subject, scratch))
            shown = json.loads(state.read_text())
            longest.append(shown["longestTurn"])
    seconds, checked = (statistics.median(each for each, _ in runs) for runs in (window, check))
    aim = most_seconds or AIM_SECONDS[0] * checked + AIM_SECONDS[1]
    print(f"{build.name}, {subject.name}, from the start to the end of the check, {ROUNDS} runs: "
          f"{shown['figures']['memos']} memos, {shown['findings']} findings")
    print(f"  seconds, median{seconds:23.2f}   aim {aim:.2f}; nuages check {checked:.2f}")
    print(f"  MB, greatest{max(each for _, each in window):26.0f}   aim {AIM_MEMORY}")
    print(f"  {told(max(longest, key=lambda turn: turn['ms']))}")
    sys.stdout.flush()


def play(build, subject, steps, *options):
    """The state in which the window is after the steps."""
    with tempfile.TemporaryDirectory() as scratch:
        script, state = Path(scratch, "script.json"), Path(scratch, "state.json")
        script.write_text(json.dumps({"steps": steps}))
        command = [build.program("app/nuages-inspector"), str(subject.root), "--script", str(script), "--dump-state", str(state), *options]
        environment = dict(os.environ, **subject.environment, HOME=scratch, QT_QPA_PLATFORM="offscreen")
        subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
        return json.loads(state.read_text())


def spread(of):
    return f"{of['medianMs']:10.2f}{of['p99Ms']:10.2f}{of['longestMs']:10.2f}"


def measure(build, subject):
    """Prints what a build does with a project, and returns its longest turns and the time to a picture, in ms."""
    opening = [{"open": path} for path in [*subject.opened, subject.base]]
    if subject.pasted:
        opening.append({"paste": subject.pasted, "at": "end"})
    select = {"select": f"TemplateFacts({subject.base})"}
    opened = play(build, subject, opening)
    typed = play(build, subject, [*opening, select, {"forget": "figures"}, {"type": TYPED, "at": "end"}])
    figures, edits, screen = typed["figures"], typed["edits"], typed["onScreen"]
    print(f"{build.name}, {subject.name}: {len(subject.opened) + 1} templates opened, {figures['memos']} memos, "
          f"{typed['files']} files, {edits['made']} keystrokes")
    print(f"  {'ms':28}{'median':>10}{'p99':>10}{'longest':>10}")
    print(f"  {'GUI turn while opening':28}{spread(opened['turns'])}")
    print(f"  {'GUI turn while typing':28}{spread(typed['turns'])}   aim {AIM}")
    print(f"  {'key to picture':28}{spread(edits['lag'])}")
    print(f"  rows signalled in one tick: {edits['mostRowsAtOnce']} at most, {screen['rows']} fit on the screen")
    print(f"  items painted in one tick: {edits['mostPaintedAtOnce']} at most, {screen['items']} are on the screen")
    print(f"  watching costs {figures['watchingPercent']:.1f} %, {figures['lost']} events lost, "
          f"{figures['behindMs']:.1f} ms behind at the end, {typed['models']['resets']} resets")
    sys.stdout.flush()
    return {"longest turn while opening": opened["turns"]["longestMs"],
            "longest turn while typing": typed["turns"]["longestMs"],
            "median from key to picture": edits["lag"]["medianMs"]}


def measure_painting(build):
    """Prints how long it takes to paint a graph of many nodes and a matrix of many files, and what is painted of them."""
    environment = dict(os.environ, QT_QPA_PLATFORM="offscreen")
    done = subprocess.run([build.program("tests/benchmarks/bench_canvas")], env=environment, check=True,
                          stdout=subprocess.PIPE)
    found = json.loads(done.stdout)
    graph, matrix = found["graph"], found["matrix"]
    print(f"{build.name}, painting: a graph of {graph['nodes']:,} nodes and {graph['edges']:,} edges, "
          f"a matrix of {matrix['rows']:,} files")
    print(f"  {'ms':28}{'median':>10}{'longest':>10}{'painted':>10}")
    for title, spreads in (("graph", graph), ("matrix", matrix)):
        for name, of in spreads.items():
            if isinstance(of, dict):
                print(f"  {title + ', ' + name:28}{of['medianMs']:10.2f}{of['longestMs']:10.2f}{of['items']:10,}"
                      f"   aim {PAINT_AIM}")
    sys.stdout.flush()


def measure_session(build, subject):
    """Prints how large a session of many edits is, and how long it takes to open it and to go through it."""
    with tempfile.TemporaryDirectory() as folder:
        session = Path(folder, "session.nuages")
        steps = [{"open": EDITED}, {"random": EDITS, "seed": 1}]
        written = play(build, subject, steps, "--record", str(session))
        megabytes = session.stat().st_size / 1e6
        begin = time.monotonic()
        play(build, Subject(subject.name, session, "", [], "", {}), [{"forget": "figures"}])
        opening = time.monotonic() - begin
        read = play(build, Subject(subject.name, session, "", [], "", {}),
                    [{"forget": "figures"}, {"scrub": SCRUBBED}])
    print(f"{build.name}, {subject.name}: a session of {EDITS} edits, {read['revision']} revisions, "
          f"{read['figures']['memos']} memos, {written['figures']['lost']} events lost")
    print(f"  file {megabytes:.1f} MB, opened in {opening:.1f} s")
    print(f"  {'ms':28}{'median':>10}{'p99':>10}{'longest':>10}")
    print(f"  {'step from revision to another':28}{spread(read['scrub'])}   aim {SCRUB_AIM}")
    sys.stdout.flush()


def measure_load():
    """Prints how the window bears what the heaviest load would tell it."""
    command = [peers.ENGINE.program("tests/benchmarks/bench_window")]
    environment = dict(os.environ, QT_QPA_PLATFORM="offscreen")
    found = json.loads(subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE).stdout)
    attach, load = found["attach"], found["load"]
    print("the window alone, on a made-up project")
    print(f"  200,000 nodes at once, ms{attach['ms']:22.1f}   aim {ATTACH_AIM}; {told(attach['longestTurn'])}")
    print(f"  1,000,000 events a second, ms behind{load['behindMs']:11.1f}   aim {BEHIND_AIM}; "
          f"{told(load['longestTurn'])}")
    sys.stdout.flush()


def told(turn):
    """Where the processor had other work, a turn takes longer than it is busy."""
    return f"longest turn {turn['ms']:.1f}, of it busy {turn['busyMs']:.1f} ({turn['receiver']}), aim {AIM}"


def compare(subject):
    other = peers.other_commit()
    if not other:
        measure(peers.OURS, subject)
        return
    rounds = [(measure(peers.OURS, subject), measure(other, subject)) for _ in range(ROUNDS)]
    for title in rounds[0][0]:
        ratios = peers.ratios(*([pair[side][title] for pair in rounds] for side in (0, 1)))
        print(f"  {title}, here / {other.name}, {ROUNDS} runs in turn: {ratios}")


def main():
    argparse.ArgumentParser(prog="./dev bench window", allow_abbrev=False).parse_args()
    machine.print_heading()
    measure_load()
    watching.measure(peers.OURS)
    measure_start(peers.OURS, wagtail(), WAGTAIL_SECONDS)
    measure_painting(peers.OURS)
    compare(wagtail())
    measure_session(peers.OURS, wagtail())
    for templates in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            subject = made_up(Path(folder).resolve() / "made-up", templates)
            measure_start(peers.OURS, subject)
            compare(subject)


if __name__ == "__main__":
    main()
