"""The ways in which manage.py names the settings."""

import textwrap
from dataclasses import dataclass, field

from names import filled


@dataclass(frozen=True)
class Start:
    """One way. All texts have the blanks of Names.blanks(), and $module, which is $package and $rest."""

    body: str
    before: str = ""  # What stands at the top of the file.
    files: dict = field(default_factory=dict)  # From the folder of manage.py.
    beside: dict = field(default_factory=dict)  # In the package of the settings.
    variables: dict = field(default_factory=dict)
    in_main: bool = False
    unreadable: str = ""  # Why it need not be read, in words.
    packages: tuple = ()  # What must be installed.

    def text(self, blanks, path):
        """manage.py; `path` is a statement for which it has to be found by other modules, or nothing."""
        body = path + filled(textwrap.dedent(self.body).lstrip("\n"), blanks)
        body += "from django.core.management import execute_from_command_line\n\nexecute_from_command_line(sys.argv)\n"
        head = "#!/usr/bin/env python\nimport os\nimport sys\n\n" + filled(textwrap.dedent(self.before).lstrip("\n"), blanks)
        if self.in_main:
            head += "def main():\n" + textwrap.indent(body, "    ") + "\n\n"
            body = "main()\n"
        return head + '\nif __name__ == "__main__":\n' + textwrap.indent(body, "    ")


def _default(name):
    return f'os.environ.setdefault("DJANGO_SETTINGS_MODULE", {name})\n'


READABLE = {
    "plain": Start(_default('"$module"')),
    "in main": Start(_default('"$module"'), in_main=True),
    "by a format": Start(_default('"%s$rest" % "$package"')),
    "by a formatted string": Start('where = "$package"\n' + _default('f"{where}$rest"')),
    "assigned": Start('os.environ[str("DJANGO_SETTINGS_MODULE")] = str("$module")\n'),
    "updated": Start('os.environ.update({"DJANGO_SETTINGS_MODULE": "$module"})\n'),
    "where it is not set": Start(
        'if not os.environ.get("DJANGO_SETTINGS_MODULE"):\n    os.environ["DJANGO_SETTINGS_MODULE"] = "$module"\n', in_main=True
    ),
    "by the command": Start(
        """
        if "test" in sys.argv:
            os.environ.setdefault("DJANGO_SETTINGS_MODULE", "$package.$a")
        else:
            os.environ.setdefault("DJANGO_SETTINGS_MODULE", "$module")
        """,
        beside={"$a.py": "INSTALLED_APPS = []\nTEMPLATES = []\n"},
    ),
    "by the first word": Start(
        'first = sys.argv[1] if len(sys.argv) > 1 else ""\n' + _default('"$package.$a" if first.startswith("test") else "$module"'),
        beside={"$a.py": "INSTALLED_APPS = []\nTEMPLATES = []\n"},
    ),
    "by a function": Start(_default('$a("$package")'), before='def $a(name):\n    return name + "$rest"\n\n'),
    "by another module": Start(_default("$b()"), before="from $a import $b\n\n", files={"$a.py": 'def $b():\n    return "$module"\n'}),
    "by a constant": Start("os.environ.setdefault(KEY, $A)\n", before='KEY = "DJANGO_SETTINGS_MODULE"\n$A = "$module"\n\n', in_main=True),
    "by a variable's default": Start(_default('os.environ.get("$V", "$module")')),
    "by a variable": Start(
        _default('"$package." + os.environ["$V"]'), variables={"$V": "$last"}, beside={"$a.py": "INSTALLED_APPS = []\nTEMPLATES = []\n"}
    ),
    "by a handler": Start(
        """
        try:
            name = os.environ["$V"]
        except KeyError:
            name = "$module"
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", name)
        """
    ),
    "by what can be imported": Start(
        """
        try:
            import $a
        except ImportError:
            name = "$module"
        else:
            name = "$package.$a"
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", name)
        """
    ),
    "by a file of variables": Start(
        'load_dotenv(os.path.join(os.path.dirname(os.path.abspath(__file__)), ".$v"))\n',
        before="from dotenv import load_dotenv\n\n",
        files={".$v": "DJANGO_SETTINGS_MODULE=$module\n"},
        packages=("dotenv",),
    ),
}

DARK = {
    "by the host": Start(
        'import socket\n\nname = "$package.$a" if socket.gethostname() == "$b" else "$module"\n' + _default("name"),
        beside={"$a.py": "from $module import *\n\nINSTALLED_APPS = []\n"},
        unreadable="the host decides which settings are meant",
    ),
    "read from a file": Start(
        'with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "$a.json")) as file:\n    name = json.load(file)["settings"]\n'
        + _default("name"),
        before="import json\n\n",
        files={"$a.json": '{"settings": "$module"}\n'},
        unreadable="the settings are named in a JSON file",
    ),
}
