// Plays the part of VS Code, by its own client library, and writes what it saw as JSON.
// Started by tst_editors.cpp; its word for each step is a member of the report.
const { spawn } = require('node:child_process');
const { readFileSync, writeFileSync } = require('node:fs');
const { fileURLToPath, pathToFileURL } = require('node:url');
const lsp = require('vscode-languageserver-protocol/node');

const report = {};
const uri = pathToFileURL(process.env.NUAGES_PAGE).href;
const rootUri = pathToFileURL(process.env.NUAGES_PROJECT).href;

async function play() {
    const server = spawn('nuages', ['serve'], { stdio: ['pipe', 'pipe', 'inherit'] });
    const ended = new Promise((resolve) => server.on('exit', resolve));
    const connection = lsp.createProtocolConnection(
        new lsp.StreamMessageReader(server.stdout), new lsp.StreamMessageWriter(server.stdin));
    const broken = new Promise((_, reject) => {
        connection.onError(([error]) => reject(error));
        connection.onUnhandledNotification((message) => reject(new Error(`unexpected ${message.method}`)));
    });
    const published = [];
    const told = [];
    let wake = () => {};
    connection.onNotification(lsp.PublishDiagnosticsNotification.type, (params) => {
        published.push(params);
        wake();
    });
    connection.onNotification(lsp.LogMessageNotification.type, () => {});
    connection.onNotification(lsp.ShowMessageNotification.type, ({ message }) => {
        told.push(message);
        wake();
    });
    // Resolves to the messages of the first publication for a version.
    const messagesOf = async (version) => {
        for (;;) {
            const found = published.find((params) => params.version === version);
            if (found) return found.diagnostics.map((diagnostic) => diagnostic.message);
            await new Promise((resolve) => (wake = resolve));
        }
    };
    connection.listen();

    const converse = async () => {
        await connection.sendRequest(lsp.InitializeRequest.type, {
            processId: process.pid,
            rootUri,
            workspaceFolders: [{ uri: rootUri, name: 'bookshop' }],
            capabilities: {
                general: { positionEncodings: ['utf-16'] },
                textDocument: {
                    publishDiagnostics: { versionSupport: true, relatedInformation: true },
                    hover: { contentFormat: ['markdown', 'plaintext'] },
                    definition: { linkSupport: true },
                },
            },
        });
        await connection.sendNotification(lsp.InitializedNotification.type, {});
        const text = readFileSync(process.env.NUAGES_PAGE, 'utf8');
        await connection.sendNotification(lsp.DidOpenTextDocumentNotification.type, {
            textDocument: { uri, languageId: 'django-html', version: 1, text },
        });
        report.diagnostics = await messagesOf(1);
        while (told.length === 0) await new Promise((resolve) => (wake = resolve));
        report.told = told[0];

        const at = (line, character) => ({ textDocument: { uri }, position: { line, character } });
        const completion = await connection.sendRequest(lsp.CompletionRequest.type, at(5, 5));
        report.completion = completion.items.map((item) => item.label);
        const hover = await connection.sendRequest(lsp.HoverRequest.type, at(5, 5));
        report.hover = hover.contents.value;
        const [link] = await connection.sendRequest(lsp.DefinitionRequest.type, at(2, 10));
        report.definition = `${fileURLToPath(link.targetUri)}:${link.targetSelectionRange.start.line + 1}`;

        const change = (version, character, inserted) =>
            connection.sendNotification(lsp.DidChangeTextDocumentNotification.type, {
                textDocument: { uri, version },
                contentChanges: [
                    { range: { start: { line: 0, character }, end: { line: 0, character } }, text: inserted },
                ],
            });
        const end = text.indexOf('\n');
        const comment = '{# é😀 #}';
        await change(2, end, comment + '{# end #}');
        await change(3, end + comment.length, '{% load catalog_tags %}');
        report.edited = await messagesOf(3);

        const begun = '{% inclu';
        await change(4, 0, begun + '\n');
        const offered = await connection.sendRequest(lsp.CompletionRequest.type, at(0, begun.length));
        const { textEdit } = offered.items.find((item) => item.label === 'include');
        report.completed =
            begun.slice(0, textEdit.range.start.character) + textEdit.newText + begun.slice(textEdit.range.end.character);

        await connection.sendRequest(lsp.ShutdownRequest.type);
        await connection.sendNotification(lsp.ExitNotification.type);
        await ended;
    };
    const late = new Promise((_, reject) => setTimeout(() => reject(new Error('timed out')), 60_000));
    await Promise.race([converse(), broken, late]);
}

play()
    .catch((fault) => (report.fault = String(fault.stack ?? fault)))
    .then(() => {
        writeFileSync(process.env.NUAGES_REPORT, JSON.stringify(report));
        process.exit(0);
    });
