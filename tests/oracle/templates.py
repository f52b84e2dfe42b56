"""Compares our reading of templates with Django's own.

    python3 tests/oracle/templates.py PROGRAM [--mutants N] [--seed S] [--verbose]

PROGRAM is the build's `oracle_templates`. The templates are those that the installed Django ships with its contrib
packages and a few of our own, and N mutants of them: pieces dropped, doubled, moved or exchanged, characters and
blanks changed inside tags; or a few tags of theirs in any order. Nothing is rendered. Compared are

  tokens      kind, content, place and line of every token, with both of Django's lexers;
  structure   whether Template() accepts. Where it does, we must report nothing. Where it rejects for nesting, an
              unknown tag, filter or library, we must report something at the token that Django blames, or at the tag
              that opened it;
  dark tags   the same with tags that Django knows and of which we know the names only. Where Template() accepts, we
              must report nothing; where it rejects, we may be silent.

Exit 1 if a token differs, if we report something or find an expression invalid that Django accepts, or if less than 99 % of the rejections are
found at their place.
"""

import argparse
import json
import pathlib
import random
import re
import subprocess
import sys
import unicodedata

import django
from django.conf import settings
from django.template import Engine, Library, Node, Template, base
from django.template.backends.django import get_installed_libraries

STRUCTURE = re.compile(
    r"Invalid block tag|Unclosed tag|Malformed template tag|doesn't allow other block tags"
    r"|Invalid filter:|is not a registered tag library|is not a valid tag or filter in tag library"
    r"|Empty variable tag|Empty block tag"
)

# Tags that contrib's templates hardly use, each in its right form; mutants do the rest.
EXTRA = [
    "{% load i18n %}{% blocktranslate count n=x|length %}one{% plural %}{{ n }} many{% endblocktranslate %}",
    "{% load i18n %}{% blocktrans with a=b|upper trimmed %}x {{ a }} y{% endblocktrans %}{% trans 'a' as b %}",
    "{% for a, b in c|dictsort:'x' reversed %}{% cycle 'q' w|lower as e silent %}{% empty %}{{ z }}{% endfor %}",
    "{% if a|length > 3 and not b or c in d %}1{% elif e|default:'x' == f %}2{% else %}3{% endif %}",
    "{% comment 'why' %}{{ x|nofilter }}{% endif %}{% endcomment %}{# {% if %} #}",
    "{% verbatim %}{{ x }}{% if %}{% endverbatim %}{% verbatim mine %}{% endverbatim %}{% endverbatim mine %}",
    "{% block a %}{% block b %}{{ block.super }}{% endblock b %}{% endblock %}{% ifchanged a b.c %}x{% else %}y{% endifchanged %}",
    "{% with a=b|add:1 c=d %}{% with x.y as z and p as q %}{{ z }}{% endwith %}{% endwith %}",
    "{% load cache tz l10n static %}{% cache 500 name a b|upper using='x' %}{% localize on %}{% timezone tz|lower %}"
    "{% localtime off %}{% static 'a.css' as b %}{% endlocaltime %}{% endtimezone %}{% endlocalize %}{% endcache %}",
    "{% filter force_escape|lower %}A{% spaceless %}<a> <b>{% endspaceless %}{% endfilter %}"
    "{% autoescape off %}{{ x|safe|default:_('a b') }}{% endautoescape %}",
    "{% regroup a|dictsort:'b' by c as d %}{% widthratio a|add:1 b 10 as c %}{% firstof a b|lower 'c d' as e %}"
    "{% lorem 3 w random %}{% now 'Y' as y %}{% url 'a:b' c|add:2 d=e|lower as f %}{% templatetag openblock %}",
    "{% load humanize from_nothing %}{{ x|intcomma }}",
    "{% load intcomma from humanize %}{{ x|intcomma }}{% include 'a.html' with b=c|lower d='e' only %}",
    "{% extends 'base.html' %}{% load log %}{% block x %}{% get_admin_log 10 as l for_user u %}{% endblock x %}",
    "\ufeff{% load i18n %}\r\n{% language 'de' %}{{\u00a0x\u3000}}{% get_current_language as l %}\r{% endlanguage %}",
    "{{ {% if x %} }}{% if x }}{% endif %}{{ x %}{{ y }}{# {{ #}{{ '}}' }}{% if '%}' %}{{ a\nb }}{##}",
]
# Made of tags of `dark_library`, which have bodies of all kinds.
DARK = [
    "{% dark_alone %}{% if a %}{{ b }}{% endif %}{% dark_block %}{% for a in b %}{% endfor %}{% enddark_block %}",
    "{% if a %}{% dark_block x %}a{% dark_middle %}b{% enddark_block %}{% else %}{% endif %}",
    "{% block a %}{% dark_raw %}{% if a %}{{ b|nofilter }}{% nope %}{% enddark_raw %}{% endblock %}",
    "{% for a in b %}{% dark_else %}{% if x %}{% else %}{% endif %}{% else %}{% enddark_else %}{% empty %}{% endfor %}",
    "{% with a=b %}{% dark_odd %}{% with c=d %}{% endwith %}{% finish %}{% endwith %}{% comment %}{% endcomment %}",
    "{% dark_borrowed %}{% if a %}{% endif %}{% endif %}{% block b %}{% dark_alone %}{% endblock b %}",
]

LOADS = "{% load i18n l10n tz cache static %}"


def configure():
    settings.configure(
        INSTALLED_APPS=[
            "django.contrib.admin",
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "django.contrib.flatpages",
            "django.contrib.humanize",
            "django.contrib.messages",
            "django.contrib.sessions",
            "django.contrib.sites",
            "django.contrib.staticfiles",
        ],
        SECRET_KEY="oracle",
        DATABASES={},
    )
    django.setup()
    return Engine(debug=True, libraries=get_installed_libraries())


def dark_library():
    """Tags whose functions we are not shown."""
    library = Library()

    def block(name, *words):
        def function(parser, token):
            while True:
                parser.parse(words)
                if parser.next_token().contents.split()[0] == words[-1]:
                    return Node()

        library.tag(name, function)

    def raw(parser, token):
        parser.skip_past("enddark_raw")
        return Node()

    library.tag("dark_alone", lambda parser, token: Node())
    library.tag("dark_raw", raw)
    block("dark_block", "dark_middle", "enddark_block")
    block("dark_else", "else", "enddark_else")
    block("dark_odd", "finish")
    block("dark_borrowed", "endif")
    return library


def harvest():
    package = pathlib.Path(django.__file__).parent
    texts = []
    for path in sorted(package.rglob("templates/**/*")):
        if path.is_file() and path.suffix in {".html", ".txt", ".xml", ".email", ".js"}:
            texts.append(path.read_bytes().decode())
    return texts + EXTRA


class Mutator:
    """Draws faulty and harmless variants of the corpus by seed."""

    PIECES = re.compile(r"({%.*?%}|{{.*?}}|{#.*?#})")
    BLANKS = ["", " ", "  ", "\t", "\u00a0", "\u3000", "\x85", "\u2028", "\x0b", "\x1c", "\u200b", "\ufeff", "\n", "\r"]
    CHARACTERS = list("{}%#|:\"'._=-+, \\()abx19") + ["é", "日", "\ufeff", "٣", "_(", "\r\n", "%}", "{%", "{{", "}}"]
    WORDS = ["x", "else", "endif", "empty", "endblock", "plural", "as", "in", "and", "from", "nofilter", "reversed"]

    def __init__(self, corpus, seed):
        self.random = random.Random(seed)
        self.corpus = [self.PIECES.split(text) for text in corpus]
        self.extra = self.corpus[-len(EXTRA) :]
        self.dark = [self.PIECES.split(text) for text in DARK]
        self.tags = [piece for pieces in self.corpus for piece in pieces[1::2]]
        self.extra_tags = [piece for pieces in self.extra for piece in pieces]

    def mutant(self):
        if self.random.randrange(4) == 0:
            return LOADS + "".join(self.random.choices(self.extra_tags, k=self.random.randrange(2, 12)))
        # The rare tags of our own templates need as many mutants as the many common ones.
        pieces = list(self.random.choice(self.random.choice([self.corpus, self.extra])))
        for _ in range(self.random.choice([1, 1, 1, 2, 3])):
            self.mutate(pieces)
        return "".join(pieces)

    def dark_mutant(self):
        pieces = list(self.random.choice(self.dark))
        pieces += self.random.choice(self.dark + self.extra)
        for _ in range(self.random.choice([0, 1, 1, 2])):
            self.mutate(pieces)
        return LOADS + "".join(pieces)

    def mutate(self, pieces):
        r = self.random
        tags = [i for i in range(1, len(pieces), 2)]
        if not tags:
            pieces.append(r.choice(self.tags))
            return
        i = r.choice(tags)
        action = r.randrange(11)
        if action == 0:
            pieces[i] = ""
        elif action == 1:
            pieces[i] = pieces[i] * 2
        elif action == 2:
            k = r.choice(tags)
            pieces[i], pieces[k] = pieces[k], pieces[i]
        elif action == 3:
            pieces[i] += r.choice(self.tags)
        elif action == 4:
            pieces[i] = r.choice(self.tags)
        elif action == 5:
            at = r.randrange(len(pieces[i]) + 1)
            pieces[i] = pieces[i][:at] + r.choice(self.CHARACTERS) + pieces[i][at:]
        elif action == 6 and pieces[i]:
            at = r.randrange(len(pieces[i]))
            pieces[i] = pieces[i][:at] + pieces[i][at + 1 :]
        elif action == 7:
            words = re.split(r"( )", pieces[i])
            words[r.randrange(len(words))] = r.choice(self.BLANKS)
            pieces[i] = "".join(words)
        elif action == 8:
            words = pieces[i].split(" ")
            words.insert(r.randrange(len(words)), r.choice(self.WORDS))
            pieces[i] = " ".join(words)
        elif action == 9:
            # Which bits are expressions shows when a filter is asked for that no library has.
            words = pieces[i].split(" ")
            words[r.randrange(len(words))] += r.choice(["|nofilter", "|nofilter:1", "|lower|nofilter", "|upper"])
            pieces[i] = " ".join(words)
        else:
            words = pieces[i].split(" ")
            words[r.randrange(len(words))] = r.choice(self.WORDS)
            pieces[i] = " ".join(words)


class Program:
    """Our side, as a child process."""

    def __init__(self, path, engine, dark):
        self.process = subprocess.Popen([path], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        for line in self.inventory(engine):
            self.process.stdin.write((line + "\n").encode())
        self.process.stdin.write(b"library -\n")
        for name in sorted(dark.tags):
            self.process.stdin.write(f"dark {name}\n".encode())
        self.process.stdin.write(b"\n")

    @staticmethod
    def inventory(engine):
        libraries = [("-", library) for library in engine.template_builtins]
        libraries += sorted(engine.template_libraries.items())
        for name, library in libraries:
            yield f"library {name}"
            for tag, function in sorted(library.tags.items()):
                yield f"tag {tag} {function.__module__}"
            for tag in sorted(library.filters):
                yield f"filter {tag}"

    def ask(self, text):
        data = text.encode()
        self.process.stdin.write(b"%d\n" % len(data) + data)
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            sys.exit("the program ended early")
        return json.loads(answer)


class Offsets:
    """From characters of the text that Django sees, where line ends are LF, to bytes on disk."""

    def __init__(self, text):
        self.django = text.replace("\r\n", "\n").replace("\r", "\n")
        self.bytes = []
        at = 0
        i = 0
        while i < len(text):
            self.bytes.append(at)
            step = 2 if text[i : i + 2] == "\r\n" else 1
            at += len(text[i : i + step].encode())
            i += step
        self.bytes.append(at)


def django_tokens(offsets):
    tokens = base.DebugLexer(offsets.django).tokenize()
    plain = base.Lexer(offsets.django).tokenize()
    assert [(t.token_type, t.contents, t.lineno) for t in tokens] == [
        (t.token_type, t.contents, t.lineno) for t in plain
    ]
    for token in tokens:
        begin, end = token.position
        yield [token.token_type.value, token.contents, offsets.bytes[begin], offsets.bytes[end], token.lineno]


def our_tokens(answer, data):
    for kind, begin, end, content_begin, content_end, line in answer["tokens"]:
        content = data[content_begin:content_end].decode()
        yield [kind, content.replace("\r\n", "\n").replace("\r", "\n"), begin, end, line]


def django_verdict(engine, text):
    """None if Django accepts, else the message and the position of the blamed token, if it has one."""
    try:
        Template(text, engine=engine)
    except Exception as error:  # Tags fail with all sorts of exceptions.
        token = getattr(error, "token", None)
        return f"{type(error).__name__}: {error}", token.position if token else None
    return None


def main():
    options = argparse.ArgumentParser()
    options.add_argument("program")
    options.add_argument("--mutants", type=int, default=20_000)
    options.add_argument("--seed", type=int, default=20261124)
    options.add_argument("--verbose", action="store_true")
    options = options.parse_args()

    engine = configure()
    corpus = harvest()
    dark = dark_library()
    program = Program(options.program, engine, dark)
    engine.template_builtins.append(dark)
    mutator = Mutator(corpus, options.seed)
    counts = dict.fromkeys(["templates", "tokens", "token differences", "accepted", "false positives", "wrongly invalid", "rejected",
                            "within", "found at place", "of them at the opener", "found elsewhere", "missed",
                            "dark accepted", "dark false positives", "dark rejected", "dark found"], 0)

    def complain(what, text, *details):
        counts[what] += 1
        if options.verbose or counts[what] <= 3:
            print(f"{what}: {text!r}", *details, sep="\n    ")

    for text in corpus + [mutator.mutant() for _ in range(options.mutants)]:
        counts["templates"] += 1
        answer = program.ask(text)
        offsets = Offsets(text)
        theirs = list(django_tokens(offsets))
        ours = list(our_tokens(answer, text.encode()))
        counts["tokens"] += len(theirs)
        if ours != theirs:
            different = next((pair for pair in zip(ours, theirs) if pair[0] != pair[1]), "count")
            complain("token differences", text, different)
        verdict = django_verdict(engine, offsets.django)
        findings = answer["findings"]
        if verdict is None:
            counts["accepted"] += 1
            if findings:
                complain("false positives", text, findings)
            invalid = [e for e in answer["expressions"] if not e[2]]
            if invalid:
                complain("wrongly invalid", text, invalid)
            continue
        counts["rejected"] += 1
        message, position = verdict
        if not STRUCTURE.search(message) or position is None:
            continue
        counts["within"] += 1
        place = offsets.bytes[position[0]]
        if any(begin == place or opener == place for _, begin, _, opener in findings):
            counts["found at place"] += 1
            counts["of them at the opener"] += all(begin != place for _, begin, _, _ in findings)
        elif findings:
            complain("found elsewhere", text, message, place, findings)
        else:
            complain("missed", text, message, place)

    for text in DARK + [mutator.dark_mutant() for _ in range(options.mutants // 2)]:
        counts["templates"] += 1
        findings = program.ask(text)["findings"]
        verdict = django_verdict(engine, Offsets(text).django)
        if verdict is None:
            counts["dark accepted"] += 1
            if findings:
                complain("dark false positives", text, findings)
        elif STRUCTURE.search(verdict[0]):
            counts["dark rejected"] += 1
            counts["dark found"] += bool(findings)

    print(f"Django {django.get_version()}, Unicode {unicodedata.unidata_version}, seed {options.seed}:",
          ", ".join(f"{count} {name}" for name, count in counts.items()))
    right = counts["found at place"] >= 0.99 * counts["within"] and counts["within"] > 0
    wrong = counts["token differences"] + counts["false positives"] + counts["wrongly invalid"]
    wrong += counts["dark false positives"]
    return 0 if right and wrong == 0 else 1


if __name__ == "__main__":
    sys.exit(main())
