#pragma once

#include "engine/template/djangotags.h"
#include "engine/template/taglookup.h"

#include <map>
#include <string>

namespace nuages::tests {

/// All of Django's libraries loaded, and tags of a test's own on top. What is not among them does not exist.
class AllTags final : public templates::TagLookup
{
public:
    std::map<std::string, Answer, std::less<>> own;

    Answer find(std::string_view name, std::uint32_t) const override
    {
        if (const auto tag = own.find(name); tag != own.end())
            return tag->second;
        for (const char *module : {"django.template.defaulttags", "django.template.loader_tags",
                                   "django.templatetags.i18n", "django.templatetags.l10n", "django.templatetags.tz",
                                   "django.templatetags.cache", "django.templatetags.static"}) {
            if (const templates::TagShape *shape = templates::djangoTag(module, name))
                return {Answer::Status::Known, shape};
        }
        return {};
    }

    bool isStopWord(std::string_view word) const override
    {
        for (const auto &[name, answer] : own) {
            if (answer.shape && word == "end" + name)
                return true;
        }
        return templates::isDjangoStopWord(word);
    }
};

} // namespace nuages::tests
