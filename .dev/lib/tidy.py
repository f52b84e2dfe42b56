"""Runs clang-tidy-19 over the compilation database, two sources at a time.

    tidy.py BUILD_DIR CACHE_DIR TOOLS

Sources under tests/ are left out: Qt Test and the whole project in one file make each of them cost several others.
The compiler's warnings and clang-format hold for them too.

A clean source is remembered in CACHE_DIR under a hash of all that decides the verdict: the source and the headers
of ours it includes, its command line, .clang-tidy, and TOOLS, which names the compiler's and the libraries'
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
    """The source and every header of the tree that it reaches; includes are from the root of the tree."""
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


def key(entry, tools):
    """A hash that changes whenever the verdict on this source may."""
    digest = hashlib.sha256()
    for part in (tools, entry["command"].replace(str(ROOT), "."), (ROOT / ".clang-tidy").read_text()):
        digest.update(part.encode() + b"\0")
    for path, text in sorted(closure(pathlib.Path(entry["file"])).items()):
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + text + b"\0")
    return digest.hexdigest()


def main(build, cache, tools):
    cache.mkdir(parents=True, exist_ok=True)
    entries = [entry for entry in json.loads((build / "compile_commands.json").read_text())
               if pathlib.Path(entry["file"]).is_relative_to(ROOT)
               and not pathlib.Path(entry["file"]).is_relative_to(build)
               and not pathlib.Path(entry["file"]).is_relative_to(ROOT / "tests")]
    marks = {entry["file"]: cache / key(entry, tools) for entry in entries}
    stale = sorted(file for file, mark in marks.items() if not mark.exists())
    print(f"clang-tidy: {len(marks)} sources, {len(stale)} to look at", flush=True)
    done, bad, lock = 0, 0, threading.Lock()

    def look(file):
        nonlocal done, bad
        run = subprocess.run(["clang-tidy-19", "--quiet", "-p", str(build), file], capture_output=True, text=True,
                             errors="replace", check=False)
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
    print(f"clang-tidy: {bad} of {len(marks)} sources have findings", flush=True)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), sys.argv[3]))
