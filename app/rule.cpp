#include "app/commands.h"

#include "engine/rules/page.h"
#include "engine/rules/rule.h"
#include "engine/rules/selection.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <cstdio>
#include <format>
#include <iterator>
#include <memory>
#include <string>
#include <string_view>

namespace nuages::app {

namespace {

/// A line for each rule: name, severity, and the first sentence of its page.
std::string listOfRules()
{
    std::size_t width = 0;
    for (const rules::Rule *rule : rules::allRules())
        width = std::max(width, rule->name.size());
    std::string text;
    for (const rules::Rule *rule : rules::allRules()) {
        std::format_to(std::back_inserter(text), "{:{}}  {:11}  {}\n", rule->name, width, word(rule->severity),
                       summaryOf(*rules::pageOf(rule->name)));
    }
    return text;
}

std::expected<ExitCode, Failure> printRule(const std::string &name)
{
    const rules::Page *const page = rules::pageOf(name);
    if (!name.empty() && !page)
        return std::unexpected(Failure{*rules::unknownRule(name)});
    const std::string text = page ? std::string(page->text) : listOfRules();
    std::fwrite(text.data(), 1, text.size(), stdout);
    if (std::fflush(stdout) != 0)
        return std::unexpected(Failure{"cannot write to stdout"});
    return ExitCode::Clean;
}

} // namespace

void addRule(CLI::App &program, Command &chosen)
{
    CLI::App *command =
        program.add_subcommand("rule", "List the rules, or explain one: what it finds, and how to mend it");
    const auto name = std::make_shared<std::string>();
    command->add_option("NAME", *name, "Rule, as findings name it; default: list all rules")->option_text(" ");
    command->callback([name, &chosen] { chosen = [name] { return printRule(*name); }; });
}

} // namespace nuages::app
