"""`first`: nuages and Django judge every template of a project, as it is."""

import posixpath
from pathlib import Path

from program import check, is_extends, named_template
from verdicts import Judge


def absolute_name(written, current):
    """What a name in extends or include means in the template called `current`."""
    if not written.startswith(("./", "../")):
        return written
    return posixpath.normpath(posixpath.join(posixpath.dirname(current), written))


class Comparison:
    """Findings and verdicts of one project side by side. `failures` are sentences; empty means they agree."""

    def __init__(self, judge, templates, report, least=0.95):
        self.failures = []
        self.rejected = self.within = self.agreed = self.missing = 0
        self.by_path = {}
        for finding in report.findings:
            self.by_path.setdefault(finding.path, []).append(finding)
        for template in templates:
            self._compare(judge, template)
        for path in sorted(self.by_path.keys() - {template.path for template in templates}):
            self.failures += [f"{self._show(finding)}: not a template of Django's loaders" for finding in self.by_path[path]]
        if report.templates < len(templates):
            self.failures.append(f"checked {report.templates} templates, Django lists {len(templates)}")
        if self.agreed < least * self.within:
            self.failures.append(f"{self.agreed} of {self.within} rejected templates have a finding at Django's place")

    @staticmethod
    def _show(finding):
        return f"{finding.path}:{finding.line}: {finding.rule}: {finding.message}"

    def _compare(self, judge, template):
        verdict = judge.verdict(template)
        findings = self.by_path.get(template.path, [])
        for finding in findings:
            if finding.rule == "missing-template":
                self.missing += 1
                name = absolute_name(named_template(finding), template.name)
                extends = is_extends(finding)
                if judge.extends(name, template.path) if extends else judge.loads(name):
                    self.failures.append(f"{self._show(finding)}: {'extends' if extends else 'get_template()'} loads it")
            elif verdict.accepted:
                self.failures.append(f"{self._show(finding)}: Template() accepts the file")
        if verdict.accepted:
            return
        self.rejected += 1
        if verdict.rules():
            self.within += 1
            if any(finding.rule in verdict.rules() and finding.line in verdict.places() for finding in findings):
                self.agreed += 1
            else:
                print(f"  not found: {template.path}: Django says at line {verdict.line}: {verdict.message.splitlines()[0]}")


def compare(project):
    """(what nuages says of all templates, how many Django judged, the comparison)."""
    with Judge(project) as judge:
        templates = judge.templates()
        report = check(project, sorted({template.folder for template in templates}))
        result = Comparison(judge, templates, report)
    # Without a PATH the project's own templates are checked, whatever is installed.
    own = [template for template in templates if Path(template.path).is_relative_to(project.root)]
    listed = check(project, []).templates
    if listed < len(own):
        result.failures.append(f"without a PATH {listed} templates are checked, Django lists {len(own)} in the project")
    return report, len(templates), result


def run(project):
    """Prints the line of the project, then each failure; returns whether there was none."""
    report, _, result = compare(project)
    print(
        f"{project.name}: {report.templates} templates, {report.seconds:.2f} s, {report.mebibytes:.0f} MiB; "
        f"{len(report.findings)} findings, {result.missing} of them missing templates; "
        f"Django rejects {result.rejected}, {result.within} within the rules, {result.agreed} found at its place"
    )
    for failure in result.failures:
        print(f"  FAILED {failure}")
    return not result.failures
