#include "engine/template/tagshape.h"

#include <utility>

namespace nuages::templates {

TagShape TagShape::block(std::vector<std::string> closers, std::vector<std::string> middles, Arguments arguments)
{
    Section section;
    for (std::string &middle : middles)
        section.push_back({std::move(middle), StopWord::Rest::Any, 0});
    for (std::string &closer : closers)
        section.push_back({std::move(closer), StopWord::Rest::Any, StopWord::closes});
    return {Body::Block, arguments, {std::move(section)}};
}

TagShape TagShape::alone(Arguments arguments) { return {Body::None, arguments, {}}; }

TagShape TagShape::raw(std::string closer, Arguments arguments)
{
    return {Body::Raw, arguments, {{{std::move(closer), StopWord::Rest::Nothing, StopWord::closes}}}};
}

} // namespace nuages::templates
