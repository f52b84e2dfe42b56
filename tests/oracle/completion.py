"""Takes every completion that the server offers at some places of the demo project, and asks Django about the result.

    python3 tests/oracle/completion.py NUAGES DEMO [--verbose]

A place is a template with a cursor, and what must follow for Django to accept the rest of it. Each item is taken as
an editor does that knows snippets and insert-replace edits, its tab stops left as they are. A refusal is a fault if it
says that the word may not stand there; a tag or filter that wants arguments of its own is none.

Exit 1 if there is a fault, or if a keyword is offered that the table below does not foresee.
"""

import json
import os
import re
import subprocess
import sys

CURSOR = "‸"

# Template, and the closers that wait behind it; a taken closer makes the first of them one too many.
PLACES = [
    ("{% ‸ %}", []),
    ("{%‸}", []),
    ("{%‸", []),
    ("{# a #}\n{% ‸", []),
    ("{% load i18n %}{% ‸ %}", []),
    ("{% if a %}{% ‸ %}", ["{% endif %}"]),
    ("{% if a %}{% elif b %}{% ‸", ["{% endif %}"]),
    ("{% if a %}{% else %}{% ‸ %}", ["{% endif %}"]),
    ("{% if a %}{% for b in c %}{% empty %}{% ‸ %}", ["{% endfor %}", "{% endif %}"]),
    ("{% for a in b %}{% ‸ %}", ["{% endfor %}"]),
    ("{% ifchanged %}{% ‸ %}", ["{% endifchanged %}"]),
    ("{% ifchanged %}{% else %}{% ‸ %}", ["{% endifchanged %}"]),
    ("{% block a %}{% with b=c %}{% ‸ %}", ["{% endwith %}", "{% endblock %}"]),
    ("{% extends 'base.html' %}{% block a %}{% ‸ %}", ["{% endblock %}"]),
    ("{% load i18n %}{% blocktrans %}a{% ‸ %}", ["{% endblocktrans %}"]),
    ("{% load i18n %}{% blocktrans count a=b %}{% ‸ %}", ["{% plural %}", "{% endblocktrans %}"]),
    ("{% load i18n %}{% blocktrans count a=b %}{% plural %}{% ‸ %}", ["{% endblocktrans %}"]),
    ("{% comment %}{% ‸ %}", ["{% endcomment %}"]),
    ("{% verbatim %}{% ‸", ["{% endverbatim %}"]),
    ("{% verbatim a b %}{% ‸ %}", ["{% endverbatim a b %}"]),
    ("{% block a %}{% block b %}{% endblock ‸ %}", ["{% endblock a %}"]),
    ("{% load catalog_tags %}{% shelf a b %}{% ‸ %}", ["{% endshelf %}"]),
    ("{% load ‸ %}", []),
    ("{% load ‸ from catalog_tags %}", []),
    ("{% load money from ‸ %}", []),
    ("{{ a|‸ }}", []),
    ("{% if a|‸ %}", ["{% endif %}"]),
    ("{% filter ‸ %}", ["{% endfilter %}"]),
    ("{% filter upper|‸ %}", ["{% endfilter %}"]),
    ("{% for a in b %}{{ ‸ }}", ["{% endfor %}"]),
    ("{% for a in b %}{{ c|default:‸ }}", ["{% endfor %}"]),
    ("{% for a in b %}{% include 'a' with c=‸ %}", ["{% endfor %}"]),
    ("{% include ‸ %}", []),
    ("{% extends '‸", []),
]

# A tag that is begun, the closers behind it, and for each keyword that may follow what makes the tag whole.
TAGS = [
    ("{% for a ‸", ["{% endfor %}"], {"in": " b"}),
    ("{% for a in b ‸", ["{% endfor %}"], {"reversed": ""}),
    ("{% if ‸", ["{% endif %}"], {"not": " a"}),
    ("{% if a ‸", ["{% endif %}"],
     {"and": " b", "or": " b", "in": " b", "not in": " b", "is": " b", "is not": " b"}),
    ("{% if a in ‸", ["{% endif %}"], {"not": " b"}),
    ("{% if a is ‸", ["{% endif %}"], {"not": " b"}),
    ("{% if a not ‸", ["{% endif %}"], {"in": " b"}),
    ("{% include 'a' ‸", [], {"only": "", "with": " b=c"}),
    ("{% include 'a' with b=c ‸", [], {"only": ""}),
    ("{% include 'a' only ‸", [], {"with": " b=c"}),
    ("{% with a ‸", ["{% endwith %}"], {"as": " b"}),
    ("{% with a as b ‸", ["{% endwith %}"], {"and": " c as d"}),
    ("{% cycle a b ‸", [], {"as": " c"}),
    ("{% cycle a b as c ‸", [], {"silent": ""}),
    ("{% firstof a ‸", [], {"as": " b"}),
    ("{% url 'a' ‸", [], {"as": " b"}),
    ("{% now 'Y' ‸", [], {"as": " b"}),
    ("{% regroup a ‸", [], {"by": " b as c"}),
    ("{% regroup a by b ‸", [], {"as": " c"}),
    ("{% widthratio a b c ‸", [], {"as": " d"}),
    ("{% lorem ‸", [], {"b": "", "p": "", "w": "", "random": ""}),
    ("{% lorem 3 ‸", [], {"b": "", "p": "", "w": "", "random": ""}),
    ("{% lorem 3 w ‸", [], {"random": ""}),
    ("{% autoescape ‸", ["{% endautoescape %}"], {"on": "", "off": ""}),
    ("{% templatetag ‸", [], {side + what: "" for side in ("open", "close")
                              for what in ("block", "brace", "comment", "variable")}),
    ("{% load i18n %}{% trans 'a' ‸", [], {"as": " b", "context": " 'c'", "noop": ""}),
    ("{% load i18n %}{% trans 'a' as b ‸", [], {"context": " 'c'", "noop": ""}),
    ("{% load i18n %}{% blocktrans ‸", ["{% endblocktrans %}"],
     {"asvar": " a", "context": " 'a'", "count": " a=b %}{% plural", "trimmed": "", "with": " a=b"}),
    ("{% load i18n %}{% blocktrans with a=b ‸", ["{% endblocktrans %}"],
     {"asvar": " c", "context": " 'a'", "count": " c=d %}{% plural", "trimmed": ""}),
    ("{% load i18n %}{% get_current_language ‸", [], {"as": " a"}),
    ("{% load i18n %}{% get_language_info ‸", [], {"for": " a as b"}),
    ("{% load i18n %}{% get_language_info for a ‸", [], {"as": " b"}),
    ("{% load l10n %}{% localize ‸", ["{% endlocalize %}"], {"on": "", "off": ""}),
    ("{% load tz %}{% localtime ‸", ["{% endlocaltime %}"], {"on": "", "off": ""}),
    ("{% load tz %}{% get_current_timezone ‸", [], {"as": " a"}),
    ("{% load cache %}{% cache 5 a ‸", ["{% endcache %}"], {"using=": "'default'"}),
    ("{% load static %}{% static 'a' ‸", [], {"as": " b"}),
    ("{% load static %}{% get_static_prefix ‸", [], {"as": " b"}),
    ("{% load log %}{% get_admin_log 5 ‸", [], {"as": " b"}),
    ("{% load log %}{% get_admin_log 5 as b ‸", [], {"for_user": " c"}),
]

MISPLACED = re.compile(
    "Invalid block tag|Unclosed tag|must be the first tag|doesn't allow other block tags|appears more than once"
    "|Invalid filter|is not a registered tag library|is not a valid tag or filter|is not permitted"
    "|Could not parse|Unused|Unexpected end|did not receive value|Malformed|Unknown argument"
)
WANTS_ARGUMENTS = re.compile("did not receive value")
FILLED = {"library": "i18n", "filter": "upper", "off": "off", "openblock": "openblock"}


class Client:
    """The server, and one open page."""

    def __init__(self, program, project):
        self.process = subprocess.Popen([program, "serve"], cwd=project, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.uri = f"file://{project}/templates/pages/draft.html"
        self.last_id = 0
        self.version = 1
        item = {"snippetSupport": True, "insertReplaceSupport": True}
        self.ask("initialize", {
            "processId": None,
            "rootUri": f"file://{project}",
            "capabilities": {"general": {"positionEncodings": ["utf-32"]},
                             "textDocument": {"completion": {"completionItem": item}}},
        })
        self.send({"method": "initialized", "params": {}})
        document = {"uri": self.uri, "languageId": "django-html", "version": 1, "text": ""}
        self.send({"method": "textDocument/didOpen", "params": {"textDocument": document}})

    def send(self, message):
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        self.process.stdin.flush()

    def receive(self):
        size = 0
        while line := self.process.stdout.readline().strip():
            if line.lower().startswith(b"content-length:"):
                size = int(line.split(b":")[1])
        return json.loads(self.process.stdout.read(size))

    def ask(self, method, params):
        self.last_id += 1
        self.send({"id": self.last_id, "method": method, "params": params})
        while True:
            message = self.receive()
            if message.get("id") == self.last_id and "method" not in message:
                return message["result"]

    def complete(self, text):
        before, after = text.split(CURSOR)
        self.version += 1
        self.send({"method": "textDocument/didChange", "params": {
            "textDocument": {"uri": self.uri, "version": self.version},
            "contentChanges": [{"text": before + after}],
        }})
        position = {"line": before.count("\n"), "character": len(before.rpartition("\n")[2])}
        return self.ask("textDocument/completion", {"textDocument": {"uri": self.uri}, "position": position})["items"]

    def end(self):
        self.ask("shutdown", None)
        self.send({"method": "exit"})
        self.process.wait()


def offset(text, position):
    return sum(len(line) + 1 for line in text.split("\n")[: position["line"]]) + position["character"]


def taken(text, item):
    """The text after an item was taken over the whole word, and after its load was added, which stands before it."""
    edit = item["textEdit"]
    new = edit["newText"]
    if item.get("insertTextFormat") == 2:
        new = re.sub(r"\$\{\d+:([^}]*)\}", lambda stop: FILLED.get(stop[1], stop[1]), new)
        new = re.sub(r"(?<!\\)\$\d", "", new)
        new = re.sub(r"\\([$}\\])", r"\1", new)
    text = text[: offset(text, edit["replace"]["start"])] + new + text[offset(text, edit["replace"]["end"]):]
    for other in item.get("additionalTextEdits", []):
        at = offset(text, other["range"]["start"])
        text = text[:at] + other["newText"] + text[at:]
    return text


def refusal(engine, text):
    try:
        engine.from_string(text)
    except Exception as error:  # whatever a tag of the project raises
        return str(error) or type(error).__name__
    return None


def judge_places(client, engine):
    """Yields what was taken, and why it is a fault or None."""
    for place, closers in PLACES:
        items = client.complete(place)
        if not items:
            yield place, "nothing is offered"
        for item in items:
            if item.get("kind") == 14 and item["label"] == "from":
                continue
            text = taken(place.replace(CURSOR, ""), item)
            reasons = [refusal(engine, text + "".join(rest)) for rest in (closers, closers[1:])]
            fault = None
            if all(reasons) and MISPLACED.search(reasons[0]) and not WANTS_ARGUMENTS.search(reasons[0]):
                fault = reasons[0]
            yield text, fault


def judge_tags(client, engine):
    for tag, closers, keywords in TAGS:
        offered = [item for item in client.complete(tag + " %}") if item["kind"] == 14]
        labels = {item["label"] for item in offered}
        if labels != set(keywords):
            yield tag, f"offers {sorted(labels)} instead of {sorted(keywords)}"
        for item in offered:
            text = taken(tag.replace(CURSOR, "") + " %}", item)
            rest = keywords.get(item["label"], "")
            text = text.removesuffix(" %}") + rest + " %}" + "".join(closers)
            yield text, refusal(engine, text)


def main():
    program, project = sys.argv[1:3]
    sys.path.insert(0, project)
    os.environ["DJANGO_SETTINGS_MODULE"] = "bookshop.settings"
    os.chdir(project)
    import django
    from django.template import engines

    django.setup()
    client = Client(program, project)
    count = faults = 0
    for judge in (judge_places, judge_tags):
        for text, fault in judge(client, engines["django"]):
            count += 1
            faults += fault is not None
            if fault is not None or "--verbose" in sys.argv:
                print(f"{text!r}: {fault}")
    client.end()
    print(f"{count} completions taken, {faults} that Django does not take there")
    sys.exit(faults != 0)


main()
