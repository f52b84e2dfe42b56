"""./dev bench serve: `nuages serve` and django-language-server in turn, with the same messages.

With --against another commit of nuages takes the rival's place. After some starts, each round starts the server, opens the longest template of the project, and then, again and again,
types a letter into one of its closing tags and takes it back, so that each keystroke changes what there is to report;
after each comes a request for completion in that tag. Made-up projects have rows of their own, in growth.py.
Started by tests/corpus/run, which sets the projects up.
"""

import argparse
import os
import shutil
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass, field, replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "corpus"))

import growth
import machine
import peers
import projects
from client import Client
from verdicts import Judge

CLOSER = "{% endblock"
STARTS = 20  # In each round, before the run.
KEYSTROKES = 200  # In each run.
MADE_UP = "made-up"
SIZES = [500, 2000, 8000]  # Templates of the made-up projects.


@dataclass
class Figures:
    """One round of one server on one project. Times in milliseconds."""

    initialize: list = field(default_factory=list)  # From the start of the process to the reply.
    first: list = field(default_factory=list)  # From didOpen to the first diagnostics.
    keystroke: list = field(default_factory=list)  # From didChange to the diagnostics of that version.
    completion: list = field(default_factory=list)
    idle: list = field(default_factory=list)  # MiB, of all its processes.
    said: set = field(default_factory=set)  # Codes reported about the mistake.


def together(rounds):
    whole = Figures()
    for each in rounds:
        for name, values in vars(each).items():
            kept = getattr(whole, name)
            kept.update(values) if isinstance(kept, set) else kept.extend(values)
    return whole


# What stands on the line, how it comes from the figures, and the aim.
ROWS = [
    ("initialize, ms, least", lambda of: min(of.initialize), 10),
    ("initialize, ms, median", lambda of: statistics.median(of.initialize), None),
    ("first diagnostics, ms, least", lambda of: min(of.first), 500),
    ("keystroke p50, ms", lambda of: statistics.median(of.keystroke), 0.8),
    ("keystroke p99, ms", lambda of: statistics.quantiles(of.keystroke, n=100)[98], None),
    ("keystroke slowest, ms", lambda of: max(of.keystroke), None),
    ("completion p50, ms", lambda of: statistics.median(of.completion), None),
    ("idle, MiB, greatest", lambda of: max(of.idle), 60),
]


@dataclass(frozen=True)
class Page:
    """The template that is typed into, and the place behind the name of its last closing tag."""

    template: object
    text: str
    line: int
    character: int


def find_page(templates):
    def places(text):
        for line, content in enumerate(text.split("\n")):
            column = content.find(CLOSER + " ")
            if column >= 0 and content[:column].isascii():
                yield line, column + len(CLOSER)

    texts = [(template, Path(template.path).read_text(encoding="utf-8", errors="replace")) for template in templates]
    template, text = max(((t, text) for t, text in texts if any(places(text))), key=lambda found: len(found[1]))
    return Page(template, text, *list(places(text))[-1])


def start(command, project, figures):
    environment = dict(os.environ, VIRTUAL_ENV=str(project.environment), DJANGO_SETTINGS_MODULE=project.settings)
    root = Path(project.root).as_uri()
    begin = time.monotonic()
    client = Client(command, environment, project.root)
    _, end = client.request("initialize", {
        "processId": os.getpid(), "rootUri": root, "capabilities": growth.capabilities(does_pull=False),
        "workspaceFolders": [{"uri": root, "name": project.name}],
    })
    figures.initialize.append((end - begin) * 1000)
    return client


def play(client, page, figures):
    uri = Path(page.template.path).as_uri()

    def since(moment):
        return (moment - begin) * 1000

    client.notify("initialized", {})
    begin = time.monotonic()
    document = {"uri": uri, "languageId": "htmldjango", "version": 1, "text": page.text}
    client.notify("textDocument/didOpen", {"textDocument": document})
    _, end = client.diagnostics(uri, 1)
    figures.first.append(since(end))
    client.settle()

    place = {"line": page.line, "character": page.character}
    behind = {"line": page.line, "character": page.character + 1}
    for version in range(2, KEYSTROKES + 2):
        is_mistake = version % 2 == 0
        change = {"range": {"start": place, "end": place if is_mistake else behind}, "text": "x" if is_mistake else ""}
        begin = time.monotonic()
        client.notify("textDocument/didChange",
                      {"textDocument": {"uri": uri, "version": version}, "contentChanges": [change]})
        findings, end = client.diagnostics(uri, version)
        figures.keystroke.append(since(end))
        if is_mistake:
            figures.said |= {str(finding.get("code")) for finding in findings}
        begin = time.monotonic()
        _, end = client.request("textDocument/completion", {"textDocument": {"uri": uri}, "position": place})
        figures.completion.append(since(end))
    client.settle()
    figures.idle.append(client.resident())
    client.end()


def own_copy(project, page, folder):
    """The project in `folder` with the page's package beside it, as in a checkout: what is installed is not judged."""
    root = Path(folder) / project.name
    shutil.copytree(project.root, root)
    package = Path(page.template.path).relative_to(project.site_packages).parts[0]
    shutil.copytree(project.site_packages / package, root / package)
    template = replace(page.template, path=str(root / Path(page.template.path).relative_to(project.site_packages)))
    return project.moved(root, project.site_packages), replace(page, template=template)


def compare(project, rounds):
    with Judge(project) as judge:
        templates = judge.templates()
    page = find_page(templates)
    with tempfile.TemporaryDirectory() as folder:
        if not Path(page.template.path).is_relative_to(project.root):
            project, page = own_copy(project, page, folder)
        measure(project, page, len(templates), rounds)


def measure(project, page, count, rounds):
    servers = peers.servers()
    figures = {name: [Figures() for _ in range(rounds)] for name in servers}
    for number in range(rounds):
        for _ in range(STARTS):
            for name, command in servers.items():
                start(command, project, figures[name][number]).end()
        for name, command in servers.items():
            play(start(command, project, figures[name][number]), page, figures[name][number])
    print(f"{project.name}: {count} templates; {rounds} rounds in turn, each {STARTS} starts and "
          f"{KEYSTROKES} keystrokes, in {page.template.name} ({page.text.count(chr(10))} lines)")
    print(f"  {'':30}{'ours':>10}{'theirs':>10}{'aim':>7}   ours / theirs; round by round (spread)")
    for title, figure, aim in ROWS:
        ours, theirs = (figure(together(of)) for of in figures.values())
        by_round = peers.ratios(*([figure(each) for each in of] for of in figures.values()))
        print(f"  {title:30}{ours:10.2f}{theirs:10.2f}{aim or '':>7}   {ours / theirs:.2f}; {by_round}")
    for name, of in figures.items():
        print(f"  of the mistake, {name} says {', '.join(sorted(together(of).said)) or 'nothing'}")
    sys.stdout.flush()


def main():
    names = ["wagtail", "oscar", MADE_UP]
    parser = argparse.ArgumentParser(prog="./dev bench serve", allow_abbrev=False)
    parser.add_argument("projects", nargs="*", metavar="PROJECT",
                        help=f"of {', '.join(projects.NAMES)}, {MADE_UP}; default: {', '.join(names)}")
    parser.add_argument("--rounds", type=int, default=5, help="of both servers; default: 5; at most 3 of made-up projects")
    parser.add_argument("--size", type=int, action="append", metavar="TEMPLATES",
                        help=f"of a made-up project; more than once for several; default: {', '.join(map(str, SIZES))}")
    options = parser.parse_args()
    unknown = set(options.projects) - {*projects.NAMES, MADE_UP}
    if unknown:
        parser.error(f"no project is called {', '.join(sorted(unknown))}")
    if min(options.size or SIZES) < 200:
        parser.error("a made-up project has 200 templates at least")
    machine.print_heading()
    for name in options.projects or names:
        if name == MADE_UP:
            growth.compare(options.size or SIZES, min(options.rounds, 3), projects.project("contrib"))
        else:
            compare(projects.project(name), options.rounds)


if __name__ == "__main__":
    main()
