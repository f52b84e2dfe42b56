// The grammar of Django HTML, in the tokenizer of VS Code and over VS Code's own grammar of HTML.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const vscode = path.join(process.env.NUAGES_WINDOW_PACKAGES, 'code-server/lib/vscode');
const require = createRequire(path.join(vscode, 'package.json'));
const ours = path.join(import.meta.dirname, '../../../resources/editors/vscode/syntaxes/django-html.tmLanguage.json');

const files = {
    'text.html.django.nuages': ours,
    'text.html.derivative': path.join(vscode, 'extensions/html/syntaxes/html-derivative.tmLanguage.json'),
    'text.html.basic': path.join(vscode, 'extensions/html/syntaxes/html.tmLanguage.json'),
    'source.js': path.join(vscode, 'extensions/javascript/syntaxes/JavaScript.tmLanguage.json'),
    'source.css': path.join(vscode, 'extensions/css/syntaxes/css.tmLanguage.json'),
};

// A text, then pieces of it with a scope that the piece must have, or with "!" must not have.
const cases = [
    ['a tag', '{% if x %}', ['{%', 'punctuation.section.embedded.begin.django'], ['if', 'keyword.control.django'], ['x', 'variable.other.django'], ['%}', 'punctuation.section.embedded.end.django']],
    ['a tag of an app', '{% stars book.rating max=5 %}', ['stars', 'keyword.control.django'], ['rating', 'variable.other.property.django'], ['max', 'variable.parameter.django'], ['5', 'constant.numeric.django']],
    ['operators', '{% if not a or b == None %}', ['not', 'keyword.operator.logical.django'], ['or', 'keyword.operator.logical.django'], ['==', 'keyword.operator.comparison.django'], ['None', 'constant.language.django']],
    ['the name of a block', '{% block books %}', ['books', 'entity.name.section.django']],
    ['libraries', '{% load money from shop_tags %}', ['load', 'keyword.control.import.django'], ['money', 'entity.name.namespace.django'], ['from', 'keyword.control.import.django'], ['shop_tags', 'entity.name.namespace.django']],
    ['a variable with filters', '{{ book.price|floatformat:2|default:"a" }}', ['book', 'variable.other.django'], ['price', 'variable.other.property.django'], ['floatformat', 'support.function.filter.django'], ['2', 'constant.numeric.django'], ['default', 'support.function.filter.django'], ['"a"', 'string.quoted.double.django']],
    ['a quote that is never closed ends with its tag', '{% x "a %}<b>', ['b', 'entity.name.tag.html']],
    ['a tag that is never closed is none', '{% if <b>', ['if', '!keyword.control.django'], ['b', 'entity.name.tag.html']],
    ['in the value of an attribute', '<p class="a {{ b }} c">', ['b', 'variable.other.django'], ['c', 'string.quoted.double.html']],
    ['between attributes', '<p {% if a %}id="b"{% endif %}>', ['if', 'keyword.control.django'], ['id', 'entity.other.attribute-name.html'], ['endif', 'keyword.control.django']],
    ['in a script', '<script>let a = "{{ b }}";</script>', ['let', 'source.js'], ['b', 'variable.other.django']],
    ['in a style sheet', '<style>p { color: {{ b }}; }</style>', ['color', 'source.css'], ['b', 'variable.other.django']],
    ['in a comment of HTML, where Django reads it', '<!-- {% if x %} -->', ['if', 'keyword.control.django']],
    ['a comment', '{# {% if x %} #}<b>', ['if', 'comment.block.django'], ['if', '!keyword.control.django'], ['b', 'entity.name.tag.html']],
    ['a comment over lines', '{% comment "why" %}\n{{ a }}\n{% endcomment %}<b>', ['a', 'comment.block.django'], ['a', '!variable.other.django'], ['b', 'entity.name.tag.html']],
    ['verbatim', '{% verbatim %}\n<p>{{ a }}\n{% endverbatim %}{{ b }}', ['p', 'entity.name.tag.html'], ['a', '!variable.other.django'], ['b', 'variable.other.django']],
    ['verbatim with a name ends only with it', '{% verbatim x %}\n{% endverbatim %}{{ a }}\n{% endverbatim x %}{{ b }}', ['a', '!variable.other.django'], ['b', 'variable.other.django']],
];

export async function testGrammar(row) {
    const textmate = require('vscode-textmate');
    const oniguruma = require('vscode-oniguruma');
    const wasm = readFileSync(path.join(path.dirname(require.resolve('vscode-oniguruma')), 'onig.wasm'));
    await oniguruma.loadWASM(wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength));
    const registry = new textmate.Registry({
        onigLib: Promise.resolve({
            createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
            createOnigString: (text) => new oniguruma.OnigString(text),
        }),
        loadGrammar: async (scope) => {
            const file = files[scope];
            return file ? textmate.parseRawGrammar(readFileSync(file, 'utf8'), file) : null;
        },
    });
    const grammar = await registry.loadGrammar('text.html.django.nuages');

    for (const [name, text, ...wanted] of cases) {
        await row(`colours: ${name}`, () => {
            const tokens = [];
            let state = textmate.INITIAL;
            for (const line of text.split('\n')) {
                const result = grammar.tokenizeLine(line, state);
                state = result.ruleStack;
                for (const token of result.tokens) {
                    tokens.push({ text: line.slice(token.startIndex, token.endIndex), scopes: token.scopes });
                }
            }
            let from = 0;
            for (const [piece, scope] of wanted) {
                // A string is three tokens, of which the first has the scope of the whole.
                const isPiece = (token) => token.text.trim() === piece || (piece.startsWith('"') && token.text === '"');
                let at = tokens.findIndex((token, index) => index >= from && isPiece(token));
                if (at < 0) at = tokens.findIndex(isPiece);
                const shown = tokens.map((token) => `${token.text}  ${token.scopes.join(' ')}`).join('\n');
                const scopes = tokens[at]?.scopes ?? [];
                if (scope.startsWith('!')) {
                    // What is no code need not be a token of its own.
                    const around = tokens.filter((token) => token.text.includes(piece));
                    assert.ok(around.some((token) => !token.scopes.includes(scope.slice(1))), `${piece} has ${scope}\n${shown}`);
                } else {
                    const inside = at >= 0 ? scopes : (tokens.find((token) => token.text.includes(piece))?.scopes ?? []);
                    assert.ok(inside.includes(scope), `${piece} lacks ${scope}\n${shown}`);
                }
                from = Math.max(from, at);
            }
        });
    }
}
