"""Asks judge_main.py, which is Django in processes of its own."""

import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

_HERE = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Verdict:
    """What Django says of one file under one name."""

    name: str
    path: str  # The real one.
    engine: int
    other: bool  # An engine that is not Django's own language gets it.
    accepted: bool
    message: str = ""
    line: int | None = None
    open: tuple = ()

    def places(self):
        """Lines where a finding agrees: the blamed tag, or a tag that it should have closed."""
        return {self.line, *self.open} - {None}


class Judge:
    """A Django process of one version; it judges one project after the other."""

    def __init__(self, python):
        self._process = subprocess.Popen(
            [python, _HERE / "judge_main.py"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env={"PATH": os.environ["PATH"], "LC_CTYPE": "C.UTF-8", "HOME": "/nonexistent", "PYTHONUTF8": "1"},
        )

    def close(self):
        self._process.stdin.close()
        self._process.wait()

    def _ask(self, **request):
        print(json.dumps(request), file=self._process.stdin, flush=True)
        line = self._process.stdout.readline()
        if not line:
            raise SystemExit("oracle: Django ended early")
        return json.loads(line)

    def judge(self, manage, variables):
        """(verdicts, None), or (None, why Django does not start). After verdicts, end() must follow."""
        reply = self._ask(do="judge", manage=str(manage), variables=variables)
        if not reply["ok"]:
            return None, reply["error"]
        return [Verdict(**{**file, "open": tuple(file.get("open", ()))}) for file in reply["files"]], None

    def loads(self, engine, name):
        return self._ask(do="load", engine=engine, name=name)["loads"]

    def end(self):
        self._ask(do="end")
