"""A client of a language server over its standard streams, as plain as the protocol allows."""

import json
import os
import select
import subprocess
import time
from collections import deque
from pathlib import Path

PATIENCE = 120.0  # Seconds without an answer after which the server is given up.


class Client:
    """One server and what it has said.

    A function that waits for a message also returns when the last byte of it was there, by the monotonic clock: what
    decoding it costs here is no part of a figure.
    """

    def __init__(self, command, environment, folder):
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=subprocess.DEVNULL, env=environment, cwd=folder, bufsize=0)
        self.buffer = bytearray()
        self.arrival = 0.0  # Of the message taken last.
        self.last_id = 0
        self.published = deque()  # Parameters and arrivals of publishDiagnostics that nobody has waited for.
        self.replies = {}  # By id: the message and its arrival, of requests that nobody has waited for.

    def notify(self, method, params):
        self._send({"method": method, "params": params})

    def request(self, method, params):
        """The result, and when it was there."""
        return self.reply(self.ask(method, params))

    def ask(self, method, params):
        """Sends a request without waiting: its id, for reply()."""
        self.last_id += 1
        self._send({"id": self.last_id, "method": method, "params": params})
        return self.last_id

    def reply(self, request):
        """The result of a request, and when it was there."""
        while request not in self.replies:
            self._take(self._receive())
        message, arrival = self.replies.pop(request)
        if "error" in message:
            raise SystemExit(f"bench: a request failed: {message['error']}")
        return message["result"], arrival

    def diagnostics(self, uri, version):
        """What was published for a version of a document, and when it was there."""
        while True:
            while self.published:
                params, arrival = self.published.popleft()
                if params["uri"] == uri and params.get("version", version) == version:
                    return params["diagnostics"], arrival
            self._take(self._receive())

    def published_now(self, uri):
        """All that was published for a document and nobody has waited for yet, with when it was there."""
        found = [(params["diagnostics"], arrival) for params, arrival in self.published if params["uri"] == uri]
        self.published.clear()
        return found

    def settle(self, is_enough=lambda: False):
        """Reads on until the server has used no processor for half a second, or until it is enough."""
        last, since = self._ticks(), time.monotonic()
        while not is_enough() and time.monotonic() - since < 0.5:
            if self._has_message(0.1):
                self._take(self._receive())
                since = time.monotonic()
            elif (ticks := self._ticks()) != last:
                last, since = ticks, time.monotonic()

    def resident(self):
        """MiB in memory, of the server and all that it started."""
        pages = sum(int(Path(f"/proc/{process}/statm").read_text().split()[1]) for process in self._family())
        return pages * os.sysconf("SC_PAGE_SIZE") / 2**20

    def end(self):
        self.request("shutdown", None)
        self.notify("exit", None)
        self.process.wait(PATIENCE)

    def _family(self):
        family, fresh = [], [self.process.pid]
        while fresh:
            family += fresh
            fresh = [int(child) for process in fresh for thread in Path(f"/proc/{process}/task").iterdir()
                     for child in (thread / "children").read_text().split()]
        return family

    def _ticks(self):
        fields = [Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split() for process in self._family()]
        return sum(int(field[11]) + int(field[12]) for field in fields)

    def _has_message(self, seconds):
        return self.buffer.find(b"\r\n\r\n") >= 0 or bool(select.select([self.process.stdout], [], [], seconds)[0])

    def _take(self, message):
        if "method" not in message:
            self.replies[message["id"]] = message, self.arrival
        elif message.get("method") == "textDocument/publishDiagnostics":
            self.published.append((message["params"], self.arrival))
        elif "method" in message and "id" in message:  # A request of the server: nothing is configured here.
            is_list = message["method"] == "workspace/configuration"
            self._send({"id": message["id"], "result": [None] * len(message["params"]["items"]) if is_list else None})

    def _send(self, message):
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        data = memoryview(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        while data:
            data = data[self.process.stdin.write(data):]

    def _receive(self):
        while (end := self.buffer.find(b"\r\n\r\n")) < 0:
            self._read()
        (length,) = (int(line.partition(b":")[2]) for line in bytes(self.buffer[:end]).split(b"\r\n")
                     if line.lower().startswith(b"content-length:"))
        begin = end + 4
        while len(self.buffer) < begin + length:
            self._read()
        self.arrival = time.monotonic()
        message = json.loads(self.buffer[begin:begin + length])
        del self.buffer[:begin + length]
        return message

    def _read(self):
        if not select.select([self.process.stdout], [], [], PATIENCE)[0]:
            raise SystemExit(f"bench: the server said nothing for {PATIENCE:.0f} s")
        data = os.read(self.process.stdout.fileno(), 1 << 16)
        if not data:
            raise SystemExit(f"bench: the server ended with {self.process.wait()}")
        self.buffer += data
