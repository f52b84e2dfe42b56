// One project and the server that serves it.
import * as vscode from 'vscode';
import { LanguageClient } from 'vscode-languageclient/node';
import type { LanguageClientOptions, Middleware } from 'vscode-languageclient/node';
import { isTemplate, languages, rootOf } from './documents';
import { type Facts, optionsOf, readFacts } from './facts';

export type State =
    | { readonly kind: 'starting' }
    | { readonly kind: 'running'; readonly version: string; readonly facts: Facts }
    | { readonly kind: 'failed'; readonly why: string };

/** Starts with its construction; ends with dispose(). */
export class Project {
    state: State = { kind: 'starting' };
    private readonly client: LanguageClient;
    private readonly opened = new Set<string>(); // URIs of the documents that this server knows
    private readonly started: Promise<void>;
    private asked = 0;

    constructor(
        readonly folder: string,
        readonly program: string,
        private readonly output: vscode.LogOutputChannel,
        trace: vscode.LogOutputChannel,
        private readonly changed: () => void,
    ) {
        const options: LanguageClientOptions = {
            documentSelector: languages.map((language) => ({ scheme: 'file', language })),
            workspaceFolder: { uri: vscode.Uri.file(folder), name: folder, index: 0 },
            initializationOptions: optionsOf(folder),
            outputChannel: output,
            traceOutputChannel: trace,
            middleware: this.onlyOwnDocuments(),
        };
        const server = { command: program, args: ['serve'], options: { cwd: folder } };
        this.client = new LanguageClient('nuages', 'Nuages', server, options);
        output.info(`${program} serves ${folder}`);
        this.started = this.client.start();
        this.started.then(
            () => this.refresh(),
            (error: unknown) => this.become({ kind: 'failed', why: String(error) }),
        );
    }

    /** Asks anew what the program makes of the project. */
    async refresh(): Promise<void> {
        const turn = ++this.asked;
        let state: State;
        try {
            const facts = await readFacts(this.program, this.folder, optionsOf(this.folder));
            const version = this.client.initializeResult?.serverInfo?.version ?? '';
            state = { kind: 'running', version, facts };
            for (const reason of facts.open) this.output.warn(reason);
        } catch (error) {
            state = { kind: 'failed', why: error instanceof Error ? error.message : String(error) };
            this.output.error(state.why);
        }
        if (turn === this.asked) this.become(state); // else a later question is under way
    }

    async dispose(): Promise<void> {
        this.asked = -1;
        await this.started.catch(() => undefined);
        if (this.client.needsStop()) await this.client.stop();
        await this.client.dispose();
    }

    private become(state: State): void {
        if (this.asked < 0) return;
        this.state = state;
        this.changed();
    }

    /**
     * Every client is told of every document; this one passes on what is about the templates of its own project. So
     * no template has two servers, not even where one project lies in another.
     */
    private onlyOwnDocuments(): Middleware {
        return {
            sendNotification: async (type, next, params) => {
                const document = documentIn(params);
                if (document) {
                    const method = typeof type === 'string' ? type : type.method;
                    if (method === 'textDocument/didOpen' && this.owns(document.uri)) this.opened.add(document.uri);
                    if (!this.opened.has(document.uri)) return;
                    if (method === 'textDocument/didClose') this.opened.delete(document.uri);
                }
                await next(type, params);
            },
            sendRequest: async (type, params, token, next) => {
                const document = documentIn(params);
                // To each request of a document null is an answer: there is nothing.
                if (document && !this.opened.has(document.uri)) return null as Awaited<ReturnType<typeof next>>;
                return next(type, params, token);
            },
        };
    }

    private owns(uri: string): boolean {
        const file = vscode.Uri.parse(uri).toString();
        const document = vscode.workspace.textDocuments.find((open) => open.uri.toString() === file);
        const root = document && rootOf(document);
        return !!root && root.folder === this.folder && isTemplate(document, root);
    }
}

function documentIn(params: unknown): { uri: string } | undefined {
    return (params as { textDocument?: { uri: string } } | undefined)?.textDocument;
}
