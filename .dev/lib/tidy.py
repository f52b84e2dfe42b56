"""Runs clang-tidy-19 over the compilation database of a unity build, two units at a time.

    tidy.py BUILD_DIR CACHE_DIR TOOLS

Sources under tests/ are left out: Qt Test and the whole project in one file make each of them cost several others.
The compiler's warnings and clang-format hold for them too.

A unit includes up to 32 sources of one folder, so that the headers of Qt, Boost and the standard library, which take
most of the time, are read once for all of them.

A clean unit is remembered in CACHE_DIR under a hash of all that decides the verdict: its sources and the headers
of ours they include, its command line, .clang-tidy, and TOOLS, which names the compiler's and the libraries'
version. So a second run looks only at what changed. Run in the source tree. Exit code 0 or 1.
"""

import concurrent.futures
import hashlib
import json
import os
import pathlib
import re
import subprocess
import sys
import threading

INCLUDE = re.compile(rb'^\s*#\s*include\s+"([^"]+)"', re.MULTILINE)
ROOT = pathlib.Path.cwd()


def closure(source):
    """The unit, and every source and header of the tree that it reaches; includes are from the root of the tree."""
    seen, wanted = {}, [source]
    while wanted:
        path = wanted.pop()
        if path in seen:
            continue
        seen[path] = path.read_bytes()
        for name in INCLUDE.findall(seen[path]):
            header = ROOT / os.fsdecode(name)
            if header.is_file():
                wanted.append(header)
    return seen


def key(entry, reached, build, tools):
    """A hash that changes whenever the verdict on this unit, which reaches these files, may."""
    def placeless(text):
        return text.replace(os.fsencode(build), b"BUILD").replace(os.fsencode(ROOT), b".")

    digest = hashlib.sha256()
    for part in (tools, entry["command"], (ROOT / ".clang-tidy").read_text()):
        digest.update(placeless(part.encode()) + b"\0")
    for path, text in sorted((placeless(os.fsencode(path)), text) for path, text in reached.items()):
        digest.update(path + b"\0" + placeless(text) + b"\0")
    return digest.hexdigest()


def is_judged(entry, build):
    """Whether it is a source of ours, or a unit of such, and none of the tests."""
    file = pathlib.Path(entry["file"])
    sources = [file]
    if "Unity" in file.parts:
        sources = [pathlib.Path(os.fsdecode(name)) for name in INCLUDE.findall(file.read_bytes())]
    written = [source for source in sources if not source.is_relative_to(build)]
    return bool(written) and all(source.is_relative_to(ROOT) and not source.is_relative_to(ROOT / "tests")
                                 for source in written)


def main(build, cache, tools):
    cache.mkdir(parents=True, exist_ok=True)
    entries = [entry for entry in json.loads((build / "compile_commands.json").read_text()) if is_judged(entry, build)]
    reached = {entry["file"]: closure(pathlib.Path(entry["file"])) for entry in entries}
    marks = {entry["file"]: cache / key(entry, reached[entry["file"]], build, tools) for entry in entries}
    stale = sorted((file for file, mark in marks.items() if not mark.exists()),
                   key=lambda file: len(reached[file]), reverse=True)
    print(f"clang-tidy: {len(marks)} units, {len(stale)} to look at", flush=True)
    done, bad, lock = 0, 0, threading.Lock()

    def look(file):
        nonlocal done, bad
        # Clang calls a local name a shadow of one of another source's, which gcc does where it builds the unit.
        run = subprocess.run(["clang-tidy-19", "--quiet", "--extra-arg=-Wno-shadow", "-p", str(build), file],
                             capture_output=True, text=True, errors="replace", check=False)
        with lock:
            done += 1
            if run.returncode == 0:
                marks[file].touch()
                print(f"[{done}/{len(stale)}] {os.path.relpath(file)}", flush=True)
            else:
                bad += 1
                print(f"[{done}/{len(stale)}] {os.path.relpath(file)}: findings\n{run.stdout}", flush=True)
                if not run.stdout:
                    print(run.stderr, flush=True)

    with concurrent.futures.ThreadPoolExecutor(max_workers=2) as pool:
        list(pool.map(look, stale))
    print(f"clang-tidy: {bad} of {len(marks)} units have findings", flush=True)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), sys.argv[3]))
