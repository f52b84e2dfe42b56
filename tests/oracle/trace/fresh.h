#pragma once

#include "engine/query/engine.h"
#include "engine/rules/diagnostic.h"
#include "engine/source/files.h"
#include "engine/source/memoryfilesystem.h"
#include "tests/oracle/trace/editor.h"
#include "tests/oracle/trace/world.h"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace nuages::oracle {

/// What an engine computes that has never seen anything but the inputs of one revision.
class Fresh
{
public:
    Fresh(const World &world, trace::Revision revision);

    /// Checks all templates, and asks what was asked of them.
    void checkAll(const std::vector<AskedRequest> &asked);

    /// Of a memo by its name, "Diagnostics(templates/a.html)".
    struct Memo {
        std::vector<std::string> reads; ///< Names, in order.
        query::Durability durability = query::Durability::Low;
    };
    const std::map<std::string, Memo> &memos(); ///< Those whose names are no other's.

    std::optional<source::Status> statusOf(const std::string &path) const; ///< nullopt: never asked for.

    /// Of a template as the editor is told of it: rule and message, sorted.
    std::vector<std::string> findingsOf(const std::string &path);
    std::vector<rules::Diagnostic> diagnosticsOf(const std::string &path);

private:
    template <class F, class... A>
    auto run(F work, const A &...arguments);

    source::MemoryFileSystem m_disk;
    source::Files m_files;
    query::Engine m_engine;
    project::Given m_given;
    std::optional<std::map<std::string, Memo>> m_memos;
};

} // namespace nuages::oracle
