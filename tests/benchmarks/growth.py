"""The rows of ./dev bench serve for made-up projects: what grows with a project, and what must not.

A server is started on a project that was just written and gets one page of it, its base and its widest template. What
a server cannot do is found out by asking once: the row then says so, and the other one's figure stands alone.
"""

import os
import statistics
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

import madeup
import peers
from client import Client

KEYSTROKES = 30  # In the base, in each run; as many completions, and twice as many hovers.
NAME = "app000/page0"  # What is typed of the name of a template.


@dataclass
class Grown:
    """What one server did on one project: milliseconds, and MiB; an empty list is what it cannot do."""

    initialize: list = field(default_factory=list)  # From the start of the process to the reply.
    first: list = field(default_factory=list)  # From there to the diagnostics of the page that stay.
    told: list = field(default_factory=list)  # From didChange of the base to what is published for the page.
    asked: list = field(default_factory=list)  # Likewise to the reply, where the client asks for them.
    added: list = field(default_factory=list)  # From the settings written to what is published for the page.
    completion: list = field(default_factory=list)
    alone: list = field(default_factory=list)  # A hover while nothing else is asked.
    behind: list = field(default_factory=list)  # A hover behind a documentSymbol of the wide template.
    changed: list = field(default_factory=list)  # Likewise, just after a keystroke in the wide template.
    idle: list = field(default_factory=list)

    def add(self, other):
        for name, values in vars(other).items():
            getattr(self, name).extend(values)


# What stands on the line, how it comes from the figures, and the aim.
ROWS = [
    ("initialize, ms, median", "initialize", statistics.median, None),
    ("first diagnostics after start, ms", "first", statistics.median, None),
    ("keystroke in the base, page told, ms", "told", statistics.median, None),
    ("keystroke in the base, page asked, ms", "asked", statistics.median, None),
    ("an app added, ms", "added", statistics.median, None),
    ("completion of a template's name, ms", "completion", statistics.median, None),
    ("idle, MiB, greatest", "idle", max, None),
    ("hover alone, ms, slowest", "alone", max, None),
    ("hover behind a line of 4,000 blocks, ms, slowest", "behind", max, 20),
    ("the same, the line just changed, ms, slowest", "changed", max, 20),
]


class Run:
    """One server on one project."""

    def __init__(self, command, project, environment, does_pull):
        self.project = project
        self.figures = Grown()
        self.versions = {}
        self.page, self.base, self.wide = (path.as_uri() for path in (project.page, project.base, project.wide))
        root = project.root.as_uri()
        self.begin = time.monotonic()
        self.client = Client(command, environment, project.root)
        _, end = self.client.request("initialize", {
            "processId": os.getpid(), "rootUri": root, "capabilities": capabilities(does_pull),
            "workspaceFolders": [{"uri": root, "name": "made-up"}],
        })
        self.figures.initialize.append((end - self.begin) * 1000)
        self.client.notify("initialized", {})

    def open(self, path):
        self.versions[path.as_uri()] = 1
        document = {"uri": path.as_uri(), "languageId": "htmldjango", "version": 1, "text": path.read_text()}
        self.client.notify("textDocument/didOpen", {"textDocument": document})

    def change(self, uri, begin, end, text):
        self.versions[uri] += 1
        self.client.notify("textDocument/didChange", {
            "textDocument": {"uri": uri, "version": self.versions[uri]},
            "contentChanges": [{"range": {"start": begin, "end": end}, "text": text}],
        })

    def said(self, uri, before, begin):
        """The next diagnostics of a document that are others than before, with their milliseconds; None if none come."""
        found = []

        def is_new():
            found.extend((gist(said), (end - begin) * 1000) for said, end in self.client.published_now(uri)
                         if gist(said) != before)
            return bool(found)

        self.client.settle(is_new)
        return found[0] if found else None

    def read_first(self):
        """From the start of the process to the first diagnostics of the page that are like the last ones."""
        self.open(self.project.page)
        self.client.settle()
        said = [(gist(findings), end) for findings, end in self.client.published_now(self.page)]
        if not said:
            raise SystemExit("bench: nothing was published for the open page")
        last = said[-1][0]
        self.figures.first.append((next(end for findings, end in said if findings == last) - self.begin) * 1000)
        return last

    def rename_partial(self, number):
        """A letter behind the name of the partial, or away again."""
        place = behind(self.project.base, f"partialdef {madeup.PARTIAL}")
        after = dict(place, character=place["character"] + 1)
        self.change(self.base, place, after if number % 2 else place, "" if number % 2 else "x")

    def type_in_base(self, said):
        self.open(self.project.base)
        self.client.settle()
        for number in range(KEYSTROKES):
            begin = time.monotonic()
            self.rename_partial(number)
            new = self.said(self.page, said, begin)
            if new is None:
                break
            said, milliseconds = new
            self.figures.told.append(milliseconds)

    def ask_in_base(self):
        self.open(self.project.page)
        self.open(self.project.base)
        question = {"textDocument": {"uri": self.page}}
        self.client.request("textDocument/diagnostic", question)
        self.client.settle()
        for number in range(KEYSTROKES):
            begin = time.monotonic()
            self.rename_partial(number)
            _, end = self.client.request("textDocument/diagnostic", question)
            self.figures.asked.append((end - begin) * 1000)

    def add_apps(self, said):
        settings = {"uri": (self.project.root / "site1" / "settings.py").as_uri(), "type": 2}
        for late in range(1, madeup.LATE + 1):
            begin = time.monotonic()
            self.project.install(late)
            self.client.notify("workspace/didChangeWatchedFiles", {"changes": [settings]})
            new = self.said(self.page, said, begin)
            if new is None:
                break
            said, milliseconds = new
            self.figures.added.append(milliseconds)
            self.client.settle()  # What follows of the same change is no part of the next one.
            said = ([gist(findings) for findings, _ in self.client.published_now(self.page)] or [said])[-1]

    def complete(self):
        include = '{% include "'
        place = behind(self.project.page, include)
        self.change(self.page, place, place, NAME)
        self.client.settle()
        place = dict(place, character=place["character"] + len(NAME))
        for _ in range(KEYSTROKES):
            begin = time.monotonic()
            result, end = self.client.request("textDocument/completion",
                                              {"textDocument": {"uri": self.page}, "position": place})
            items = result["items"] if isinstance(result, dict) else result or []
            if not any("app000/page07.html" in item["label"] for item in items):
                break
            self.figures.completion.append((end - begin) * 1000)

    def hover(self):
        self.open(self.project.wide)
        self.client.settle()
        place = behind(self.project.page, "{% if")
        tag = {"textDocument": {"uri": self.page}, "position": dict(place, character=place["character"] - 1)}

        def wait(before, into):
            before()
            begin = time.monotonic()
            hover = self.client.ask("textDocument/hover", tag)
            result, end = self.client.reply(hover)
            if result:
                into.append((end - begin) * 1000)
            self.client.settle()

        def symbols():
            self.client.ask("textDocument/documentSymbol", {"textDocument": {"uri": self.wide}})

        def change():
            self.change(self.wide, {"line": 0, "character": 0}, {"line": 0, "character": 0}, " ")
            symbols()

        for _ in range(3):
            wait(lambda: None, self.figures.alone)
            wait(symbols, self.figures.behind)
            wait(change, self.figures.changed)


def gist(findings):
    return sorted((finding["range"]["start"]["line"], str(finding.get("code")), finding["message"]) for finding in findings)


def behind(path, text):
    """The place behind the first of a text; the files are of ASCII."""
    before, found, _ = path.read_text().partition(text)
    lines = (before + found).split("\n")
    return {"line": len(lines) - 1, "character": len(lines[-1])}


def capabilities(does_pull):
    document = {
        "publishDiagnostics": {"versionSupport": True, "relatedInformation": True},
        "completion": {"contextSupport": True, "completionList": {"itemDefaults": ["editRange", "data"]}},
        "hover": {"contentFormat": ["markdown", "plaintext"]},
        "documentSymbol": {"hierarchicalDocumentSymbolSupport": True},
    }
    if does_pull:
        document["diagnostic"] = {"dynamicRegistration": False}
    return {
        "general": {"positionEncodings": ["utf-16"]},
        "workspace": {"configuration": True, "workspaceFolders": True},
        "textDocument": document,
    }


def play(command, project, environment):
    run = Run(command, project, environment, does_pull=False)
    said = run.read_first()
    run.client.settle()
    run.figures.idle.append(run.client.resident())
    run.type_in_base(said)
    run.client.settle()
    said = ([gist(findings) for findings, _ in run.client.published_now(run.page)] or [said])[-1]
    run.add_apps(said)
    project.install(0)
    run.complete()
    run.hover()
    run.client.end()
    pulling = Run(command, project, environment, does_pull=True)
    pulling.ask_in_base()
    pulling.client.end()
    run.figures.add(pulling.figures)
    return run.figures


def compare_size(templates, rounds, like):
    servers = peers.servers()
    figures = {name: Grown() for name in servers}
    with tempfile.TemporaryDirectory() as scratch:
        project = madeup.make(Path(scratch).resolve() / "made-up", templates)
        environment = dict(os.environ, VIRTUAL_ENV=str(like.environment), DJANGO_SETTINGS_MODULE=project.module)
        for _ in range(rounds):
            for name, command in servers.items():
                figures[name].add(play(command, project, environment))
    ours, theirs = figures.values()
    subject = f"{templates:,}"
    for title, name, figure, aim in ROWS:
        mine, other = getattr(ours, name), getattr(theirs, name)
        cells = [f"{figure(mine):.2f}" if mine else "none", f"{figure(other):.2f}" if other else "none",
                 f"{figure(mine) / figure(other):.2f}" if mine and other else "", str(aim or "")]
        print(f"| {subject} | {title} | {' | '.join(cells)} |", flush=True)
        subject = ""


def compare(sizes, rounds, like):
    """The rows of projects of so many templates; their Django is that of the project `like`."""
    print(f"made-up projects: {rounds} rounds in turn; none: it cannot do that")
    print("| templates | | ours | rival | ratio | aim |")
    print("| --- | --- | --- | --- | --- | --- |")
    for templates in sizes:
        compare_size(templates, rounds, like)
