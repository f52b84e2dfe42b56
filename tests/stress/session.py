"""One session: steps by chance, and points at which all that the client holds must be true."""

import os
import time
from collections import Counter, deque

import texts
from client import PATIENCE, UNWATCHING, Client, Fault, position, uri_of
from fresh import Fresh
from world import MARKER, PROJECTS, World

WATCHES = ["turns", "server", "client"]  # Who sees the disk: both, but the client by turns, or only one of them.
ROUNDS = 12  # after which what still differs is a fault
OPEN = 14  # documents at most
REQUESTS = ["hover", "completion", "definition", "documentSymbol", "diagnostic"]
# Cancelled by the client or the server, or about a text that has changed.
ALLOWED = {-32800, -32801, -32802}


class Document:
    def __init__(self, text):
        self.text = text
        self.version = 1
        self.is_saved = True


class Session:
    def __init__(self, program, folder, random, watch, log):
        self.program = program
        self.random = random
        self.world = World(folder, random)
        self.encoding = random.choice(["utf-8", "utf-16", "utf-32"])
        self.pulls = random.random() < 0.5
        self.is_asked = random.random() < 0.5  # for its configuration
        self.options = {}
        self.folders = list(PROJECTS)  # of the workspace
        self.watch = watch
        self.is_watching = watch != "server"  # and telling of it
        self.documents = {}  # By name.
        self.last = deque(maxlen=20)
        self.steps = Counter()
        self.late = 0  # Rounds beyond those that a point needs at least.
        self.compared = Counter()
        command = [program, "serve"]
        self.client = Client([*UNWATCHING, *command] if watch == "client" else command, folder, log)
        self._start()

    def describe(self):
        return (
            f"{self.encoding}, diagnostics {'pulled' if self.pulls else 'published'}, configuration "
            f"{'asked for' if self.is_asked else 'sent'}, the disk seen by {self.watch}"
        )

    def _uri(self, name):
        return uri_of(self.world.path(name))

    def _folder(self, name):
        return {"uri": self._uri(name), "name": name}

    def _start(self):
        document = {"publishDiagnostics": {"relatedInformation": True, "versionSupport": True}}
        if self.pulls:
            document["diagnostic"] = {"dynamicRegistration": False}
        reply = self.client.call("initialize", {
            "processId": None,
            "rootUri": None,
            "workspaceFolders": [self._folder(project) for project in PROJECTS],
            "capabilities": {
                "general": {"positionEncodings": [self.encoding]},
                "textDocument": document,
                "workspace": {
                    "configuration": self.is_asked,
                    "didChangeWatchedFiles": {"dynamicRegistration": self.watch != "server"},
                    "diagnostics": {"refreshSupport": True},
                    "workspaceFolders": True,
                },
                "window": {"workDoneProgress": True},
            },
        })  # fmt: skip
        if reply["result"]["capabilities"].get("positionEncoding") != self.encoding:
            raise Fault(f"another encoding than {self.encoding}: {reply}")
        self.client.notify("initialized", {})
        self._open(MARKER, "")
        while self.watch == "client" and len(self.documents) < OPEN // 2:  # which then stay open for long
            self._open_or_close()

    def end(self):
        self.client.wait_for_replies()
        self._check_watching()
        self.client.end()

    def _check_watching(self):
        """Whether those watched that `watch` says, and no others."""
        is_told = sum(text.startswith("Not all folders can be watched") for text in self.client.shown)
        is_asked = self.client.incoming["client/registerCapability"]
        expected = {"turns": (0, 1), "server": (0, 0), "client": (1, 1)}[self.watch]
        if (is_told, is_asked) != expected:
            raise Fault(f"the server told {is_told} times that it cannot watch, and asked {is_asked} times to be told")

    # Steps.

    def step(self, number):
        kinds = {
            # Where it cannot watch, the server looks at everything whenever a document is opened or closed.
            self._edit: 40, self._disk: 22, self._ask: 18, self._open_or_close: 1 if self.watch == "client" else 8,
            self._save: 8, self._configure: 2, self._change_folders: 1, self._turn: 1 if self.watch == "turns" else 0,
        }  # fmt: skip
        kind = self.random.choices(list(kinds), list(kinds.values()))[0]
        self.last.append(f"{number}: {kind()}")
        self.steps[kind.__name__.strip("_")] += 1

    def _any_document(self):
        names = [name for name in self.documents if name != MARKER]
        return self.random.choice(names) if names else None

    def _open(self, name, text):
        self.documents[name] = Document(text)
        language = "python" if name.endswith(".py") else "toml" if name.endswith(".toml") else "django-html"
        self.client.notify(
            "textDocument/didOpen",
            {"textDocument": {"uri": self._uri(name), "languageId": language, "version": 1, "text": text}},
        )

    def _close(self, name):
        del self.documents[name]
        self.client.notify("textDocument/didClose", {"textDocument": {"uri": self._uri(name)}})

    def _open_or_close(self):
        name = self._any_document()
        if name and (len(self.documents) >= OPEN or self.random.random() < 0.4):
            self._close(name)
            return f"closed {name}"
        names = self.world.templates if self.random.random() < 0.85 else [
            each for each in self.world.sources if not each.endswith((".env", "/django/__init__.py"))
        ]  # fmt: skip
        name = self.random.choice(names)
        if name in self.documents:
            return f"has {name} open already"
        text = self.world.read(name)
        self._open(name, self.world.text_for(name) if text is None else text)
        self.documents[name].is_saved = text is not None
        return f"opened {name}"

    def _edit(self):
        name = self._any_document()
        if not name:
            return self._open_or_close()
        document = self.documents[name]
        changes = []
        for _ in range(self.random.choice([1, 1, 1, 2, 5])):
            text = document.text
            if self.random.random() < 0.1 or name in self.world.sources:
                document.text = self.world.text_for(name)
                changes.append({"text": document.text})
                continue
            begin, end = sorted(self.random.randrange(len(text) + 1) for _ in range(2))
            end = min(end, begin + 20)
            # Not between the two letters of a line's end, which is no place of the protocol's.
            begin, end = (at - 1 if text[at - 1 : at + 1] == "\r\n" else at for at in (begin, end))
            new = texts.piece(self.random) if len(text) < 1500 else ""
            document.text = text[:begin] + new + text[end:]
            span = {"start": position(text, begin, self.encoding), "end": position(text, end, self.encoding)}
            changes.append({"range": span, "text": new})
        document.text = self._without_half_ends(name, document.text, changes)
        document.is_saved = False
        self._tell_change(name, changes)
        return f"edited {name}"

    @staticmethod
    def _without_half_ends(name, text, changes):
        """A lone carriage return would end a line for one side only; then the whole text is sent."""
        clean = text.replace("\r\n", "\n").replace("\r", "")
        if "\r" in text.replace("\r\n", ""):
            changes.append({"text": clean})
            return clean
        return text

    def _tell_change(self, name, changes):
        document = self.documents[name]
        document.version += 1
        self.client.notify(
            "textDocument/didChange",
            {"textDocument": {"uri": self._uri(name), "version": document.version}, "contentChanges": changes},
        )

    def _save(self):
        name = self._any_document()
        return self._save_document(name) if name else "had nothing to save"

    def _save_document(self, name):
        document = self.documents[name]
        there = os.path.lexists(self.world.path(name))
        if not self.world.write(name, document.text, self.random.random() < 0.5):
            self._close(name)
            return f"closed {name}, which cannot be saved"
        document.is_saved = True
        params = {"textDocument": {"uri": self._uri(name)}}
        if self.random.random() < 0.5:
            params["text"] = document.text
        if self.watch != "client":  # as for opening
            self.client.notify("textDocument/didSave", params)
        self._tell([(name, 2 if there else 1)])
        return f"saved {name}"

    def _tell(self, events):
        if self.is_watching and events:
            changes = [{"uri": self._uri(name), "type": kind} for name, kind in events]
            self.client.notify("workspace/didChangeWatchedFiles", {"changes": changes})

    def _disk(self):
        what, events = self.world.change()
        self._tell(events)
        return what

    def _turn(self):
        self.is_watching = not self.is_watching
        return f"{'tells' if self.is_watching else 'does not tell'} of the disk from now on"

    def _configure(self):
        self.options = texts.options(self.random)
        self.client.settings = self.options
        self.client.notify(
            "workspace/didChangeConfiguration", {"settings": None if self.is_asked else {"nuages": self.options}}
        )
        return f"configured {self.options}"

    def _change_folders(self):
        # The projects are found from the paths of their documents as well.
        name = self.random.choice([*PROJECTS, "bare", "bare"])
        return self._remove_or_add(name)

    def _remove_or_add(self, name):
        event = {"added": [], "removed": []}
        if name in self.folders:
            self.folders.remove(name)
            event["removed"].append(self._folder(name))
        else:
            self.folders.append(name)
            event["added"].append(self._folder(name))
        self.client.notify("workspace/didChangeWorkspaceFolders", {"event": event})
        return f"has the folders {self.folders}"

    def _ask(self):
        chance = self.random.random()
        if chance < 0.15:
            number = self.client.asked - self.random.randrange(8)
            self.client.notify("$/cancelRequest", {"id": number})
            return f"cancelled request {number}"
        if chance < 0.2:
            self.client.ask("completionItem/resolve", {"label": self.random.choice(texts.TAGS)})
            return "asked completionItem/resolve"
        name = self._any_document() if chance < 0.85 else self.random.choice(self.world.templates)
        if not name:
            return "had nothing to ask about"
        method = f"textDocument/{self.random.choice(REQUESTS)}"
        params = {"textDocument": {"uri": self._uri(name)}}
        text = self.documents[name].text if name in self.documents else ""
        params["position"] = position(text, self.random.randrange(len(text) + 1), self.encoding)
        self.client.ask(method, params)
        return f"asked {method} of {name}"

    # Points.

    def point(self, number):
        """Waits until the server is at rest, and compares; raises Fault where it differs."""
        unsaved = self._settle()
        before = None
        fresh = None
        differences = []
        for turn in range(ROUNDS):
            self._pass_marker(f"p{number}_{turn}")
            held = self._held()
            if held == before:
                fresh = fresh or Fresh(
                    self.program, self.world.root, [*PROJECTS, "marker"], self.encoding, self.options, self.folders,
                    (unsaved, self.documents[unsaved].text) if unsaved else None,
                )  # fmt: skip
                differences = self._differences(*held, fresh)
                if not differences:
                    self._wait_for_notes(fresh)
                    break
                self.late += 1
            before = held
        else:
            raise Fault("\n".join(differences) or "it never comes to rest")
        bad = {code: count for code, count in self.client.codes.items() if code not in ALLOWED}
        if bad:
            raise Fault(f"replies with errors: {bad}")

    def _settle(self):
        """Mends what `check` refuses and saves all documents but one, perhaps, whose name it returns."""
        for project in PROJECTS:
            name = f"{project}/pyproject.toml"
            if name in self.documents:
                self._close(name)
            if any(mistake in (self.world.read(name) or "") for mistake in ("exclude = [\n", "exlude", "apps = 3")):
                self.world.write(name, "[tool.nuages]\n")
                self._tell([(name, 2)])
        if "settings" in self.options and "bare" in self.folders:  # which has none
            self._remove_or_add("bare")
        kept = self._any_document()
        if kept and (self.random.random() < 0.5 or kept.startswith("bare") or kept in self.world.sources):
            kept = None
        for name in list(self.documents):
            document = self.documents.get(name)
            # What stands on the disk may be another's by now.
            if document and name not in (MARKER, kept):
                if not document.is_saved or self.world.read(name) != document.text:
                    self._save_document(name)
        # One that is saved may have made another's file another one: a link, or a folder.
        for name in list(self.documents):
            if name not in (MARKER, kept) and self.world.read(name) != self.documents[name].text:
                self._close(name)
        if kept and any(
            name != kept and os.path.realpath(self.world.path(name)) == os.path.realpath(self.world.path(kept))
            for name in self.documents
        ):
            self._close(kept)
            kept = None
        return kept

    def _pass_marker(self, name):
        """Until the diagnostics of the marker show an edit and a file of the disk that came after everything else."""
        text = "{% " + name + ' %}{% include "points/' + name + '.html" %}'
        self.documents[MARKER].text = text
        self._tell_change(MARKER, [{"text": text}])
        part = f"marker/templates/points/{name}.html"
        self.world.write(part, "")
        self._tell([(part, 1)])
        self.world.write(MARKER, text)
        uri = self._uri(MARKER)

        def is_passed(found):
            return [each["code"] for each in found] == ["unknown-tag"] and f"'{name}'" in found[0]["message"]

        if not self.pulls:
            self.client.wait(lambda: is_passed(self.client.published.get(uri, (0, []))[1]), f"the marker {name}")
        end = time.monotonic() + PATIENCE
        while self.pulls and not is_passed(self._pull([MARKER])[MARKER]):
            if time.monotonic() > end:
                raise Fault(f"the marker {name} never passed")
        os.remove(self.world.path(part))
        self._tell([(part, 3)])

    def _pull(self, names):
        """A request that an edit or a look stops is asked again."""
        found = {}
        while missing := [name for name in names if name not in found]:
            numbers = {
                name: self.client.ask("textDocument/diagnostic", {"textDocument": {"uri": self._uri(name)}}, wanted=True)
                for name in missing
            }
            self.client.wait_for_replies()
            for name, number in numbers.items():
                reply = self.client.replies.pop(number)
                if "result" in reply:
                    found[name] = reply["result"]["items"]
        return found

    def _held(self):
        pulled = self._pull([name for name in self.documents if not name.endswith((".py", ".toml")) and name != MARKER])
        closed = [name for name in self.world.templates if name not in self.documents][::7]
        return pulled, self._pull(closed), {
            uri: found for uri, (_, found) in self.client.published.items() if uri != self._uri(MARKER)
        }  # fmt: skip

    def _differences(self, pulled, closed, published, fresh):
        differences = []

        def compare(what, name, found, expected):
            self.compared[what] += 1
            found, expected = sorted(found, key=repr), sorted(expected, key=repr)
            if found != expected:
                differences.append(
                    f"{what} diagnostics of {name}\n"
                    + "".join(f"  only of the server: {each}\n" for each in found if each not in expected)
                    + "".join(f"  only of nuages check: {each}\n" for each in expected if each not in found)
                )

        for name, found in pulled.items():
            expected = fresh.findings.get(os.path.realpath(self.world.path(name)), [])
            compare("pulled", name, map(_plain, found), expected)
            if not self.pulls:
                compare("published", name, map(_plain, published.get(self._uri(name), [])), expected)
        for name, found in closed.items():
            if os.path.isfile(self.world.path(name)):
                expected = fresh.findings.get(os.path.realpath(self.world.path(name)), [])
                compare("closed", name, map(_plain, found), expected)
        return differences

    def _wait_for_notes(self, fresh):
        """The lines of settings that are marked come last, when the server has nothing else to do."""
        roots = {self._root(name) for name in self.documents} & fresh.notes.keys()
        documents = {self._uri(name) for name in self.documents if not name.endswith((".py", ".toml"))}
        expected = {}
        for root in roots:
            for path, line, why in fresh.notes[root]:
                expected.setdefault(path, set()).add((line, f"nuages cannot read this, so it calls less unknown: {why}"))
        wrong = []

        def are_right():
            wrong.clear()
            for uri in {*self.client.published, *map(uri_of, expected)} - documents:
                path = uri.removeprefix("file://")
                found = self.client.published.get(uri, (0, []))[1]
                marks = {(each["range"]["start"]["line"], each["message"]) for each in found}
                should = expected.get(path, set())
                # `check` names a library as well that only some template loads, and no project without templates.
                is_known = any(path.startswith(root + "/") for root in fresh.notes)
                if is_known and (marks - should or ("/conf/" in path and should - marks)):
                    wrong.append(f"{path}: {sorted(marks)} is marked, and of these should be {sorted(should)}")
            return not wrong

        try:
            self.client.wait(are_right, "marked lines")
        except Fault as fault:
            raise Fault("\n".join([str(fault), *wrong])) from None
        self.compared["marked lines"] += sum(map(len, expected.values()))

    def _root(self, name):
        return self.world.path(next((each for each in [*PROJECTS, "marker"] if name.startswith(each)), "bare"))


def _plain(found):
    def span(each):
        return tuple((each["range"][end]["line"], each["range"][end]["character"]) for end in ("start", "end"))

    related = [
        (os.path.realpath(each["location"]["uri"].removeprefix("file://")), span(each["location"]), each["message"])
        for each in found.get("relatedInformation", [])
    ]
    return span(found), found["severity"], found["code"], found["message"], related
