#include "lsp/server/feature.h"
#include "lsp/server/features/completion.h"
#include "lsp/server/features/definition.h"
#include "lsp/server/features/diagnostics.h"
#include "lsp/server/features/documentsymbols.h"
#include "lsp/server/features/hover.h"

#include <array>

namespace nuages::server {

std::span<const Feature> features()
{
    using query::Urgency;
    static constexpr std::array<Feature, 6> all{{
        {"completionItem/resolve", Urgency::Latency, false, resolveCompletion, nullptr, true},
        {"textDocument/completion", Urgency::Latency, true, findCompletions},
        {"textDocument/definition", Urgency::Latency, true, findDefinition},
        {"textDocument/diagnostic", Urgency::Background, false, pullDiagnostics, nothingToReport},
        {"textDocument/documentSymbol", Urgency::Latency, false, findDocumentSymbols},
        {"textDocument/hover", Urgency::Latency, true, findHover},
    }};
    return all;
}

} // namespace nuages::server
