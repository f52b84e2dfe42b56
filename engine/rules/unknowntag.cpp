#include "engine/rules/closename.h"
#include "engine/rules/missingnames.h"
#include "engine/rules/phrases.h"
#include "engine/rules/rule.h"

#include <format>
#include <utility>

namespace nuages::rules {

namespace {

/// What could have been meant: the tags in force there, and the words at which the tags around it end or go on.
std::vector<std::string_view> candidates(const Subject &subject, const MissingTag &tag)
{
    std::vector<std::string_view> names = subject.scope.tagNames(subject.syntax.tokens()[tag.token].range.begin);
    const std::uint32_t parent = subject.structure.places[tag.token].parent;
    const templates::TagShape *shape = parent == templates::noToken ? nullptr : subject.structure.shapeOf(parent);
    if (!shape)
        return names;
    for (const templates::TagShape::Section &section : shape->sections) {
        for (const templates::StopWord &stop : section)
            names.emplace_back(stop.word);
    }
    return names;
}

void checkUnknownTag(const Subject &subject, Findings &found)
{
    for (const MissingTag &tag : missingTags(subject)) {
        if (!tag.libraries.empty())
            continue;
        std::vector<Related> related; // Django blames the opener, where this was taken for the closer of a message.
        const std::uint32_t parent = subject.structure.places[tag.token].parent;
        if (parent != templates::noToken && subject.structure.places[parent].closer == tag.token)
            related.push_back(openerOf(subject, parent));
        found.add(subject.syntax.commandRange(subject.syntax.tokens()[tag.token]),
                  std::format("No tag is called {}{}", quoted(tag.name),
                              didYouMean(closeName(tag.name, candidates(subject, tag)))),
                  std::move(related));
    }
}

} // namespace

constinit const Rule unknownTag{"unknown-tag", Severity::Error, &checkUnknownTag};

} // namespace nuages::rules
