"""What a made-up project is, and how it gets onto the disk."""

import json
import os
from dataclasses import dataclass, field

# Kinds that an unknown app cannot bring about.
_KNOWN_WITHOUT_APPS = {"unclosed", "unmatched", "unknown tag", "unknown filter", "unloaded tag", "unloaded filter"}


@dataclass(frozen=True)
class Fault:
    """A mistake that was put into a template."""

    path: str  # From the folder of the project.
    lines: frozenset
    kind: str
    rules: tuple  # Names of the rules that may say it; none if it need not be found.
    loads_known: bool = True  # Whether the template loads only libraries of apps that are read.
    at_compile_time: bool = True  # Whether Template() refuses it; else get_template() does not find the name.


@dataclass
class Root:
    """A folder from which Django is started."""

    folder: str  # From the folder of the project; "" is that itself.
    manage: str  # Path of its manage.py.
    # Whether everything about it is written in a form that must be read, so that no list may be open. The reasons why
    # it is not, in words.
    unreadable: list = field(default_factory=list)
    unread_apps: int = 0  # How many of the reasons concern no more than which apps there are.
    configuration: dict = field(default_factory=dict)  # Keys of [tool.nuages].

    def demands(self, fault):
        """Whether a mistake must be found: a library of an app that is read is taken for that one, whatever others bring."""
        if not self.unreadable:
            return True
        return len(self.unreadable) == self.unread_apps and fault.loads_known and fault.kind in _KNOWN_WITHOUT_APPS


def _table(configuration):
    lines = ["", "[tool.nuages]"]
    for key, value in configuration.items():
        if isinstance(value, dict):
            lines.append(f"{key} = {{{{{', '.join(f'{name} = {json.dumps(text)}' for name, text in value.items())}}}}}")
        else:
            lines.append(f"{key} = {json.dumps(value)}")
    return "\n".join(lines) + "\n"


@dataclass
class Project:
    """Files and how `nuages check` is to be run on them."""

    index: int
    django: str  # Which environment, "system" for none of its own.
    files: dict = field(default_factory=dict)  # Path to text; str is written as UTF-8.
    path_files: dict = field(default_factory=dict)  # The same of files that hold the paths of other things.
    links: dict = field(default_factory=dict)  # Path to what it points at.
    typed: dict = field(default_factory=dict)  # Files as they are when nuages looks; Django has judged the whole ones.
    roots: list = field(default_factory=list)
    arguments: list = field(default_factory=list)  # Of `nuages check`; {environment} is a place.
    folder: str = ""  # Where it is run.
    variables: dict = field(default_factory=dict)
    hidden: set = field(default_factory=set)  # Of the variables, those that only Django's process has.
    name: str = "x"  # As pyproject.toml has it.
    faults: list = field(default_factory=list)
    traits: list = field(default_factory=list)  # The ingredients, in words.
    excluded: list = field(default_factory=list)  # Folders that the configuration leaves out.

    def write(self, target, environment):
        """Makes the project in the folder `target`; {environment} in a link, a path file or the configuration is the folder
        of the installed packages, and {project} `target`."""
        places = {"environment": str(environment), "project": str(target)}
        for root in self.roots:
            if root.configuration:
                self.path_files[os.path.join(root.folder, "pyproject.toml")] = self.description() + _table(root.configuration)
        for path, text in [*self.files.items(), *((path, text.format(**places)) for path, text in self.path_files.items())]:
            file = target / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(text.encode())
        for path, to in self.links.items():
            link = target / path
            link.parent.mkdir(parents=True, exist_ok=True)
            os.symlink(to.format(**places), link)

    def description(self):
        """The part of pyproject.toml that is not ours."""
        return f'[project]\nname = "{self.name}"\nversion = "1"\n'

    def type(self, target, typed):
        """Brings the files into the state in which somebody types at them, or back."""
        for path, text in self.typed.items():
            (target / path).write_text(text if typed else self.files[path], encoding="utf-8")
