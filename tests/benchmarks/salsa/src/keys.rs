//! Rows about keys of several parts, strings, interned values, inputs and handles, as in bench_keys.cpp.

use crate::trees::{INPUTS, Number, Rows, Trees, root, seconds_of};
use salsa::{Database, Durability, Setter};
use std::hint::black_box;

#[salsa::tracked(returns(copy))]
fn two_keys(db: &dyn Database, number: Number, _other: Number) -> i64 {
    number.value(db) + 1
}

#[salsa::tracked(returns(copy))]
fn three_keys(db: &dyn Database, number: Number, _other: Number, third: u32) -> i64 {
    number.value(db) + i64::from(third)
}

/// How salsa's users have a string as a key: looking one up copies nothing.
#[salsa::interned]
struct Name<'db> {
    #[returns(ref)]
    text: String,
}

#[salsa::tracked(returns(copy))]
fn length<'db>(db: &'db dyn Database, name: Name<'db>) -> i64 {
    name.text(db).len() as i64
}

#[salsa::interned]
struct Value<'db> {
    #[returns(copy)]
    value: i64,
}

#[salsa::tracked(returns(copy))]
fn intern_distinct(db: &dyn Database, number: Number) -> i64 {
    let first = number.value(db);
    for offset in 0..INPUTS as i64 {
        black_box(Value::new(db, first + offset));
    }
    INPUTS as i64
}

#[salsa::tracked(returns(copy))]
fn intern_same(db: &dyn Database, number: Number) -> i64 {
    let first = number.value(db);
    for _ in 0..INPUTS {
        black_box(Value::new(db, first));
    }
    INPUTS as i64
}

#[salsa::tracked(returns(copy))]
fn input_field(db: &dyn Database, number: Number) -> i64 {
    number.value(db)
}

#[salsa::tracked(returns(copy))]
fn interned_field<'db>(db: &'db dyn Database, value: Value<'db>) -> i64 {
    value.value(db)
}

#[salsa::input]
struct World {
    #[returns(ref)]
    numbers: Vec<Number>,
}

#[salsa::tracked(returns(copy))]
fn sum_of_two_keys(db: &dyn Database, world: World, round: Number) -> i64 {
    let numbers = world.numbers(db);
    let mut total = round.other(db);
    for (i, number) in numbers.iter().enumerate() {
        total += two_keys(db, *number, numbers[INPUTS - 1 - i]);
    }
    total
}

/// Trees, with a name for each input.
struct Named {
    trees: Trees,
    names: Vec<String>,
}

impl Named {
    fn new() -> Self {
        Named {
            trees: Trees::new(Durability::LOW, INPUTS),
            names: (0..INPUTS)
                .map(|i| format!("templates/shop/page_{i}.html"))
                .collect(),
        }
    }

    fn at(&self, index: usize) -> Number {
        self.trees.numbers[index]
    }
}

fn ask_two_keys(db: &dyn Database, world: &Named, i: usize) -> i64 {
    two_keys(db, world.at(i), world.at(INPUTS - 1 - i))
}

fn ask_three_keys(db: &dyn Database, world: &Named, i: usize) -> i64 {
    three_keys(db, world.at(i), world.at(INPUTS - 1 - i), 7)
}

fn ask_string(db: &dyn Database, world: &Named, i: usize) -> i64 {
    length(db, Name::new(db, world.names[i].as_str()))
}

fn intern_name(db: &dyn Database, world: &Named, i: usize) -> i64 {
    black_box(Name::new(db, world.names[i].as_str()));
    0
}

fn read_field(db: &dyn Database, world: &Named, i: usize) -> i64 {
    world.at(i).value(db)
}

#[inline(always)]
fn ask_all(world: &Named, ask: impl Fn(&dyn Database, &Named, usize) -> i64) -> f64 {
    seconds_of(|| {
        let total: i64 = (0..INPUTS).map(|i| ask(&world.trees.db, world, i)).sum();
        black_box(total);
    })
}

fn warm(rows: &Rows, name: &str, ask: impl Fn(&dyn Database, &Named, usize) -> i64) {
    if rows.wants(name) {
        let world = Named::new();
        ask_all(&world, &ask);
        rows.report(name, INPUTS, || ask_all(&world, &ask));
    }
}

fn cold(rows: &Rows, name: &str, ask: impl Fn(&dyn Database, &Named, usize) -> i64) {
    if rows.wants(name) {
        rows.report(name, INPUTS, || ask_all(&Named::new(), &ask));
    }
}

fn creation(rows: &Rows) {
    for count in [256, 10_240] {
        let name = format!("input_create_many_{count}");
        if rows.wants(&name) {
            rows.report(&name, count, || {
                let warm = Trees::new(Durability::LOW, 1);
                seconds_of(|| {
                    for i in 0..count as i64 {
                        black_box(Number::new(&warm.db, i, 0));
                    }
                })
            });
        }
    }
    if rows.wants("intern_distinct_many") {
        rows.report("intern_distinct_many", INPUTS, || {
            let trees = Trees::new(Durability::LOW, 2);
            seconds_of(|| {
                black_box(intern_distinct(&trees.db, trees.numbers[1]));
            })
        });
    }
    if rows.wants("intern_same_many") {
        rows.report("intern_same_many", INPUTS, || {
            let trees = Trees::new(Durability::LOW, 2);
            intern_same(&trees.db, trees.numbers[0]);
            seconds_of(|| {
                black_box(intern_same(&trees.db, trees.numbers[1]));
            })
        });
    }
}

fn field_access(rows: &Rows) {
    if rows.wants("input_field_read_many") {
        rows.report("input_field_read_many", INPUTS, || {
            let trees = Trees::new(Durability::LOW, INPUTS);
            seconds_of(|| {
                let total: i64 = trees
                    .numbers
                    .iter()
                    .map(|number| input_field(&trees.db, *number))
                    .sum();
                black_box(total);
            })
        });
    }
    if rows.wants("interned_field_read_many") {
        rows.report("interned_field_read_many", INPUTS, || {
            let db = &salsa::DatabaseImpl::default();
            let values: Vec<Value> = (0..INPUTS as i64).map(|i| Value::new(db, i)).collect();
            seconds_of(|| {
                let total: i64 = values.iter().map(|value| interned_field(db, *value)).sum();
                black_box(total);
            })
        });
    }
}

fn hit_two_keys_in_a_query(rows: &Rows) {
    let name = "hit_two_keys_in_a_query";
    if !rows.wants(name) {
        return;
    }
    let named = Named::new();
    let db = &named.trees.db;
    let world = World::new(db, named.trees.numbers.clone());
    for _ in 0..50 {
        black_box(sum_of_two_keys(db, world, Number::new(db, 0, 0)));
    }
    rows.report(name, INPUTS, || {
        let round = Number::new(db, 0, 0);
        seconds_of(|| {
            black_box(sum_of_two_keys(db, world, round));
        })
    });
}

fn set_field(rows: &Rows) {
    if rows.wants("set_field") {
        let mut trees = Trees::new(Durability::LOW, INPUTS);
        let mut added = 0;
        rows.report("set_field", INPUTS, || {
            added += 1000;
            seconds_of(|| {
                for (i, number) in trees.numbers.iter().enumerate() {
                    number.set_value(&mut trees.db).to(i as i64 + added);
                }
            })
        });
    }
}

/// A handle of the database is what a thread needs in order to read, as a ticket and a reader are.
fn open_reader(rows: &Rows) {
    if rows.wants("open_reader") {
        let trees = Trees::new(Durability::LOW, INPUTS);
        rows.report("open_reader", INPUTS, || {
            seconds_of(|| {
                for _ in 0..INPUTS {
                    black_box(trees.db.clone());
                }
            })
        });
    }
    if rows.wants("open_reader_for_a_hit") {
        let trees = Trees::new(Durability::LOW, INPUTS);
        trees.sum_roots();
        rows.report("open_reader_for_a_hit", INPUTS, || {
            seconds_of(|| {
                for number in &trees.numbers {
                    black_box(root(&trees.db.clone(), *number));
                }
            })
        });
    }
}

pub fn all(rows: &Rows) {
    creation(rows);
    field_access(rows);
    warm(rows, "hit_two_keys", ask_two_keys);
    warm(rows, "hit_three_keys", ask_three_keys);
    warm(rows, "hit_string_key", ask_string);
    hit_two_keys_in_a_query(rows);
    cold(rows, "cold_two_keys", ask_two_keys);
    cold(rows, "cold_three_keys", ask_three_keys);
    cold(rows, "cold_string_key", ask_string);
    warm(rows, "intern_known_string", intern_name);
    cold(rows, "intern_new_string", intern_name);
    warm(rows, "read_field", read_field);
    set_field(rows);
    open_reader(rows);
}
