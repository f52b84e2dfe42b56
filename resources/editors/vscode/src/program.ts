// Where the program `nuages` is.
import { accessSync, constants, statSync } from 'node:fs';
import { homedir } from 'node:os';
import * as path from 'node:path';
import * as vscode from 'vscode';

export interface Missing {
    readonly message: string; // a sentence with the cure
    readonly canInstall: boolean; // installing would help
}

/**
 * The program for a project: that of the setting nuages.path, else of the PATH, else of a virtual environment in the
 * project, unless the workspace is not trusted, else the one that came with the extension.
 */
export function findProgram(folder: string, extension: vscode.ExtensionContext): string | Missing {
    const wanted = vscode.workspace.getConfiguration('nuages', vscode.Uri.file(folder)).get<string>('path')?.trim();
    if (wanted) {
        const file = path.resolve(folder, wanted.replace(/^~(?=\/)/, homedir()));
        if (isProgram(file)) return file;
        return { message: `The setting nuages.path names ${file}, which is no program.`, canInstall: false };
    }
    const environments = vscode.workspace.isTrusted ? ['.venv', 'venv', 'env'] : [];
    const places = [
        ...(process.env['PATH'] ?? '').split(path.delimiter).filter((place) => path.isAbsolute(place)),
        ...environments.map((name) => path.join(folder, name, 'bin')),
        extension.asAbsolutePath('bin'),
    ];
    const found = places.map((place) => path.join(place, 'nuages')).find(isProgram);
    return (
        found ?? {
            message: 'The program nuages, which checks the templates, is not in the PATH. Install it by: pip install nuages',
            canInstall: true,
        }
    );
}

function isProgram(file: string): boolean {
    try {
        accessSync(file, constants.X_OK);
        return statSync(file).isFile();
    } catch {
        return false;
    }
}

/** Shows what is missing, with buttons that lead to the cure. */
export async function showMissing(missing: Missing): Promise<void> {
    const install = 'Install with pip';
    const settings = 'Open Settings';
    const buttons = missing.canInstall ? [install, settings] : [settings];
    const chosen = await vscode.window.showErrorMessage(`Nuages: ${missing.message}`, ...buttons);
    if (chosen === install) {
        const terminal = vscode.window.createTerminal('Nuages');
        terminal.show();
        terminal.sendText('pip install nuages', false); // into which environment is for the user to see and to decide
    } else if (chosen === settings) {
        // A path is of one machine; where the editor shows another one, its own settings have no such entry.
        const query = '@id:nuages.path';
        if (vscode.env.remoteName) {
            await vscode.commands.executeCommand('workbench.action.openRemoteSettings', { query });
        } else {
            await vscode.commands.executeCommand('workbench.action.openSettings', query);
        }
    }
}
