"""Tag libraries: how a project registers its tags and filters."""

import textwrap
from dataclasses import dataclass, field

from names import filled


@dataclass
class Library:
    """What a template may use after `{% load %}`, or at once if it is a builtin."""

    name: str
    text: str = ""
    tags: list = field(default_factory=list)  # Stand alone.
    blocks: list = field(default_factory=list)  # (opener, closer).
    filters: list = field(default_factory=list)
    unreadable: str = ""  # Why it need not be read, in words.
    known: bool = True  # False where it comes from what need not be read: it may be used, and never be demanded.


@dataclass(frozen=True)
class Part:
    """One way to register. Its text has the blanks of Names.blanks(); which of them name what follows."""

    text: str
    tags: str = ""
    blocks: str = ""
    filters: str = ""
    since: tuple = (0, 0)
    unreadable: str = ""  # Why it need not be read, in words.

    def write(self, names, library):
        blanks = names.blanks()
        library.tags += [blanks[key] for key in self.tags]
        library.blocks += [(blanks[key], "end" + blanks[key]) for key in self.blocks]
        library.filters += [blanks[key] for key in self.filters]
        library.unreadable = library.unreadable or self.unreadable
        return filled(textwrap.dedent(self.text).lstrip("\n"), blanks)


_HEAD = "from django import template\nfrom django.template.defaultfilters import stringfilter\n\nregister = template.Library()\n\n"

_BLOCK = Part(
    """
    @register.tag("$a")
    def do_$a(parser, token):
        inner = parser.parse(("end$a",))
        parser.delete_first_token()
        return ${A}Node(inner)


    class ${A}Node(template.Node):
        def __init__(self, inner):
            self.nodelist = inner
    """,
    blocks="a",
)
_FILTER = Part("@register.filter\n@stringfilter\ndef $a(value):\n    return value\n", filters="a")

_READABLE = [
    _BLOCK,
    _FILTER,
    Part("@register.simple_tag\ndef $a(value=None):\n    return value\n", tags="a"),
    Part('@register.simple_tag(name="$a", takes_context=True)\ndef $b(context, value=None):\n    return value\n', tags="a"),
    Part('def $b(value=None):\n    return value\n\n\nregister.simple_tag($b, name="$a")\n', tags="a"),
    Part('@register.inclusion_tag("$b.html")\ndef $a(value=None):\n    return {"value": value}\n', tags="a"),
    Part("@register.tag\ndef $a(parser, token):\n    return template.Node()\n", tags="a"),
    Part(
        """
        class $B(template.Node):
            @classmethod
            def handle(cls, parser, token):
                return cls()


        register.tag("$a", $B.handle)
        """,
        tags="a",
    ),
    Part("@register.simple_block_tag\ndef $a(content):\n    return content\n", blocks="a", since=(5, 2)),
    Part('@register.filter(name="$a", is_safe=True)\ndef $b(value):\n    return value\n', filters="a"),
    Part('register.filter("$a", lambda value: value)\n', filters="a"),
    Part('def $c(value):\n    return value\n\n\nfor each in ("$a", "$b"):\n    register.filter(each, $c)\n', filters="ab"),
    Part(
        """
        def $b(name):
            def inner(value=None):
                return value

            register.simple_tag(inner, name=name)


        $b("$a")
        """,
        tags="a",
    ),
    Part(
        """
        import functools


        def $b(func):
            @functools.wraps(func)
            def wrapped(*args, **kwargs):
                return func(*args, **kwargs)

            return wrapped


        @register.simple_tag
        @$b
        def $a(value=None):
            return value
        """,
        tags="a",
    ),
    Part(
        """
        import functools


        def $b(func):
            def wrapped(*args, **kwargs):
                return func(*args, **kwargs)

            for each in functools.WRAPPER_ASSIGNMENTS:
                try:
                    setattr(wrapped, each, getattr(func, each))
                except AttributeError:
                    pass
            return wrapped


        @register.simple_tag
        @$b
        def $a(value=None):
            return value
        """,
        tags="a",
    ),
    Part(
        """
        try:
            import $b
        except ImportError:
            $b = None


        @register.simple_tag
        def $a(value=None):
            return value
        """,
        tags="a",
    ),
    Part('def $c(value):\n    return value\n\n\nregister.filters.update({"$a": $c, "$b": $c})\n', filters="ab"),
    Part('def do_$a(value=None):\n    return value\n\n\nnames = sorted(["$b", "$a"])\nregister.simple_tag(do_$a, name=names[0])\n', tags="a"),
]

# What follows may be read or not; it must never lead to a false claim.
_DARK = [
    Part(
        """
        def $b(func):
            def wrapped(*args, **kwargs):
                return func(*args, **kwargs)

            for each in dir(func):
                if each.startswith("__n"):
                    setattr(wrapped, each, getattr(func, each))
            return wrapped


        @register.simple_tag
        @$b
        def $a(value=None):
            return value
        """,
        tags="a",
        unreadable="attributes of a function are copied by names that are looked up",
    ),
    Part(
        """
        def $b(func):
            def wrapped(*args, **kwargs):
                return func(*args, **kwargs)

            wrapped.__name__ = min(func.__name__, "~")
            return wrapped


        @register.filter
        @$b
        def $a(value):
            return value
        """,
        filters="a",
        unreadable="a function gets a name that is computed",
    ),
    Part(
        """
        def $b(key):
            for pair in [("t", "$a")]:
                if pair[0] == key:
                    return pair[1]
            raise KeyError(key)


        def $c(value=None):
            return value


        register.simple_tag($c, name=$b("t"))
        """,
        tags="a",
        unreadable="a name comes from a function that returns or raises",
    ),
    Part(
        """
        def do_$a(value=None):
            return value


        names = sorted(["$a$b", "$a"], key=len)
        register.simple_tag(do_$a, name=names[0])
        """,
        tags="a",
        unreadable="a name is chosen by sorting",
    ),
    Part(
        """
        from django.conf import settings


        def $b(value=None):
            return value


        if settings.SITE_ID == 7:
            register.simple_tag($b, name="$a")
        """,
        tags="a",
        unreadable="a tag is registered if a setting is set",
    ),
    Part(
        r'exec("@register.simple_tag\ndef $a(value=None):\n    return value\n")' + "\n",
        tags="a",
        unreadable="registered by text that is run",
    ),
    Part(
        """
        def tag_$a(value=None):
            return value


        for each, function in list(globals().items()):
            if each.startswith("tag_"):
                register.simple_tag(function, name=each[4:])
        """,
        tags="a",
        unreadable="registered by its name among the globals",
    ),
    Part(
        """
        $b = register.assignment_tag if hasattr(register, "assignment_tag") else register.simple_tag


        @$b(takes_context=True)
        def $a(context, value=None):
            return value
        """,
        tags="a",
        unreadable="how a tag is registered depends on what Django's Library has",
    ),
]


def make(names, dice, version, dark):
    """A library of a few registrations; `dark`: with one that need not be read."""
    library = Library(names.word())
    ways = [part for part in _READABLE if part.since <= version]
    parts = dice.sample(ways, dice.randrange(2, 6)) + [_BLOCK, _FILTER]
    if dark:
        parts.append(dice.choice(_DARK))
    dice.shuffle(parts)
    library.text = _HEAD + "\n\n".join(part.write(names, library) for part in parts)
    return library


def half_typed(library, dice):
    """The library's text as it is while somebody types at its end."""
    return library.text + dice.choice(["\n\n@register.", '\n\nNAMES = {"a": [1,', "\n\n@register.simple_tag\ndef ", "\n\nif register"])
