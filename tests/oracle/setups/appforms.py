"""The ways in which a settings file comes to an app beyond its plain list."""

import textwrap
from dataclasses import dataclass, field

from names import filled


@dataclass(frozen=True)
class Form:
    """One way. `text` stands after INSTALLED_APPS and may use it and BASE_DIR. All texts have the blanks of
    Names.blanks(), and $app for what the settings name."""

    text: str
    installed: bool = True  # As Django runs it here.
    unreadable: str = ""  # Why it need not be read, in words.
    optional: bool = False  # It may be taken as installed or not; nothing is demanded.
    variables: dict = field(default_factory=dict)
    beside: dict = field(default_factory=dict)  # Files beside the settings.
    files: dict = field(default_factory=dict)  # From the folder of manage.py.
    modules: dict = field(default_factory=dict)  # From where imports begin.
    packages: tuple = ()  # What must be installed.
    by_hand: dict = field(default_factory=dict)  # Variables with which the configuration makes it readable.

    def write(self, blanks):
        def fill(texts):
            return {filled(key, blanks): filled(value, blanks) for key, value in texts.items()}

        return Form(
            filled(textwrap.dedent(self.text).lstrip("\n"), blanks),
            installed=self.installed,
            variables=fill(self.variables),
            by_hand=fill(self.by_hand or self.variables),
            beside=fill(self.beside),
            files=fill(self.files),
            modules=fill(self.modules),
        )


_ADD = 'INSTALLED_APPS += ["$app"]  # noqa: F821\n'

READABLE = {
    "plus equals": Form('INSTALLED_APPS += ["$app"]\n'),
    "appended": Form('INSTALLED_APPS.append("$app")\n'),
    "inserted": Form('INSTALLED_APPS.insert(0, "$app")\n'),
    "splat": Form('INSTALLED_APPS = [*INSTALLED_APPS, "$app"]\n'),
    "looped": Form('for each in ("$app",):\n    if each not in INSTALLED_APPS:\n        INSTALLED_APPS.append(each)\n'),
    "by function": Form(
        """
        def $a(apps, *more):
            return list(apps) + list(more)


        INSTALLED_APPS = $a(INSTALLED_APPS, "$app")
        """
    ),
    "in branch": Form('$V = True\nif $V:\n    INSTALLED_APPS += ["$app"]\n'),
    "without argument": Form('import sys\n\nif "test" not in sys.argv:\n    INSTALLED_APPS += ["$app"]\n'),
    "if it can be found": Form('import importlib.util\n\nif importlib.util.find_spec("$app"):\n    INSTALLED_APPS += ["$app"]\n'),
    "tried": Form('try:\n    import $app\nexcept ImportError:\n    pass\nelse:\n    INSTALLED_APPS += ["$app"]\n'),
    "tried in vain": Form(
        'try:\n    import $a\n    INSTALLED_APPS += ["$a", "$app"]\nexcept ImportError:\n    pass\n', installed=False
    ),
    # A condition that only the running program knows, and an app that is not here: there Django could not start.
    "not there in branch": Form(
        """
        import socket

        INSTALLED_APPS += ["$app"]
        if socket.gethostname() == "$a":
            INSTALLED_APPS.append("$b")
        """
    ),
    "default holds": Form('import os\n\nINSTALLED_APPS += os.environ.get("$V", "$app").split(",")\n'),
    "variable set": Form(
        'import os\n\nINSTALLED_APPS += [each for each in os.environ.get("$V", "").split(",") if each]\n', variables={"$V": "$app"}
    ),
    "branch of variable": Form('import os\n\nif os.environ.get("$V"):\n    INSTALLED_APPS += ["$app"]\n', installed=False, optional=True),
    "branch of set variable": Form('import os\n\nif os.environ.get("$V"):\n    INSTALLED_APPS += ["$app"]\n', variables={"$V": "1"}),
    "variable handled": Form(
        """
        import os

        try:
            $a = os.environ["$V"].split(",")
        except KeyError:
            $a = ["$app"]
        INSTALLED_APPS += $a
        """
    ),
    "set variable handled": Form(
        """
        import os

        try:
            INSTALLED_APPS += os.environ["$V"].split(",")
        except KeyError:
            pass
        """,
        variables={"$V": "$app"},
    ),
    "variable handled in a function": Form(
        """
        import os


        def $a(name, default):
            try:
                return os.environ[name]
            except KeyError:
                return default


        INSTALLED_APPS += $a("$V", "$app").split(",")
        """
    ),
    "decoupled": Form(
        'from decouple import Csv, config\n\nINSTALLED_APPS += config("$V", default="$app", cast=Csv())\n', packages=("decouple",)
    ),
    "decoupled file": Form(
        """
        from decouple import Config, Csv, RepositoryEnv

        INSTALLED_APPS += Config(RepositoryEnv(BASE_DIR / "$v.env"))("$V", cast=Csv())
        """,
        files={"$v.env": "$V=$app\n"},
        packages=("decouple",),
    ),
    "decoupled boolean": Form(
        'from decouple import config\n\nif config("$V", default=True, cast=bool):\n    INSTALLED_APPS += ["$app"]\n', packages=("decouple",)
    ),
    "environ default": Form(
        'import environ\n\nenv = environ.Env()\nINSTALLED_APPS += env.list("$V", default=["$app"])\n', packages=("environ",)
    ),
    "environ file": Form(
        """
        import environ

        env = environ.Env($V=(list, []))
        environ.Env.read_env(BASE_DIR / ".$v")
        INSTALLED_APPS += env("$V")
        """,
        files={".$v": "# apps\n$V=$app\n"},
        packages=("environ",),
    ),
    "environ boolean": Form(
        'import environ\n\nenv = environ.Env()\nif env.bool("$V", default=True):\n    INSTALLED_APPS += ["$app"]\n', packages=("environ",)
    ),
    "dotenv file": Form(
        """
        import os
        from dotenv import load_dotenv

        load_dotenv(BASE_DIR / ".$v")
        INSTALLED_APPS += os.environ["$V"].split(",")
        """,
        files={".$v": 'export $V="$app"\n'},
        packages=("dotenv",),
    ),
    "split settings": Form(
        'from split_settings.tools import include, optional\n\ninclude("$a/*.py", optional("$b.py"))\n',
        beside={"$a/apps.py": _ADD},
        packages=("split_settings",),
    ),
    "split by variable": Form(
        """
        import os
        from split_settings.tools import include

        ENV = os.environ.get("$V", "$b")
        include(f"$a/{ENV}.py")
        """,
        beside={"$a/$b.py": _ADD, "$a/$c.py": "DEBUG = False\n"},
        packages=("split_settings",),
    ),
    "executed": Form('exec(open(BASE_DIR / "$a.py").read())\n', files={"$a.py": _ADD}),
    "executed path": Form('exec((BASE_DIR / "$a.py").read_text())\n', files={"$a.py": _ADD}),
    "executed compiled": Form(
        """
        path = BASE_DIR / "$a.py"
        if path.exists():
            exec(compile(path.read_text(), str(path), "exec"))
        """,
        files={"$a.py": _ADD},
    ),
    "run path": Form(
        'import runpy\n\nINSTALLED_APPS += runpy.run_path(str(BASE_DIR / "$a.py"))["MORE"]\n', files={"$a.py": 'MORE = ["$app"]\n'}
    ),
    "other module": Form(
        "from $a import $b\n\n$b(INSTALLED_APPS)\n", modules={"$a.py": 'def $b(apps):\n    apps.append("$app")\n'}
    ),
    "tried star": Form(
        "try:\n    from $a import *\nexcept ImportError:\n    pass\nelse:\n    INSTALLED_APPS += MORE_APPS\n",
        modules={"$a.py": 'MORE_APPS = ["$app"]\n'},
    ),
    "star of nothing": Form('try:\n    from $a import *\nexcept ImportError:\n    pass\nINSTALLED_APPS += ["$app"]\n'),
}

# What follows may be read or not; it must never lead to a false claim.
DARK = {
    "default is empty": Form(
        'import os\n\nINSTALLED_APPS += [each for each in os.environ.get("$V", "").split(",") if each]\n',
        installed=False,
        unreadable="a variable that is not set adds nothing",
        by_hand={"$V": ""},
    ),
    "variable handled in vain": Form(
        """
        import os

        try:
            INSTALLED_APPS += os.environ["$V"].split(",")
        except KeyError:
            pass
        """,
        installed=False,
        unreadable="a variable that is not set adds nothing",
    ),
    "globbed": Form(
        'INSTALLED_APPS += [path.parent.name for path in sorted(BASE_DIR.glob("$app/__init__.py"))]\n',
        unreadable="apps are looked up in a folder",
    ),
    "modules walked": Form(
        'import pkgutil\n\nINSTALLED_APPS += [each.name for each in pkgutil.iter_modules([str(BASE_DIR)]) if each.name == "$app"]\n',
        unreadable="apps are looked up among modules",
    ),
    "entry points": Form(
        """
        from importlib.metadata import entry_points

        INSTALLED_APPS += [each.module for each in entry_points(group="$a")]
        INSTALLED_APPS += ["$app"]
        """,
        unreadable="apps come from entry points",
    ),
    "own parser": Form(
        """
        import configparser


        class Parser:
            def __init__(self, path):
                self.inner = configparser.ConfigParser()
                self.inner.read(path)

            def get(self, key, fallback):
                return self.inner.get("django", key, fallback=fallback)


        INSTALLED_APPS += Parser(BASE_DIR / "$a.ini").get("apps", "").split()
        """,
        files={"$a.ini": "[django]\napps = $app\n"},
        unreadable="apps come from a file by a parser of the project's own",
    ),
    "from JSON": Form(
        'import json\n\nINSTALLED_APPS += json.loads((BASE_DIR / "$a.json").read_text())["apps"]\n',
        files={"$a.json": '{"apps": ["$app"]}\n'},
        unreadable="apps come from a JSON file",
    ),
    "evaluated": Form("""INSTALLED_APPS += eval("['$app']")\n""", unreadable="apps come from text that is evaluated"),
    "by host": Form(
        'import socket\n\nINSTALLED_APPS += {"$a": []}.get(socket.gethostname(), ["$app"])\n',
        unreadable="apps depend on the machine's name",
    ),
}
