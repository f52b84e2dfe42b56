"""Puts one fault into a template at a place drawn by seed, until Django refuses the text for it."""

import random
import re
from dataclasses import dataclass

from first import absolute_name

# Django's own pattern for tokens has no flag for "any character": a tag ends on its line.
_TOKEN = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}")
_NOWHERE = "seeded_nowhere"
_NO_TEMPLATE = "seeded/nowhere.html"
_PLACES = 40  # Draws in one template before the next one is tried.


@dataclass(frozen=True)
class Fault:
    kind: str
    template: object
    text: str
    lines: frozenset  # A finding at one of these agrees: Django's line, and the opener whose closer was taken.
    rules: tuple  # Names of the rules that may report it.


def _line(text, offset):
    return text.count("\n", 0, offset) + 1


def _tags(text):
    """(match, words) of everything that looks like a block tag."""
    for match in _TOKEN.finditer(text):
        if match[0].startswith("{%") and match[0][2:-2].split():
            yield match, match[0][2:-2].split()


def _gaps(text):
    """Offsets between tokens and at starts of lines; some are in comments, which Django then says."""
    inside = {offset for match in _TOKEN.finditer(text) for offset in range(match.start() + 1, match.end())}
    places = {0} | {match.end() for match in re.finditer("\n", text)} | {m.start() for m in _TOKEN.finditer(text)}
    return sorted(places - inside)


def _insertion(tag):
    def candidates(text):
        return [(text[:gap] + tag + text[gap:], None) for gap in _gaps(text)]

    return candidates


def _unclosed(text):
    """Texts without one closer, each with the line of its opener."""
    found, open_tags = [], []
    for match, words in _tags(text):
        if not words[0].startswith("end"):
            open_tags.append((words[0], match.start()))
            continue
        while open_tags:
            name, start = open_tags.pop()
            if "end" + name == words[0]:
                found.append((text[: match.start()] + text[match.end() :], _line(text, start)))
                break
    return found


def _orphan(text):
    closers = sorted({words[0] for _, words in _tags(text) if words[0].startswith("end")}) or ["endif"]
    return [candidate for closer in closers for candidate in _insertion("{% " + closer + " %}")(text)]


def _unknown_filter(text):
    """Texts where a variable gets one more filter, or a filter in a tag gets another name."""
    found = []
    for match in _TOKEN.finditer(text):
        if match[0].startswith("{{") and match[0][2:-2].strip():
            body = match[0][:-2].rstrip()
            found.append((text[: match.start()] + body + "|" + _NOWHERE + " }}" + text[match.end() :], None))
        elif match[0].startswith("{%"):
            for name in re.finditer(r"(?<=\|)\w+", match[0]):
                start, end = match.start() + name.start(), match.start() + name.end()
                found.append((text[:start] + _NOWHERE + text[end:], None))
    return found


def _unknown_library(text):
    found = _insertion("{% load " + _NOWHERE + " %}")(text)
    for match, words in _tags(text):
        if words[0] == "load" and "from" not in words:
            found.append((text[: match.end() - 2] + _NOWHERE + " %}" + text[match.end() :], None))
    return found


def _unloaded(text):
    """Texts where one library is no longer loaded."""
    found = []
    for match, words in _tags(text):
        if words[0] != "load":
            continue
        names = [[words[-1]]] if "from" in words else [[name] for name in words[1:]]
        for (name,) in names:
            kept = [] if "from" in words else [word for word in words[1:] if word != name]
            tag = "{% load " + " ".join(kept) + " %}" if kept else ""
            found.append((text[: match.start()] + tag + text[match.end() :], None))
    return found


def _missing(text):
    found = _insertion('{% include "' + _NO_TEMPLATE + '" %}')(text)
    for match, words in _tags(text):
        name = re.search(r"(?<=[\"'])[^\"']+(?=[\"'])", match[0])
        if words[0] in ("include", "extends") and name:
            start, end = match.start() + name.start(), match.start() + name.end()
            found += [(text[:start] + _NO_TEMPLATE + text[end:], None)] * 5
    return found


# kind: how to make it, what Django must then say, which of our rules may say it.
KINDS = {
    "unclosed": (_unclosed, r"^Unclosed tag|^Invalid block tag .*, expected ", ("unclosed-tag", "unmatched-tag")),
    "orphan closer": (_orphan, r"^Invalid block tag on line \d+: '(end|else|elif|empty|plural)", ("unmatched-tag", "unclosed-tag")),
    "unknown tag": (_insertion("{% " + _NOWHERE + " %}"), rf"^Invalid block tag .*{_NOWHERE}", ("unknown-tag",)),
    "unknown filter": (_unknown_filter, rf"^Invalid filter: '{_NOWHERE}", ("unknown-filter",)),
    "unknown library": (_unknown_library, rf"'{_NOWHERE}' is not a registered tag library", ("unknown-library",)),
    "unloaded tag": (_unloaded, r"^Invalid block tag on line", ("unloaded-tag",)),
    "missing include": (_missing, None, ("missing-template",)),
}


def _fault(judge, kind, template, text, opener):
    """The fault if Django refuses `text` for it, else nothing."""
    _, message, rules = KINDS[kind]
    verdict = judge.verdict(template, text)
    if message is None:
        lines = {line for name, line in verdict.references if name == _NO_TEMPLATE}
        missing = verdict.accepted and lines and not judge.loads(absolute_name(_NO_TEMPLATE, template.name))
        return Fault(kind, template, text, frozenset(lines), rules) if missing else None
    if verdict.accepted or not re.search(message, verdict.message):
        return None
    return Fault(kind, template, text, frozenset({verdict.line, opener} - {None}), rules)


def draw(judge, templates, seed, count):
    """`count` faults of each kind, no two in one template. Raises SystemExit if the project has too few places."""
    sound = [template for template in templates if judge.verdict(template).accepted]
    faults, used = [], set()
    for kind, (candidates, _, _) in KINDS.items():
        dice = random.Random(f"{judge.project.name} {kind} {seed}")
        wanted = count
        for template in dice.sample(sound, len(sound)):
            if template.path in used:
                continue
            texts = candidates(template.text())
            tries = (_fault(judge, kind, template, *pick) for pick in dice.sample(texts, min(len(texts), _PLACES)))
            fault = next((fault for fault in tries if fault), None)
            if fault:
                faults.append(fault)
                used.add(template.path)
                wanted -= 1
            if wanted == 0:
                break
        if wanted:
            raise SystemExit(f"corpus: {judge.project.name} has no place for {wanted} more of {kind}")
    return faults
