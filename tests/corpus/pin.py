"""Writes the pinned requirements of an environment: python3 tests/corpus/pin.py FILE REQUIREMENT...

FILE gets what pip would install for the requirements, each with its version and the hashes of its wheels for the
machines that Debian 13 runs on most. Run by hand, with the python3 that the environment will have, when a list changes.
"""

import json
import subprocess
import sys
from pathlib import Path

_MACHINES = ("x86_64", "aarch64")


def resolve(requirements, machine):
    """{name: (version, hashes)} of what pip would install."""
    platforms = [f"--platform=manylinux_2_{minor}_{machine}" for minor in (17, 24, 28, 34, 39)]
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--dry-run"]
    command += ["--ignore-installed", "--only-binary=:all:", "--target=unused", "--report=-", *platforms]
    command += [f"--platform=manylinux2014_{machine}", *requirements]
    report = json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)
    found = {}
    for item in report["install"]:
        name = item["metadata"]["name"].lower().replace("_", "-").replace(".", "-")
        found[name] = item["metadata"]["version"], {item["download_info"]["archive_info"]["hashes"]["sha256"]}
    return found


def main():
    target, *requirements = sys.argv[1:]
    first, *others = (resolve(requirements, machine) for machine in _MACHINES)
    for other in others:
        for name, (version, hashes) in other.items():
            if first.setdefault(name, (version, set()))[0] != version:
                raise SystemExit(f"pin: {name} has another version on another machine")
            first[name][1].update(hashes)
    lines = []
    for name, (version, hashes) in sorted(first.items()):
        lines += [f"{name}=={version}"] + [f"    --hash=sha256:{value}" for value in sorted(hashes)]
    Path(target).write_text("".join(f"{line}\n" for line in lines).replace("\n    ", " \\\n    "))


if __name__ == "__main__":
    main()
