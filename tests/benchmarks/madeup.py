"""Projects of any size that nobody wrote: the same number makes the same files.

Every template extends one base; a hundred of them share an application with a tag library. One page has what the
benchmark changes from outside: a partial of the base, and libraries of applications that are not installed yet.
"""

from dataclasses import dataclass
from pathlib import Path

IN_APP = 100  # Templates of an application.
LATE = 10  # Applications that are there and not installed.
PARTIAL = "aside"  # Of the base.
BLOCKS = 4000  # In the one line of the wide template.

SETTINGS = """from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent
SECRET_KEY = "made up"
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
{apps}]
TEMPLATES = [
    {{
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
    }}
]
STATIC_URL = "/static/"
"""

LIBRARY = """from django import template

register = template.Library()


@register.simple_tag
def {app}_total(values):
    return sum(values)


@register.simple_tag(takes_context=True)
def {app}_link(context, name):
    return f"{{context['root']}}/{{name}}"


@register.filter
def {app}_money(value):
    return f"{{value:.2f}}"
"""

BASE = f"""{{% load static %}}<!DOCTYPE html>
<html lang="en">
<head><title>{{% block title %}}Shop{{% endblock %}}</title><link rel="stylesheet" href="{{% static 'shop.css' %}}"></head>
<body>
{{% partialdef {PARTIAL} %}}<p>{{{{ user.username|default:"nobody" }}}}</p>{{% endpartialdef %}}
{{% block content %}}{{% endblock %}}
{{% block footer %}}{{% endblock %}}
</body>
</html>
"""

PAGE = """{{% extends "base.html" %}}
{{% load humanize {app}_tags %}}
{{% block title %}}Page {number} of {app}{{% endblock %}}
{{% block content %}}
<h1>{{{{ title|default:"Page {number}"|capfirst }}}}</h1>
{{% if orders %}}
<ul>
{{% for order in orders %}}
  <li class="{{% cycle 'odd' 'even' %}}">{{{{ order.price|{app}_money }}}} {{{{ order.made|naturalday }}}}
    {{% if order.is_open %}}<a href="{{% {app}_link order.name %}}">{{{{ order.name }}}}</a>{{% endif %}}
  </li>
{{% empty %}}
  <li>Nothing yet.</li>
{{% endfor %}}
</ul>
{{% else %}}
{{% with total=orders|length %}}{{{{ total|intcomma }}}}{{% endwith %}}
{{% endif %}}
{{% include "{other}" %}}
{{% {app}_total values %}}
{{% endblock %}}
{{% block footer %}}{{{{ block.super }}}}<p>{{% now "Y" %}}</p>{{% endblock %}}
"""


@dataclass(frozen=True)
class MadeUp:
    root: Path
    page: Path  # Extends the base, includes its partial, and loads the libraries that are not installed.
    base: Path
    wide: Path  # One line.
    module: str  # The settings.

    def install(self, late):
        """Writes settings that have so many of the late applications."""
        (self.root / "site1" / "settings.py").write_text(_settings(_apps(self.root), late))


def _apps(root):
    return sorted(path.name for path in root.glob("app*"))


def _settings(apps, late):
    names = [*apps, *(f"late{number:02}" for number in range(late))]
    return SETTINGS.format(apps="".join(f'    "{name}",\n' for name in names))


def _add_app(root, app):
    tags = root / app / "templatetags"
    tags.mkdir(parents=True)
    (root / app / "__init__.py").write_text("")
    (tags / "__init__.py").write_text("")
    (tags / f"{app}_tags.py").write_text(LIBRARY.format(app=app))


def make(root, templates):
    """A project with so many templates, of which two stand beside the applications: the base and the wide one."""
    (root / "site1").mkdir(parents=True)
    (root / "site1" / "__init__.py").write_text("")
    (root / "manage.py").write_text('import os\n\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "site1.settings")\n')
    (root / "templates").mkdir()
    base, wide = root / "templates" / "base.html", root / "templates" / "wide.html"
    base.write_text(BASE)
    wide.write_text("".join(f"{{% block a{number} %}}{{% endblock %}}" for number in range(1, BLOCKS + 1)) + "\n")
    names = [(f"app{number // IN_APP:03}", f"page{number % IN_APP:02}.html") for number in range(templates - 2)]
    for app in sorted({app for app, _ in names}):
        _add_app(root, app)
        (root / app / "templates" / app).mkdir(parents=True)
    for number, (app, name) in enumerate(names):
        other = "/".join(names[(number * 7 + 1) % len(names)])
        (root / app / "templates" / app / name).write_text(PAGE.format(app=app, number=number, other=other))
    for number in range(LATE):
        _add_app(root, f"late{number:02}")
    app, name = names[0]
    page = root / app / "templates" / app / name
    late = "".join(f"{{% load late{number:02}_tags %}}\n" for number in range(LATE))
    page.write_text(page.read_text() + f'{late}{{% include "base.html#{PARTIAL}" %}}\n')
    project = MadeUp(root, page, base, wide, "site1.settings")
    project.install(0)
    return project
