#include "engine/ide/documentation.h"

#include "engine/ide/registrations.h"

#include <format>

namespace nuages::ide {

std::optional<Documentation> documentationOf(query::Reader &db, project::Project project,
                                             project::RegistrationPlace::Kind kind, const std::string &name,
                                             const std::string &library)
{
    const std::vector<Registration> all = registrationsIn(db, project, library, kind, name);
    if (all.empty())
        return std::nullopt;
    Documentation found{{}, describe(all.front()), {}};
    if (const auto &place = all.front().place) {
        found.origin += std::format("\n{}:{}", place->path, place->line);
        found.text = docstringAt(db, place->path, place->line);
        found.summary = found.text.substr(0, found.text.find('\n'));
    }
    return found;
}

} // namespace nuages::ide
