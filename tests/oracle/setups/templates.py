"""Templates that use a project's tags rightly, and mistakes to put into them."""

from dataclasses import dataclass, field


@dataclass
class Vocabulary:
    """What the templates of one engine may use."""

    libraries: list = field(default_factory=list)  # Installed ones.
    builtins: list = field(default_factory=list)  # Libraries whose tags need no load.
    absent: list = field(default_factory=list)  # Libraries that exist and are not installed.
    names: list = field(default_factory=list)  # Names of templates that are there, without partials.
    without_file: list = field(default_factory=list)  # Of these names, those whose text is elsewhere.
    partials: list = field(default_factory=list)  # name#partial that are there.
    version: tuple = (4, 2)
    has_partials: bool = False


_PLAIN = [
    "<p>Something else</p>",
    "{{ a.b|default:'x'|upper }}",
    "{% if a and b|length > 3 %}1{% elif c in d %}2{% else %}3{% endif %}",
    "{% for a in b reversed %}{{ forloop.counter }}{% empty %}-{% endfor %}",
    "{% with a=b|lower c=d %}{{ a }}{% endwith %}",
    "{% comment %}{% nothing_here %}{{ x|nofilter }}{% endcomment %}",
    "{# {% nothing_here %} {{ x|nofilter }} #}",
    "{% verbatim %}{{ x|nofilter }}{% nothing_here %}{% endverbatim %}",
    "{% spaceless %}<a> <b></b> </a>{% endspaceless %}{% now 'Y' %}",
    "{% filter force_escape|lower %}A & B{% endfilter %}",
    "{% load i18n %}{% blocktranslate count n=x|length %}one{% plural %}{{ n }} many{% endblocktranslate %}",
    "{% load static from static %}{% static 'a.css' %}{% load cache %}{% cache 5 a %}x{% endcache %}",
    "{% load l10n tz %}{% localize on %}{{ x|localize }}{% endlocalize %}{% autoescape off %}{{ a|safe }}{% endautoescape %}",
    "{ % not_a_tag % } {{ a }",
    "{% firstof a b 'c' %}{% cycle 'a' 'b' as q %}{% cycle q %}{% templatetag openblock %}",
    "Żółw, 東京, ñ: {{ a|truncatewords:3 }}",
]


# Nothing that follows from the one mistake may be reported.
_BAD_EXPRESSIONS = [
    "{% load i18n %}{% blocktranslate count n=x|length: %}one{% plural %}many{% endblocktranslate %}",
    "{% if a b %}1{% elif c %}2{% else %}3{% endif %}",
    "{% for a of b %}1{% empty %}2{% endfor %}",
    "{% with a %}1{% endwith %}",
    "{{ a|default:'b' c }}",
    "{% cycle %}{% if a %}{% endif %}",
]


class Writer:
    """Draws the lines of templates."""

    def __init__(self, names, dice, words):
        self.names = names
        self.dice = dice
        self.words = words

    def sound(self):
        """(lines, libraries loaded by them) of a template that Django accepts."""
        dice, words = self.dice, self.words
        lines, loaded = [], []
        if words.names and dice.randrange(4) == 0:
            lines.append(f'{{% extends "{dice.choice(words.names)}" %}}')
        for library in words.builtins:
            if dice.randrange(2):
                lines.append(self._use(library))
        for library in dice.sample(words.libraries, min(len(words.libraries), dice.randrange(3))):
            loaded.append(library)
            lines += [self._load(library), self._use(library)]
        lines += dice.sample(_PLAIN, dice.randrange(1, 5))
        if words.names and dice.randrange(2):
            lines.append(self._include(dice.choice(words.names)))
        if words.partials and dice.randrange(2):
            lines.append(self._include(dice.choice(words.partials)))
        if dice.randrange(3) == 0:
            block = self.names.word()
            lines.append(f"{{% block {block} %}}{dice.choice(_PLAIN)}{{% endblock {block} %}}")
        return lines, loaded

    def _load(self, library):
        tags = library.tags + [opener for opener, _ in library.blocks] + library.filters
        if self.dice.randrange(5) == 0:
            return f"{{% load {' '.join(tags)} from {library.name} %}}"
        return f"{{% load {library.name} %}}"

    def _include(self, name):
        return self.dice.choice(
            [f'{{% include "{name}" %}}', f"{{% include '{name}' with a=b only %}}", f'{{% if a %}}{{% include "{name}" %}}{{% endif %}}']
        )

    def _use(self, library):
        parts = []
        if library.tags:
            parts.append(f"{{% {self.dice.choice(library.tags)} %}}")
        if library.filters:
            parts.append(f"{{{{ a|{self.dice.choice(library.filters)} }}}}")
        if library.blocks:
            opener, closer = self.dice.choice(library.blocks)
            inner = self.dice.choice(
                [
                    "x",
                    "{% if a %}b{% else %}c{% endif %}",
                    f"{{% for x in y %}}{{% {opener} %}}{{{{ x }}}}{{% {closer} %}}{{% endfor %}}",
                ]
            )
            parts.append(f"{{% {opener} %}}{inner}{{% {closer} %}}")
        self.dice.shuffle(parts)
        return "".join(parts)

    def fault(self, loaded):
        """(kind, rules, line, whether Django sees it when it compiles) of a mistake."""
        dice, words = self.dice, self.words
        fresh = self.names.word()
        others = [library for library in words.libraries if library not in loaded and library.known]
        kinds = [
            ("unknown tag", ("unknown-tag",), f"{{% {fresh} %}}", True),
            ("unknown filter", ("unknown-filter",), f"{{{{ a|{fresh} }}}}", True),
            ("unknown filter", ("unknown-filter",), f"{{% filter {fresh} %}}a{{% endfilter %}}", True),
            ("bad expression", (), dice.choice(_BAD_EXPRESSIONS), True),
            ("unknown library", ("unknown-library",), f"{{% load {fresh} %}}", True),
            ("unclosed", ("unclosed-tag",), dice.choice(["{% if a %}", "{% for a in b %}", "{% with a=b %}"]), True),
            ("unmatched", ("unmatched-tag",), dice.choice(["{% endif %}", "{% endfor %}", "{% else %}", "{% endwith %}"]), True),
            ("missing include", ("missing-template",), f'{{% include "{fresh}/{fresh}.html" %}}', False),
        ]
        if others:
            library = dice.choice(others)
            kinds.append(("unloaded filter", ("unloaded-filter",), f"{{{{ a|{dice.choice(library.filters)} }}}}", True))
            if library.tags:
                kinds.append(("unloaded tag", ("unloaded-tag",), f"{{% {dice.choice(library.tags)} %}}", True))
            kinds.append(("unknown name", ("unknown-library",), f"{{% load {fresh} from {library.name} %}}", True))
        if words.absent:
            library = dice.choice(words.absent)
            kinds.append(("absent library", ("unknown-library",), f"{{% load {library.name} %}}", True))
        files = [name for name in words.names if name not in words.without_file]
        if files and words.version >= (6, 0):
            name = f"{dice.choice(files)}#{fresh}"
            kinds.append(("missing partial", ("missing-partial", "missing-template"), f'{{% include "{name}" %}}', False))
        return dice.choice(kinds)
