"""TEMPLATES: engines, loaders and their options."""

from dataclasses import dataclass, field

DJANGO = "django.template.backends.django.DjangoTemplates"
_LOADERS = "django.template.loaders"


@dataclass
class Engines:
    """What a settings file says about templates, and what follows from it."""

    text: str  # The value of TEMPLATES.
    title: str
    extra: str = ""  # Statements after it.
    files: dict = field(default_factory=dict)  # From the folder of manage.py.
    links: dict = field(default_factory=dict)
    names: list = field(default_factory=list)  # Templates that are no files.
    foreign: list = field(default_factory=list)  # (folder, ending) of files that another engine gets.
    unreadable: str = ""  # Why the templates need not be known.
    own_language: bool = False  # What is in its templates is not only Django's language.


# What a ready() may do to the engines: $module is a library called $library, $template a name.
READY = {
    "more builtins by the settings": """
        from django.conf import settings

        for each in settings.TEMPLATES:
            if each["BACKEND"].endswith("DjangoTemplates"):
                each["OPTIONS"].setdefault("builtins", []).append("$module")
        """,
    "more builtins by the engine": """
        from django.template import Engine
        from django.template.library import import_library

        Engine.get_default().template_builtins.append(import_library("$module"))
        """,
    "more libraries": """
        from django.conf import settings

        for each in settings.TEMPLATES:
            if each["BACKEND"].endswith("DjangoTemplates"):
                each["OPTIONS"].setdefault("libraries", {})["$library"] = "$module"
        """,
    "a loader": """
        from django.conf import settings

        for each in settings.TEMPLATES:
            if each["BACKEND"].endswith("DjangoTemplates"):
                each.pop("APP_DIRS", None)
                each["OPTIONS"]["loaders"] = [
                    "django.template.loaders.filesystem.Loader",
                    "django.template.loaders.app_directories.Loader",
                    ("django.template.loaders.locmem.Loader", {"$template": "x"}),
                ]
        """,
}


def _options(loaders, parts):
    entries = list(parts)
    if loaders:
        entries.append(f'"loaders": {loaders}')
    return "{" + ", ".join(entries) + "}"


def _engine(backend, folder, app_folders, options, name=""):
    title = f'"NAME": "{name}", ' if name else ""
    return f'{{"BACKEND": "{backend}", {title}"DIRS": [{folder}], "APP_DIRS": {app_folders}, "OPTIONS": {options}}}'


def _folder(dice, folder):
    return dice.choice([f'BASE_DIR / "{folder}"', f'str(BASE_DIR / "{folder}")', f'os.path.join(BASE_DIR, "{folder}")'])


def make(names, dice, package, folder, parts, dark, has_jinja):
    """The engines of a project whose own templates are in `folder`; `parts` are entries of OPTIONS."""
    place = _folder(dice, folder)
    plain = _engine(DJANGO, place, True, _options("", parts))
    listed = f'[("{_LOADERS}.filesystem.Loader"), "{_LOADERS}.app_directories.Loader"]'

    def with_loaders(loaders, title, **more):
        return Engines(f"[{_engine(DJANGO, place, False, _options(loaders, parts))}]", title, **more)

    def own_loader(title, body, bases, unreadable="", own_language=False):
        module, name = names.word(), names.word().title()
        text = f"from {_LOADERS} import app_directories, cached, filesystem\nfrom django.template.loaders.base import Loader\n\n\n"
        text += f"class {name}({bases}):\n{body}"
        first = f'"{package}.{module}.{name}"'
        loaders = f'[{first}, "{_LOADERS}.app_directories.Loader"]'
        if "cached" in bases:
            loaders = f'[({first}, ["{_LOADERS}.filesystem.Loader", "{_LOADERS}.app_directories.Loader"])]'
        elif "app_directories" in bases:
            loaders = f'["{_LOADERS}.filesystem.Loader", {first}]'
        elif bases == "Loader":
            loaders = f'["{_LOADERS}.filesystem.Loader", "{_LOADERS}.app_directories.Loader", {first}]'
        return with_loaders(loaders, title, files={f"{package}/{module}.py": text}, unreadable=unreadable, own_language=own_language)

    def in_memory():
        name = f"{names.word()}/{names.word()}.html"
        memory = f'("{_LOADERS}.locmem.Loader", {{"{name}": "{{{{ x }}}}"}})'
        return with_loaders(f'[{memory}, "{_LOADERS}.filesystem.Loader", "{_LOADERS}.app_directories.Loader"]', "loader of texts", names=[name])

    def two_over_one():
        second = _engine(DJANGO, place, False, "{}", names.word())
        return Engines(f"[{plain}, {second}]", "two engines over one folder")

    def two_folders():
        other = names.word()
        second = _engine(DJANGO, _folder(dice, other), False, _options("", parts), names.word())
        return Engines(
            f"[{plain}, {second}]", "two engines, a folder each", files={f"{other}/{names.word()}.html": "{{ x }}\n"}
        )

    def jinja(first):
        other = names.word()
        engine = _engine("django.template.backends.jinja2.Jinja2", _folder(dice, other), True, "{}")
        both = [engine, plain] if first else [plain, engine]
        return Engines(
            f"[{', '.join(both)}]", f"Jinja2 {'first' if first else 'second'}", foreign=[(other, ".html")]
        )

    def by_ending():
        module, name = names.words(2)
        text = (
            "from django.template import TemplateDoesNotExist\nfrom django.template.backends.base import BaseEngine\n\n\n"
            f"class Template:\n    def render(self, context=None, request=None):\n        return ''\n\n\n"
            f"class {name.title()}(BaseEngine):\n    app_dirname = 'templates'\n\n    def __init__(self, params):\n        params = dict(params)\n"
            "        self.ending = params.pop('OPTIONS').pop('match_extension', '.jinja')\n        super().__init__(params)\n\n"
            "    def get_template(self, template_name):\n        if not template_name.endswith(self.ending):\n"
            "            raise TemplateDoesNotExist(template_name)\n"
            "        for candidate in self.iter_template_filenames(template_name):\n            try:\n"
            "                open(candidate).close()\n            except OSError:\n                continue\n            return Template()\n"
            "        raise TemplateDoesNotExist(template_name)\n"
        )
        ending = dice.choice([".jinja", ".j2", ".jinja.html"])
        engine = _engine(f"{package}.{module}.{name.title()}", place, True, f'{{"match_extension": "{ending}"}}')
        return Engines(
            f"[{engine}, {plain}]",
            "an engine that takes names by their ending",
            files={f"{package}/{module}.py": text},
            foreign=[(folder, ending)],
            unreadable="an engine of its own takes some names",
        )

    def subclass(own_language):
        module, name = names.words(2)
        text = f"from django.template.backends.django import DjangoTemplates\n\n\nclass {name.title()}(DjangoTemplates):\n    "
        if own_language:
            tag = names.word()
            text += (
                "def get_template(self, template_name):\n        return self.from_string('')\n"
                f"\n    def __init__(self, params):\n        super().__init__(params)\n        self.engine.template_builtins.append({tag}())\n"
            )
            text = (
                "from django.template import Library, Node\n" + text + f"\n\ndef {tag}():\n    library = Library()\n"
                f"    library.tag('{tag}', lambda parser, token: Node())\n    return library\n"
            )
        else:
            text += "pass\n"
        engine = _engine(f"{package}.{module}.{name.title()}", place, True, _options("", parts))
        return Engines(
            f"[{engine}]",
            "a subclass of Django's engine with tags of its own" if own_language else "a bare subclass of Django's engine",
            files={f"{package}/{module}.py": text},
            unreadable="the engine is a class of the project's own" if own_language else "",
            own_language=own_language,
        )

    bright = [
        lambda: Engines(f"[{plain}]", "one engine"),
        lambda: Engines(f"[{plain}]", "one engine"),
        lambda: with_loaders(listed.replace('("', '"').replace('")', '"'), "loaders listed"),
        lambda: with_loaders(f'[("{_LOADERS}.cached.Loader", ["{_LOADERS}.filesystem.Loader", "{_LOADERS}.app_directories.Loader"])]', "cached loader"),
        in_memory,
        lambda: own_loader("own subclass of the loader of folders", "    pass\n", "filesystem.Loader"),
        lambda: own_loader("own subclass of the loader of apps", "    is_usable = True\n", "app_directories.Loader"),
        lambda: own_loader("own subclass of the cached loader", "    pass\n", "cached.Loader"),
        lambda: subclass(False),
        two_over_one,
        two_folders,
    ]
    if has_jinja:
        bright += [lambda: jinja(True), lambda: jinja(False)]
    finds_more = "    def get_template_sources(self, template_name):\n        return\n        yield\n"
    darker = [
        lambda: own_loader("own loader", finds_more, "Loader", "a loader of the project's own"),
        lambda: own_loader(
            "own subclass of a loader with a method",
            "    def get_contents(self, origin):\n        return super().get_contents(origin)\n",
            "filesystem.Loader",
            "a loader of the project's own does more",
            own_language=True,
        ),
        lambda: own_loader(
            "own subclass of a loader that translates",
            '    def get_contents(self, origin):\n        return super().get_contents(origin).replace("{%", "{#").replace("%}", "#}")\n',
            "filesystem.Loader",
            "a loader of the project's own changes texts",
            own_language=True,
        ),
        by_ending,
        lambda: subclass(True),
    ]
    return dice.choice(darker if dark else bright)()
