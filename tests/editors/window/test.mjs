// All that is tested of the extension: its grammar against VS Code's tokenizer, then the window as a user meets it.
import { row, printTotals } from './rows.mjs';
import { testGrammar } from './grammar.mjs';
import { testLanguage } from './language.mjs';
import { testWindow } from './window.mjs';

await testGrammar(row);
await testLanguage(row);
await testWindow(row);
printTotals();
