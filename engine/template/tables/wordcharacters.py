"""Prints wordcharacters.inc: what Python's regular expressions call \\w and \\d, as half-open ranges.

Run with the Python whose Unicode tables Django would use:

    python3 engine/template/tables/wordcharacters.py > engine/template/tables/wordcharacters.inc
"""

import re
import sys
import unicodedata


def ranges(pattern):
    """Yields [begin, end) of the code points beyond ASCII that `pattern` matches."""
    matches = re.compile(pattern).fullmatch
    begin = None
    for point in range(0x80, sys.maxunicode + 2):
        inside = point <= sys.maxunicode and matches(chr(point)) is not None
        if inside and begin is None:
            begin = point
        elif not inside and begin is not None:
            yield begin, point
            begin = None


def table(name, pattern):
    found = list(ranges(pattern))
    print(f"constexpr CodePoints {name}[] = {{")
    for row in range(0, len(found), 6):
        cells = (f"{{0x{b:x}, 0x{e:x}}}," for b, e in found[row : row + 6])
        print("    " + " ".join(cells))
    print("};")


print(f"// Made by wordcharacters.py from Unicode {unicodedata.unidata_version}. Beyond ASCII only.")
print("// clang-format off")
table("wordCharacters", r"\w")
table("decimalDigits", r"\d")
print("// clang-format on")
