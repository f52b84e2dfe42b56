"""What it costs `nuages serve` to be looked at, in instructions: nobody may look, nobody looks, somebody looks and reads.

Each is run under callgrind with some keystrokes and with more of them on one made-up project; the difference, divided by
the keystrokes between, is what one costs with all that follows from it. Instructions do not depend on other work.
"""

import os
import re
import socket
import tempfile
import threading
from pathlib import Path

import growth
import madeup

TEMPLATES = 200
FEW, MANY = 20, 1020  # Keystrokes in the base that all extend; the diagnostics of a page are asked for after each.
WATCH = b"\x01\0\0\0\x02"  # The one word of an inspector: lsp/inspect/frames.h.


class Watcher:
    """An inspector that reads all it is told and looks at none of it."""

    def __init__(self, runtime, process):
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.connect(str(runtime / "nuages" / f"{process}.sock"))
        self.socket.sendall(WATCH)
        self.bytes = 0
        self.thread = threading.Thread(target=self._read)
        self.thread.start()

    def _read(self):
        while told := self.socket.recv(1 << 20):
            self.bytes += len(told)

    def end(self):
        self.thread.join()
        self.socket.close()
        return self.bytes


def instructions(program, project, keystrokes, may_look, looks):
    """Those of a whole session of the server, and the bytes that the inspector was told."""
    with tempfile.TemporaryDirectory() as scratch:
        counts, runtime = Path(scratch, "counts"), Path(scratch, "run")
        runtime.mkdir(mode=0o700)
        command = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={counts}", program, "serve"]
        command += [] if may_look else ["--no-inspect"]
        environment = dict(os.environ, DJANGO_SETTINGS_MODULE=project.module, XDG_RUNTIME_DIR=str(runtime))
        run = growth.Run(command, project, environment, does_pull=True)
        question = {"textDocument": {"uri": run.page}}
        run.open(project.page)
        run.open(project.base)
        run.client.request("textDocument/diagnostic", question)
        run.client.settle()
        watcher = Watcher(runtime, run.client.process.pid) if looks else None
        run.client.settle()
        for number in range(keystrokes):
            run.rename_partial(number)
            run.client.request("textDocument/diagnostic", question)
        run.client.end()
        told = watcher.end() if watcher else 0
        return int(re.search(r"^(?:summary|totals): (\d+)", counts.read_text(), re.MULTILINE)[1]), told


def measure(build):
    with tempfile.TemporaryDirectory() as folder:
        project = madeup.make(Path(folder).resolve() / "made-up", TEMPLATES)
        program = build.program("app/nuages")
        print(f"{build.name}, {TEMPLATES} templates: instructions of the server for a keystroke and its diagnostics, "
              f"{MANY - FEW} of them")
        alone = None
        for title, may_look, looks in (("--no-inspect", False, False), ("nobody looks", True, False),
                                       ("an inspector reads", True, True)):
            few, many = (instructions(program, project, count, may_look, looks) for count in (FEW, MANY))
            each, told = ((late - early) / (MANY - FEW) for early, late in zip(few, many))
            alone = alone or each
            print(f"  {title:28}{each:14,.0f}{each / alone:8.3f} times, told {told:,.0f} bytes")
