"""Whether a process of another user is kept from looking at a server. Exits 77 with a sentence where there is none.

Argument: the program. Run as a user who may become another one, as root may.
"""

import json
import os
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

NOBODY = 65534
NOT_POSSIBLE = 77
GREETING, REFUSED = 1, 3

# What the other user does: it says which frame it gets, or that it cannot even call.
CALL = """
import os, socket, sys
with socket.socket(socket.AF_UNIX) as door:
    try:
        door.connect(sys.argv[1])
    except PermissionError:
        sys.exit("no way in")
    front = door.recv(5, socket.MSG_WAITALL)
    rest = door.recv(int.from_bytes(front[:4], "little") - 1, socket.MSG_WAITALL)
    print(os.getuid(), front[4], rest.decode(errors="replace"))
"""


def fail(sentence):
    print(sentence)
    sys.exit(1)


class Server:
    def __init__(self, program, runtime):
        environment = dict(os.environ, XDG_RUNTIME_DIR=str(runtime), HOME=str(runtime))
        self.process = subprocess.Popen(
            [program, "serve"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment
        )

    def say(self, **message):
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.process.stdin.flush()

    def answer_to(self, number):
        while True:
            length = 0
            while (line := self.process.stdout.readline()) != b"\r\n":
                if not line:
                    fail("the server has ended")
                name, _, value = line.partition(b":")
                if name == b"Content-Length":
                    length = int(value)
            message = json.loads(self.process.stdout.read(length))
            if message.get("id") == number and "method" not in message:
                return message


def call_as(user, path):
    """The output and the errors of a call."""
    command = [sys.executable, "-c", CALL, path]
    done = subprocess.run(command, capture_output=True, text=True, user=user, group=user, extra_groups=[], cwd="/")
    return done.stdout.strip(), done.stderr.strip()


def main():
    program = sys.argv[1]
    try:
        subprocess.run(["true"], user=NOBODY, group=NOBODY, extra_groups=[], check=True)
    except OSError as error:
        print(f"nobody else can be become here ({error.strerror})")
        sys.exit(NOT_POSSIBLE)
    with tempfile.TemporaryDirectory() as folder:
        runtime = Path(folder, "run")
        runtime.mkdir(mode=0o700)
        server = Server(program, runtime)
        server.say(id=1, method="initialize", params={"capabilities": {}, "rootUri": Path(folder).as_uri()})
        server.answer_to(1)
        server.say(method="initialized", params={})
        server.say(id=2, method="nuages/none", params={})
        server.answer_to(2)  # By now the door is open.
        sockets = list((runtime / "nuages").iterdir())
        if len(sockets) != 1:
            fail(f"{len(sockets)} sockets are there")
        path = str(sockets[0])
        Path(folder).chmod(0o755)
        runtime.chmod(0o755)

        output, errors = call_as(NOBODY, path)
        if output or errors != "no way in":
            fail(f"the folder lets another user in: {output}{errors}")
        for part in (runtime / "nuages", sockets[0]):
            part.chmod(0o777)
        output, errors = call_as(NOBODY, path)
        if output != f"{NOBODY} {REFUSED} the server is another user's":
            fail(f"the server does not refuse another user: {output}{errors}")
        output, errors = call_as(os.getuid(), path)
        if not output.startswith(f"{os.getuid()} {GREETING} "):
            fail(f"the server does not greet its own user: {output}{errors}")

        server.say(id=3, method="shutdown")
        server.answer_to(3)
        server.say(method="exit")
        if server.process.wait() != 0:
            fail(f"the server has ended with {server.process.returncode}")


main()
