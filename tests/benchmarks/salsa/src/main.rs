//! The rows of bench_query on salsa, in the same units and with the same names.
//!
//! Usage: salsa-bench [ROW], or salsa-bench --bytes-of-memo 1|2|3|8|32|two_keys.

mod eviction;
mod keys;
mod memory;
mod threads;
mod trees;

use salsa::{Database, Durability, Setter};
use std::hint::black_box;
use trees::{INPUTS, MEMOS, Number, Rows, Trees, leaf_0, seconds_of};

#[salsa::input]
struct Numbers {
    #[returns(ref)]
    all: Vec<Number>,
}

#[salsa::tracked(returns(copy))]
fn sum(db: &dyn Database, numbers: Numbers, round: Number) -> i64 {
    let mut total = round.other(db);
    for number in numbers.all(db) {
        total += leaf_0(db, *number);
    }
    total
}

fn hit_in_a_query(rows: &Rows, name: &str, hits: usize) {
    if !rows.wants(name) {
        return;
    }
    let trees = Trees::new(Durability::LOW, hits);
    let numbers = Numbers::new(&trees.db, trees.numbers.clone());
    for number in &trees.numbers {
        leaf_0(&trees.db, *number);
    }
    for _ in 0..50 {
        black_box(sum(&trees.db, numbers, Number::new(&trees.db, 0, 0)));
    }
    rows.report(name, hits, || {
        let round = Number::new(&trees.db, 0, 0);
        seconds_of(|| {
            black_box(sum(&trees.db, numbers, round));
        })
    });
}

fn query_fetch(rows: &Rows) {
    if rows.wants("cached_same_revision") {
        let trees = Trees::new(Durability::LOW, INPUTS);
        trees.sum_roots();
        rows.report("cached_same_revision", INPUTS, || trees.sum_roots());
    }
    hit_in_a_query(rows, "hit_in_a_query", 256);
    hit_in_a_query(rows, "hit_in_a_wide_query", 4096);
    if rows.wants("deep_verify_memo") {
        let mut trees = Trees::new(Durability::LOW, INPUTS);
        trees.sum_roots();
        rows.report("deep_verify_memo", MEMOS, || {
            trees.touch();
            trees.sum_roots()
        });
    }
    if rows.wants("cold_execute") {
        rows.report("cold_execute", MEMOS, || {
            Trees::new(Durability::LOW, INPUTS).sum_roots()
        });
    }
    if rows.wants("deep_verify_then_execute") {
        let mut trees = Trees::new(Durability::LOW, INPUTS);
        trees.sum_roots();
        let mut added = 0;
        rows.report("deep_verify_then_execute", MEMOS, || {
            added += 1000;
            for (i, number) in trees.numbers.iter().enumerate() {
                number.set_value(&mut trees.db).to(i as i64 + added);
            }
            trees.sum_roots()
        });
    }
    if rows.wants("validate_high_durability") {
        let mut trees = Trees::new(Durability::HIGH, INPUTS);
        trees.sum_roots();
        rows.report("validate_high_durability", INPUTS, || {
            trees.touch();
            trees.sum_roots()
        });
    }
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [option, which] = &arguments[..]
        && option == "--bytes-of-memo"
    {
        return memory::print_bytes(which);
    }
    let rows = Rows::new(arguments.into_iter().next());
    query_fetch(&rows);
    keys::all(&rows);
    eviction::all(&rows);
    threads::all(&rows);
}
