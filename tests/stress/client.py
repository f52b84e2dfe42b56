"""A client of `nuages serve`: it writes without waiting, and a thread of its own takes what comes."""

import json
import os
import subprocess
import threading
from collections import Counter

PATIENCE = 60  # seconds; only for a server that hangs

# Runs a program where the system lets nobody watch the disk, so that it hears of that from its client alone.
UNWATCHING = ["unshare", "-Ur", "sh", "-c", 'echo 0 >/proc/sys/user/max_inotify_instances && exec "$@"', "sh"]


class Fault(Exception):
    """What a session must never do."""


def uri_of(path):
    return "file://" + path


def units(text, encoding):
    """How long a text is in what columns count."""
    if encoding == "utf-32":
        return len(text)
    return len(text.encode()) if encoding == "utf-8" else len(text.encode("utf-16-le")) // 2


def position(text, index, encoding):
    begin = text.rfind("\n", 0, index) + 1
    return {"line": text.count("\n", 0, index), "character": units(text[begin:index], encoding)}


class Client:
    def __init__(self, command, folder, log):
        environment = {"PATH": os.environ["PATH"], "LC_CTYPE": "C.UTF-8", "HOME": "/nonexistent"}
        self.process = subprocess.Popen(
            command, cwd=folder, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log
        )
        self.published = {}  # URI to (version, diagnostics).
        self.replies = {}  # Those that nobody has taken yet.
        self.asked = 0
        self.answered = 0
        self.codes = Counter()  # Of errors.
        self.incoming = Counter()  # What the server sent, by method.
        self.shown = []  # What it told the user.
        self.settings = None  # What it hears when it asks for the configuration.
        self._waiting = set()
        self._wanted = set()
        self._fault = None
        self._changed = threading.Condition()
        self._writing = threading.Lock()
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def _send(self, message):
        body = json.dumps({"jsonrpc": "2.0", **message}, ensure_ascii=False).encode()
        with self._writing:
            self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
            self.process.stdin.flush()

    def notify(self, method, params):
        self._send({"method": method, "params": params})

    def ask(self, method, params, wanted=False):
        """Returns the id; the reply is only counted, unless it is wanted."""
        with self._changed:
            self.asked += 1
            number = self.asked
            self._waiting.add(number)
            if wanted:
                self._wanted.add(number)
        self._send({"id": number, "method": method, "params": params})
        return number

    def call(self, method, params):
        number = self.ask(method, params, wanted=True)
        self.wait(lambda: number in self.replies, f"{method}, request {number}")
        return self.replies.pop(number)

    def wait(self, predicate, what):
        """Until the predicate, which is called whenever something has come, holds."""
        with self._changed:
            if not self._changed.wait_for(lambda: self._fault or predicate(), PATIENCE):
                raise Fault(f"nothing came for {PATIENCE} s: {what}")
        if self._fault:
            raise Fault(self._fault)

    def wait_for_replies(self):
        self.wait(lambda: not self._waiting, "replies")

    def end(self):
        self.call("shutdown", None)
        self.notify("exit", None)
        self.process.stdin.close()
        code = self.process.wait(PATIENCE)
        self._thread.join(PATIENCE)
        if code or self._fault != "the server has ended":
            raise Fault(f"exit code {code}, {self._fault}")

    def peak_memory(self):
        """In MiB."""
        with open(f"/proc/{self.process.pid}/status", encoding="ascii") as status:
            return next(int(line.split()[1]) // 1024 for line in status if line.startswith("VmHWM"))

    def _read(self):
        stream = self.process.stdout
        try:
            while True:
                length = 0
                while (line := stream.readline()) not in (b"\r\n", b""):
                    name, value = line.split(b":", 1)
                    length = int(value) if name.lower() == b"content-length" else length
                if not line:
                    raise Fault("the server has ended")
                self._take(json.loads(stream.read(length)))
        except (Fault, ValueError, OSError) as error:
            with self._changed:
                self._fault = str(error)
                self._changed.notify_all()

    def _take(self, message):
        method = message.get("method")
        if method and "id" in message:
            settings = [self.settings] if method == "workspace/configuration" else None
            self._send({"id": message["id"], "result": settings})
        with self._changed:
            if method:
                self.incoming[method] += 1
                if method == "textDocument/publishDiagnostics":
                    params = message["params"]
                    self.published[params["uri"]] = params.get("version"), params["diagnostics"]
                elif method == "window/showMessage":
                    self.shown.append(message["params"]["message"])
            else:
                number = message["id"]
                if number not in self._waiting:
                    raise Fault(f"a second reply, or one to nothing: {message}")
                self._waiting.discard(number)
                self.answered += 1
                if "error" in message:
                    self.codes[message["error"]["code"]] += 1
                if number in self._wanted:
                    self._wanted.discard(number)
                    self.replies[number] = message
            self._changed.notify_all()
