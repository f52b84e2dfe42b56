"""Runs `nuages check` and measures it."""

import json
import os
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Finding:
    path: str  # Absolute.
    rule: str
    message: str
    line: int
    start: int  # Bytes.
    end: int


@dataclass(frozen=True)
class Report:
    templates: int
    findings: list
    open: list  # "file:line: why", the file absolute.
    seconds: float
    mebibytes: float  # Peak.


def check(project, paths):
    """What nuages says of the templates under `paths`, read through its JSON form."""
    command = [os.environ["NUAGES_PROGRAM"], "check", "--format", "json", "--allow-empty", "--project", project.root]
    command += ["--settings", project.settings] if project.settings else []
    command += ["--site-packages", project.site_packages, "--", *paths]
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        start = time.monotonic()
        process = subprocess.Popen(command, stdout=out, stderr=err, stdin=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.monotonic() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        if process.returncode not in (0, 1):
            raise SystemExit(f"corpus: nuages check ended with {process.returncode}: {err.read().decode()}")
        document = json.load(out)
    findings = [
        Finding(
            path=os.path.join(document["root"], entry["path"]),
            rule=entry["rule"],
            message=entry["message"],
            line=entry["range"]["start"]["line"],
            start=entry["range"]["start"]["offset"],
            end=entry["range"]["end"]["offset"],
        )
        for entry in document["diagnostics"]
    ]
    reasons = [
        ":".join([os.path.join(document["root"], entry["path"]), *([str(entry["line"])] if entry["line"] else [])])
        + f": {entry['why']}"
        for part in document["projects"]
        for entry in part["open"]
    ]
    return Report(document["templates"], findings, reasons, seconds, usage.ru_maxrss / 1024)


def is_extends(finding):
    """Whether a finding points into an extends tag."""
    before = Path(finding.path).read_bytes()[: finding.start]
    return before[before.rfind(b"{%") + 2 :].split()[0] == b"extends"


def named_template(finding):
    """The template name at which a missing-template finding points, as it is written."""
    return Path(finding.path).read_bytes()[finding.start : finding.end].decode().strip("\"'")
