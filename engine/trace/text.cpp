#include "engine/trace/why.h"

#include "engine/trace/words.h"

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

void addLine(std::string &text, const Step &step, Times times, const char *timeWords)
{
    std::format_to(std::back_inserter(text), "{:>{}}{} {}", "", 2 * (step.depth + 1), glyphOf(step), step.name);
    if (!step.detail.empty())
        text += "  " + step.detail;
    if (times == Times::Shown && step.ns > 0)
        text += std::string("  ") + timeWords + milliseconds(step.ns);
    text += "\n";
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
            // Names may hold anything but a line feed: a fence of two back quotes has room for one.
            std::format_to(std::back_inserter(text), "{:>{}}- {} `` {} ``", "", 2 * step.depth, glyphOf(step),
                           step.name);
            if (!step.detail.empty())
                text += " " + step.detail;
            if (step.ns > 0)
                text += std::string(", ") + timeWords + milliseconds(step.ns);
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
