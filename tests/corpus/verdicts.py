"""Asks judge.py, which is Django in a process of its own."""

import json
import os
import re
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

from projects import HERE


@dataclass(frozen=True)
class Template:
    """A file that Django's loaders list."""

    name: str
    path: str
    folder: str  # The folder of the loader.

    def text(self):
        """As Django reads it: line ends translated."""
        return Path(self.path).read_text(encoding="utf-8")


@dataclass(frozen=True)
class Verdict:
    """What Template() says of a text."""

    accepted: bool
    error: str = ""  # Class of the exception.
    message: str = ""
    line: int | None = None  # Of the token that Django blames.
    open: tuple = ()  # Lines of the tags open then, innermost last, the blamed one included.
    references: tuple = ()  # (name, line) of literal extends and include.

    def rules(self):
        """Names of our rules that may say what Django says; none if it is beyond the eight rules."""
        for pattern, rules in _RULES_BY_MESSAGE:
            if re.search(pattern, self.message):
                return rules
        return ()

    def places(self):
        """Lines where a finding agrees: the blamed tag, or the tag it should have closed."""
        return {self.line, *self.open[-2:]} - {None}


_STRUCTURE = ("unclosed-tag", "unmatched-tag", "unknown-tag", "unloaded-tag")
_RULES_BY_MESSAGE = [
    (r"^Unclosed tag on line", _STRUCTURE),
    (r"^Invalid block tag on line", _STRUCTURE),
    (r"^Invalid filter: ", ("unknown-filter", "unloaded-filter")),
    (r"is not a registered tag library", ("unknown-library",)),
    (r"is not a valid tag or filter in tag library", ("unknown-library",)),
]


@dataclass
class Judge:
    """A Django process for one project; use as a context. Verdicts on unchanged files are asked once."""

    project: object
    known: dict = field(default_factory=dict)

    def __enter__(self):
        environment = {name: value for name, value in os.environ.items() if not name.startswith("WAGTAIL")}
        self.process = subprocess.Popen(
            [self.project.python, HERE / "judge.py", self.project.root, self.project.settings],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL if "NUAGES_CORPUS_QUIET" in os.environ else None,
            text=True,
            env=environment,
        )
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait()

    def _ask(self, **request):
        print(json.dumps(request), file=self.process.stdin, flush=True)
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit(f"corpus: Django ended while it judged {self.project.name}")
        return json.loads(line)

    def templates(self):
        return [Template(**template) for template in self._ask(do="list")]

    def verdict(self, template, text=None):
        key = (template.path, text)
        if key not in self.known:
            request = {"do": "compile", "name": template.name, "path": template.path}
            reply = self._ask(**request, **({} if text is None else {"text": text}))
            references = tuple((reference["name"], reference["line"]) for reference in reply.pop("references", ()))
            self.known[key] = Verdict(**{**reply, "open": tuple(reply.get("open", ())), "references": references})
        return self.known[key]

    def loads(self, name):
        return self._ask(do="load", name=name)["loads"]

    def extends(self, name, path):
        """Whether the template at `path` can extend what is called so."""
        return self._ask(do="load", name=name, beside=path)["loads"]
