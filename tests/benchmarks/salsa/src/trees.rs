//! What the rows have in common: the inputs and trees of trees.h.

use salsa::{Database, Durability};
use std::hint::black_box;
use std::time::Instant;

pub const INPUTS: usize = 256;
pub const MEMOS_OF_TREE: usize = 7;
pub const MEMOS: usize = INPUTS * MEMOS_OF_TREE;

#[salsa::input]
pub struct Number {
    #[returns(copy)]
    pub value: i64,
    #[returns(copy)]
    pub other: i64,
}

macro_rules! leaf {
    ($name:ident, $add:expr) => {
        #[salsa::tracked(returns(copy))]
        pub fn $name(db: &dyn Database, number: Number) -> i64 {
            number.value(db) + $add
        }
    };
}
leaf!(leaf_0, 0);
leaf!(leaf_1, 1);
leaf!(leaf_2, 2);
leaf!(leaf_3, 3);

#[salsa::tracked(returns(copy))]
pub fn branch_0(db: &dyn Database, number: Number) -> i64 {
    leaf_0(db, number) + leaf_1(db, number)
}

#[salsa::tracked(returns(copy))]
pub fn branch_1(db: &dyn Database, number: Number) -> i64 {
    leaf_2(db, number) + leaf_3(db, number)
}

#[salsa::tracked(returns(copy))]
pub fn root(db: &dyn Database, number: Number) -> i64 {
    branch_0(db, number) + branch_1(db, number)
}

pub struct Trees {
    pub db: salsa::DatabaseImpl,
    pub numbers: Vec<Number>,
}

impl Trees {
    pub fn new(durability: Durability, count: usize) -> Self {
        let db = salsa::DatabaseImpl::default();
        let numbers = (0..count as i64)
            .map(|value| Number::builder(value, 0).durability(durability).new(&db))
            .collect();
        Trees { db, numbers }
    }

    pub fn touch(&mut self) {
        self.db.synthetic_write(Durability::LOW);
    }

    /// Seconds of one pass over all roots.
    pub fn sum_roots(&self) -> f64 {
        seconds_of(|| {
            let total: i64 = self
                .numbers
                .iter()
                .map(|number| root(&self.db, *number))
                .sum();
            black_box(total);
        })
    }
}

pub fn seconds_of(work: impl FnOnce()) -> f64 {
    let begin = Instant::now();
    work();
    begin.elapsed().as_secs_f64()
}

/// Measures those rows whose name was asked for.
pub struct Rows {
    wanted: Option<String>,
}

impl Rows {
    pub fn new(wanted: Option<String>) -> Self {
        Rows { wanted }
    }

    pub fn wants(&self, name: &str) -> bool {
        self.wanted.as_ref().is_none_or(|wanted| wanted == name)
    }

    /// Prints the least and the median of the repetitions, in nanoseconds a unit, as one line of JSON.
    pub fn report(&self, name: &str, units: usize, mut pass: impl FnMut() -> f64) {
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
}
