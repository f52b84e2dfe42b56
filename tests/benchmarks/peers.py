"""The programs that are compared in one run, and how their figures are set side by side."""

import os
import statistics
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Build:
    """A build folder of optimised programs."""

    name: str
    folder: Path

    def program(self, path):
        """A program by its place in the build folder; ends the run if it is not there."""
        program = self.folder / path
        if not program.exists():
            raise SystemExit(f"bench: {program} is missing; it is built in the release preset, bench_query only where "
                             "Google Benchmark is installed")
        return str(program)


OURS = Build("nuages", Path(os.environ["NUAGES_BUILD_DIR"]))  # As packages have them; with --against of preset release.
ENGINE = Build("nuages", Path(os.environ["NUAGES_ENGINE_BUILD_DIR"]))  # Of bench_query, which no package has.


def other_commit():
    """The build of --against; none without it."""
    folder = os.environ.get("NUAGES_PEER_BUILD_DIR")
    return Build(os.environ["NUAGES_PEER"], Path(folder)) if folder else None


def servers():
    """The commands of the two language servers that are compared, ours first."""
    found = {"nuages": [OURS.program("app/nuages"), "serve"]}
    if other := other_commit():
        return found | {other.name: [other.program("app/nuages"), "serve"]}
    return found | {"django-language-server": [os.environ["NUAGES_RIVAL"], "serve"]}


def ratios(ours, theirs):
    """The ratio of each pair of runs in turn: its median, and its least and greatest in brackets."""
    each = [our / their for our, their in zip(ours, theirs, strict=True)]
    return f"{statistics.median(each):.2f} ({min(each):.2f} to {max(each):.2f})"
