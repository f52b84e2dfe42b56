#include "engine/ide/stopwords.h"

#include "engine/template/arguments.h"

#include <algorithm>
#include <map>

namespace nuages::ide {

namespace {

using templates::Place;
using templates::StopWord;
using templates::TagShape;

bool isVerbatim(const View &view, std::uint32_t opener)
{
    return view.syntax().command(view.syntax().tokens()[opener]) == "verbatim";
}

/// Django leaves a message in parts where its opener counts: first `plural` must come.
std::uint8_t firstSection(const View &view, std::uint32_t opener, const TagShape &shape)
{
    if (shape.body != TagShape::Body::Message)
        return 0;
    const auto form = templates::messageForm(view.syntax().bits(view.syntax().tokens()[opener]));
    return form == templates::MessageForm::Plural ? 1 : 0;
}

const StopWord *stopOf(const OpenSection &open, std::string_view word)
{
    const TagShape::Section &stops = open.shape->sections[open.section];
    const auto stop = std::ranges::find(stops, word, &StopWord::word);
    return stop == stops.end() ? nullptr : &*stop;
}

} // namespace

std::vector<OpenSection> openSectionsAt(const View &view, std::uint32_t offset)
{
    std::vector<OpenSection> all;
    std::map<std::uint32_t, std::size_t> indexOf;
    for (const std::uint32_t opener : view.openTagsAt(offset)) {
        const TagShape *shape = view.structure().shapeOf(opener);
        if (!shape)
            continue;
        indexOf[opener] = all.size();
        all.push_back({opener, shape, firstSection(view, opener, *shape)});
    }
    if (all.empty())
        return all;
    const auto &tokens = view.syntax().tokens();
    for (std::uint32_t at = all.back().opener; at < tokens.size() && tokens[at].range.end <= offset; ++at) {
        const Place &place = view.structure().places[at];
        const auto open = place.role == Place::Role::Middle ? indexOf.find(place.parent) : indexOf.end();
        if (open == indexOf.end())
            continue;
        const StopWord *stop = stopOf(all[open->second], view.syntax().command(tokens[at]));
        if (stop && stop->next != StopWord::closes)
            all[open->second].section = stop->next;
    }
    return all;
}

bool takesOnlyStops(const View &view, const OpenSection &open)
{
    return open.shape->body == TagShape::Body::Raw || open.shape->body == TagShape::Body::Message
        || isVerbatim(view, open.opener);
}

std::vector<StopChoice> stopChoices(const View &view, const OpenSection &open)
{
    if (isVerbatim(view, open.opener)) // Its closer repeats all that the opener says.
        return {{"end" + std::string(view.syntax().content(view.syntax().tokens()[open.opener])), true}};
    std::vector<StopChoice> choices;
    if (open.section < open.shape->sections.size()) {
        for (const StopWord &stop : open.shape->sections[open.section])
            choices.push_back({stop.word, stop.next == StopWord::closes});
    }
    std::ranges::stable_partition(choices, &StopChoice::closes);
    return choices;
}

std::string closerOf(const TagShape &shape)
{
    for (const StopWord &stop : shape.sections.empty() ? TagShape::Section() : shape.sections.front()) {
        if (stop.next == StopWord::closes)
            return stop.word;
    }
    return {};
}

} // namespace nuages::ide
