// The ledger as text.
#include "engine/trace/ledger.h"
#include "engine/trace/rows.h"
#include "engine/trace/words.h"

#include <format>
#include <ranges>

namespace nuages::trace {

namespace {

std::string titleOf(const Store &store, const Ledger &ledger)
{
    std::string title = ledger.first == ledger.last ? std::format("Revision {}", ledger.first)
                                                    : std::format("Revisions {} to {}", ledger.first, ledger.last);
    if (ledger.scope.request != 0) {
        const RequestRecord *request = store.request(ledger.scope.request);
        title += std::format(", for {}", request ? request->method : std::format("request {}", ledger.scope.request));
    }
    return title;
}

void addMore(std::string &text, std::size_t all, std::size_t most)
{
    if (all > most)
        text += std::format("  and {} more\n", all - most);
}

} // namespace

std::string toText(const Store &store, const Ledger &ledger, Times times, std::size_t most)
{
    const Work &all = ledger.all;
    std::string text = titleOf(store, ledger) + "\n\n";
    using Is = Rows::Is;
    Rows sums({{"", Is::Words}, {"queries"}, {"own time", Is::Time}, {"", Is::Words}}, times);
    sums.add({"useful: a new value", std::to_string(all.useful), milliseconds(all.usefulNs), ""});
    sums.add({"in vain: the same value", std::to_string(all.same), milliseconds(all.sameNs), ""});
    sums.add({"checked and kept", std::to_string(all.checked), "", std::format("{} reads looked at", all.looked)});
    sums.add({"cancelled", std::to_string(all.cancelled), "", ""});
    text += sums.text();
    if (ledger.countsOnly > 0)
        text += std::format("Of {} only counts are kept: they are in no table below.\n",
                            ledger.countsOnly == 1 ? "1 revision" : std::format("{} revisions", ledger.countsOnly));

    const std::vector<KindWork> &kinds = ledger.kinds;
    const std::vector<EdgeWork> &edges = ledger.edges;
    text += "\n";
    Rows byKind(
        {{"by query", Is::Words}, {"useful"}, {"in vain"}, {"checked"}, {"own time", Is::Time}, {"in vain", Is::Time}},
        times);
    for (const KindWork &kind : kinds | std::views::take(most)) {
        byKind.add({kind.kind, std::to_string(kind.work.useful), std::to_string(kind.work.same),
                    std::to_string(kind.work.checked), milliseconds(kind.work.ns()), milliseconds(kind.work.sameNs)});
    }
    text += byKind.text();
    addMore(text, kinds.size(), most);

    if (!edges.empty()) {
        text += "\n";
        Rows byEdge({{"by what had changed", Is::Words},
                     {"ran"},
                     {"in vain"},
                     {"own time", Is::Time},
                     {"in vain", Is::Time},
                     {"for example", Is::Words}},
                    times);
        for (const EdgeWork &edge : edges | std::views::take(most)) {
            byEdge.add(
                {std::format("{} → {}", edge.read, edge.reader), std::to_string(edge.runs), std::to_string(edge.same),
                 milliseconds(edge.ns), milliseconds(edge.sameNs),
                 std::format("{} in revision {}", nameOf(store.node(edge.example.node)), edge.example.revision)});
        }
        text += byEdge.text();
        addMore(text, edges.size(), most);
    }
    if (!ledger.findings.empty())
        text += "\nWhat stands out:\n";
    for (const Finding &finding : ledger.findings) {
        text += std::format("  {} (revision {}): {}", nameOf(finding.kind), finding.revision, finding.sentence);
        if (times == Times::Shown && finding.ns > 0)
            text += std::format(" That took {}.", milliseconds(finding.ns));
        text += "\n";
    }
    return text;
}

} // namespace nuages::trace
