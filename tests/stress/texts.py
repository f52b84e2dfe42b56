"""Texts of the files of a project, each made by chance of few names, so that they often speak of each other."""

APPS = ["alpha", "beta", "gamma"]
TAGS = [f"t_{letter}" for letter in "abcde"]
FILTERS = [f"f_{letter}" for letter in "abcd"]
BLOCKS = ["box", "frame"]
LIBRARIES = [f"{app}_tags" for app in APPS]
TEMPLATES = ["a.html", "b.html", "sub/c.html", "sub/d.txt", "moved/c.html", "parts/e.html", "old/f.html", "ln/a.html", "ln.html"]
RULES = [
    "unclosed-tag", "unmatched-tag", "unknown-tag", "unloaded-tag", "unknown-filter", "unloaded-filter",
    "unknown-library", "missing-template", "missing-partial", "uninstalled-app", "empty-tag",
]  # fmt: skip


def piece(random):
    """A part of a template."""
    name = random.choice(TEMPLATES)
    tag, block = random.choice(TAGS), random.choice(BLOCKS)
    return random.choice([
        "{% load " + random.choice([*LIBRARIES, "i18n", "nolib", "more", "delta_tags"]) + " %}",
        "{% load " + tag + " from " + random.choice(LIBRARIES) + " %}",
        "{% " + tag + " %}", "{% " + tag + " %}",
        "{% " + block + " %}", "{% end" + block + " %}", "{% " + block + " %}{% end" + block + " %}",
        "{{ x|" + random.choice([*FILTERS, "upper", "uper"]) + " }}",
        "{{ x|" + random.choice(FILTERS) + " }}",
        '{% include "' + name + '" %}', '{% include "' + name + '" %}', '{% include "./a.html" %}',
        '{% include "' + name + random.choice(["#p", "#q"]) + '" %}',
        '{% extends "' + name + '" %}',
        "{% if x %}", "{% endif %}", "{% if x %}y{% endif %}", "{% for x in y %}", "{% endfor %}", "{% else %}",
        "{% block " + random.choice("abc") + " %}", "{% endblock %}",
        "{% partialdef p %}", "{% endpartialdef %}",
        "{% verbatim %}", "{% endverbatim %}", "{# not read #}", "{% %}", "{% comment %}",
        "\n", "\r\n", "é", "東", "\U0001f600 ", "<p>word</p>\n", "{%", "%}", "{{", "",
    ])  # fmt: skip


def template(random):
    return "".join(piece(random) for _ in range(random.randrange(12)))


def library(random):
    lines = ["from django import template", "register = template.Library()"]
    for tag in random.sample(TAGS, random.randrange(5)):
        lines.append(f"\n@register.simple_tag\ndef {tag}():\n    return ''")
    for name in random.sample(FILTERS, random.randrange(4)):
        lines.append(f"\n@register.filter\ndef {name}(value):\n    return value")
    for name in random.sample(BLOCKS, random.randrange(3)):
        lines.append(
            f"\n@register.tag\ndef {name}(parser, token):\n    parser.parse(('end{name}',))\n"
            "    parser.delete_first_token()\n    return template.Node()"
        )
    if random.random() < 0.06:
        lines.append("register.tag(name_of_it(), None)")
    if random.random() < 0.04:
        lines.append("@register.")
    return "\n".join(lines) + "\n"


def settings(random):
    apps = random.sample(APPS, random.choice([1, 2, 2, 3, 3, 3]))
    if random.random() < 0.15:
        apps.append("delta")
    lines = [
        "import os",
        "from pathlib import Path",
        "import environ",
        "BASE_DIR = Path(__file__).resolve().parent.parent",
        "environ.Env.read_env(BASE_DIR / '.env')",
        f"INSTALLED_APPS = {apps!r}",
    ]
    if random.random() < 0.6:
        lines.append("if os.environ.get('EXTRA_APP'):\n    INSTALLED_APPS.append(os.environ['EXTRA_APP'])")
    if random.random() < 0.05:
        lines.append("INSTALLED_APPS += unknown.names()")
    folders = random.sample(["templates", "extra", "linked"], random.choice([0, 1, 1, 2, 2, 3]))
    options = random.choice(
        ["", "", "", "'builtins': ['alpha.templatetags.alpha_tags']", "'libraries': {'more': 'beta.templatetags.beta_tags'}"]
    )
    lines += [
        "TEMPLATES = [{'BACKEND': 'django.template.backends.django.DjangoTemplates',",
        "    'DIRS': [%s]," % ", ".join(f"BASE_DIR / '{folder}'" for folder in folders),
        "    'APP_DIRS': %s, 'OPTIONS': {%s}}]" % (random.random() < 0.9, options),
    ]
    if random.random() < 0.03:
        lines.append("from .absent import *")
    return "\n".join(lines) + "\n"


def environment(random):
    return random.choice(["", "EXTRA_APP=gamma\n", "EXTRA_APP='delta'\n", "# EXTRA_APP=gamma\n", "OTHER=1\n"])


EXCLUDES = ["*/old", "*/sub", "*.txt", "extra", "beta", "templates/a.html"]


def configuration(random):
    """A pyproject.toml; one in fifteen is none that can be read."""
    lines = ["[tool.nuages]"]
    if random.random() < 0.4:
        lines.append(f"exclude = {random.sample(EXCLUDES, random.randrange(3))!r}")
    if random.random() < 0.25:
        lines.append(f"ignore = {random.sample(RULES, random.randrange(4))!r}")
    if random.random() < 0.1:
        lines.append(f"select = {random.sample(RULES, random.randrange(1, 9))!r}")
    if random.random() < 0.15:
        lines.append(f"apps = {random.sample([*APPS, 'delta'], random.randrange(3))!r}")
    if random.random() < 0.15:
        lines.append("libraries = {more = 'gamma.templatetags.gamma_tags'}")
    if random.random() < 0.1:
        lines.append("settings = 'conf.other'")
    if random.random() < 0.2:
        lines.append("severity = {unknown-filter = 'warning', missing-template = 'hint'}")
    if random.random() < 0.15:
        lines.append("env = {EXTRA_APP = 'gamma'}")
    if random.random() < 0.15:
        lines.append("per-file-ignores = {'*/b.html' = ['unknown-tag', 'unclosed-tag']}")
    if random.random() < 0.07:
        lines.append(random.choice(["exclude = [", "exlude = ['a']", "apps = 3"]))
    return "\n".join(lines) + "\n"


def options(random):
    """What an editor says of its projects, in the keys of `nuages check` and `exclude`; the marker stays judged."""
    said = {}
    if random.random() < 0.3:
        said["exclude"] = random.sample(["*/old", "*/sub", "*.txt"], random.randrange(1, 3))
    if random.random() < 0.4:
        said["ignore"] = random.sample(["unclosed-tag", "unloaded-tag", "unknown-filter", "empty-tag"], 2)
    if random.random() < 0.15:
        said["select"] = sorted({"unknown-tag", "missing-template", *random.sample(RULES, 3)})
    if random.random() < 0.2:
        said["settings"] = random.choice(["conf.settings", "conf.other"])
    return said
