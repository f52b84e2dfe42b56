"""./dev bench first: what the engine itself costs; with --against also at another commit, in turn."""

import json
import statistics
import subprocess

import machine
import peers

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


ROUNDS = 5  # Of each commit, where two are compared.
PROGRAM = "tests/benchmarks/bench_query"


def measure(build, names=tuple(name for _, name, _ in ROWS)):
    """Nanoseconds by benchmark and statistic ("least", "median")."""
    command = [build.program(PROGRAM), "--benchmark_format=json", f"--benchmark_filter=^({'|'.join(names)})/"]
    run = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    return {
        (entry["run_name"].partition("/")[0], entry.get("aggregate_name")): entry["real_time"]
        for entry in json.loads(run.stdout)["benchmarks"]
    }


def memory(build):
    run = subprocess.run([build.program(PROGRAM), "--memory"], stdout=subprocess.PIPE, check=True)
    return json.loads(run.stdout)


def show(build):
    figures = measure(build)
    print(f"{'':34}{'least':>8}{'median':>8}{'aim':>6}   ns, of 60 repetitions")
    for title, name, aim in ROWS:
        least, median = figures[name, "least"], figures[name, "median"]
        print(f"{title:34}{least:8.1f}{median:8.1f}{aim or '':>6}   {name}")
    kept = memory(build)
    each = kept["kibibytes"] * 1024 / kept["memos"]
    print(f"peak {kept['kibibytes'] / 1024:.1f} MiB with {kept['memos']} memos, {each:.0f} bytes a memo")


def compare(ours, other):
    runs = [(measure(ours), measure(other)) for _ in range(ROUNDS)]
    print(f"{'':34}{'here':>8}{other.name[:12]:>14}   ratio of the least (spread)   ns, {ROUNDS} runs in turn")
    for title, name, _ in ROWS:
        here, there = ([run[side].get((name, "least")) for run in runs] for side in (0, 1))
        if None in there:
            print(f"{title:34}{statistics.median(here):8.1f}{'no such row':>14}")
            continue
        print(f"{title:34}{statistics.median(here):8.1f}{statistics.median(there):14.1f}   {peers.ratios(here, there)}")
    sizes = [memory(build)["kibibytes"] for build in (ours, other)]
    print(f"{'peak, MiB':34}{sizes[0] / 1024:8.1f}{sizes[1] / 1024:14.1f}   {sizes[0] / sizes[1]:.2f}")


def main():
    machine.print_heading()
    if other := peers.other_commit():
        compare(peers.ENGINE, other)
    else:
        show(peers.ENGINE)


if __name__ == "__main__":
    main()
