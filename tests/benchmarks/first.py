"""./dev bench first: what the engine itself costs."""

import json
import os
import subprocess
import sys
from pathlib import Path

import machine

# What stands on the line, the benchmark it comes from, and the figure aimed at.
ROWS = [
    ("hit", "cached_same_revision", 3),
    ("hit in a query of 256 reads", "hit_in_a_query", 10),
    ("hit in a query of 4096 reads", "hit_in_a_wide_query", None),
    ("the same, run again, of 256", "hit_in_a_query_run_again", 10),
    ("the same, run again, of 4096", "hit_in_a_wide_query_run_again", None),
    ("deep verify, per memo", "deep_verify_memo", 20),
    ("cold query", "cold_execute", 60),
    ("verify and execute, per query", "deep_verify_then_execute", None),
    ("validate by durability, and hit", "validate_high_durability", None),
]


def program():
    path = Path(os.environ["NUAGES_BUILD_DIR"]) / "tests" / "benchmarks" / "bench_query"
    if not path.exists():
        sys.exit(f"bench: {path} is missing; it is built in the release preset where Google Benchmark is installed")
    return path


def measure():
    """Nanoseconds by benchmark and statistic ("least", "median")."""
    run = subprocess.run([program(), "--benchmark_format=json"], stdout=subprocess.PIPE, check=True)
    return {
        (entry["run_name"].partition("/")[0], entry.get("aggregate_name")): entry["real_time"]
        for entry in json.loads(run.stdout)["benchmarks"]
    }


def main():
    figures = measure()
    memory = json.loads(subprocess.run([program(), "--memory"], stdout=subprocess.PIPE, check=True).stdout)

    machine.print_heading()
    print(f"{'':34}{'least':>8}{'median':>8}{'aim':>6}   ns, of 60 repetitions")
    for title, name, aim in ROWS:
        least, median = figures[name, "least"], figures[name, "median"]
        print(f"{title:34}{least:8.1f}{median:8.1f}{aim or '':>6}   {name}")
    peak = memory["kibibytes"] / 1024
    each = memory["kibibytes"] * 1024 / memory["memos"]
    print(f"peak {peak:.1f} MiB with {memory['memos']} memos, {each:.0f} bytes a memo")


if __name__ == "__main__":
    main()
