//! Rows with several threads, each with a handle of its own, as in bench_threads.cpp.

use crate::trees::{MEMOS_OF_TREE, Number, Rows, Trees, root, seconds_of};
use salsa::{Cancelled, Durability, Setter};
use std::hint::black_box;
use std::panic::AssertUnwindSafe;
use std::sync::Barrier;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;
use std::thread;

/// Runs `work(handle, thread)` on `threads` threads at once; the seconds of the slowest.
fn seconds_of_slowest(
    trees: &Trees,
    threads: usize,
    work: impl Fn(&salsa::DatabaseImpl, usize) + Sync,
) -> f64 {
    let start = Barrier::new(threads);
    thread::scope(|scope| {
        let running: Vec<_> = (0..threads)
            .map(|number| {
                let db = trees.db.clone();
                let (start, work) = (&start, &work);
                scope.spawn(move || {
                    start.wait();
                    seconds_of(|| work(&db, number))
                })
            })
            .collect();
        running
            .into_iter()
            .map(|each| each.join().unwrap())
            .fold(0.0, f64::max)
    })
}

fn parallel_fast_path(rows: &Rows, threads: usize) {
    const HITS: usize = 4096;
    let name = format!("parallel_fast_path_{threads}");
    if !rows.wants(&name) {
        return;
    }
    let trees = Trees::new(Durability::LOW, crate::trees::INPUTS);
    trees.sum_roots();
    let numbers = &trees.numbers;
    rows.report(&name, HITS, || {
        seconds_of_slowest(&trees, threads, |db, thread| {
            let total: i64 = (0..HITS).map(|_| root(db, numbers[thread])).sum();
            black_box(total);
        })
    });
}

fn parallel_cold_execute(rows: &Rows, threads: usize) {
    const COUNT: usize = 2048;
    let name = format!("parallel_cold_execute_{threads}");
    if !rows.wants(&name) {
        return;
    }
    let each = COUNT / threads;
    rows.report(&name, COUNT * MEMOS_OF_TREE, || {
        let trees = Trees::new(Durability::LOW, COUNT);
        let numbers = &trees.numbers;
        seconds_of_slowest(&trees, threads, |db, thread| {
            let share = &numbers[thread * each..(thread + 1) * each];
            let total: i64 = share.iter().map(|number| root(db, *number)).sum();
            black_box(total);
        })
    });
}

static IS_READING: AtomicBool = AtomicBool::new(false);

/// Reads until it is told to stop, each time it is given a handle.
fn read(handles: mpsc::Receiver<salsa::DatabaseImpl>, number: Number) {
    for db in handles {
        let _ = Cancelled::catch(AssertUnwindSafe(|| {
            let mut total = 0;
            loop {
                total += root(&db, number);
                black_box(total);
                IS_READING.store(true, Ordering::Relaxed);
            }
        }));
    }
}

/// From the wish to write until it is written, while another thread reads.
fn write_while_reading(rows: &Rows) {
    if !rows.wants("write_while_reading") {
        return;
    }
    let mut trees = Trees::new(Durability::LOW, crate::trees::INPUTS);
    let (read_number, written_number) = (trees.numbers[0], trees.numbers[1]);
    let (hand_over, handles) = mpsc::channel();
    let reading = thread::spawn(move || read(handles, read_number));
    let mut value = 0;
    rows.report("write_while_reading", 1, || {
        IS_READING.store(false, Ordering::Relaxed);
        hand_over.send(trees.db.clone()).unwrap();
        while !IS_READING.load(Ordering::Relaxed) {
            thread::yield_now();
        }
        value += 1;
        seconds_of(|| {
            written_number.set_value(&mut trees.db).to(value + 1000);
        })
    });
    drop(hand_over);
    reading.join().unwrap();
}

pub fn all(rows: &Rows) {
    for threads in [1, 2] {
        parallel_fast_path(rows, threads);
    }
    for threads in [1, 2] {
        parallel_cold_execute(rows, threads);
    }
    write_while_reading(rows);
}
