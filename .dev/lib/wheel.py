"""Makes wheels: the one around the static program, and the empty one that pre-commit installs.

    python3 .dev/lib/wheel.py PROGRAM NOTICES FOLDER    writes FOLDER/nuages-VERSION-….whl and prints its path

NOTICES is a folder with the licence notes of what PROGRAM holds. Every file has the time SOURCE_DATE_EPOCH, so the same
program gives the same bytes.

It is the build back end of pyproject.toml too: what pip builds of the tree itself holds nothing and asks for the wheel
of the same version (docs/decisions/0007-a-hook-is-the-wheel.md).
"""

import base64
import hashlib
import os
import platform
import re
import sys
import time
import zipfile
from pathlib import Path

TREE = Path(__file__).resolve().parents[2]

# What the file holds besides our own, which is MIT: docs/licences.md.
LICENCES = (
    "MIT AND LGPL-3.0-only AND LGPL-2.1-or-later AND GPL-3.0-or-later WITH GCC-exception-3.1 AND BSL-1.0"
    " AND BSD-3-Clause AND BSD-2-Clause AND Zlib AND Unicode-DFS-2016 AND Unicode-3.0"
)

CLASSIFIERS = """
Development Status :: 4 - Beta
Environment :: Console
Framework :: Django
Framework :: Django :: 4.2
Framework :: Django :: 5
Framework :: Django :: 6
Intended Audience :: Developers
Operating System :: POSIX :: Linux
Programming Language :: C++
Programming Language :: Python :: 3
Topic :: Software Development :: Quality Assurance
Topic :: Text Editors :: Integrated Development Environments (IDE)
""".strip().splitlines()


def version():
    """What project() of the top CMakeLists.txt says, the one place that knows it."""
    text = (TREE / "CMakeLists.txt").read_text(encoding="utf-8")
    return re.search(r"^project\(nuages VERSION (\S+)", text, re.MULTILINE).group(1)


def metadata(name, summary, more=(), body=""):
    fields = ["Metadata-Version: 2.4", f"Name: {name}", f"Version: {version()}", f"Summary: {summary}"]
    # There is no Python in it; older ones have no pip that knows the platform's name.
    fields += ["Requires-Python: >=3.7", *more]
    return "\n".join(fields) + "\n\n" + body


def write_wheel(folder, name, tags, files):
    """Writes the wheel of `files`, which are (path, bytes, is executable), and returns its file name."""
    python, abi, platforms = tags
    info = f"{name}-{version()}.dist-info"
    pure = "true" if platforms == "any" else "false"
    expanded = [f"Tag: {python}-{abi}-{one}" for one in platforms.split(".")]
    wheel = "\n".join(["Wheel-Version: 1.0", "Generator: nuages", f"Root-Is-Purelib: {pure}", *expanded]) + "\n"
    files = [*files, (f"{info}/WHEEL", wheel.encode(), False)]
    record = "".join(f"{path},sha256={checksum(data)},{len(data)}\n" for path, data, _ in files)
    files.append((f"{info}/RECORD", f"{record}{info}/RECORD,,\n".encode(), False))

    when = time.gmtime(max(int(os.environ.get("SOURCE_DATE_EPOCH", "0")), 315532800))[:6]  # zip begins in 1980
    file_name = f"{name}-{version()}-{python}-{abi}-{platforms}.whl"
    with zipfile.ZipFile(Path(folder) / file_name, "w") as archive:
        for path, data, is_executable in files:
            entry = zipfile.ZipInfo(path, when)
            entry.create_system = 3  # Unix, whose modes stand in the upper half
            entry.external_attr = (0o100755 if is_executable else 0o100644) << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, data, compresslevel=9)
    return file_name


def checksum(data):
    return base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()


def program_wheel(program, notices, folder):
    """The wheel around a static program, which needs nothing of the system that pip could ask for: any C library will
    do, so the tags name the oldest that pip knows by both names."""
    machine = platform.machine()
    platforms = f"manylinux_2_17_{machine}.manylinux2014_{machine}.musllinux_1_1_{machine}"
    name = f"nuages-{version()}"
    licences = [(file.name, file) for file in (TREE / "LICENSE", TREE / "docs/licences.md")]
    licences += [(f"notices/{file.name}", file) for file in sorted(Path(notices).iterdir())]
    more = [
        "Keywords: django,templates,linter,language server,lsp",
        f"License-Expression: {LICENCES}",
        *(f"License-File: {path}" for path, _ in licences),
        *(f"Classifier: {classifier}" for classifier in CLASSIFIERS),
        "Description-Content-Type: text/markdown",
    ]
    summary = "Checks the templates of a Django project without running it, and is a language server for them"
    readme = (TREE / "README.md").read_text(encoding="utf-8")
    files = [(f"{name}.data/scripts/nuages", Path(program).read_bytes(), True)]
    files += [(f"{name}.dist-info/licenses/{path}", file.read_bytes(), False) for path, file in licences]
    files.append((f"{name}.dist-info/METADATA", metadata("nuages", summary, more, readme).encode(), False))
    return write_wheel(folder, "nuages", ("py3", "none", platforms), files)


class UnsupportedOperation(Exception):
    """By this name pip knows that there is no source distribution."""


def build_sdist(sdist_directory, config_settings=None):
    raise UnsupportedOperation("Nuages is built by CMake; see README.md")


def build_wheel(wheel_directory, config_settings=None, metadata_directory=None):
    """PEP 517: what `pip install .` installs of the tree itself."""
    text = metadata("nuages-hook", "Asks for the wheel of nuages", [f"Requires-Dist: nuages=={version()}"])
    info = f"nuages_hook-{version()}.dist-info"
    return write_wheel(wheel_directory, "nuages_hook", ("py3", "none", "any"), [(f"{info}/METADATA", text.encode(), False)])


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    print(Path(sys.argv[3]) / program_wheel(*sys.argv[1:]))
