#include "lsp/server/capabilities.h"

#include "lsp/server/version.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

namespace nuages::server {

namespace {

constexpr std::array<std::pair<std::string_view, PositionEncoding>, 3> encodings{{
    {"utf-8", PositionEncoding::Utf8},
    {"utf-16", PositionEncoding::Utf16},
    {"utf-32", PositionEncoding::Utf32},
}};

PositionEncoding firstKnown(const std::vector<std::string> &offered)
{
    for (const std::string &name : offered) {
        const auto known =
            std::ranges::find(encodings, std::string_view(name), &decltype(encodings)::value_type::first);
        if (known != encodings.end())
            return known->second;
    }
    return PositionEncoding::Utf16;
}

/// The member of an optional struct, or what an absent one stands for.
template <class T, class Struct>
T memberOf(const std::optional<Struct> &holder, std::optional<T> Struct::*member)
{
    return holder ? (*holder.*member).value_or(T()) : T();
}

} // namespace

ClientTraits traitsOf(const protocol::InitializeParams &params)
{
    using namespace protocol;
    const ClientCapabilities &client = params.capabilities;
    const auto document = client.textDocument.value_or(TextDocumentClientCapabilities());
    const auto workspace = client.workspace.value_or(WorkspaceClientCapabilities());

    ClientTraits traits;
    const auto positionEncodings = memberOf(client.general, &GeneralClientCapabilities::positionEncodings);
    traits.encoding = firstKnown(positionEncodings.empty() ? client.offsetEncoding.value_or(std::vector<std::string>())
                                                           : positionEncodings);
    const auto hoverFormats = memberOf(document.hover, &HoverClientCapabilities::contentFormat);
    traits.prefersMarkdown = !hoverFormats.empty() && hoverFormats.front() == "markdown";
    const auto item = memberOf(document.completion, &CompletionClientCapabilities::completionItem);
    const auto itemFormats = item.documentationFormat.value_or(std::vector<std::string>());
    traits.documentsInMarkdown = !itemFormats.empty() && itemFormats.front() == "markdown";
    traits.takesSnippets = item.snippetSupport.value_or(false);
    traits.takesInsertReplace = item.insertReplaceSupport.value_or(false);
    const auto defaults = memberOf(document.completion, &CompletionClientCapabilities::completionList)
                              .itemDefaults.value_or(std::vector<std::string>());
    traits.takesDefaultRange = std::ranges::contains(defaults, "editRange");
    traits.takesDefaultData = std::ranges::contains(defaults, "data");
    traits.takesLabelDetails = item.labelDetailsSupport.value_or(false);
    traits.takesLinks = memberOf(document.definition, &DefinitionClientCapabilities::linkSupport);
    traits.takesSymbolTree =
        memberOf(document.documentSymbol, &DocumentSymbolClientCapabilities::hierarchicalDocumentSymbolSupport);
    traits.takesRelatedInformation =
        memberOf(document.publishDiagnostics, &PublishDiagnosticsClientCapabilities::relatedInformation);
    traits.takesVersions = memberOf(document.publishDiagnostics, &PublishDiagnosticsClientCapabilities::versionSupport);
    traits.registersWatchers =
        memberOf(workspace.didChangeWatchedFiles, &DidChangeWatchedFilesClientCapabilities::dynamicRegistration);
    traits.hasConfiguration = memberOf(client.workspace, &WorkspaceClientCapabilities::configuration);
    traits.showsProgress = memberOf(client.window, &WindowClientCapabilities::workDoneProgress);
    traits.pulls =
        document.diagnostic && memberOf(workspace.diagnostics, &DiagnosticWorkspaceClientCapabilities::refreshSupport);
    return traits;
}

protocol::InitializeResult offer(const ClientTraits &client, std::span<const Command> commands)
{
    using namespace protocol;
    ServerCapabilities capabilities;
    capabilities.positionEncoding =
        std::string(std::ranges::find(encodings, client.encoding, &decltype(encodings)::value_type::second)->first);
    capabilities.textDocumentSync = TextDocumentSyncOptions{true, TextDocumentSyncKind::Incremental, SaveOptions{true}};
    capabilities.completionProvider =
        CompletionOptions{std::vector<std::string>{"%", " ", "|", "\"", "'", "/", "."}, true};
    capabilities.hoverProvider = true;
    capabilities.definitionProvider = true;
    capabilities.documentSymbolProvider = true;
    capabilities.workspace = WorkspaceOptions{WorkspaceFoldersServerCapabilities{true, true}};
    if (!commands.empty()) {
        ExecuteCommandOptions &executed = capabilities.executeCommandProvider.emplace();
        for (const Command &command : commands)
            executed.commands.push_back(command.name);
    }
    if (client.pulls) // others would pull what is pushed as well, and show it twice
        capabilities.diagnosticProvider = DiagnosticOptions{"nuages", true, false};
    return {std::move(capabilities), ServerInfo{"nuages", programVersion}};
}

protocol::RegistrationParams watchedFiles()
{
    // A template may have any ending, and a folder has none: what happens to one happens to all below it.
    boost::json::object options{{"watchers", boost::json::array{boost::json::object{{"globPattern", "**/*"}}}}};
    return {{{"nuages-watch", "workspace/didChangeWatchedFiles", std::move(options)}}};
}

} // namespace nuages::server
