#include "app/choice.h"
#include "app/commands.h"
#include "app/play.h"

#include "engine/trace/ledger.h"

#include <CLI/CLI.hpp>

#include <boost/json.hpp>

#include <array>
#include <format>
#include <memory>

namespace nuages::app {

namespace {

namespace json = boost::json;

enum class LedgerFormat : std::uint8_t { Text, Json };
constexpr std::array ledgerFormats = {
    Choice<LedgerFormat>{"text", LedgerFormat::Text},
    Choice<LedgerFormat>{"json", LedgerFormat::Json},
};

struct LedgerOptions {
    EditOptions edit;
    trace::Revision revision = 0; ///< 0: all.
    LedgerFormat format = LedgerFormat::Text;
    bool all = false;
};

constexpr std::size_t mostRows = 10;

json::object jsonOf(const trace::Work &work, trace::Times times)
{
    json::object object{{"useful", work.useful},
                        {"same", work.same},
                        {"checked", work.checked},
                        {"looked", work.looked},
                        {"cancelled", work.cancelled}};
    if (times == trace::Times::Shown) {
        object["usefulNs"] = work.usefulNs;
        object["sameNs"] = work.sameNs;
    }
    return object;
}

std::string jsonOf(const trace::Store &store, const trace::Ledger &ledger, trace::Times times)
{
    const bool isTimed = times == trace::Times::Shown;
    const auto nameOfNode = [&store](trace::NodeId node) -> json::value {
        return node == 0 ? json::value() : json::value(nameOf(store.node(node)));
    };
    json::array kinds;
    for (const trace::KindWork &kind : ledger.kinds) {
        json::object object{{"kind", kind.kind}, {"work", jsonOf(kind.work, times)}};
        if (isTimed)
            object["dearest"] = nameOfNode(kind.dearest);
        kinds.push_back(std::move(object));
    }
    json::array edges;
    for (const trace::EdgeWork &edge : ledger.edges) {
        json::object object{{"read", edge.read}, {"reader", edge.reader}, {"ran", edge.runs}, {"same", edge.same}};
        if (isTimed) {
            object["ns"] = edge.ns;
            object["sameNs"] = edge.sameNs;
        }
        object["example"] = json::object{{"query", nameOfNode(edge.example.node)},
                                         {"because", nameOfNode(edge.example.cause)},
                                         {"revision", edge.example.revision}};
        edges.push_back(std::move(object));
    }
    json::array findings;
    for (const trace::Finding &finding : ledger.findings) {
        json::object object{{"kind", nameOf(finding.kind)},
                            {"query", nameOfNode(finding.node)},
                            {"revision", finding.revision},
                            {"count", finding.count},
                            {"message", finding.sentence}};
        if (isTimed)
            object["ns"] = finding.ns;
        findings.push_back(std::move(object));
    }
    const json::object object{{"version", 1},
                              {"first", ledger.first},
                              {"last", ledger.last},
                              {"countsOnly", ledger.countsOnly},
                              {"work", jsonOf(ledger.all, times)},
                              {"kinds", std::move(kinds)},
                              {"edges", std::move(edges)},
                              {"findings", std::move(findings)}};
    return json::serialize(object) + "\n";
}

std::expected<ExitCode, Failure> ledgerOf(const LedgerOptions &options)
{
    const auto play = Play::create(options.edit);
    if (!play)
        return std::unexpected(play.error());
    if (const auto played = (*play)->playAll(options.edit); !played)
        return std::unexpected(played.error());
    const trace::Store &store = (*play)->store();
    trace::Scope scope;
    if (options.revision != 0) {
        if (!store.revision(options.revision))
            return std::unexpected(Failure{
                std::format("there is no revision {}: the last one is {}", options.revision, store.revision())});
        scope.first = scope.last = options.revision;
    }
    trace::Ledger ledger = trace::ledger(store, scope);
    if (options.edit.times == trace::Times::Hidden)
        sortByCount(ledger);
    return printed(options.format == LedgerFormat::Json
                       ? jsonOf(store, ledger, options.edit.times)
                       : toText(store, ledger, options.edit.times, options.all ? std::size_t(-1) : mostRows),
                   store);
}

} // namespace

void addLedger(CLI::App &program, Command &chosen)
{
    CLI::App *command =
        program.add_subcommand("ledger", "Play edits in memory and say what the work for them was spent on");
    command->footer("Example: nuages ledger --first templates/base.html Books Shop --edit templates/base.html Shop Us");
    const auto options = std::make_shared<LedgerOptions>();
    addEditOptions(*command, options->edit, Edits::FirstAndStdin);
    command->add_option("--revision", options->revision, "Of this revision only; default: of all, the first check too")
        ->type_name("N");
    addChoice<LedgerFormat>(*command, "--format", options->format, ledgerFormats, "How it is printed; default: text");
    command->add_flag("--all", options->all, "Print all rows of each table");
    command->callback([options, &chosen] { chosen = [options] { return ledgerOf(*options); }; });
}

} // namespace nuages::app
