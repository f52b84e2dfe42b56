"""The ways in which a settings file comes to an app beyond its plain list.

Each returns a Form; `text` stands after INSTALLED_APPS and may use it and BASE_DIR.
"""

from dataclasses import dataclass, field


@dataclass
class Form:
    text: str
    installed: bool = True  # As Django runs it here.
    unreadable: str = ""  # Why it need not be read, in words.
    optional: bool = False  # It may be taken as installed or not; nothing is demanded.
    variables: dict = field(default_factory=dict)
    files: dict = field(default_factory=dict)  # From the folder of manage.py.
    packages: tuple = ()  # What must be installed.


def plus_equals(app, names):
    return Form(f'INSTALLED_APPS += ["{app}"]\n')


def appended(app, names):
    return Form(f'INSTALLED_APPS.append("{app}")\n')


def inserted(app, names):
    return Form(f'INSTALLED_APPS.insert(0, "{app}")\n')


def splat(app, names):
    return Form(f'INSTALLED_APPS = [*INSTALLED_APPS, "{app}"]\n')


def looped(app, names):
    return Form(f'for each in ("{app}",):\n    if each not in INSTALLED_APPS:\n        INSTALLED_APPS.append(each)\n')


def by_function(app, names):
    function = names.word()
    return Form(f'def {function}(apps, *more):\n    return list(apps) + list(more)\n\n\nINSTALLED_APPS = {function}(INSTALLED_APPS, "{app}")\n')


def in_branch(app, names):
    flag = names.word().upper()
    return Form(f'{flag} = True\nif {flag}:\n    INSTALLED_APPS += ["{app}"]\n')


def without_argument(app, names):
    return Form(f'import sys\n\nif "test" not in sys.argv:\n    INSTALLED_APPS += ["{app}"]\n')


def if_it_can_be_found(app, names):
    return Form(f'import importlib.util\n\nif importlib.util.find_spec("{app}"):\n    INSTALLED_APPS += ["{app}"]\n')


def tried(app, names):
    return Form(f'try:\n    import {app}\nexcept ImportError:\n    pass\nelse:\n    INSTALLED_APPS += ["{app}"]\n')


def tried_in_vain(app, names):
    missing = names.word()
    return Form(
        f'try:\n    import {missing}\n    INSTALLED_APPS += ["{missing}", "{app}"]\nexcept ImportError:\n    pass\n', installed=False
    )


def not_there_in_branch(app, names):
    """A condition that only the running program knows, and an app that is not here: there Django could not start."""
    missing = names.word()
    return Form(
        f'import socket\n\nINSTALLED_APPS += ["{app}"]\nif socket.gethostname() == "{names.word()}":\n'
        f'    INSTALLED_APPS.append("{missing}")\n'
    )


def _variable(names):
    return names.word().upper()


def default_holds(app, names):
    return Form(f'import os\n\nINSTALLED_APPS += os.environ.get("{_variable(names)}", "{app}").split(",")\n')


def variable_set(app, names):
    variable = _variable(names)
    return Form(
        f'import os\n\nINSTALLED_APPS += [each for each in os.environ.get("{variable}", "").split(",") if each]\n',
        variables={variable: app},
    )


def default_is_empty(app, names):
    return Form(
        f'import os\n\nINSTALLED_APPS += [each for each in os.environ.get("{_variable(names)}", "").split(",") if each]\n',
        installed=False,
        unreadable="a variable that is not set adds nothing",
    )


def branch_of_variable(app, names):
    return Form(f'import os\n\nif os.environ.get("{_variable(names)}"):\n    INSTALLED_APPS += ["{app}"]\n', installed=False, optional=True)


def branch_of_set_variable(app, names):
    variable = _variable(names)
    return Form(f'import os\n\nif os.environ.get("{variable}"):\n    INSTALLED_APPS += ["{app}"]\n', variables={variable: "1"})


def decoupled(app, names):
    return Form(
        f'from decouple import Csv, config\n\nINSTALLED_APPS += config("{_variable(names)}", default="{app}", cast=Csv())\n',
        packages=("decouple",),
    )


def decoupled_file(app, names):
    variable = _variable(names)
    return Form(
        f'from decouple import Config, Csv, RepositoryEnv\n\nINSTALLED_APPS += Config(RepositoryEnv(BASE_DIR / "{variable.lower()}.env"))("{variable}", cast=Csv())\n',
        files={f"{variable.lower()}.env": f"{variable}={app}\n"},
        packages=("decouple",),
    )


def decoupled_boolean(app, names):
    return Form(
        f'from decouple import config\n\nif config("{_variable(names)}", default=True, cast=bool):\n    INSTALLED_APPS += ["{app}"]\n',
        packages=("decouple",),
    )


def environ_default(app, names):
    return Form(
        f'import environ\n\nenv = environ.Env()\nINSTALLED_APPS += env.list("{_variable(names)}", default=["{app}"])\n',
        packages=("environ",),
    )


def environ_file(app, names):
    variable = _variable(names)
    return Form(
        f'import environ\n\nenv = environ.Env({variable}=(list, []))\nenviron.Env.read_env(BASE_DIR / ".{variable.lower()}")\n'
        f'INSTALLED_APPS += env("{variable}")\n',
        files={f".{variable.lower()}": f"# apps\n{variable}={app}\n"},
        packages=("environ",),
    )


def environ_boolean(app, names):
    return Form(
        f'import environ\n\nenv = environ.Env()\nif env.bool("{_variable(names)}", default=True):\n    INSTALLED_APPS += ["{app}"]\n',
        packages=("environ",),
    )


def dotenv_file(app, names):
    variable = _variable(names)
    return Form(
        f'import os\nfrom dotenv import load_dotenv\n\nload_dotenv(BASE_DIR / ".{variable.lower()}")\n'
        f'INSTALLED_APPS += os.environ["{variable}"].split(",")\n',
        files={f".{variable.lower()}": f'export {variable}="{app}"\n'},
        packages=("dotenv",),
    )


def split_settings(app, names):
    folder = names.word()
    return Form(
        f'from split_settings.tools import include, optional\n\ninclude("{folder}/*.py", optional("{names.word()}.py"))\n',
        files={f"{{beside}}/{folder}/apps.py": f'INSTALLED_APPS += ["{app}"]  # noqa: F821\n'},
        packages=("split_settings",),
    )


def split_by_variable(app, names):
    folder, file = names.words(2)
    return Form(
        f'import os\nfrom split_settings.tools import include\n\nENV = os.environ.get("{_variable(names)}", "{file}")\n'
        f'include(f"{folder}/{{ENV}}.py")\n',
        files={
            f"{{beside}}/{folder}/{file}.py": f'INSTALLED_APPS += ["{app}"]  # noqa: F821\n',
            f"{{beside}}/{folder}/{names.word()}.py": "DEBUG = False\n",
        },
        packages=("split_settings",),
    )


def _local(app, names, text):
    file = f"{names.word()}.py"
    return Form(text.format(file=file), files={file: f'INSTALLED_APPS += ["{app}"]  # noqa: F821\n'})


def executed(app, names):
    return _local(app, names, 'exec(open(BASE_DIR / "{file}").read())\n')


def executed_path(app, names):
    return _local(app, names, 'exec((BASE_DIR / "{file}").read_text())\n')


def executed_compiled(app, names):
    return _local(app, names, 'path = BASE_DIR / "{file}"\nif path.exists():\n    exec(compile(path.read_text(), str(path), "exec"))\n')


def run_path(app, names):
    file = f"{names.word()}.py"
    return Form(
        f'import runpy\n\nINSTALLED_APPS += runpy.run_path(str(BASE_DIR / "{file}"))["MORE"]\n', files={file: f'MORE = ["{app}"]\n'}
    )


def other_module(app, names):
    module, helper = names.words(2)
    return Form(
        f"from {module} import {helper}\n\n{helper}(INSTALLED_APPS)\n",
        files={f"{module}.py": f'def {helper}(apps):\n    apps.append("{app}")\n'},
    )


def tried_star(app, names):
    module = names.word()
    return Form(
        f"try:\n    from {module} import *\nexcept ImportError:\n    pass\nelse:\n    INSTALLED_APPS += MORE_APPS\n",
        files={f"{module}.py": f'MORE_APPS = ["{app}"]\n'},
    )


def star_of_nothing(app, names):
    return Form(f"try:\n    from {names.word()} import *\nexcept ImportError:\n    pass\nINSTALLED_APPS += [\"{app}\"]\n")


# What follows may be read or not; it must never lead to a false claim.


def globbed(app, names):
    return Form(
        f'INSTALLED_APPS += [path.parent.name for path in sorted(BASE_DIR.glob("{app}/__init__.py"))]\n', unreadable="apps are looked up in a folder"
    )


def modules_walked(app, names):
    return Form(
        f'import pkgutil\n\nINSTALLED_APPS += [each.name for each in pkgutil.iter_modules([str(BASE_DIR)]) if each.name == "{app}"]\n',
        unreadable="apps are looked up among modules",
    )


def entry_points(app, names):
    return Form(
        f'from importlib.metadata import entry_points\n\nINSTALLED_APPS += [each.module for each in entry_points(group="{names.word()}")]\n'
        f'INSTALLED_APPS += ["{app}"]\n',
        unreadable="apps come from entry points",
    )


def own_parser(app, names):
    file = f"{names.word()}.ini"
    return Form(
        "import configparser\n\n\nclass Parser:\n    def __init__(self, path):\n        self.inner = configparser.ConfigParser()\n"
        "        self.inner.read(path)\n\n    def get(self, key, fallback):\n        return self.inner.get('django', key, fallback=fallback)\n\n\n"
        f'INSTALLED_APPS += Parser(BASE_DIR / "{file}").get("apps", "").split()\n',
        files={file: f"[django]\napps = {app}\n"},
        unreadable="apps come from a file by a parser of the project's own",
    )


def from_json(app, names):
    file = f"{names.word()}.json"
    return Form(
        f'import json\n\nINSTALLED_APPS += json.loads((BASE_DIR / "{file}").read_text())["apps"]\n',
        files={file: f'{{"apps": ["{app}"]}}\n'},
        unreadable="apps come from a JSON file",
    )


def evaluated(app, names):
    return Form(f"""INSTALLED_APPS += eval("['{app}']")\n""", unreadable="apps come from text that is evaluated")


def by_host(app, names):
    return Form(
        f'import socket\n\nINSTALLED_APPS += {{"{names.word()}": []}}.get(socket.gethostname(), ["{app}"])\n',
        unreadable="apps depend on the machine's name",
    )


READABLE = [plus_equals, appended, inserted, splat, looped, by_function, in_branch, without_argument, if_it_can_be_found]
READABLE += [tried, tried_in_vain, not_there_in_branch, default_holds, variable_set, branch_of_variable, branch_of_set_variable]
READABLE += [decoupled, decoupled_file, decoupled_boolean, environ_default, environ_file, environ_boolean, dotenv_file]
READABLE += [split_settings, split_by_variable, executed, executed_path, executed_compiled, run_path, other_module, tried_star]
READABLE += [star_of_nothing]
DARK = [default_is_empty, globbed, modules_walked, entry_points, own_parser, from_json, evaluated, by_host]
