"""Lines over a few named points, with a logarithmic height, as SVG. No library: Debian's root has none."""

import math
from xml.sax.saxutils import escape

COLOURS = ["#c0392b", "#8e6c00", "#5b4b9a", "#1f7a4d", "#2471a3"]
WIDTH, HEIGHT = 380, 250  # Of a panel, without what stands around it.
LEFT, TOP, GAP, BELOW = 60, 40, 90, 120


def label(value):
    return f"{value:g}"


class Panel:
    def __init__(self, left, title, series, points, low, high):
        self.left, self.title, self.series, self.points = left, title, series, points
        self.low, self.high = low, high  # Powers of ten.

    def x(self, index):
        return self.left + WIDTH * (index + 0.5) / len(self.points)

    def y(self, value):
        share = (math.log10(max(value, 10 ** self.low)) - self.low) / (self.high - self.low)
        return TOP + HEIGHT * (1 - share)

    def svg(self, across, unit):
        yield f'<text x="{self.left}" y="{TOP - 14}" font-weight="bold">{escape(self.title)}, {escape(unit)}</text>'
        for power in range(self.low, self.high + 1):
            y = self.y(10 ** power)
            yield f'<line x1="{self.left}" x2="{self.left + WIDTH}" y1="{y:.1f}" y2="{y:.1f}" stroke="#ddd"/>'
            yield f'<text x="{self.left - 8}" y="{y + 4:.1f}" text-anchor="end">{label(10 ** power)}</text>'
        for index, point in enumerate(self.points):
            yield f'<text x="{self.x(index):.1f}" y="{TOP + HEIGHT + 18}" text-anchor="middle">{escape(point)}</text>'
        yield (f'<text x="{self.left + WIDTH / 2}" y="{TOP + HEIGHT + 36}" text-anchor="middle">'
               f"{escape(across)}</text>")
        for values, colour in zip(self.series.values(), COLOURS):
            places = [(self.x(index), self.y(value)) for index, value in enumerate(values)]
            path = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
            yield f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>'
            yield from (f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in places)


def lines(panels, points, across, unit):
    """`panels`: title → name of a line → its values, one for each of `points`; the same names in each."""
    values = [value for series in panels.values() for line in series.values() for value in line if value > 0]
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    high = max(high, low + 1)
    width = LEFT + len(panels) * (WIDTH + GAP) - GAP + 20
    height = TOP + HEIGHT + BELOW
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" '
             f'height="{height}" font-family="sans-serif" font-size="13">',
             f'<rect width="{width}" height="{height}" fill="white"/>']
    for number, (title, series) in enumerate(panels.items()):
        parts += Panel(LEFT + number * (WIDTH + GAP), title, series, points, low, high).svg(across, unit)
    names = next(iter(panels.values()))
    for index, (name, colour) in enumerate(zip(names, COLOURS)):
        x, y = LEFT + (index % 3) * 290, TOP + HEIGHT + 68 + (index // 3) * 24
        parts.append(f'<rect x="{x}" y="{y - 9}" width="18" height="4" fill="{colour}"/>')
        parts.append(f'<text x="{x + 26}" y="{y}">{escape(name)}</text>')
    return "\n".join([*parts, "</svg>", ""])
