//! Salsa's benchmarks eviction and eviction_walltime without eviction, as in bench_eviction.cpp.

use crate::trees::{Number, Rows, Trees, seconds_of};
use salsa::{Database, Durability};
use std::hint::black_box;
use std::ops::Range;

#[salsa::tracked(returns(copy))]
fn fibonacci(db: &dyn Database, number: Number) -> u64 {
    let value = number.value(db) as u64;
    let (mut before, mut last) = (0u64, 1u64);
    for _ in 0..black_box(128) {
        (before, last) = (last, before.wrapping_add(last));
    }
    value.wrapping_add(last)
}

struct Items {
    trees: Trees,
    total: u64,
}

impl Items {
    fn new(count: usize) -> Self {
        Items {
            trees: Trees::new(Durability::LOW, count),
            total: 0,
        }
    }

    fn access(&mut self, index: usize) {
        let value = fibonacci(&self.trees.db, self.trees.numbers[index]);
        self.total = self.total.wrapping_add(value);
    }

    fn access_all(&mut self, range: Range<usize>) {
        for index in range {
            self.access(index);
        }
    }

    fn seconds_of(&mut self, work: impl FnOnce(&mut Self)) -> f64 {
        let seconds = seconds_of(|| work(self));
        black_box(self.total);
        seconds
    }
}

fn fast_path(rows: &Rows) {
    if rows.wants("fast_path") {
        let mut items = Items::new(1024);
        items.access_all(0..1024);
        rows.report("fast_path", 1024, || {
            items.seconds_of(|items| items.access_all(0..1024))
        });
    }
}

fn fill(rows: &Rows) {
    if rows.wants("fill") {
        rows.report("fill", 320, || {
            Items::new(320).seconds_of(|items| items.access_all(0..320))
        });
    }
}

fn project_check_then_incremental(rows: &Rows) {
    const FILES: usize = 1024;
    const ACCESSES: usize = 64;
    const EDITS: usize = 3;
    const STEP: usize = 128;
    let name = "project_check_then_incremental";
    if !rows.wants(name) {
        return;
    }
    rows.report(name, (FILES + EDITS * (FILES / STEP)) * ACCESSES, || {
        Items::new(FILES).seconds_of(|items| {
            for file in 0..FILES {
                for _ in 0..ACCESSES {
                    items.access(file);
                }
            }
            for _ in 0..EDITS {
                items.trees.touch();
                for file in (0..FILES).step_by(STEP) {
                    for _ in 0..ACCESSES {
                        items.access(file);
                    }
                }
            }
        })
    });
}

fn scan_resistance(rows: &Rows) {
    const HOT: usize = 192;
    const FRESH: usize = 128;
    const ROUNDS: usize = 5;
    fn visit(items: &mut Items, round: usize) {
        for i in 0..FRESH / 2 {
            items.access_all(i * 3..i * 3 + 3);
            let next = HOT + round * FRESH + i * 2;
            items.access_all(next..next + 2);
        }
    }
    if !rows.wants("scan_resistance") {
        return;
    }
    rows.report(
        "scan_resistance",
        (ROUNDS - 1) * (HOT + FRESH) + HOT,
        || {
            let mut items = Items::new(HOT + ROUNDS * FRESH);
            visit(&mut items, 0);
            items.seconds_of(|items| {
                for round in 1..ROUNDS {
                    items.trees.touch();
                    visit(items, round);
                }
                items.trees.touch();
                items.access_all(0..HOT);
            })
        },
    );
}

fn one_hit_wonders(rows: &Rows) {
    const HOT: usize = 64;
    const FRESH: usize = 64 + 128;
    const ROUNDS: usize = 5;
    fn visit(items: &mut Items, round: usize) {
        let first = HOT + round * FRESH;
        for i in 0..HOT {
            items.access(i);
            items.access(first + i);
            items.access(i);
        }
        items.access_all(first + HOT..first + FRESH);
    }
    if !rows.wants("one_hit_wonders") {
        return;
    }
    rows.report(
        "one_hit_wonders",
        (ROUNDS - 1) * (HOT * 2 + FRESH) + HOT,
        || {
            let mut items = Items::new(HOT + ROUNDS * FRESH);
            visit(&mut items, 0);
            items.seconds_of(|items| {
                for round in 1..ROUNDS {
                    items.trees.touch();
                    visit(items, round);
                }
                items.trees.touch();
                items.access_all(0..HOT);
            })
        },
    );
}

fn phase_change(rows: &Rows) {
    const EACH: usize = 192;
    const ROUNDS: usize = 3;
    if !rows.wants("phase_change") {
        return;
    }
    rows.report("phase_change", ROUNDS * EACH, || {
        let mut items = Items::new(2 * EACH);
        items.access_all(0..EACH);
        items.seconds_of(|items| {
            for _ in 0..ROUNDS {
                items.trees.touch();
                items.access_all(EACH..2 * EACH);
            }
        })
    });
}

pub fn all(rows: &Rows) {
    fast_path(rows);
    fill(rows);
    project_check_then_incremental(rows);
    scan_resistance(rows);
    one_hit_wonders(rows);
    phase_change(rows);
}
