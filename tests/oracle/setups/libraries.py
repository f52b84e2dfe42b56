"""Tag libraries: how a project registers its tags and filters."""

from dataclasses import dataclass, field


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


_HEAD = "from django import template\nfrom django.template.defaultfilters import stringfilter\n\nregister = template.Library()\n\n"


def _simple(names, library):
    tag = names.word()
    library.tags.append(tag)
    return f"@register.simple_tag\ndef {tag}(value=None):\n    return value\n"


def _named(names, library):
    tag = names.word()
    library.tags.append(tag)
    return f'@register.simple_tag(name="{tag}", takes_context=True)\ndef {names.word()}(context, value=None):\n    return value\n'


def _called(names, library):
    tag, function = names.words(2)
    library.tags.append(tag)
    return f'def {function}(value=None):\n    return value\n\n\nregister.simple_tag({function}, name="{tag}")\n'


def _inclusion(names, library):
    tag = names.word()
    library.tags.append(tag)
    return f'@register.inclusion_tag("{names.word()}.html")\ndef {tag}(value=None):\n    return {{"value": value}}\n'


def _compiled(names, library):
    tag = names.word()
    library.tags.append(tag)
    return f"@register.tag\ndef {tag}(parser, token):\n    return template.Node()\n"


def _handle(names, library):
    tag, node = names.words(2)
    library.tags.append(tag)
    return (
        f"class {node.title()}(template.Node):\n    @classmethod\n    def handle(cls, parser, token):\n        return cls()\n\n\n"
        f'register.tag("{tag}", {node.title()}.handle)\n'
    )


def _block(names, library):
    tag = names.word()
    library.blocks.append((tag, f"end{tag}"))
    return (
        f'@register.tag("{tag}")\ndef do_{tag}(parser, token):\n    inner = parser.parse(("end{tag}",))\n'
        f"    parser.delete_first_token()\n    return {tag.title()}Node(inner)\n\n\n"
        f"class {tag.title()}Node(template.Node):\n    def __init__(self, inner):\n        self.nodelist = inner\n"
    )


def _simple_block(names, library):
    tag = names.word()
    library.blocks.append((tag, f"end{tag}"))
    return f"@register.simple_block_tag\ndef {tag}(content):\n    return content\n"


def _filter(names, library):
    name = names.word()
    library.filters.append(name)
    return f"@register.filter\n@stringfilter\ndef {name}(value):\n    return value\n"


def _named_filter(names, library):
    name = names.word()
    library.filters.append(name)
    return f'@register.filter(name="{name}", is_safe=True)\ndef {names.word()}(value):\n    return value\n'


def _lambda_filter(names, library):
    name = names.word()
    library.filters.append(name)
    return f'register.filter("{name}", lambda value: value)\n'


def _looped(names, library):
    one, two, function = names.words(3)
    library.filters += [one, two]
    return (
        f'def {function}(value):\n    return value\n\n\nfor each in ("{one}", "{two}"):\n    register.filter(each, {function})\n'
    )


def _helped(names, library):
    tag, helper = names.words(2)
    library.tags.append(tag)
    return (
        f"def {helper}(name):\n    def inner(value=None):\n        return value\n\n    register.simple_tag(inner, name=name)\n\n\n"
        f'{helper}("{tag}")\n'
    )


def _wrapped(names, library):
    tag, helper = names.words(2)
    library.tags.append(tag)
    return (
        f"import functools\n\n\ndef {helper}(func):\n    @functools.wraps(func)\n    def wrapped(*args, **kwargs):\n"
        f"        return func(*args, **kwargs)\n\n    return wrapped\n\n\n@register.simple_tag\n@{helper}\n"
        f"def {tag}(value=None):\n    return value\n"
    )


def _guarded(names, library):
    tag = names.word()
    library.tags.append(tag)
    return (
        f"try:\n    import {names.word()}\nexcept ImportError:\n    {names.word()} = None\n\n\n"
        f"@register.simple_tag\ndef {tag}(value=None):\n    return value\n"
    )


def _table(names, library):
    one, two, function = names.words(3)
    library.filters += [one, two]
    return f'def {function}(value):\n    return value\n\n\nregister.filters.update({{"{one}": {function}, "{two}": {function}}})\n'


_READABLE = [_simple, _named, _called, _inclusion, _compiled, _handle, _block, _filter, _named_filter, _lambda_filter]
_READABLE += [_looped, _helped, _wrapped, _guarded, _table]


# What follows may be read or not; it must never lead to a false claim.


def _copied_attributes(names, library):
    tag, helper = names.words(2)
    library.tags.append(tag)
    library.unreadable = "attributes of a function are copied in a loop"
    return (
        f"import functools\n\n\ndef {helper}(func):\n    def wrapped(*args, **kwargs):\n        return func(*args, **kwargs)\n\n"
        "    for each in functools.WRAPPER_ASSIGNMENTS:\n        setattr(wrapped, each, getattr(func, each))\n    return wrapped\n\n\n"
        f"@register.simple_tag\n@{helper}\ndef {tag}(value=None):\n    return value\n"
    )


def _returns_or_raises(names, library):
    tag, function, helper = names.words(3)
    library.tags.append(tag)
    library.unreadable = "a name comes from a function that returns or raises"
    return (
        f'def {helper}(key):\n    for pair in [("t", "{tag}")]:\n        if pair[0] == key:\n            return pair[1]\n'
        f'    raise KeyError(key)\n\n\ndef {function}(value=None):\n    return value\n\n\nregister.simple_tag({function}, name={helper}("t"))\n'
    )


def _sorted_names(names, library):
    one, two = sorted(names.words(2))
    library.tags.append(one)
    library.unreadable = "a name is chosen by sorting"
    return (
        f'def do_{one}(value=None):\n    return value\n\n\nnames = sorted(["{two}", "{one}"])\n'
        f"register.simple_tag(do_{one}, name=names[0])\n"
    )


def _by_setting(names, library):
    tag, function = names.words(2)
    library.tags.append(tag)
    library.unreadable = "a tag is registered if a setting is set"
    return (
        f"from django.conf import settings\n\n\ndef {function}(value=None):\n    return value\n\n\n"
        f'if settings.SITE_ID == 7:\n    register.simple_tag({function}, name="{tag}")\n'
    )


def _executed(names, library):
    tag = names.word()
    library.tags.append(tag)
    library.unreadable = "registered by text that is run"
    return f'exec("@register.simple_tag\\ndef {tag}(value=None):\\n    return value\\n")\n'


def _globals(names, library):
    tag = names.word()
    library.tags.append(tag)
    library.unreadable = "registered by its name among the globals"
    return (
        f"def tag_{tag}(value=None):\n    return value\n\n\nfor each, function in list(globals().items()):\n"
        "    if each.startswith('tag_'):\n        register.simple_tag(function, name=each[4:])\n"
    )


def _by_what_there_is(names, library):
    tag, way = names.words(2)
    library.tags.append(tag)
    library.unreadable = "how a tag is registered depends on what Django's Library has"
    return (
        f'{way} = register.assignment_tag if hasattr(register, "assignment_tag") else register.simple_tag\n\n\n'
        f"@{way}(takes_context=True)\ndef {tag}(context, value=None):\n    return value\n"
    )


_DARK = [_by_what_there_is, _copied_attributes, _returns_or_raises, _sorted_names, _by_setting, _executed, _globals]


def make(names, dice, version, dark):
    """A library of a few registrations; `dark`: with one that need not be read."""
    library = Library(names.word())
    ways = list(_READABLE) + ([_simple_block] if version >= (5, 2) else [])
    parts = [way(names, library) for way in dice.sample(ways, dice.randrange(2, 6))]
    parts.append(_block(names, library))
    parts.append(_filter(names, library))
    if dark:
        parts.append(dice.choice(_DARK)(names, library))
    dice.shuffle(parts)
    library.text = _HEAD + "\n\n".join(parts)
    return library


def half_typed(library, dice):
    """The library's text as it is while somebody types at its end."""
    return library.text + dice.choice(["\n\n@register.", '\n\nNAMES = {"a": [1,', "\n\n@register.simple_tag\ndef ", "\n\nif register"])
