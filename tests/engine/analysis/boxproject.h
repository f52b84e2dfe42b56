#pragma once

#include "engine/source/file.h"
#include "tests/engine/project/testproject.h"

#include <string>
#include <string_view>
#include <vector>

namespace nuages::tests {

/// A project whose app `shop` has two libraries of its own, beside a Django of four tags and a filter. Its templates
/// stand under templates/.
///
/// boxes: the block tag box, which ends at endbox, and the filter loud. more: the tag box, which stands alone.
class BoxProject : public TestProject
{
public:
    explicit BoxProject(const Contents &templates = {});

    source::File file(std::string_view path); ///< Of a template, below templates/.

    /// How often queries of this kind have run.
    std::uint64_t runs(std::string_view kind) const { return engine.counters(kind).executed; }
};

/// "a.html b.html": the paths below templates/.
std::string names(BoxProject &project, const std::vector<source::File> &files);

} // namespace nuages::tests
