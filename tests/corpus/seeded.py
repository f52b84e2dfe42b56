"""`seeded`: faults drawn by seed must be found, in the project as it is and with lines appended to its settings."""

import os
import shutil
import tempfile
from collections import Counter
from pathlib import Path

import faults
from program import check
from statements import CONFIGURE_MODULE, CONFIGURE_TEXT, STATEMENTS
from verdicts import Judge

_STRUCTURE = {"unclosed", "orphan closer"}

def _link_tree(source, target):
    """A copy of hard links: quick, and safe as long as a changed file is replaced, never written."""
    shutil.copytree(source, target, copy_function=os.link, symlinks=True, ignore=shutil.ignore_patterns("__pycache__"))


def _replace(path, text):
    path.unlink(missing_ok=True)
    path.write_text(text, encoding="utf-8", newline="")


class Tree:
    """The project copied into `folder`, with the faults in it; each check appends one statement to the settings."""

    def __init__(self, project, folder, drawn):
        self.moves = {project.root: folder / "project", project.site_packages: folder / "site-packages"}
        for source, target in self.moves.items():
            _link_tree(source, target)
        self.project = project.moved(*self.moves.values())
        self.settings = self.project.settings_file.read_text(encoding="utf-8")
        for fault in drawn:
            _replace(Path(self.at(fault.template.path)), fault.text)
        _replace(self.project.root / CONFIGURE_MODULE, CONFIGURE_TEXT)

    def at(self, path):
        """Where a file of the original is in the copy."""
        for source, target in self.moves.items():
            if Path(path).is_relative_to(source):
                return str(target / Path(path).relative_to(source))
        raise ValueError(path)

    def check(self, statement, folders):
        for name, text in statement.files:
            for folder in {self.project.root, self.project.settings_file.parent}:
                _replace(folder / name, text)
        _replace(self.project.settings_file, self.settings.rstrip("\n") + "\n" + statement.text)
        return check(self.project, [self.at(folder) for folder in folders])

    def statement_places(self, statement):
        """Starts of reasons that name a line of the statement: "file:line:"."""
        first = self.settings.rstrip("\n").count("\n") + 2
        lines = range(first, first + statement.text.count("\n"))
        return tuple(f"{self.project.settings_file}:{line}:" for line in lines)


def _is_known(kind, statement):
    """Whether the list that a fault of `kind` is about is complete with the statement."""
    if kind in _STRUCTURE:
        return True
    if kind == "missing include":
        return statement.missing_templates
    return statement.unknown_libraries if kind == "unknown library" else statement.unknown_names


def _must_miss(kind, statement):
    """Whether a finding for `kind` would claim what cannot be known; of names it is neither demanded nor forbidden."""
    return kind in ("missing include", "unknown library") and not _is_known(kind, statement)


def _judge(tree, statement, report, drawn, accepted):
    """(how many of each kind were found, sentences about what is wrong) in one report."""
    found, wrong = Counter(), []
    by_path = {}
    for finding in report.findings:
        by_path.setdefault(finding.path, []).append(finding)
    for fault in drawn:
        findings = by_path.get(tree.at(fault.template.path), [])
        hit = any(finding.rule in fault.rules and finding.line in fault.lines for finding in findings)
        found[fault.kind] += hit
        place = f"{fault.template.name}, line {sorted(fault.lines)}, {fault.kind}"
        if not hit and _is_known(fault.kind, statement):
            said = "; ".join(f"{finding.line}: {finding.rule}: {finding.message}" for finding in findings)
            wrong.append(f"not found: {place} ({said or 'no finding'})")
        if hit and _must_miss(fault.kind, statement):
            wrong.append(f"not withheld: {place}")
    for path in accepted:
        for finding in by_path.get(path, []):
            if finding.rule != "missing-template":
                wrong.append(f"false: {path}:{finding.line}: {finding.rule}: {finding.message}")
    places = tree.statement_places(statement)
    if statement.named and not any(reason.startswith(places) for reason in report.open):
        wrong.append(f"no reason names the statement; reasons: {report.open}")
    return found, wrong


def run(project, seed, count):
    """Prints what was found with each statement; returns whether it is what statements.py expects."""
    passed = True
    with Judge(project) as judge:
        templates = judge.templates()
        drawn = faults.draw(judge, templates, seed, count)
        sound = [template for template in templates if judge.verdict(template).accepted]
    folders = sorted({template.folder for template in templates})
    with tempfile.TemporaryDirectory(prefix="seeded-", dir=project.environment.parent) as folder:
        tree = Tree(project, Path(folder), drawn)
        faulty = {fault.template.path for fault in drawn}
        accepted = [tree.at(template.path) for template in sound if template.path not in faulty]
        for statement in STATEMENTS:
            report = tree.check(statement, folders)
            found, wrong = _judge(tree, statement, report, drawn, accepted)
            figures = ", ".join(f"{kind} {found[kind]}/{count}" for kind in faults.KINDS)
            print(f"{project.name}, {statement.title}: {figures}; {report.seconds:.2f} s", flush=True)
            for sentence in wrong:
                print(f"  FAILED {sentence}")
            passed = passed and not wrong
    return passed
