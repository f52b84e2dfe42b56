"""Entry point of tests/corpus/run; see README.md."""

import argparse
import sys

import first
import packages
import projects
import seeded

if __name__ == "__main__":
    sys.dont_write_bytecode = True
    parser = argparse.ArgumentParser(prog="./dev corpus", allow_abbrev=False)
    parser.add_argument("test", choices=["first", "seeded", "all"])
    parser.add_argument("projects", nargs="*", metavar="NAME", help=f"of {', '.join(projects.NAMES)}, or of packages.tsv; default: all")
    parser.add_argument("--seed", type=int, default=1, help="seeded: draws other places; default: 1")
    parser.add_argument("--count", type=int, default=8, help="seeded: templates for each kind of fault; default: 8")
    options = parser.parse_args()
    names = [package.name for package in packages.packages()] if options.test == "all" else projects.NAMES
    unknown = set(options.projects) - set(names)
    if unknown:
        parser.error(f"no project is called {', '.join(sorted(unknown))}")
    if options.test == "all":
        sys.exit(0 if packages.run(options.projects) else 1)
    passed = True
    for name in options.projects or projects.NAMES:
        project = projects.project(name)
        if options.test == "first":
            passed = first.run(project) and passed
        else:
            passed = seeded.run(project, options.seed, options.count) and passed
    sys.exit(0 if passed else 1)
