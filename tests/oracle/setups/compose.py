"""Composes a project from ingredients, by seed and number alone."""

import json
import random
import textwrap

import appforms
import engines
import libraries
import starts
from names import Names, filled
from project import Fault, Project, Root
from templates import Vocabulary, Writer

VERSIONS = {"4.2": (4, 2), "5.2": (5, 2), "6.1": (6, 1), "system": (4, 2)}
_ENDINGS = [".html"] * 6 + [".txt", ".djhtml", ".htm", ".svg", ".xml", ".md", ".email", ".js"]


def compose(seed, index):
    """The project number `index` of a seed."""
    return _Composer(random.Random(f"{seed}/{index}"), index).project


class _Composer:
    def __init__(self, dice, index):
        self.dice = dice
        self.names = Names(dice)
        version = dice.choice(["4.2", "5.2", "5.2", "6.1", "6.1", "6.1", "system"])
        self.project = Project(index, version)
        self.version = VERSIONS[version]
        self.dark = dice.randrange(4) == 0  # Whether ingredients may be used that need not be read.
        self.may_be_empty = False  # Whether nothing may be Django's own.
        self.place()
        self.environment()
        self.surroundings()
        if self.may_be_empty:
            self.project.arguments.append("--allow-empty")

    def trait(self, text):
        self.project.traits.append(text)

    # Where things are.

    def place(self):
        dice, project = self.dice, self.project
        way = dice.choice(["top", "top", "top", "src", "package", "several"])
        self.trait(f"root: {way}")
        if way == "top":
            self.root("")
            self.call("", dice.choice(["nothing", "dot", "folder of templates", "from elsewhere"]), project.roots[0])
        elif way == "src":
            folder = dice.choice(["src", f"src/{self.names.word()}", "backend"])
            self.root(folder)
            self.call(folder, dice.choice(["dot", "folder of manage.py", "folder of templates", "nothing"]), project.roots[0])
        elif way == "package":
            folder = self.names.word()
            self.root(folder, in_package=True)
            self.call(folder, dice.choice(["folder of manage.py", "dot"]), project.roots[0])
        else:
            for folder in self.names.words(dice.choice([2, 2, 3])):
                self.root(folder)
            project.arguments = dice.choice([[], ["."]])

    def call(self, folder, way, root):
        project = self.project
        self.trait(f"called with: {way}")
        if way == "dot":
            project.arguments = ["."]
        elif way == "folder of manage.py":
            project.arguments = [folder]
        elif way == "folder of templates":
            project.arguments = ["/".join(filter(None, [folder, self.template_folder]))]
        elif way == "from elsewhere":
            project.folder = folder or self.template_folder

    def environment(self):
        dice, project = self.dice, self.project
        folder = project.roots[0].folder
        packages = "lib/python3.13/site-packages"
        if project.django == "system":
            self.trait("environment: the system's")
            return
        ways = ["venv at the top", "venv at the top", "VIRTUAL_ENV", "CONDA_PREFIX", "option", "configuration"]
        ways += ["uv", "Poetry", "Pipenv", "PDM", "PDM beside", "Hatch"]
        if folder and len(project.roots) == 1:
            ways += ["venv beside manage.py"] * 2
        way = dice.choice(ways)
        self.trait(f"environment: {way}")
        if way in ("venv at the top", "venv beside manage.py"):
            base = "" if way == "venv at the top" else f"{folder}/"
            name = dice.choice([".venv", ".venv", "venv"])
            project.files[f"{base}{name}/pyvenv.cfg"] = "home = /usr/bin\nversion = 3.13.5\n"
            project.links[f"{base}{name}/{packages}"] = "{environment}"
        elif way in ("VIRTUAL_ENV", "CONDA_PREFIX"):
            project.links[f"../away/{packages}"] = "{environment}"
            project.files["../away/pyvenv.cfg" if way == "VIRTUAL_ENV" else "../away/conda-meta/history"] = "home = /usr/bin\n"
            project.variables[way] = "{project}/../away"
        elif way == "option":
            project.arguments = ["--site-packages", "{environment}", *project.arguments]
        elif way == "configuration":
            for root in project.roots:
                root.configuration["site-packages"] = ["{environment}"]
        else:
            self.tool(way)

    def tool(self, way):
        """An environment where a tool keeps that of a project of this name."""
        dice, project, names = self.dice, self.project, self.names
        packages = "lib/python3.13/site-packages"
        name = f"{names.word()}-{names.word()}"
        project.name = dice.choice([name, name.title().replace("-", "_")])
        project.path_files["pyproject.toml"] = project.description()
        project.variables["HOME"] = "{project}/../home"
        if way == "uv":
            project.variables["UV_PROJECT_ENVIRONMENT"] = "{project}/../away"
            project.links[f"../away/{packages}"] = "{environment}"
        elif way == "Poetry":
            kept = "../home/.cache/pypoetry/virtualenvs"
            if dice.randrange(3) == 0:
                kept = "../kept"
                project.variables["POETRY_VIRTUALENVS_PATH"] = "{project}/../kept"
            project.links[f"{kept}/{name}-aB3_x-9Z-py3.13/{packages}"] = "{environment}"
        elif way == "Pipenv":
            kept = "../home/.local/share/virtualenvs"
            if dice.randrange(3) == 0:
                kept = "../kept"
                project.variables["WORKON_HOME"] = "{project}/../kept"
            environment = f"{kept}/{names.word()}-aB3dE6gH"
            project.links[f"{environment}/{packages}"] = "{environment}"
            project.path_files[f"{environment}/.project"] = "{project}\n"
        elif way == "PDM":
            project.path_files[".pdm-python"] = "{project}/../away/bin/python\n"
            project.links[f"../away/{packages}"] = "{environment}"
        elif way == "PDM beside":
            project.links["__pypackages__/3.13/lib"] = "{environment}"
        else:
            data = "../home/.local/share/hatch"
            if dice.randrange(3) == 0:
                data = "../kept"
                project.variables["HATCH_DATA_DIR"] = "{project}/../kept"
            project.links[f"{data}/env/virtual/{name}/Xy12Ab/{name}/{packages}"] = "{environment}"

    # A Django project below a folder.

    def root(self, folder, in_package=False):
        names, dice, project = self.names, self.dice, self.project
        self.base = f"{folder}/" if folder else ""
        root = Root(folder, f"{self.base}manage.py")
        project.roots.append(root)
        self.here = root
        self.package = folder if in_package else names.word()
        # Where imports begin, seen from the folder of the project.
        self.imports = "" if in_package else self.base
        if in_package:
            project.files[f"{self.base}__init__.py"] = ""
        self.beside = self.base if in_package else f"{self.base}{self.package}/"
        self.template_folder = dice.choice(["templates", "templates", names.word(), f"{names.word()}/templates"])
        self.words = Vocabulary(version=self.version)
        self.apps = []
        for _ in range(dice.randrange(1, 4)):
            self.apps.append(self.app(True)[0])
        forms = self.extra_apps()
        parts = self.options()
        has_jinja = project.django != "system"
        dark_engine = self.dark and dice.randrange(3) == 0
        chosen = engines.make(names, dice, self.package, self.template_folder, parts, dark_engine, has_jinja)
        self.trait(f"engines: {chosen.title}")
        if chosen.unreadable:
            root.unreadable.append(chosen.unreadable)
        self.may_be_empty |= chosen.own_language
        for path, text in chosen.files.items():
            if in_package and path.startswith(f"{self.package}/"):
                path = path.removeprefix(f"{self.package}/")
            project.files[self.base + path] = text
        self.words.names += chosen.names
        self.settings(forms, chosen)
        self.manage(in_package)
        self.templates(chosen)

    def app(self, installed, dark=False, known=True):
        """(what settings name, its library) of a new app."""
        names, dice, files = self.names, self.dice, self.project.files
        name = names.word()
        at = f"{self.imports}{name}/"
        files[f"{at}__init__.py"] = ""
        listed = name
        if dice.randrange(3) == 0:
            config = name.title() + "Config"
            files[f"{at}apps.py"] = f'from django.apps import AppConfig\n\n\nclass {config}(AppConfig):\n    name = "{name}"\n'
            listed = dice.choice([name, f"{name}.apps.{config}"])
        library = libraries.make(names, dice, self.version, dark)
        library.known = known and installed
        files[f"{at}templatetags/__init__.py"] = ""
        files[f"{at}templatetags/{library.name}.py"] = library.text
        if dark:
            self.trait(f"library: {library.unreadable}")
            self.here.unreadable.append(library.unreadable)
        if installed:
            self.words.libraries.append(library)
            template = f"{name}/{names.word()}.html"
            files[f"{at}templates/{template}"] = self.text(["{% block content %}{% endblock %}"])
            self.words.names.append(template)
        elif known:
            self.words.absent.append(library)
            use = library.filters[0]
            files[f"{at}templates/{name}/{names.word()}.html"] = self.text([f"{{% load {library.name} %}}{{{{ a|{use} }}}}"])
        if dice.randrange(8) == 0:
            files[f"{at}jinja2/{name}/{names.word()}.html"] = "{% set a = 1 %}{%- do b -%}\n"
            self.trait("a folder jinja2 in an app")
        return listed, library

    def extra_apps(self):
        """Apps at which the settings arrive in another way than by their list."""
        dice, forms, here = self.dice, [], self.here
        by_hand = dice.randrange(3) == 0  # Whether the configuration names the apps that need not be read.
        for _ in range(dice.choice([0, 1, 1, 2])):
            dark = self.dark and dice.randrange(2) == 0
            title, form = dice.choice([*(appforms.DARK if dark else appforms.READABLE).items()])
            if form.packages and self.project.django == "system":
                continue
            self.trait(f"app: {title}")
            is_read = by_hand or not form.unreadable
            listed, library = self.app(form.installed, known=is_read and not form.optional)
            library.known = is_read and form.installed
            name = listed.partition(".")[0]
            form, unreadable = form.write(self.names.blanks(app=name)), form.unreadable
            forms.append(form)
            if unreadable and by_hand:
                self.trait("apps are closed by hand")
                here.configuration.setdefault("apps", []).extend([name] if form.installed else [])
            elif form.by_hand and dice.randrange(2):
                self.trait("a variable is set by hand")
                here.configuration.setdefault("env", {}).update(form.by_hand)
                self.project.hidden |= set(form.by_hand)
            elif unreadable:
                here.unreadable.append(unreadable)
                here.unread_apps += 1
        if self.dark and dice.randrange(3) == 0:
            self.apps.append(self.app(True, dark=True)[0])
        if dice.randrange(4) == 0:
            self.trait("an app that is not installed")
            self.app(False)
        if dice.randrange(10) == 0:
            self.typing()
        if self.dark and dice.randrange(4) == 0:
            self.ready()
        return forms

    def ready(self):
        """An app that changes the engines while Django starts."""
        names, dice, files = self.names, self.dice, self.project.files
        library = libraries.make(names, dice, self.version, False)
        library.known = False
        blanks = names.blanks(module=names.word(), template=f"{names.word()}/{names.word()}.html", library=library.name)
        title, body = dice.choice([*engines.READY.items()])
        self.trait(f"ready(): {title}")
        if title == "more libraries":
            self.words.libraries.append(library)
        elif title == "a loader":
            self.words.names.append(blanks["template"])
        else:
            self.words.builtins.append(library)
        files[f"{self.imports}{blanks['module']}.py"] = library.text
        files[f"{self.imports}{blanks['a']}/__init__.py"] = ""
        files[f"{self.imports}{blanks['a']}/apps.py"] = (
            "from django.apps import AppConfig\n\n\n"
            f'class {blanks["A"]}Config(AppConfig):\n    name = "{blanks["a"]}"\n\n    def ready(self):\n'
            + textwrap.indent(filled(textwrap.dedent(body).lstrip("\n"), blanks), "        ")
        )
        self.apps.append(dice.choice([blanks["a"], f"{blanks['a']}.apps.{blanks['A']}Config"]))
        self.here.unreadable.append("an app changes the engines while Django starts")

    def typing(self):
        """An app whose library somebody types at just now."""
        listed, library = self.app(True, known=False)
        self.apps.append(listed)
        path = f"{self.imports}{listed.partition('.')[0]}/templatetags/{library.name}.py"
        self.project.typed[path] = libraries.half_typed(library, self.dice)
        self.trait("library: half typed")
        self.here.unreadable.append("a library is half typed")

    def options(self):
        """Entries of OPTIONS, with libraries that the engine names itself."""
        names, dice, parts = self.names, self.dice, []
        for key in ("libraries", "builtins"):
            if dice.randrange(4):
                continue
            module = names.word()
            library = libraries.make(names, dice, self.version, False)
            self.project.files[f"{self.imports}{module}.py"] = library.text
            if key == "libraries":
                library.name = names.word()
                self.words.libraries.append(library)
                parts.append(f'"libraries": {{"{library.name}": "{module}"}}')
            else:
                self.words.builtins.append(library)
                parts.append(f'"builtins": ["{module}"]')
            self.trait(f"OPTIONS: {key}")
        if self.dark and not self.here.unreadable and '"libraries"' not in "".join(parts) and dice.randrange(3) == 0:
            parts.append(self.unread_libraries())
        if dice.randrange(4) == 0:
            parts.append('"context_processors": ["django.template.context_processors.request"]')
        return parts

    def unread_libraries(self):
        """An entry of OPTIONS of which the value is in a file."""
        names, dice = self.names, self.dice
        library = libraries.make(names, dice, self.version, False)
        module, file, library.name = names.words(3)
        self.trait("OPTIONS: libraries of a JSON file")
        self.project.files[f"{self.imports}{module}.py"] = library.text
        self.project.files[f"{self.base}{file}.json"] = json.dumps({library.name: module})
        self.words.libraries.append(library)
        if dice.randrange(2):
            self.trait("libraries are closed by hand")
            self.here.configuration["libraries"] = {library.name: module}
        else:
            library.known = False
            self.here.unreadable.append("libraries come from a JSON file")
        return f'"libraries": __import__("json").loads((BASE_DIR / "{file}.json").read_text())'

    # Settings.

    def settings(self, forms, chosen):
        names, dice, project = self.names, self.dice, self.project
        layout = dice.choice(["one module", "one module", "package", "package with stars", "star of a base", "local after base"])
        self.trait(f"settings: {layout}")
        contrib = dice.choice([[], ["django.contrib.staticfiles"], ["django.contrib.humanize", "django.contrib.messages"]])
        if dice.randrange(12) == 0:
            contrib = ["django.contrib.admin", "django.contrib.auth", "django.contrib.contenttypes"]
            contrib += ["django.contrib.sessions", "django.contrib.messages", "django.contrib.staticfiles"]
        if self.version < (6, 0) and project.django != "system" and dice.randrange(6) == 0 and chosen.title == "one engine":
            contrib.append("template_partials")
            self.words.has_partials = True
            self.trait("the package of partials")
        self.words.has_partials |= self.version >= (6, 0)
        for form in forms:
            project.variables.update(form.variables)
            project.files |= {self.imports + path: text for path, text in form.modules.items()}
            project.files |= {self.base + path: text for path, text in form.files.items()}
            beside = f"{self.beside}settings/" if layout.startswith("package") else self.beside
            project.files |= {beside + path: text for path, text in form.beside.items()}
        apps = ", ".join(f'"{app}"' for app in contrib + self.apps)
        core = f"SECRET_KEY = \"x\"\nDEBUG = {dice.choice(['True', 'False'])}\nSITE_ID = 7\nUSE_TZ = True\nSTATIC_URL = \"/static/\"\n"
        core += 'DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"\n'
        core += f"\nINSTALLED_APPS = [{apps}]\n"
        core = dice.choice([core, core.replace("= [", "= list((").replace("]\n", ",))\n") if apps else core])
        more = "\n".join(form.text for form in forms)
        views = f"\nTEMPLATES = {chosen.text}\n{chosen.extra}"
        files = {}
        if layout == "one module":
            files["settings.py"] = self.head(1) + core + "\n" + dice.choice([more + views, views + "\n" + more])
            module = "settings"
        elif layout == "package":
            files["settings/__init__.py"] = ""
            files["settings/base.py"] = self.head(2) + core + views
            files["settings/dev.py"] = "from .base import *\n" + "\n" + more
            files["settings/prod.py"] = "from .base import *\n\nINSTALLED_APPS = []\nTEMPLATES = []\n"
            module = "settings.dev"
        elif layout == "package with stars":
            files["settings/__init__.py"] = "from .base import *\nfrom .views import *\n" + "\n" + more
            files["settings/base.py"] = self.head(2) + core
            files["settings/views.py"] = self.head(2) + views
            module = "settings"
        elif layout == "star of a base":
            base = names.word()
            files[f"{base}.py"] = self.head(1) + core + views
            files["settings.py"] = f"from {self.package}.{base} import *\n\n{more}"
            module = "settings"
        else:
            local = names.word()
            files["settings.py"] = self.head(1) + core + views + f"\ntry:\n    from .{local} import *\nexcept ImportError:\n    pass\n"
            files[f"{local}.py"] = f"from .settings import BASE_DIR, INSTALLED_APPS\n\n{more}"
            if not more:
                del files[f"{local}.py"]
            module = "settings"
        if f"{self.beside}__init__.py" not in project.files:
            project.files[f"{self.beside}__init__.py"] = ""
        for path, text in files.items():
            project.files[f"{self.beside}{path}"] = text
        self.module = f"{self.package}.{module}"

    def head(self, depth):
        """The beginning of a settings file; BASE_DIR is the folder of manage.py."""
        up = depth if self.beside != self.base else depth - 1
        path = "Path(__file__).resolve().parent" + ".parent" * up
        if self.dice.randrange(3) == 0:
            path = f"Path(__file__).resolve().parents[{up}]"
        elif self.dice.randrange(3) == 0:
            inner = "os.path.abspath(__file__)"
            for _ in range(up + 1):
                inner = f"os.path.dirname({inner})"
            path = f"Path({inner})"
        return f'"""Settings."""\n\nimport os\nfrom pathlib import Path\n\nBASE_DIR = {path}\n\n'

    def manage(self, in_package):
        names, project = self.names, self.project
        dark = self.dark and self.dice.randrange(4) == 0
        title, start = self.dice.choice([*(starts.DARK if dark else starts.READABLE).items()])
        if start.packages and project.django == "system":
            title, start = "plain", starts.READABLE["plain"]
        self.trait(f"manage.py: {title}")
        rest = self.module.removeprefix(self.package)
        blanks = names.blanks(module=self.module, package=self.package, rest=rest, last=rest[1:])
        path = "sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))\n" if in_package else ""
        project.files[self.here.manage] = start.text(blanks, path)
        for folder, files in ((self.base, start.files), (self.beside, start.beside)):
            project.files |= {folder + filled(path, blanks): filled(text, blanks) for path, text in files.items()}
        project.variables |= {filled(name, blanks): filled(value, blanks) for name, value in start.variables.items()}
        if start.unreadable:
            self.here.unreadable.append(start.unreadable)

    # Templates.

    def text(self, lines):
        """A file of lines, with one of the line ends, sometimes with a byte-order mark."""
        end = self.dice.choice(["\n", "\n", "\n", "\n", "\r\n", "\r"])
        mark = "\ufeff" if self.dice.randrange(10) == 0 else ""
        if end != "\n":
            self.trait(f"line ends: {end.encode()!r}"[:20])
        if mark:
            self.trait("a byte-order mark")
        return mark + end.join(lines) + end

    def templates(self, chosen):
        names, dice, project = self.names, self.dice, self.project
        folder = f"{self.base}{self.template_folder}"
        writer = Writer(names, dice, self.words)
        if self.words.has_partials and dice.randrange(2):
            self.partials(folder)
        for _ in range(dice.randrange(3, 9)):
            inner = dice.choice(["", f"{names.word()}/"])
            name = f"{inner}{names.word()}{dice.choice(_ENDINGS)}"
            lines, loaded = writer.sound()
            if inner and dice.randrange(3) == 0:
                part = f"{names.word()}.html"
                project.files[f"{folder}/{inner}{part}"] = self.text(["<b>{{ a }}</b>"])
                lines.append(f'{{% include "./{part}" %}}')
            if dice.randrange(3) == 0:
                at = dice.randrange(1 if "extends" in lines[0] else 0, len(lines) + 1)
                kind, rules, line, compiles = writer.fault(loaded)
                lines.insert(at, line)
                known = all(library.known for library in loaded)
                project.faults.append(Fault(f"{folder}/{name}", frozenset([at + 1]), kind, rules, known, compiles))
            else:
                self.words.names.append(name)
            project.files[f"{folder}/{name}"] = self.text(lines)
        for where, ending in chosen.foreign:
            name = f"{names.word()}{ending}"
            project.files[f"{self.base}{where}/{name}"] = "{% set a = 1 %}{% macro f(x) %}{{- x -}}{% endmacro %}{{ f(a) }}\n"
        self.linked(folder)

    def partials(self, folder):
        name, partial = f"{self.names.word()}.html", self.names.word()
        load = "{% load partials %}" if self.version < (6, 0) else ""
        lines = [f"{load}{{% partialdef {partial} %}}<b>{{{{ a }}}}</b>{{% endpartialdef %}}", f"{{% partial {partial} %}}"]
        self.project.files[f"{folder}/{name}"] = self.text(lines)
        self.words.partials.append(f"{name}#{partial}")
        self.words.names.append(name)
        self.trait("partials")

    def linked(self, folder):
        """Links below the template folder: another folder, or one that holds itself."""
        names, dice, project = self.names, self.dice, self.project
        way = dice.randrange(8)
        if way == 0:
            target, link, name = names.words(3)
            project.files[f"{self.base}{target}/{name}.html"] = self.text(["{{ a|upper }}"])
            depth = "../" * (self.template_folder.count("/") + 1)
            project.links[f"{folder}/{link}"] = f"{depth}{target}"
            project.files[f"{folder}/{names.word()}.html"] = self.text([f'{{% include "{link}/{name}.html" %}}'])
            self.trait("a link to a folder of templates")
        elif way == 1:
            project.links[f"{folder}/{names.word()}"] = dice.choice([".", ".."])
            self.trait("a link that makes a loop")

    def surroundings(self):
        """Files beside the project that are none of Django's business."""
        names, dice, project = self.names, self.dice, self.project
        if dice.randrange(3) == 0:
            base = self.base if dice.randrange(2) else ""
            word = names.word()
            project.files[f"{base}frontend/{word}.component.html"] = "<p *ngIf=\"a\">{{ a | async }}</p>{% nope %}\n"
            project.files[f"{base}docs/{word}.html"] = "{% raw %}{{ page.title | jsonify }}{% endraw %}\n"
            self.trait("pages of other languages")
        if dice.randrange(6) == 0:
            root = project.roots[0]
            folder = f"{names.word()}"
            project.files[f"{self.base if len(project.roots) == 1 else root.folder + '/'}{self.folder_of(root)}/{folder}/old.html"] = "{% nope %}\n"
            root.configuration["exclude"] = [f"*/{folder}"]
            project.excluded.append(folder)
            self.trait("a folder is excluded")

    def folder_of(self, root):
        """The template folder of the root that was made last; of others it is unknown, and any folder will do."""
        return self.template_folder if root is self.here else "pages"
