"""Lines of settings as real projects have them, and what may still be said with each of them appended.

The verdicts stay those of the unchanged project: a world in which the line adds nothing.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Statement:
    title: str
    text: str = ""
    unknown_names: bool = True  # Unknown tags and filters, and unloaded tags, must be found.
    unknown_libraries: bool = True  # Unknown libraries must be found; else they must be withheld.
    missing_templates: bool = True  # Missing templates must be found; else they must be withheld.
    files: tuple = ()  # (name, text) of what lies beside the project's root.

    @property
    def named(self):
        """Whether a reason must name a line of the statement."""
        return not (self.unknown_names and self.unknown_libraries and self.missing_templates)


# A function of the project that only looks at the list it is given.
CONFIGURE_MODULE = "seeded_configure.py"
CONFIGURE_TEXT = '''def configure(apps):
    if len(apps) != len(set(apps)):
        raise ValueError("an app is installed twice")
'''

LOADER_TEXT = """from django.template.loaders import app_directories


class Loader(app_directories.Loader):
    is_usable = True
"""

STATEMENTS = [
    Statement("nothing appended"),
    Statement(
        "an app from the environment",
        'import os\nINSTALLED_APPS.append(os.environ["X"])\n',
        unknown_libraries=False,
        missing_templates=False,
    ),
    Statement(
        "apps from entry points",
        "import importlib.metadata\n"
        'for ep in importlib.metadata.entry_points(group="x"):\n    INSTALLED_APPS.append(ep.module)\n',
        unknown_libraries=False,
        missing_templates=False,
    ),
    Statement(
        "an app if it can be imported, which it cannot",
        'try:\n    import debug_toolbar\n    INSTALLED_APPS.append("debug_toolbar")\nexcept ImportError:\n    pass\n',
    ),
    Statement(
        "an app that is not installed",
        'INSTALLED_APPS += ["not_installed_app"]\n',
        unknown_libraries=False,
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
        unknown_libraries=False,
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
    Statement(
        "apps from a variable that is not set, with none by default",
        'import os\nINSTALLED_APPS += [app for app in os.environ.get("MORE_APPS", "").split(",") if app]\n',
        unknown_libraries=False,
        missing_templates=False,
    ),
    Statement(
        "apps from a variable that is not set, with one by default",
        'import os\nINSTALLED_APPS += os.environ.get("MORE_APPS", "django.contrib.redirects").split(",")\n',
    ),
    Statement(
        "an app that is not installed, if the machine has some name",
        'import socket\nif socket.gethostname() == "nowhere":\n    INSTALLED_APPS.append("not_installed_app")\n',
    ),
    Statement(
        "a loader of the project's own, over one of Django's",
        'TEMPLATES[0] = {**TEMPLATES[0], "APP_DIRS": False}\nTEMPLATES[0]["OPTIONS"] = {**TEMPLATES[0].get("OPTIONS", {}), '
        '"loaders": ["django.template.loaders.filesystem.Loader", "seeded_loader.Loader"]}\n',
        files=(("seeded_loader.py", LOADER_TEXT),),
    ),
    Statement(
        "a file that is run",
        'import os\nexec(open(os.path.join(os.path.dirname(__file__), "seeded_local.txt")).read())\n',
        files=(("seeded_local.txt", 'INSTALLED_APPS.append("django.contrib.redirects")\n'),),
    ),
]
