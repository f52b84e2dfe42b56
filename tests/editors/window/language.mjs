// What language-configuration.json says of indentation.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';

const file = path.join(import.meta.dirname, '../../../resources/editors/vscode/language-configuration.json');

// A line, whether the next one is indented by it, and whether it moves out itself.
const lines = [
    ['{% if x %}', true, false],
    ['{% if x %}a{% endif %}', false, false],
    ['{% else %}', true, true],
    ['{% endif %}', false, true],
    ['{% block a %}<b>', true, false],
    ['{% block a %}{% endblock %}', false, false],
    ['{% load a %}', false, false],
    ['{% blocks %}', false, false],
    ['{{ x }}', false, false],
    ['<div class="a">', true, false],
    ['<li>text</li>', false, false],
    ['<br>', false, false],
    ['<img src="a" />', false, false],
    ['</div>', false, true],
];

export async function testLanguage(row) {
    const { indentationRules: rules, onEnterRules } = JSON.parse(readFileSync(file, 'utf8'));
    await row('indentation: what opens, what closes', () => {
        for (const [line, opens, closes] of lines) {
            assert.equal(new RegExp(rules.increaseIndentPattern).test(line), opens, `${line}: opens`);
            assert.equal(new RegExp(rules.decreaseIndentPattern).test(line), closes, `${line}: closes`);
        }
    });
    await row('indentation: Enter between a tag and its end', () => {
        const splits = (before, after) =>
            onEnterRules.some((rule) => new RegExp(rule.beforeText).test(before) && new RegExp(rule.afterText).test(after));
        assert.ok(splits('{% stars %}', '{% endstars %}'));
        assert.ok(splits('<p class="a">', '</p>'));
        assert.ok(!splits('{% endif %}', '{% endblock %}'));
        assert.ok(!splits('<br>', '</p>'));
    });
}
