"""What a fresh `nuages check` says, as a client of the language server would have it."""

import json
import os
import re
import shutil
import subprocess
import tempfile

from client import position

SEVERITIES = {"error": 1, "warning": 2, "information": 3, "hint": 4}


class Fresh:
    """Of all `projects` below `root`, and of the package `bare` where it is one of the client's `folders`.

    `unsaved` is a file, by its name, and the text that an editor has for it. `options` are those of the editor.
    """

    def __init__(self, program, root, projects, encoding, options, folders, unsaved=None):
        self._program = program
        self._root = root
        self._encoding = encoding
        self._read = {}
        self.findings = {}  # Real path to a list.
        self.notes = {}  # Root of a project to (path, line, text) of each line that was not read.
        with tempfile.TemporaryDirectory() as folder:
            self._at = root
            # `check` has no option for the one, and with the other it looks into apps that are not installed.
            if "exclude" in options or unsaved:
                self._at = os.path.join(os.path.realpath(folder), "copy")
                shutil.copytree(root, self._at, symlinks=True)
            if "exclude" in options:
                for project in projects:
                    self._exclude(project, options["exclude"], folders)
            if unsaved:
                os.makedirs(os.path.dirname(f"{self._at}/{unsaved[0]}"), exist_ok=True)
                with open(f"{self._at}/{unsaved[0]}", "w", encoding="utf-8", newline="") as file:
                    file.write(unsaved[1])
            self._run(self._at, options)
            if "bare" in folders:
                if "exclude" in options:  # which makes a project of it, and so comes last
                    self._exclude("bare", options["exclude"], folders)
                self._run(f"{self._at}/bare", options)

    def _exclude(self, project, patterns, folders):
        """The patterns start from the folders of the client, and stand in the place of those of all projects."""
        name = f"{self._at}/{project}/pyproject.toml"
        text = "[tool.nuages]\n"
        if os.path.exists(name):
            with open(name, encoding="utf-8") as file:
                text = re.sub(r"(?m)^exclude = .*\n", "", file.read())
        with open(name, "w", encoding="utf-8") as file:
            file.write(text + f"exclude = {patterns if project in folders or not folders else []!r}\n")

    def _run(self, folder, options):
        command = [self._program, "check", "--format", "json", "--allow-empty"]
        for key in ("select", "ignore", "settings"):
            value = options.get(key)
            if value:
                command += [f"--{key}", value if isinstance(value, str) else ",".join(value)]
        environment = {"PATH": os.environ["PATH"], "LC_CTYPE": "C.UTF-8", "HOME": "/nonexistent"}
        done = subprocess.run(
            command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, capture_output=True, check=False
        )
        if done.returncode not in (0, 1):
            raise RuntimeError(f"{' '.join(command)}: exit {done.returncode}: {done.stderr.decode(errors='replace')}")
        report = json.loads(done.stdout)
        base = report["root"]
        for found in report["diagnostics"]:
            path = os.path.join(base, found["path"])
            related = [(self._path(base, each), self._range(base, each), each["message"]) for each in found["related"]]
            self.findings.setdefault(os.path.realpath(self._back(path)), []).append(
                (self._range(base, found), SEVERITIES[found["severity"]], found["rule"], found["message"], related)
            )
        for project in report["projects"]:
            self.notes[self._back(os.path.join(base, project["root"]))] = [
                (self._back(os.path.join(base, reason["path"])), reason["line"] - 1, reason["why"])
                for reason in project["open"]
                if reason["line"]
            ]

    def _back(self, path):
        path = os.path.normpath(path)
        return self._root + path[len(self._at) :] if path.startswith(self._at) else path

    def _path(self, base, found):
        return os.path.realpath(self._back(os.path.join(base, found["path"])))

    def _range(self, base, found):
        path = os.path.normpath(os.path.join(base, found["path"]))
        if path not in self._read:
            with open(path, "rb") as file:
                self._read[path] = file.read()
        data = self._read[path]
        text = data.decode()
        ends = []
        for end in ("start", "end"):
            place = position(text, len(data[: found["range"][end]["offset"]].decode()), self._encoding)
            ends.append((place["line"], place["character"]))
        return tuple(ends)
