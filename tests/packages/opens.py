"""Opens a template with a known mistake at the server that the command line names, as an editor would, and ends with 0
if exactly that mistake is reported. Run in a copy of the demo project."""

import os
import sys
from pathlib import Path

from client import Client

PAGE = Path("templates/drafts/jobs.html")
FOUND = "No template is called 'includes/letter_form.html'"

folder = Path.cwd()
client = Client(sys.argv[1:], dict(os.environ), folder)
client.request("initialize", {"processId": os.getpid(), "rootUri": folder.as_uri(), "capabilities": {}})
client.notify("initialized", {})
uri = (folder / PAGE).as_uri()
client.notify("textDocument/didOpen", {"textDocument": {
    "uri": uri, "languageId": "html", "version": 1, "text": PAGE.read_text(encoding="utf-8")}})
findings, _ = client.diagnostics(uri, 1)
client.end()
said = [finding["message"] for finding in findings]
if said != [FOUND]:
    sys.exit(f"expected {[FOUND]}, got {said}")
