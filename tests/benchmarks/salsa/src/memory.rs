//! What a memo costs in memory: by how much the process grows with a memo more for each input.

use crate::trees::{Number, Trees, leaf_0};
use salsa::plumbing::AsId;
use salsa::{Database, Durability};
use std::sync::OnceLock;

const COUNT: usize = 65_536;

/// Outside of the database, so that finding an input is no dependency.
static NUMBERS: OnceLock<Vec<Number>> = OnceLock::new();

macro_rules! reading {
    ($name:ident, $edges:expr) => {
        #[salsa::tracked(returns(copy))]
        fn $name(db: &dyn Database, number: Number) -> i64 {
            let numbers = NUMBERS.get().unwrap();
            let first = number_index(number);
            (0..$edges)
                .map(|i| numbers[(first + i) % COUNT].value(db))
                .sum()
        }
    };
}
reading!(reading_1, 1);
reading!(reading_2, 2);
reading!(reading_3, 3);
reading!(reading_8, 8);
reading!(reading_32, 32);

#[salsa::tracked(returns(copy))]
fn reading_by_two(db: &dyn Database, number: Number, _other: Number) -> i64 {
    number.value(db)
}

fn number_index(number: Number) -> usize {
    let first = NUMBERS.get().unwrap()[0];
    number.as_id().index() as usize - first.as_id().index() as usize
}

fn resident_bytes() -> usize {
    let statm = std::fs::read_to_string("/proc/self/statm").unwrap();
    statm.split(' ').nth(1).unwrap().parse::<usize>().unwrap() * 4096
}

pub fn print_bytes(which: &str) {
    let ask: fn(&dyn Database, Number) -> i64 = match which {
        "1" => |db, number| reading_1(db, number),
        "2" => |db, number| reading_2(db, number),
        "3" => |db, number| reading_3(db, number),
        "8" => |db, number| reading_8(db, number),
        "32" => |db, number| reading_32(db, number),
        "two_keys" => |db, number| reading_by_two(db, number, number),
        _ => {
            eprintln!("salsa-bench: --bytes-of-memo takes 1, 2, 3, 8, 32 or two_keys");
            std::process::exit(2);
        }
    };
    let trees = Trees::new(Durability::LOW, COUNT);
    NUMBERS.get_or_init(|| trees.numbers.clone());
    for number in &trees.numbers {
        leaf_0(&trees.db, *number); // Makes room for all memos of an input.
    }
    let before = resident_bytes();
    for number in &trees.numbers {
        ask(&trees.db, *number);
    }
    println!(
        "{{\"bytes\": {:.1}}}",
        (resident_bytes() - before) as f64 / COUNT as f64
    );
}
