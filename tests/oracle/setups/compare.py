"""Django's verdicts and our findings on one project, side by side."""

import os
import posixpath
import re
from collections import Counter
from dataclasses import dataclass, field

from program import check

_REASON = re.compile(r"^(?P<path>.+?):(?P<line>\d+): .")


@dataclass
class Outcome:
    """What the run counts. A failure is (its kind, a sentence); empty means that both agree."""

    project: object
    failures: list = field(default_factory=list)
    roots: int = 0
    closed: int = 0  # Roots with no open reason.
    templates: int = 0
    accepted: int = 0
    seeded: Counter = field(default_factory=Counter)  # (whether it must be found, kind).
    found: Counter = field(default_factory=Counter)
    verdicts: list = field(default_factory=list)
    report: object = None

    def fail(self, kind, sentence):
        if (kind, sentence) not in self.failures:  # A loop of links shows one file many times.
            self.failures.append((kind, sentence))


def run(program, project, judge, folder, packages):
    """The comparison of a project that is written in `folder`."""
    outcome = Outcome(project, roots=len(project.roots))
    places = {"project": str(folder), "environment": str(packages)}
    variables = {name: value.format(**places) for name, value in project.variables.items()}
    project.type(folder, typed=True)
    arguments = [argument.format(**places) for argument in project.arguments]
    seen = {name: value for name, value in variables.items() if name not in project.hidden}
    report = check(program, folder / project.folder, arguments, seen)
    project.type(folder, typed=False)
    by_path = {}
    for finding in report.findings:
        by_path.setdefault(finding.path, []).append(finding)
    verdicts, loads = {}, {}
    for root in project.roots:
        said, error = judge.judge(folder / root.manage, variables)
        if error:
            outcome.fail("Django does not start", error.strip().splitlines()[-1])
            return outcome
        for verdict in said:
            verdicts.setdefault(verdict.path, []).append((root, verdict))
            for finding in by_path.get(verdict.path, ()):
                if finding.rule.startswith("missing-"):
                    name = _absolute(_named(finding), verdict.name)
                    loads[verdict.engine, name, root.manage] = judge.loads(verdict.engine, name)
        judge.end()
    outcome.report, outcome.verdicts = report, verdicts
    if report.error:
        outcome.fail("no answer", report.error)
        return outcome
    _findings(outcome, by_path, verdicts, loads, folder)
    _faults(outcome, by_path, verdicts, folder)
    _openness(outcome, report, folder)
    _numbers(outcome, report, verdicts, folder)
    return outcome


def _absolute(written, current):
    """What a name in extends or include means in the template called `current`."""
    if not written.startswith(("./", "../")):
        return written
    return posixpath.normpath(posixpath.join(posixpath.dirname(current), written))


def _named(finding):
    return finding.text().strip("\"'")


def _findings(outcome, by_path, verdicts, loads, folder):
    for path, said in verdicts.items():
        if path.startswith(f"{folder}/"):
            outcome.templates += 1
            outcome.accepted += any(verdict.accepted for _, verdict in said)
    for path, findings in sorted(by_path.items()):
        said = verdicts.get(path)
        for finding in findings:
            shown = str(finding).replace(f"{folder}/", "")
            if said is None:
                if not _only_of_installation(finding):
                    outcome.fail("no template of Django's", shown)
            elif all(verdict.other for _, verdict in said):
                outcome.fail("another engine's template", shown)
            elif finding.rule.startswith("missing-"):
                named = _named(finding)
                if any(loads[verdict.engine, _absolute(named, verdict.name), root.manage] for root, verdict in said):
                    outcome.fail("it loads", shown)
            elif any(verdict.accepted for _, verdict in said):
                outcome.fail("Django accepts", shown)
            elif not any(finding.line in verdict.places() for _, verdict in said if verdict.line is not None):
                verdict = said[0][1]
                if verdict.line is not None:
                    outcome.fail("at another place", f"{shown} (Django: line {verdict.line}: {verdict.message})")


def _only_of_installation(finding):
    """Whether a finding says no more than that the file's app is not installed."""
    return "not installed" in finding.message


def _faults(outcome, by_path, verdicts, folder):
    for fault in outcome.project.faults:
        path = os.path.realpath(folder / fault.path)
        said = verdicts.get(path)
        if not fault.rules or not said or not _is_asked_for(outcome.project, fault.path) or _other(said):
            continue
        root = said[0][0]
        if fault.at_compile_time and any(verdict.accepted for _, verdict in said):
            continue  # Not wrong here after all, such as a name that two libraries have.
        must = root.demands(fault)
        outcome.seeded[must, fault.kind] += 1
        hits = [finding for finding in by_path.get(path, ()) if finding.rule in fault.rules and finding.line in fault.lines]
        if hits:
            outcome.found[must, fault.kind] += 1
        elif must:
            other = "; ".join(f"{finding.line}: {finding.rule}" for finding in by_path.get(path, ()))
            outcome.fail("not found", f"{fault.path}:{min(fault.lines)}: {fault.kind} ({other or 'no finding'})")


def _other(said):
    return all(verdict.other for _, verdict in said)


def _is_asked_for(project, path):
    """Whether the arguments of the program reach a file."""
    if any(f"/{folder}/" in path for folder in project.excluded):
        return False
    paths = [argument for argument in project.arguments if not argument.startswith(("-", "{"))]
    if not paths or "." in paths:
        paths = [project.folder] if paths else [""]
    return any(not folder or path.startswith(f"{folder}/") for folder in paths)


def _openness(outcome, report, folder):
    reasons = [reason for reasons in report.open.values() for reason in reasons]
    for root in outcome.project.roots:
        own = report.open.get(os.path.realpath(folder / root.folder)) if len(report.open) > 1 else reasons
        outcome.closed += not own
        if own and not root.unreadable:
            for reason in own:
                outcome.fail("called open", reason.replace(f"{folder}/", ""))
    for reason in reasons:
        match = _REASON.match(reason)
        if not match or not os.path.isfile(match["path"]):
            outcome.fail("a reason without a place", reason.replace(f"{folder}/", ""))


def _numbers(outcome, report, verdicts, folder):
    """Whether all templates were judged of which Django says something."""
    if any(root.unreadable for root in outcome.project.roots):
        return
    own = 0
    for path, said in verdicts.items():
        relative = os.path.relpath(path, folder)
        # A link may make a template of any file, such as manage.py; those are not counted.
        if relative in outcome.project.files and not relative.endswith((".py", ".toml")) and not _other(said):
            own += _is_asked_for(outcome.project, relative)
    if report.templates < own:
        outcome.fail("not judged", f"{report.templates} of {own} templates")
