#!/usr/bin/env python3
"""Texts of the window that no translator would see: prints the place of each string of two words or more under ui/ that
is not within tr(), and exits 1 if there is one. Names, in which every word has a capital, and what is no prose, such as
SVG, are left alone."""

import pathlib
import re
import sys

literal = re.compile(r'(?:QStringLiteral\(|\bu)"((?:[^"\\]|\\.)*)"')
prose = re.compile(r"[^<>={}\\#/$]*\b[A-Za-z]{2,} [^<>={}\\#/$]*[A-Za-z]{2,}[^<>={}\\#/$]*")


def is_name(text):
    return all(word[0].isupper() for word in re.findall(r"[A-Za-z]+", text))


found = 0
for path in sorted(pathlib.Path("ui").rglob("*.cpp")) + sorted(pathlib.Path("ui").rglob("*.h")):
    for number, line in enumerate(path.read_text().splitlines(), 1):
        if line.lstrip().startswith("//"):
            continue
        for match in literal.finditer(line):
            text = match.group(1)
            if prose.fullmatch(text) and not is_name(text):
                print(f"{path}:{number}: not within tr(): {text}")
                found = 1
sys.exit(found)
