// Which documents are templates, and of which project.
import { existsSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import * as vscode from 'vscode';

/** The languages of VS Code in which templates are written; those of `plainLanguages` hold other texts as well. */
export const languages = ['django-html', 'django-txt', 'html', 'xml', 'plaintext'];
const plainLanguages = ['html', 'xml', 'plaintext'];

/** A folder whose templates one server serves. */
export interface Root {
    readonly folder: string; // absolute
    readonly isDjango: boolean; // it has a manage.py or a [tool.nuages]
}

/**
 * The nearest folder above a document, within its workspace folder, that the server takes for a project too; else the
 * workspace folder. Null for what lies outside of all of them and of every project.
 */
export function rootOf(document: vscode.TextDocument): Root | null {
    if (document.uri.scheme !== 'file') return null;
    const workspace = vscode.workspace.getWorkspaceFolder(document.uri)?.uri.fsPath;
    for (let folder = path.dirname(document.uri.fsPath); ; folder = path.dirname(folder)) {
        if (isProject(folder)) return { folder, isDjango: true };
        if (folder === workspace) return { folder, isDjango: false };
        if (folder === path.dirname(folder)) return null;
    }
}

function isProject(folder: string): boolean {
    if (existsSync(path.join(folder, 'manage.py'))) return true;
    try {
        return /^\s*\[\s*tool\s*\.\s*nuages\s*\]/m.test(readFileSync(path.join(folder, 'pyproject.toml'), 'utf8'));
    } catch {
        return false; // there is none
    }
}

/**
 * Whether the server is to know the document: it is of Django's language, or of one that templates share with others
 * and lies in a folder `templates` of a Django project. What else is called .html there need not be a template of
 * Django's, and would be judged wrongly.
 */
export function isTemplate(document: vscode.TextDocument, root: Root): boolean {
    if (!languages.includes(document.languageId)) return false;
    if (!plainLanguages.includes(document.languageId)) return true;
    const folders = path.relative(root.folder, path.dirname(document.uri.fsPath)).split(path.sep);
    return root.isDjango && folders.includes('templates');
}

// Documents that were given Django's language once. It is not given again, so that a choice by hand stays.
const switched = new WeakSet<vscode.TextDocument>();

/** Opens an .html template as Django HTML, unless the user wants it otherwise. */
export async function giveLanguage(document: vscode.TextDocument): Promise<void> {
    if (document.languageId !== 'html' || switched.has(document)) return;
    const root = rootOf(document);
    if (!root || !isTemplate(document, root)) return;
    if (!vscode.workspace.getConfiguration('nuages', document.uri).get('openTemplatesAsDjangoHtml')) return;
    if (isAssociated(document)) return;
    switched.add(document);
    await vscode.languages.setTextDocumentLanguage(document, 'django-html');
}

/** Whether the setting files.associations says what language the document has. */
function isAssociated(document: vscode.TextDocument): boolean {
    const associations = vscode.workspace.getConfiguration('files', document.uri).get<object>('associations') ?? {};
    return Object.keys(associations).some((glob) => {
        const pattern = glob.includes('/') ? glob : `**/${glob}`; // without a slash it is about names
        return vscode.languages.match({ pattern }, document) > 0;
    });
}
