"""Runs `nuages check` on a made-up project, and reads its JSON."""

import json
import os
import subprocess
from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    path: str  # Absolute, the real one.
    rule: str
    message: str
    line: int
    start: int
    end: int

    def text(self):
        """What the finding points at."""
        with open(self.path, "rb") as file:
            return file.read()[self.start : self.end].decode(errors="replace")

    def __str__(self):
        return f"{self.path}:{self.line}: {self.rule}: {self.message}"


@dataclass(frozen=True)
class Report:
    templates: int
    findings: list
    open: dict  # Root to a list of "file:line: why".
    error: str = ""  # What it said where it did not judge.


def _reason(base, reason):
    """One line: "file:line: why", the file absolute."""
    place = os.path.join(base, reason["path"])
    return f"{place}:{reason['line']}: {reason['why']}" if reason["line"] else f"{place}: {reason['why']}"


def check(program, folder, arguments, variables):
    """What nuages says. `folder` is where it is run."""
    environment = {"PATH": os.environ["PATH"], "LC_CTYPE": "C.UTF-8", "HOME": "/nonexistent", **variables}
    command = [program, "check", "--format", "json", "--threads", "1", *arguments]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False)
    if done.returncode not in (0, 1):
        return Report(0, [], {}, f"exit {done.returncode}: {done.stderr.decode(errors='replace').strip()}")
    document = json.loads(done.stdout)
    base = document["root"]
    reasons = {
        os.path.realpath(os.path.join(base, project["root"])): [_reason(base, reason) for reason in project["open"]]
        for project in document["projects"]
    }
    findings = [
        Finding(
            path=os.path.realpath(os.path.join(base, entry["path"])),
            rule=entry["rule"],
            message=entry["message"],
            line=entry["range"]["start"]["line"],
            start=entry["range"]["start"]["offset"],
            end=entry["range"]["end"]["offset"],
        )
        for entry in document["diagnostics"]
    ]
    return Report(document["templates"], findings, reasons)
