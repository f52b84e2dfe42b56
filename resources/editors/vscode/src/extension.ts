// The extension: a server for each project of which a template is open.
import * as path from 'node:path';
import * as vscode from 'vscode';
import { giveLanguage, isTemplate, rootOf } from './documents';
import { findProgram, type Missing, showMissing } from './program';
import { Project } from './project';
import { describe, Status } from './status';

let projects: Projects | undefined;

export function activate(context: vscode.ExtensionContext): void {
    projects = new Projects(context);
    context.subscriptions.push(
        vscode.commands.registerCommand('nuages.restart', () => projects?.restart()),
        vscode.commands.registerCommand('nuages.showOutput', () => projects?.output.show()),
        vscode.commands.registerCommand('nuages.showTrace', () => projects?.showTrace()),
    );
}

export async function deactivate(): Promise<void> {
    await projects?.stop();
}

class Projects {
    readonly output = vscode.window.createOutputChannel('Nuages', { log: true });
    private readonly trace = vscode.window.createOutputChannel('Nuages Trace', { log: true });
    private readonly status = new Status();
    private readonly byFolder = new Map<string, Project>();
    private readonly missing = new Map<string, Missing>();
    private change: Promise<void> = Promise.resolve(); // One restart at a time.

    constructor(private readonly context: vscode.ExtensionContext) {
        const workspace = vscode.workspace;
        const configurations = workspace.createFileSystemWatcher('**/pyproject.toml');
        const reread = (uri: vscode.Uri) => this.restart(path.dirname(uri.fsPath));
        context.subscriptions.push(
            this.output,
            this.trace,
            this.status,
            workspace.onDidOpenTextDocument((document) => this.look(document)),
            vscode.window.onDidChangeActiveTextEditor((editor) => {
                if (editor) this.look(editor.document); // The program may have been installed meanwhile.
                this.showStatus();
            }),
            workspace.onDidSaveTextDocument((document) => this.saved(document)),
            workspace.onDidChangeConfiguration((event) => {
                const names = ['path', 'settings', 'sitePackages', 'exclude'];
                if (names.some((name) => event.affectsConfiguration(`nuages.${name}`))) void this.restart();
            }),
            workspace.onDidGrantWorkspaceTrust(() => this.lookAtAll()),
            workspace.onDidChangeWorkspaceFolders(() => this.restart()),
            configurations,
            configurations.onDidChange(reread),
            configurations.onDidCreate(reread),
            configurations.onDidDelete(reread),
        );
        this.lookAtAll();
    }

    /** Of a project that is not served, nothing is restarted; without a folder, all are. */
    restart(folder?: string): Promise<void> {
        const next = async () => {
            const stopped = [...this.byFolder.values()].filter((project) => !folder || project.folder === folder);
            for (const project of stopped) this.byFolder.delete(project.folder);
            this.missing.clear();
            await Promise.all(stopped.map((project) => project.dispose()));
            this.lookAtAll();
        };
        this.change = this.change.then(next, next);
        return this.change;
    }

    async stop(): Promise<void> {
        await Promise.all([...this.byFolder.values()].map((project) => project.dispose()));
    }

    async showTrace(): Promise<void> {
        this.trace.show();
        const configuration = vscode.workspace.getConfiguration('nuages');
        if (configuration.get('trace.server') !== 'off') return;
        const turnOn = 'Trace Messages';
        const chosen = await vscode.window.showInformationMessage('Nuages: messages are not traced now.', turnOn);
        if (chosen) await configuration.update('trace.server', 'messages', vscode.ConfigurationTarget.Global);
    }

    private lookAtAll(): void {
        for (const document of vscode.workspace.textDocuments) this.look(document);
        this.showStatus();
    }

    /** Starts the server of the document's project, if it is a template. */
    private look(document: vscode.TextDocument): void {
        void giveLanguage(document);
        const root = rootOf(document);
        if (!root || !isTemplate(document, root) || this.byFolder.has(root.folder)) return;
        const program = findProgram(root.folder, this.context);
        if (typeof program !== 'string') {
            const isNews = this.missing.get(root.folder)?.message !== program.message;
            this.missing.set(root.folder, program);
            if (isNews) void showMissing(program);
            return;
        }
        this.missing.delete(root.folder);
        const changed = () => this.showStatus();
        this.byFolder.set(root.folder, new Project(root.folder, program, this.output, this.trace, changed));
        this.showStatus();
    }

    /** Settings and applications are Python; which files they are only the program knows. */
    private saved(document: vscode.TextDocument): void {
        const root = document.languageId === 'python' ? rootOf(document) : null;
        void (root && this.byFolder.get(root.folder)?.refresh());
    }

    private showStatus(): void {
        const document = vscode.window.activeTextEditor?.document;
        if (document?.uri.scheme === 'output') return; // The panel below, which may be about the editor above.
        const root = document && rootOf(document);
        if (!root || !isTemplate(document, root)) return this.status.hide();
        const project = this.byFolder.get(root.folder);
        this.status.show(describe(project?.state ?? this.missing.get(root.folder), project?.program ?? ''));
    }
}
