#!/usr/bin/env python3
"""Texts of the window that no translator would see: prints the place of each under ui/, and exits 1 if there is one.

Found are strings that hold a word beside something else and are not within tr(), and single words that are given to a
widget at once; words of the engine that do not go through told(); and a counted plural whose form no count decides.
Names, in which every word has a capital, and what is no prose, such as SVG, are left alone."""

import pathlib
import re
import sys

literal = re.compile(r'(?:QStringLiteral\(|\bu)"((?:[^"\\]|\\.)*)"')
prose = re.compile(r"[^][<>{}\\#/$]*\b[A-Za-z]{2,}\b[^][<>{}\\#/$]*")
name = re.compile(r"[\w.:*-]*")
shown = re.compile(
    r'(?:setText|setToolTip|setStatusTip|setTitle|setNote|setWindowTitle|setAccessibleName|setPlaceholderText|addPage|'
    r'addTab|addItem|addAction|addMenu|addRow|showMessage|showNotice|new QLabel|new QPushButton|new QToolBar|new QAction)'
    r'\((?:QStringLiteral\(|u)?"([^"]*[A-Za-z]{2,}[^"]*)"'
)
engine = re.compile(r"(?:fromLatin1|fromUtf8|toQString)\((?:trace::)?(?:notKept\b|nameOf\((?!store|m_|trace::|field|node\())")
plural = re.compile(r'(?<!\w)tr\("(?:[^"\\]|\\.)*%\d (?!ms\b|is\b|has\b|was\b)[a-z]+s\b(?:[^"\\]|\\.)*"\)')
units = {"%1 ms"}


def is_name(text):
    return name.fullmatch(text) or all(word[0].isupper() for word in re.findall(r"[A-Za-z]+", text))


def faults(line):
    for match in literal.finditer(line):
        text = match.group(1)
        if prose.fullmatch(text) and not is_name(text) and text not in units:
            yield f"not within tr(): {text}"
    for match in shown.finditer(line):
        yield f"not within tr(): {match.group(1)}"
    for match in engine.finditer(line):
        yield f"not through told(): {match.group(0)}…"
    for match in plural.finditer(line):
        yield f"no count decides the form (countOf): {match.group(0)}"


def main():
    found = 0
    for path in sorted(pathlib.Path("ui").rglob("*.cpp")) + sorted(pathlib.Path("ui").rglob("*.h")):
        for number, line in enumerate(path.read_text().splitlines(), 1):
            if line.lstrip().startswith("//"):
                continue
            for fault in faults(line):
                print(f"{path}:{number}: {fault}")
                found = 1
    return found


sys.exit(main())
