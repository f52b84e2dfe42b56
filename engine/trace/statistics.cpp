#include "engine/trace/statistics.h"

#include <algorithm>
#include <map>

namespace nuages::trace {

namespace {

/// The least of the times that at least `percent` of all do not exceed.
std::uint64_t percentile(std::vector<std::uint64_t> &times, std::uint64_t percent)
{
    if (times.empty())
        return 0;
    const std::size_t count = (times.size() * percent + 99) / 100;
    const auto at = times.begin() + std::ptrdiff_t(std::max<std::size_t>(count, 1) - 1);
    std::ranges::nth_element(times, at);
    return *at;
}

} // namespace

std::vector<KindStatistics> statistics(const Store &store)
{
    std::map<std::string, KindStatistics> kinds;
    for (const KindTotal &total : store.kinds()) {
        KindStatistics &kind = kinds[total.kind];
        kind.isInput = total.isInput;
        kind.memos = total.memos;
        kind.counters = total.counters;
    }
    for (NodeId id = 1; id <= store.lastNode(); ++id) {
        KindStatistics &kind = kinds[std::string(store.node(id).kind)];
        kind.isInput = store.node(id).isInput;
        const std::uint64_t reads = store.reads(id).size();
        const std::uint64_t readers = store.readers(id).size();
        kind.edges += reads;
        kind.readers += readers;
        kind.mostReads = std::max(kind.mostReads, reads);
        if (readers > kind.mostReaders) {
            kind.mostReaders = readers;
            kind.mostRead = id;
        }
    }
    std::map<std::string, std::vector<std::uint64_t>> times;
    for (const RevisionRecord &record : store.revisions()) {
        for (const Execution &run : store.executions(record.revision)) {
            if (!isExecution(run.outcome))
                continue;
            KindStatistics &kind = kinds[std::string(store.node(run.node).kind)];
            ++kind.runs;
            kind.selfNs += run.selfNs;
            kind.totalNs += run.durationNs;
            times[std::string(store.node(run.node).kind)].push_back(run.selfNs);
        }
    }
    std::vector<KindStatistics> found;
    for (auto &[name, kind] : kinds) {
        kind.kind = name;
        kind.medianNs = percentile(times[name], 50);
        kind.slowNs = percentile(times[name], 95);
        found.push_back(kind);
    }
    return found;
}

std::vector<FileMemory> memoryByFile(const Store &store)
{
    std::map<std::string, FileMemory> files;
    for (NodeId id = 1; id <= store.lastNode(); ++id) {
        FileMemory &file = files[std::string(store.node(id).file)];
        ++file.cells;
        file.edges += store.reads(id).size();
    }
    std::vector<FileMemory> found;
    for (auto &[path, file] : files) {
        file.file = path;
        found.push_back(file);
    }
    return found;
}

} // namespace nuages::trace
