// The window of VS Code, on a copy of the demo project, from a machine without nuages to a template that is checked.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const { NUAGES_PROGRAM: program, NUAGES_SCRATCH: scratch, NUAGES_PICTURES: pictures } = process.env;
const packages = process.env.NUAGES_WINDOW_PACKAGES;
const require = createRequire(import.meta.url);
const project = path.join(scratch, 'bookshop');
const page = path.join(project, 'templates/drafts/sale.html');
const serverLog = path.join(scratch, 'serves.log');
const data = ['--user-data-dir', path.join(scratch, 'data'), '--extensions-dir', path.join(scratch, 'extensions')];
const entry = path.join(packages, 'code-server/out/node/entry.js');
const environment = { ...process.env, SHELL: '/bin/bash' };

const settings = {
    'files.autoSave': 'off',
    'workbench.startupEditor': 'none',
    'workbench.enableExperiments': false,
    'workbench.tips.enabled': false,
    'telemetry.telemetryLevel': 'off',
    'update.mode': 'none',
    'extensions.ignoreRecommendations': true,
    'editor.minimap.enabled': false,
    'editor.fontFamily': 'DejaVu Sans Mono',
    'editor.fontSize': 13, // the longest line fits
    'git.enabled': false,
    'chat.disableAIFeatures': true,
    'workbench.secondarySideBar.defaultVisibility': 'hidden',
    'workbench.settings.editor': 'ui',
};

/** A program in the PATH that runs the real one and writes down that it did. */
function installProgram() {
    const file = path.join(scratch, 'bin/nuages');
    writeFileSync(file, `#!/bin/sh\necho "$$ $*" >>'${serverLog}'\nexec '${program}' "$@"\n`);
    chmodSync(file, 0o755);
}

/** The process ids of the servers that were started so far. */
const servers = () =>
    readFileSync(serverLog, 'utf8').split('\n').filter((line) => line.endsWith(' serve')).map((line) => Number(line.split(' ')[0]));

const runs = (id) => {
    try {
        process.kill(id, 0);
        return true;
    } catch {
        return false;
    }
};

/** Starts code-server; resolves to it and its address when it listens. */
function startServer() {
    const words = [entry, ...data, '--auth', 'none', '--bind-addr', '127.0.0.1:0', '--reconnection-grace-time', '1',
        '--disable-telemetry', '--disable-update-check', '--disable-workspace-trust', '--disable-getting-started-override'];
    const server = spawn(process.execPath, words, { env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    return new Promise((resolve, reject) => {
        const hear = (chunk) => {
            said += chunk;
            const address = /listening on (http:\/\/[\d.:]+)/.exec(said);
            if (address) resolve({ server, address: address[1] });
        };
        server.stdout.on('data', hear);
        server.stderr.on('data', hear);
        server.on('exit', () => reject(new Error(`code-server ended:\n${said}`)));
    });
}

export async function testWindow(row) {
    // VS Code takes the PATH of the user's login shell; nothing is in its first folder yet.
    writeFileSync(path.join(scratch, '.profile'), 'PATH=$HOME/bin:$PATH\n');
    mkdirSync(path.join(scratch, 'data/User'), { recursive: true });
    writeFileSync(path.join(scratch, 'data/User/settings.json'), JSON.stringify(settings));
    const installed = await row('the packed extension installs', () => {
        const words = [entry, ...data, '--install-extension', process.env.NUAGES_VSIX];
        const result = spawnSync(process.execPath, words, { env: environment, encoding: 'utf8' });
        assert.equal(result.status, 0, result.stdout + result.stderr);
    });
    if (!installed) return;

    const { chromium } = require(path.join(packages, 'playwright-core'));
    const { server, address } = await startServer();
    const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
    try {
        const window = await browser.newPage({ viewport: { width: 1280, height: 800 }, locale: 'en-US' });
        window.setDefaultTimeout(20_000);
        await play(row, window, address);
    } finally {
        await browser.close();
        server.removeAllListeners('exit');
        server.kill();
    }
}

async function play(row, window, address) {
    const open = [['openFile', `vscode-remote://${new URL(address).host}${page}`]];
    await window.goto(`${address}/?folder=${project}&payload=${encodeURIComponent(JSON.stringify(open))}`);
    const line = (text) => window.locator('.view-lines .view-line').filter({ hasText: text });
    // The page's own spaces are of another kind.
    const text = async (part) => (await line(part).innerText()).replaceAll('\u00a0', ' ').trim();
    const squiggle = window.locator('.squiggly-error');
    // A squiggle is drawn anew now and then, so one look at their number may see none.
    const squiggles = (number) =>
        window.waitForFunction((wanted) => document.querySelectorAll('.squiggly-error').length === wanted, number);
    const status = window.locator('.statusbar-item').filter({ hasText: 'bookshop.settings' });
    const picture = (name) => window.screenshot({ path: path.join(pictures, name), caret: 'initial' });
    // Where a row fails, a picture says more than the message.
    const step = (name, check) =>
        row(name, () =>
            check().catch(async (fault) => {
                await picture(`failed ${name.replaceAll('/', ' ')}.png`);
                throw fault;
            }));
    const command = async (name) => {
        await window.keyboard.press('F1');
        await window.locator('.quick-input-widget input').fill(`>${name}`);
        await window.locator('.quick-input-list .monaco-list-row').filter({ hasText: name }).first().click();
    };
    const file = (name) => window.locator('.explorer-viewlet .monaco-list-row').filter({ hasText: name });
    const toEndOf = async (number) => {
        await window.keyboard.press('Control+G');
        await window.locator('.quick-input-widget input').fill(`:${number}`);
        await window.keyboard.press('Enter');
        await window.locator('.quick-input-widget').waitFor({ state: 'hidden' });
        await window.keyboard.press('End');
    };

    await step('without the program a message names the cure, with buttons', async () => {
        const message = window.locator('.notification-toast').filter({ hasText: 'pip install nuages' });
        await message.waitFor();
        await message.getByText('Install with pip').waitFor();
        await message.getByText('Open Settings').waitFor();
        await window.locator('.statusbar-item').filter({ hasText: 'no program' }).waitFor();
        assert.equal(await squiggle.count(), 0);
        await picture('vscode-missing.png');
        await message.getByText('Open Settings').click();
        await window.locator('.settings-editor .setting-item').filter({ hasText: 'when it is not in the PATH' }).waitFor();
        await window.keyboard.press('Escape');
    });
    await step('an .html file in templates opens as Django HTML', async () => {
        await window.locator('#status\\.editor\\.mode').filter({ hasText: 'Django HTML' }).waitFor();
    });
    installProgram();
    await step('once it is installed, a restart of the server is enough: a squiggle', async () => {
        await command('Nuages: Restart Server');
        await squiggles(1);
    });
    await step('the status names the Django and the settings in use', async () => {
        await status.waitFor();
        assert.match(await status.innerText(), /^Django \d+\.\d+(\.\d+)? · bookshop\.settings$/);
    });
    await step('Django is coloured', async () => {
        const colour = (word) => line('floatformat').locator('span span').filter({ hasText: word }).first().evaluate((span) => getComputedStyle(span).color);
        assert.notEqual(await colour('floatformat'), await colour('instead'));
    });
    await step("the problem's text is in the panel of problems", async () => {
        await window.keyboard.press('Control+Shift+M');
        const problem = window.locator('.markers-panel .monaco-list-row').filter({ hasText: "The filter 'money' is not loaded here" });
        await problem.waitFor();
        assert.match(await problem.innerText(), /load 'catalog_tags'/);
        assert.equal(await window.locator('.markers-panel .monaco-list-row').count(), 2); // the file, and this one
        await picture('vscode.png');
    });
    await step('hover explains a tag', async () => {
        await line('for').filter({ hasText: 'books' }).locator('span').filter({ hasText: /^for$/ }).last().hover();
        await window.locator('.monaco-hover').filter({ hasText: 'Loop over each item in an array.' }).waitFor();
        await picture('vscode-hover.png');
        await window.keyboard.press('Escape');
    });
    await step('after {% come the tags of the place, with what to fill in and the %} that is there already', async () => {
        await toEndOf(7);
        await window.keyboard.press('Enter');
        // VS Code closes no pair in a line that it has not coloured yet, which it does when it is idle.
        for (let turn = 0; turn < 3; turn += 1) await window.evaluate(() => new Promise((resolve) => requestIdleCallback(() => resolve())));
        await window.keyboard.type('{% ');
        const offered = window.locator('.suggest-widget.visible .monaco-list-row');
        await offered.first().waitFor();
        const labels = await offered.allInnerTexts();
        assert.ok(labels.some((label) => label.startsWith('endfor')), labels.join());
        assert.ok(!labels.some((label) => label.startsWith('endblock')), labels.join());
        const toasts = window.locator('.notification-toast').filter({ hasText: 'unknown setting' });
        assert.equal(await toasts.count(), 0); // of settings that are the extension's own
        await picture('vscode-completion.png');
        await window.keyboard.type('cyc');
        await window.locator('.suggest-widget.visible .monaco-list-row.focused').filter({ hasText: 'cycle' }).waitFor();
        await window.keyboard.press('Enter');
        assert.equal(await text('cycle'), '{% cycle first second %}');
        await window.keyboard.press('Escape'); // leaves the tab stops
    });
    await step('a comment is one that Django leaves out', async () => {
        await toEndOf(8);
        await window.keyboard.press('Shift+Home');
        await command('Toggle Block Comment');
        await line('endcomment').waitFor();
        assert.equal(await text('cycle'), '{% comment %} {% cycle first second %} {% endcomment %}');
    });
    await step('a setting of the workspace reaches the server and the status', async () => {
        const file = path.join(project, '.vscode/settings.json');
        writeFileSync(path.join(project, 'bookshop/other.py'), "from .settings import *\nINSTALLED_APPS = ['accounts', 'orders']\n");
        mkdirSync(path.dirname(file));
        writeFileSync(file, JSON.stringify({ 'nuages.settings': 'bookshop.other' }));
        const problems = window.locator('.markers-panel .monaco-list-row');
        await problems.filter({ hasText: "No filter is called 'money'" }).waitFor();
        await window.locator('.statusbar-item').filter({ hasText: 'bookshop.other' }).waitFor();
        rmSync(file);
        await problems.filter({ hasText: "The filter 'money' is not loaded here" }).waitFor();
        await status.waitFor();
    });
    await step('typing mends the mistake', async () => {
        await squiggles(1);
        await toEndOf(1);
        await window.keyboard.type('{% load catalog_tags');
        await window.keyboard.press('Escape');
        await squiggles(0);
    });
    await step('the server is restarted by the command, and the old one ends', async () => {
        const [old] = servers().slice(-1);
        assert.ok(runs(old));
        await command('Nuages: Restart Server');
        for (let left = 600; servers().at(-1) === old || runs(old); left -= 1) {
            assert.ok(left > 0, `server ${old} still runs, of ${servers()}`);
            await window.waitForTimeout(100);
        }
        await status.waitFor();
        assert.ok(runs(servers().at(-1)));
    });
    await step('the output of the server is shown', async () => {
        await command('Nuages: Show Output');
        const channel = window.locator('.panel .monaco-select-box, .panel select').first();
        await channel.waitFor();
        assert.equal(await channel.evaluate((box) => box.selectedOptions?.[0]?.text ?? box.innerText), 'Nuages');
        await status.waitFor(); // still about the template above
    });
    await step('a project within the project has a server of its own, and its template no other', async () => {
        mkdirSync(path.join(project, 'inner/templates'), { recursive: true });
        writeFileSync(path.join(project, 'inner/manage.py'), '');
        writeFileSync(path.join(project, 'inner/templates/only.html'), '{% if x %}\n');
        await file('inner').click();
        await window.locator('.explorer-viewlet .monaco-list-row[aria-level="2"]').filter({ hasText: 'templates' }).click();
        await file('only.html').click();
        await line('if x').waitFor();
        await window.locator('.statusbar-item').filter({ hasText: 'no settings' }).waitFor();
        await squiggles(1);
        assert.equal(servers().filter(runs).length, 2);
    });
    await step('HTML outside of templates is nobody\'s template', async () => {
        writeFileSync(path.join(project, 'static/page.html'), '{% nope %}\n');
        await file('static').click();
        await file('page.html').click();
        await line('nope').waitFor();
        await window.locator('#status\\.editor\\.mode').filter({ hasText: /^HTML$/ }).waitFor();
        await status.waitFor({ state: 'hidden' });
        assert.equal(await squiggle.count(), 0);
    });
}
