// Rows of a test, counted and printed in Qt Test's form.
let passed = 0;
let failed = 0;

/** Passes if `check` resolves. Tells whether it did, for what makes no sense without. */
export async function row(name, check) {
    try {
        await check();
        passed += 1;
        console.log(`PASS   : vscode ${name}`);
        return true;
    } catch (fault) {
        failed += 1;
        console.log(`FAIL!  : vscode ${name}\n${fault.message}`);
        return false;
    }
}

export function printTotals() {
    console.log(`Totals: ${passed} passed, ${failed} failed, 0 skipped, 0 blacklisted`);
    process.exitCode = failed === 0 ? 0 : 1;
}
