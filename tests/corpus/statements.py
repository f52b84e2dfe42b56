"""Lines of settings as real projects have them, and what may still be said with each of them appended.

The verdicts stay those of the unchanged project: a world in which the line adds nothing.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Statement:
    title: str
    text: str = ""
    unknown_names: bool = True  # Unknown tags, filters and libraries, and unloaded tags, must be found.
    missing_templates: bool = True  # Missing templates must be found; else they must be withheld.

    @property
    def named(self):
        """Whether a reason must name a line of the statement."""
        return not (self.unknown_names and self.missing_templates)


# A function of the project that only looks at the list it is given.
CONFIGURE_MODULE = "seeded_configure.py"
CONFIGURE_TEXT = '''def configure(apps):
    if len(apps) != len(set(apps)):
        raise ValueError("an app is installed twice")
'''

STATEMENTS = [
    Statement("nothing appended"),
    Statement(
        "an app from the environment",
        'import os\nINSTALLED_APPS.append(os.environ["X"])\n',
        unknown_names=False,
        missing_templates=False,
    ),
    Statement(
        "apps from entry points",
        "import importlib.metadata\n"
        'for ep in importlib.metadata.entry_points(group="x"):\n    INSTALLED_APPS.append(ep.module)\n',
        unknown_names=False,
        missing_templates=False,
    ),
    Statement(
        "an app if it can be imported, which it cannot",
        'try:\n    import debug_toolbar\n    INSTALLED_APPS.append("debug_toolbar")\nexcept ImportError:\n    pass\n',
    ),
    Statement(
        "an app that is not installed",
        'INSTALLED_APPS += ["not_installed_app"]\n',
        unknown_names=False,
        missing_templates=False,
    ),
    Statement(
        "a function that only looks",
        f"from {CONFIGURE_MODULE.removesuffix('.py')} import configure\nconfigure(INSTALLED_APPS)\n",
    ),
    Statement(
        "everything from a module that is not there",
        "from local_nowhere import *\n",
        unknown_names=False,
        missing_templates=False,
    ),
    Statement(
        "a second engine, Jinja2",
        'TEMPLATES.append({"BACKEND": "django.template.backends.jinja2.Jinja2", "DIRS": [], "APP_DIRS": False})\n',
    ),
    Statement(
        "an app in a branch",
        'import os\nif os.environ.get("D"):\n    INSTALLED_APPS.append("django.contrib.sites")\n',
    ),
    Statement(
        "a folder of templates from the environment",
        'import os\nTEMPLATES[0]["DIRS"] = [os.environ["T"]]\n',
        missing_templates=False,
    ),
]
