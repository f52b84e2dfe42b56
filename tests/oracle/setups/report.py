"""Prints what a run found."""

import math
from collections import Counter
from pathlib import Path

_FLOOR = Path(__file__).resolve().parent / "closed.txt"


def describe(outcome, folder):
    """All about one project that was kept."""
    project = outcome.project
    lines = [f"{folder}: Django {project.django}", f"  in {project.folder or '.'}: nuages check {' '.join(project.arguments)}"]
    lines += [f"  {name}={value}" for name, value in project.variables.items()]
    lines += [f"  ingredient: {trait}" for trait in project.traits]
    lines += [f"  need not be read: {why}" for root in project.roots for why in root.unreadable]
    for path, said in sorted(outcome.verdicts.items() if outcome.verdicts else []):
        for _, verdict in said:
            if Path(path).is_relative_to(folder):
                what = "another engine's" if verdict.other else "accepted" if verdict.accepted else f"line {verdict.line}: {verdict.message}"
                lines.append(f"  Django: {verdict.name}: {what}")
    if outcome.report:
        lines += [f"  nuages: {finding}".replace(f"{folder}/", "") for finding in outcome.report.findings]
        lines += [f"  open: {reason}" for reasons in outcome.report.open.values() for reason in reasons]
    lines += [f"  FAILED {kind}: {sentence}" for kind, sentence in outcome.failures]
    return "\n".join(lines)


def summarize(outcomes, options):
    """Prints the figures; returns whether nothing failed."""
    total = Counter()
    seeded, found = Counter(), Counter()
    for outcome in outcomes:
        total.update(roots=outcome.roots, closed=outcome.closed, templates=outcome.templates, accepted=outcome.accepted)
        seeded.update(outcome.seeded)
        found.update(outcome.found)
    for must, title in ((True, "that must be found"), (False, "that something unread may explain")):
        figures = [f"{kind} {found[must, kind]}/{count}" for (which, kind), count in sorted(seeded.items()) if which == must]
        print(f"mistakes {title}: {', '.join(figures)}")
    passed = _failures(outcomes, options)
    passed = _share(total, options) and passed
    print(
        f"seed {options.seed}: {len(outcomes)} projects, {total['roots']} roots, {total['templates']} templates, of which Django accepts "
        f"{total['accepted']}; {sum(len(outcome.failures) for outcome in outcomes)} failures in "
        f"{sum(bool(outcome.failures) for outcome in outcomes)} projects"
    )
    return passed


def _failures(outcomes, options):
    kinds = {}
    for outcome in outcomes:
        for kind, sentence in outcome.failures:
            kinds.setdefault(kind, []).append((outcome.project, sentence))
    ingredients = Counter(trait for outcome in outcomes for trait in set(outcome.project.traits))
    for kind, failures in sorted(kinds.items()):
        projects = {project.index: project for project, _ in failures}
        print(f"FAILED {kind}: {len(failures)} in {len(projects)} projects")
        blamed = Counter(trait for project in projects.values() for trait in set(project.traits))
        likely = [trait for trait in blamed if ingredients[trait] >= min(5, len(outcomes))]
        likely = sorted(likely, key=lambda trait: (-blamed[trait] / ingredients[trait], trait))[:6]
        print("  most of all with: " + "; ".join(f"{trait} ({blamed[trait]} of {ingredients[trait]})" for trait in likely))
        for project, sentence in failures if options.verbose else failures[:3]:
            print(f"  {sentence}\n    ./dev oracle setups --seed {options.seed} --keep {project.index} FOLDER")
    return not kinds


def _share(total, options):
    """The share of projects whose lists are all closed may only rise."""
    floor, *_ = _FLOOR.read_text().split()
    floor, share = float(floor), 100 * total["closed"] / total["roots"]
    # Another seed draws other projects: three standard errors are chance.
    chance = 300 * math.sqrt(max(share * (100 - share), 1) / 10_000 / total["roots"])
    print(f"closed lists: {share:.2f} % of the projects have no open reason; at least {floor:.2f} % are expected, up to chance ({chance:.2f})")
    if share + chance < floor:
        print("FAILED fewer closed lists than before")
        return False
    if share - chance > floor:
        print(f"  write {share:.2f} into {_FLOOR.name}")
    return True
