// The words in the status bar: with which Django and which settings the open template is checked.
import * as vscode from 'vscode';
import type { State } from './project';
import type { Missing } from './program';

export interface Shown {
    readonly text: string;
    readonly tooltip: string; // Markdown
    readonly isWarning: boolean;
}

export function describe(state: State | Missing | undefined, program: string): Shown {
    if (!state) return { text: 'Nuages', tooltip: 'Nuages is not running.', isWarning: true };
    if ('message' in state) return { text: '$(warning) Nuages: no program', tooltip: state.message, isWarning: true };
    if (state.kind === 'starting') return { text: '$(loading~spin) Nuages', tooltip: 'Nuages is starting.', isWarning: false };
    if (state.kind === 'failed') return { text: '$(error) Nuages', tooltip: state.why, isWarning: true };

    const { django, settings, open } = state.facts;
    const lines = [`Nuages ${state.version}: ${program}`];
    if (!django) {
        lines.push('No Django was found, so no name is called unknown. The setting `nuages.sitePackages` says where it is.');
    }
    if (!settings) lines.push('No settings were found: the folder is taken for a reusable package.');
    if (open.length > 0) {
        const more = open.length > 10 ? ['…'] : [];
        lines.push(['Not read, so what depends on it is not judged:', ...open.slice(0, 10), ...more].join('\n- '));
    }
    return {
        text: `${django ? `Django ${django}` : '$(warning) no Django'} · ${settings ?? 'no settings'}`,
        tooltip: lines.join('\n\n'),
        isWarning: !django,
    };
}

export class Status {
    private readonly item = vscode.window.createStatusBarItem('nuages.status', vscode.StatusBarAlignment.Right, 90);

    constructor() {
        this.item.name = 'Nuages';
        this.item.command = 'nuages.showOutput';
    }

    show(shown: Shown): void {
        this.item.text = shown.text;
        const tooltip = new vscode.MarkdownString(`${shown.tooltip}\n\n[Restart the server](command:nuages.restart)`);
        tooltip.isTrusted = { enabledCommands: ['nuages.restart'] };
        tooltip.supportThemeIcons = false;
        this.item.tooltip = tooltip;
        this.item.backgroundColor = shown.isWarning ? new vscode.ThemeColor('statusBarItem.warningBackground') : undefined;
        this.item.show();
    }

    hide(): void {
        this.item.hide();
    }

    dispose(): void {
        this.item.dispose();
    }
}
