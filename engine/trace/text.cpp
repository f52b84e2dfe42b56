#include "engine/trace/why.h"

#include "engine/trace/words.h"

#include <algorithm>
#include <format>
#include <iterator>

namespace nuages::trace {

namespace {

/// Never by colour alone, and readable in a terminal without one.
const char *glyphOf(const Step &step)
{
    switch (step.kind) {
    case Step::Kind::Edit:
        return "⌨";
    case Step::Kind::Request:
        return "→";
    case Step::Kind::Unknown:
        return "?";
    case Step::Kind::Input:
    case Step::Kind::Query:
        break;
    }
    switch (step.outcome) {
    case Outcome::ExecutedBackdated:
        return "✂";
    case Outcome::ExecutedNew:
        return "+";
    case Outcome::Validated:
        return "✓";
    case Outcome::NotChecked:
        return "–";
    case Outcome::Cancelled:
    case Outcome::Cycle:
        return "×";
    default:
        return "●";
    }
}

/// Names and values may hold anything but a line feed: the fence is longer than any row of back quotes in them.
std::string codeOf(const std::string &text)
{
    std::size_t longest = 1;
    std::size_t length = 0;
    for (const char each : text) {
        length = each == '`' ? length + 1 : 0;
        longest = std::max(longest, length);
    }
    const std::string fence(longest + 1, '`');
    return fence + ' ' + text + ' ' + fence;
}

void addLine(std::string &text, const Step &step, Times times, const char *timeWords)
{
    std::format_to(std::back_inserter(text), "{:>{}}{} {}", "", 2 * (step.depth + 1), glyphOf(step), step.name);
    if (!step.detail.empty())
        text += "  " + step.detail;
    if (times == Times::Shown && step.ns > 0)
        text += std::string("  ") + timeWords + milliseconds(step.ns);
    text += "\n";
    if (!step.value.empty())
        std::format_to(std::back_inserter(text), "{:>{}}{}\n", "", 2 * (step.depth + 2), step.value);
}

void addLines(std::string &text, const char *title, const std::vector<Step> &steps, Times times, const char *timeWords)
{
    if (steps.empty())
        return;
    text += title;
    for (const Step &step : steps)
        addLine(text, step, times, timeWords);
}

} // namespace

std::string toText(const Why &why, Times times)
{
    std::string text = why.sentence;
    if (times == Times::Shown && !why.saving.empty())
        text += " " + why.saving;
    text += "\n";
    addLines(text, "", why.chain, times, "");
    addLines(text, "Also ran because of this:\n", why.also, times, "");
    addLines(text, "Stopped here:\n", why.stopped, times, "last run ");
    if (why.spared > why.stopped.size())
        std::format_to(std::back_inserter(text), "  and {} more\n", why.spared - why.stopped.size());
    return text;
}

std::string toMarkdown(const Why &why)
{
    std::string text = why.sentence;
    if (!why.saving.empty())
        text += " " + why.saving;
    text += "\n";
    const auto addList = [&text](const char *title, const std::vector<Step> &steps, const char *timeWords) {
        if (steps.empty())
            return;
        text += title;
        for (const Step &step : steps) {
            std::format_to(std::back_inserter(text), "{:>{}}- {} {}", "", 2 * step.depth, glyphOf(step),
                           codeOf(step.name));
            if (!step.detail.empty())
                text += " " + step.detail;
            if (step.ns > 0)
                text += std::string(", ") + timeWords + milliseconds(step.ns);
            if (!step.value.empty()) // A line of its own in the same item.
                std::format_to(std::back_inserter(text), "\\\n{:>{}}{}", "", 2 * step.depth + 2, codeOf(step.value));
            text += "\n";
        }
    };
    addList("\n", why.chain, "");
    addList("\nAlso ran because of this:\n\n", why.also, "");
    addList("\nStopped here:\n\n", why.stopped, "last run ");
    return text;
}

std::string toText(const WhyNot &whyNot, Times times)
{
    std::string text = whyNot.sentence + "\n";
    addLines(text, "", whyNot.chain, times, "last run ");
    return text;
}

} // namespace nuages::trace
