"""The folder that a session works in: two projects under change, a package without a project, and one left alone."""

import os
import shutil

import texts

PROJECTS = ["one", "two/src"]
DJANGO = "/usr/lib/python3/dist-packages/django"  # Debian's; what it registers is read, never run.
MARKER = "marker/templates/point.html"

# Folders that trade names. Who is renamed takes all below along.
MOVES = [
    ("templates/sub", "templates/moved"), ("templates/parts", "templates/sub"), ("extra", "templates/parts"),
    ("alpha/templates", "alpha/pages"), ("beta", "delta"), ("gamma/templatetags", "gamma/library"),
    ("templates/old", "extra/old"), ("extra", "linked"), ("alpha/templates/sub", "beta/templates/sub"),
]  # fmt: skip
REMOVED = ["templates/sub", "extra", "alpha/templates/sub", "templates/parts", "beta/templatetags", "templates/moved"]
LINKS = [
    ("templates/ln", ["sub", "../extra", "moved", "../alpha/templates", "nowhere", ".."]),
    ("templates/ln.html", ["a.html", "sub/c.html", "../extra/b.html", "absent.html"]),
    ("linked", ["extra", "beta/templates", "nothing"]),
    ("alpha/templatetags/more_tags.py", ["alpha_tags.py", "../../beta/templatetags/beta_tags.py"]),
]


class World:
    def __init__(self, root, random):
        self.root = root
        self.random = random
        self.templates = [
            f"{project}/{folder}/{name}"
            for project in PROJECTS
            for folder in ("templates", "extra", *(f"{app}/templates" for app in texts.APPS))
            for name in texts.TEMPLATES
            if not name.startswith("ln")
        ] + [f"bare/app/templates/{name}" for name in texts.TEMPLATES[:3]]
        self.sources = {}
        for project in PROJECTS:
            for app in texts.APPS:
                self.sources[f"{project}/{app}/templatetags/{app}_tags.py"] = texts.library
            self.sources[f"{project}/beta/templatetags/delta_tags.py"] = texts.library
            self.sources[f"{project}/conf/settings.py"] = texts.settings
            self.sources[f"{project}/conf/other.py"] = texts.settings
            self.sources[f"{project}/pyproject.toml"] = texts.configuration
            self.sources[f"{project}/.env"] = texts.environment
            self.sources[f"{project}/.venv/lib/python3.13/site-packages/django/__init__.py"] = _django
        self.sources["bare/app/templatetags/app_tags.py"] = texts.library
        for project in [*PROJECTS, "marker"]:
            self._make_project(project)
        for path in ("bare/app/__init__.py", "bare/app/templatetags/__init__.py"):
            self.write(path, "")
        self.write("bare/app/templatetags/app_tags.py", texts.library(random))
        self.write(MARKER, "")

    def _make_project(self, project):
        django = f"{project}/.venv/lib/python3.13/site-packages/django"
        for path, text in {
            f"{project}/manage.py": "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'conf.settings')\n",
            f"{project}/conf/__init__.py": "",
            f"{django}/__init__.py": "VERSION = (5, 2, 1, 'final', 0)\n",
        }.items():
            self.write(path, text)
        for part in ("template", "templatetags"):
            shutil.copytree(f"{DJANGO}/{part}", self.path(f"{django}/{part}"), ignore=shutil.ignore_patterns("__pycache__"))
        for module in ("settings", "other"):
            self.write(
                f"{project}/conf/{module}.py",
                "from pathlib import Path\nBASE_DIR = Path(__file__).resolve().parent.parent\nINSTALLED_APPS = []\n"
                "TEMPLATES = [{'BACKEND': 'django.template.backends.django.DjangoTemplates',\n"
                "    'DIRS': [BASE_DIR / 'templates']}]\n"
                if project == "marker"
                else texts.settings(self.random),
            )
        if project == "marker":
            return
        for app in texts.APPS:
            for path in (f"{project}/{app}/__init__.py", f"{project}/{app}/templatetags/__init__.py"):
                self.write(path, "")
            self.write(f"{project}/{app}/templatetags/{app}_tags.py", texts.library(self.random))
        for path in self.templates:
            if path.startswith(project) and self.random.random() < 0.5:
                self.write(path, texts.template(self.random))

    def path(self, name):
        return f"{self.root}/{name}"

    def text_for(self, name):
        return self.sources.get(name, texts.template)(self.random)

    def read(self, name):
        """What an editor shows; None if it cannot be a file that is read."""
        try:
            with open(self.path(name), encoding="utf-8", newline="") as file:
                return file.read()
        except OSError:
            return None

    def write(self, name, text, by_rename=False):
        """Returns whether it could be written; what stands in the way is left."""
        path = self.path(name)
        target = f"{path}.part~" if by_rename else path
        try:
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(target, "w", encoding="utf-8", newline="") as file:
                file.write(text)
            if by_rename:
                os.replace(target, path)
        except OSError:
            if by_rename and os.path.exists(target):
                os.remove(target)
            return False
        return True

    def change(self):
        """Something that another program does. Returns what, and the events of a client that saw it, as (name, type)."""
        chance = self.random.random()
        if chance < 0.55:
            return self._write()
        if chance < 0.68:
            return self._remove_file()
        if chance < 0.76:
            return self._rename_file()
        if chance < 0.86:
            return self._rename_folder()
        if chance < 0.90:
            return self._remove_folder()
        return self._link()

    def _any_file(self):
        if self.random.random() < 0.6:
            return self.random.choice(self.templates)
        return self.random.choice(list(self.sources))

    def _write(self):
        name = self._any_file()
        by_rename = self.random.random() < 0.5
        there = os.path.lexists(self.path(name))
        if not self.write(name, self.text_for(name), by_rename):
            return f"could not write {name}", []
        return f"wrote {name}{' by renaming' if by_rename else ''}", [(name, 2 if there else 1)]

    def _remove_file(self):
        name = self._any_file()
        if "/conf/" in name or "/django/" in name:
            return "removed nothing", []
        try:
            os.remove(self.path(name))
        except OSError:
            return f"found no {name} to remove", []
        return f"removed {name}", [(name, 3)]

    def _rename_file(self):
        first, second = self.random.sample(self.templates, 2)
        return self._rename(first, second, exchange=True)

    def _rename_folder(self):
        project = self.random.choice(PROJECTS)
        first, second = self.random.choice(MOVES)
        if self.random.random() < 0.5:
            first, second = second, first
        return self._rename(f"{project}/{first}", f"{project}/{second}", exchange=False)

    def _rename(self, first, second, exchange):
        if not exchange and os.path.lexists(self.path(second)):
            return f"found {second} there already", []
        try:
            os.makedirs(os.path.dirname(self.path(second)), exist_ok=True)
            os.rename(self.path(first), self.path(second))
        except OSError:
            return f"found no {first} to rename", []
        return f"renamed {first} to {second}", [(first, 3), (second, 1)]

    def _remove_folder(self):
        name = f"{self.random.choice(PROJECTS)}/{self.random.choice(REMOVED)}"
        path = self.path(name)
        if not os.path.isdir(path) or os.path.islink(path):
            return f"found no folder {name}", []
        shutil.rmtree(path)
        return f"removed folder {name}", [(name, 3)]

    def _link(self):
        link, targets = self.random.choice(LINKS)
        name = f"{self.random.choice(PROJECTS)}/{link}"
        path = self.path(name)
        there = os.path.lexists(path)
        try:
            os.makedirs(os.path.dirname(path), exist_ok=True)
            if there and self.random.random() < 0.3:
                os.remove(path)
                return f"removed {name}", [(name, 3)]
            target = self.random.choice(targets)
            os.symlink(target, f"{path}.part~")
            os.replace(f"{path}.part~", path)
        except OSError:
            if os.path.lexists(f"{path}.part~"):
                os.remove(f"{path}.part~")
            return f"could not link {name}", []
        return f"linked {name} to {target}", [(name, 2 if there else 1)]


def _django(random):
    return f"VERSION = ({random.choice(['5, 2, 1', '6, 0, 0', '4, 2, 9'])}, 'final', 0)\n"
