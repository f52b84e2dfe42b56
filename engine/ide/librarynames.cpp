#include "engine/ide/librarynames.h"

#include "engine/ide/stopwords.h"
#include "engine/project/libraries/libraries.h"

#include <algorithm>
#include <tuple>

namespace nuages::ide {

std::vector<LibraryTagOrFilter> LibraryNames::run(query::Reader &db, project::Project project)
{
    using Kind = LibraryTagOrFilter::Kind;
    std::vector<LibraryTagOrFilter> all;
    for (const project::Library &library : db.get<project::Libraries>(project).libraries) {
        for (const project::LibraryModule &module : library.modules) {
            const Origin origin = originOf(db, project, db.read<&source::FileData::path>(module.file));
            const project::TagLibrary &facts = db.get<project::TagLibraryFacts>(project, module.file);
            for (const project::TagFact &tag : facts.tags)
                all.push_back({Kind::Tag, tag.name, library.name, origin, closerOf(tag.shape),
                               tag.module.starts_with("django.")});
            for (const project::FilterFact &filter : facts.filters)
                all.push_back(
                    {Kind::Filter, filter.name, library.name, origin, {}, filter.module.starts_with("django.")});
        }
    }
    const auto key = [](const LibraryTagOrFilter &name) {
        return std::tie(name.origin, name.kind, name.name, name.library);
    };
    std::ranges::sort(all, {}, key);
    const auto doubles = std::ranges::unique(all, {}, key); // modules of one library in different engines
    all.erase(doubles.begin(), doubles.end());
    return all;
}

} // namespace nuages::ide
