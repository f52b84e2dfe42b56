//! The rows of bench_query.cpp on salsa, in the same units and with the same names.

use salsa::{Database, Durability, Setter};
use std::hint::black_box;
use std::time::Instant;

const INPUTS: usize = 256;
const MEMOS: usize = INPUTS * 7;

#[salsa::input]
struct Number {
    value: i64,
}

#[salsa::input]
struct Round {
    number: u32,
}

macro_rules! leaf {
    ($name:ident, $add:expr) => {
        #[salsa::tracked]
        fn $name(db: &dyn Database, number: Number) -> i64 {
            number.value(db) + $add
        }
    };
}
leaf!(leaf_0, 0);
leaf!(leaf_1, 1);
leaf!(leaf_2, 2);
leaf!(leaf_3, 3);

#[salsa::tracked]
fn branch_0(db: &dyn Database, number: Number) -> i64 {
    leaf_0(db, number) + leaf_1(db, number)
}

#[salsa::tracked]
fn branch_1(db: &dyn Database, number: Number) -> i64 {
    leaf_2(db, number) + leaf_3(db, number)
}

#[salsa::tracked]
fn root(db: &dyn Database, number: Number) -> i64 {
    branch_0(db, number) + branch_1(db, number)
}

#[salsa::input]
struct Numbers {
    #[returns(ref)]
    all: Vec<Number>,
}

#[salsa::tracked]
fn sum(db: &dyn Database, numbers: Numbers, round: Round) -> i64 {
    let mut total = i64::from(*round.number(db));
    for number in numbers.all(db) {
        total += leaf_0(db, *number);
    }
    total
}

struct Trees {
    db: salsa::DatabaseImpl,
    numbers: Vec<Number>,
}

impl Trees {
    fn new(durability: Durability, count: usize) -> Self {
        let db = salsa::DatabaseImpl::default();
        let numbers = (0..count as i64)
            .map(|value| Number::builder(value).durability(durability).new(&db))
            .collect();
        Trees { db, numbers }
    }

    /// Seconds of one pass over all roots.
    fn sum_roots(&self) -> f64 {
        let begin = Instant::now();
        let total: i64 = self.numbers.iter().map(|number| root(&self.db, *number)).sum();
        black_box(total);
        begin.elapsed().as_secs_f64()
    }
}

/// Prints the least and the median of the repetitions, in nanoseconds a unit, as one line of JSON.
fn report(name: &str, units: usize, mut pass: impl FnMut() -> f64) {
    let mut times: Vec<f64> = (0..60)
        .map(|_| (0..10).map(|_| pass()).sum::<f64>() / 10.0 * 1e9 / units as f64)
        .collect();
    times.sort_by(f64::total_cmp);
    println!(
        "{{\"name\": \"{name}\", \"least\": {}, \"median\": {}}}",
        times[0],
        times[times.len() / 2]
    );
}

fn hit_in_a_query(name: &str, hits: usize) {
    let trees = Trees::new(Durability::LOW, hits);
    let numbers = Numbers::new(&trees.db, trees.numbers.clone());
    for number in &trees.numbers {
        leaf_0(&trees.db, *number);
    }
    let mut round = 0;
    while round < 50 {
        round += 1;
        black_box(sum(&trees.db, numbers, Round::new(&trees.db, round)));
    }
    report(name, hits, || {
        round += 1;
        let round = Round::new(&trees.db, round);
        let begin = Instant::now();
        black_box(sum(&trees.db, numbers, round));
        begin.elapsed().as_secs_f64()
    });
}

fn main() {
    let trees = Trees::new(Durability::LOW, INPUTS);
    trees.sum_roots();
    report("cached_same_revision", INPUTS, || trees.sum_roots());

    hit_in_a_query("hit_in_a_query", 256);
    hit_in_a_query("hit_in_a_wide_query", 4096);

    let mut trees = Trees::new(Durability::LOW, INPUTS);
    trees.sum_roots();
    report("deep_verify_memo", MEMOS, || {
        trees.db.synthetic_write(Durability::LOW);
        trees.sum_roots()
    });

    report("cold_execute", MEMOS, || Trees::new(Durability::LOW, INPUTS).sum_roots());

    let mut trees = Trees::new(Durability::LOW, INPUTS);
    trees.sum_roots();
    let mut added = 0;
    report("deep_verify_then_execute", MEMOS, || {
        added += 1000;
        for (i, number) in trees.numbers.iter().enumerate() {
            number.set_value(&mut trees.db).to(i as i64 + added);
        }
        trees.sum_roots()
    });

    let mut trees = Trees::new(Durability::HIGH, INPUTS);
    trees.sum_roots();
    report("validate_high_durability", INPUTS, || {
        trees.db.synthetic_write(Durability::LOW);
        trees.sum_roots()
    });
}
