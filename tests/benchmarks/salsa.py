"""./dev bench salsa: the same work on our engine and on salsa, row by row in turn, with the aim of each row.

With names of rows behind it, those rows alone. A row below its aim is printed like any other; docs/performance.md says
what explains it.
"""

import argparse
import json
import os
import subprocess
from dataclasses import dataclass

import first
import machine
import peers

ROUNDS = 3

HIT, OTHER, EVEN = 5, 3, 1  # So many times cheaper than salsa at least.


@dataclass(frozen=True)
class Row:
    title: str
    name: str  # Of the benchmark in both programs.
    aim: float
    statistic: str = "least"  # Of the repetitions. What waits for another thread has no meaningful least.


# Salsa's own benchmarks, by their files; then what those leave out.
SECTIONS = {
    "query_fetch": [
        Row("hit", "cached_same_revision", HIT),
        Row("deep verify, per memo", "deep_verify_memo", OTHER),
        Row("cold query", "cold_execute", OTHER),
        Row("verify and execute, per query", "deep_verify_then_execute", OTHER),
        Row("validate by durability, and hit", "validate_high_durability", OTHER),
    ],
    "creation": [
        Row("input created, of 256", "input_create_many_256", OTHER),
        Row("input created, of 10240", "input_create_many_10240", OTHER),
        Row("new number interned in a query", "intern_distinct_many", EVEN),
        Row("known number interned in a query", "intern_same_many", EVEN),
    ],
    "field_access": [
        Row("cold query of one input's field", "input_field_read_many", OTHER),
        Row("cold query of an interned field", "interned_field_read_many", OTHER),
    ],
    "eviction, without eviction": [
        Row("fast_path, hit", "fast_path", HIT),
        Row("fill, cold, with its own work", "fill", EVEN),
        Row("project_check_then_incremental", "project_check_then_incremental", HIT),
        Row("scan_resistance", "scan_resistance", EVEN),
        Row("one_hit_wonders", "one_hit_wonders", EVEN),
        Row("phase_change", "phase_change", EVEN),
        Row("parallel_fast_path, 1 thread", "parallel_fast_path_1", HIT),
        Row("parallel_fast_path, 2 threads", "parallel_fast_path_2", HIT),
    ],
    "not salsa's": [
        Row("hit in a query of 256 reads", "hit_in_a_query", HIT),
        Row("hit in a query of 4096 reads", "hit_in_a_wide_query", HIT),
        Row("hit of two keys", "hit_two_keys", HIT),
        Row("hit of three keys", "hit_three_keys", HIT),
        Row("hit of a string", "hit_string_key", HIT),
        Row("hit of two keys in a query", "hit_two_keys_in_a_query", HIT),
        Row("cold query of two keys", "cold_two_keys", OTHER),
        Row("cold query of three keys", "cold_three_keys", OTHER),
        Row("cold query of a string", "cold_string_key", OTHER),
        Row("known string interned", "intern_known_string", EVEN),
        Row("new string interned", "intern_new_string", EVEN),
        Row("field read outside of a query", "read_field", OTHER),
        Row("set, a revision each", "set_field", EVEN),
        Row("reader opened and closed", "open_reader", EVEN),
        Row("reader opened for a hit", "open_reader_for_a_hit", EVEN),
        Row("cold query, 1 thread", "parallel_cold_execute_1", OTHER),
        Row("cold query, 2 threads", "parallel_cold_execute_2", OTHER),
        Row("write while a thread reads", "write_while_reading", EVEN, "median"),
    ],
}

# What salsa measures and we have not, or not in that form.
NOT_OFFERED = {
    "tracked_create_many, tracked_reuse_many, tracked_reuse_few": "tracked structs",
    "tracked_field_read_many, untracked_field_read_many": "tracked structs",
    "converge_diverge, converge_diverge_nested": "cycles that iterate to a fixpoint",
    "the Lru form of each eviction row, fast_path_and_sweep": "eviction",
    "accumulator": "accumulators; diagnostics are values",
}

# How many fields the memo reads, or which keys it has.
MEMOS = {"1": "1 edge", "2": "2 edges", "3": "3 edges", "8": "8 edges", "32": "32 edges",
         "two_keys": "1 edge and two keys"}


def salsa(*arguments):
    run = subprocess.run([os.environ["NUAGES_SALSA"], *arguments], stdout=subprocess.PIPE, check=True)
    return json.loads(run.stdout)


def ours(*arguments):
    run = subprocess.run([peers.ENGINE.program(first.PROGRAM), *arguments], stdout=subprocess.PIPE, check=True)
    return json.loads(run.stdout)


def verdict(ratio, aim):
    return f"{ratio:8.2f}{aim:6}   {'met' if ratio >= aim else 'not met'}"


def compare(row):
    runs = [(first.measure(peers.ENGINE, [row.name])[row.name, row.statistic], salsa(row.name)[row.statistic])
            for _ in range(ROUNDS)]
    here, there = (min(run[side] for run in runs) for side in (0, 1))
    print(f"  {row.title:34}{here:10.1f}{there:10.1f}{verdict(there / here, row.aim)}   {row.name}", flush=True)


def compare_memory():
    print("bytes of a memo")
    for which, title in MEMOS.items():
        here, there = (program("--bytes-of-memo", which)["bytes"] for program in (ours, salsa))
        print(f"  {title:34}{here:10.0f}{there:10.0f}{verdict(there / here, EVEN)}", flush=True)


def main():
    names = [row.name for rows in SECTIONS.values() for row in rows]
    parser = argparse.ArgumentParser(prog="./dev bench salsa", allow_abbrev=False)
    parser.add_argument("rows", nargs="*", metavar="ROW", help="the names at the ends of the lines; default: all")
    wanted = parser.parse_args().rows
    if unknown := set(wanted) - set(names):
        parser.error(f"no row is called {', '.join(sorted(unknown))}; rows: {', '.join(names)}")
    machine.print_heading()
    print(f"  {'':34}{'ours':>10}{'salsa':>10}{'times':>8}{'aim':>6}   ns; the least of {ROUNDS} runs in turn, each of "
          "60 repetitions and their least, or median where another thread is waited for")
    for title, rows in SECTIONS.items():
        if chosen := [row for row in rows if not wanted or row.name in wanted]:
            print(title)
            for row in chosen:
                compare(row)
    if not wanted:
        compare_memory()
        print("not offered yet")
        for name, what in NOT_OFFERED.items():
            print(f"  {name}: {what}")


if __name__ == "__main__":
    main()
