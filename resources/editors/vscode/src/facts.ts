// What `nuages check` says of a project as a whole.
import { execFile } from 'node:child_process';
import * as path from 'node:path';
import * as vscode from 'vscode';

/** The settings of the editor, as the server takes them; what is not set is absent. */
export interface Options {
    settings?: string;
    sitePackages?: string[];
    exclude?: string[];
}

export function optionsOf(folder: string): Options {
    const configuration = vscode.workspace.getConfiguration('nuages', vscode.Uri.file(folder));
    const options: Options = {};
    const settings = configuration.get<string>('settings')?.trim();
    const sitePackages = configuration.get<string[]>('sitePackages') ?? [];
    const exclude = configuration.get<string[]>('exclude') ?? [];
    if (settings) options.settings = settings;
    if (sitePackages.length > 0) options.sitePackages = sitePackages;
    if (exclude.length > 0) options.exclude = exclude;
    return options;
}

export interface Facts {
    readonly django: string | null; // version
    readonly settings: string | null; // module
    readonly open: readonly string[]; // what could not be read, "file:line: why"
}

/** What of the JSON of version 2 is used here. */
interface Report {
    readonly projects: readonly {
        readonly django: string | null;
        readonly settings: string | null;
        readonly open: readonly { readonly path: string; readonly line: number | null; readonly why: string }[];
    }[];
}

function factsIn(report: Report): Facts {
    const project = report.projects[0];
    const place = (path: string, line: number | null): string => (line ? `${path}:${line}` : path);
    return {
        django: project?.django ?? null,
        settings: project?.settings ?? null,
        open: (project?.open ?? []).map((reason) => `${place(reason.path, reason.line)}: ${reason.why}`),
    };
}

/**
 * Asks `nuages check` about an empty template in the project, which costs no more than reading its settings. Rejects
 * with the program's own sentence when something is wrong with the project's configuration.
 */
export function readFacts(program: string, folder: string, options: Options): Promise<Facts> {
    const words = ['check', '--format', 'json', '--stdin-filename', path.join(folder, 'nuages.html')];
    if (options.settings) words.push('--settings', options.settings);
    for (const packages of options.sitePackages ?? []) words.push('--site-packages', path.resolve(folder, packages));
    return new Promise((resolve, reject) => {
        const check = execFile(program, words, { cwd: folder, timeout: 60_000 }, (error, stdout, stderr) => {
            try {
                resolve(factsIn(JSON.parse(stdout) as Report));
            } catch {
                reject(new Error(stderr.trim().replace(/^nuages: /, '') || String(error ?? 'nuages check said nothing')));
            }
        });
        check.stdin?.on('error', () => undefined); // it ended before it read
        check.stdin?.end();
    });
}
