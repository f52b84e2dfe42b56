#include "engine/project/libraries/reading/externals.h"

#include <algorithm>
#include <array>
#include <utility>

namespace nuages::project::reading {

std::string_view knownExternal(std::string_view path)
{
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 19> names = {{
        {"django.template.base.FilterExpression", "django.template.base.FilterExpression"},
        {"django.template.defaulttags.FilterExpression", "django.template.base.FilterExpression"},
        {"classytags.core.Tag", "classytags.core.Tag"},
        {"django.apps.AppConfig", "django.apps.AppConfig"},
        {"django.apps.config.AppConfig", "django.apps.AppConfig"},
        {"django.template.Library", "django.template.Library"},
        {"django.template.base.Library", "django.template.Library"},
        {"django.template.library.Library", "django.template.Library"},
        {"django.template.Node", "django.template.Node"},
        {"django.template.base.Node", "django.template.Node"},
        {"django.template.Variable", "django.template.Variable"},
        {"django.template.base.Variable", "django.template.Variable"},
        {"django.template.base.token_kwargs", "django.template.base.token_kwargs"},
        {"django.template.defaulttags.token_kwargs", "django.template.base.token_kwargs"},
        {"django.template.library.token_kwargs", "django.template.base.token_kwargs"},
        {"django.template.loader_tags.token_kwargs", "django.template.base.token_kwargs"},
        {"django.template.base.parse_bits", "django.template.library.parse_bits"},
        {"django.template.library.parse_bits", "django.template.library.parse_bits"},
        {"django.utils.module_loading.import_string", "django.utils.module_loading.import_string"},
    }};
    const auto found = std::ranges::find(names, path, &std::pair<std::string_view, std::string_view>::first);
    return found == names.end() ? std::string_view() : found->second;
}

bool isHarmlessBase(std::string_view path)
{
    return path == "django.template.Node" || path == "django.template.Library" || path == "object" || path == "abc.ABC"
        || path == "typing.Generic" || path == "typing.NamedTuple";
}

} // namespace nuages::project::reading
