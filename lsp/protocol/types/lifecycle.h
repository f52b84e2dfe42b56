#pragma once

#include "lsp/protocol/json.h"

#include <boost/describe/class.hpp>
#include <boost/json/value.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

// From initialize to exit, and what both sides can do.
namespace nuages::protocol {

struct GeneralClientCapabilities {
    std::optional<std::vector<std::string>> positionEncodings;

    friend bool operator==(const GeneralClientCapabilities &, const GeneralClientCapabilities &) = default;
};
BOOST_DESCRIBE_STRUCT(GeneralClientCapabilities, (), (positionEncodings))

struct PublishDiagnosticsClientCapabilities {
    std::optional<bool> relatedInformation;
    std::optional<bool> versionSupport;
    std::optional<bool> codeDescriptionSupport;

    friend bool operator==(const PublishDiagnosticsClientCapabilities &,
                           const PublishDiagnosticsClientCapabilities &) = default;
};
BOOST_DESCRIBE_STRUCT(PublishDiagnosticsClientCapabilities, (),
                      (relatedInformation, versionSupport, codeDescriptionSupport))

struct DiagnosticClientCapabilities {
    std::optional<bool> relatedDocumentSupport;
    std::optional<bool> dynamicRegistration;

    friend bool operator==(const DiagnosticClientCapabilities &, const DiagnosticClientCapabilities &) = default;
};
BOOST_DESCRIBE_STRUCT(DiagnosticClientCapabilities, (), (relatedDocumentSupport, dynamicRegistration))

struct ClientCompletionItemOptions {
    std::optional<bool> snippetSupport;
    std::optional<std::vector<std::string>> documentationFormat;
    std::optional<bool> insertReplaceSupport;
    std::optional<bool> labelDetailsSupport;

    friend bool operator==(const ClientCompletionItemOptions &, const ClientCompletionItemOptions &) = default;
};
BOOST_DESCRIBE_STRUCT(ClientCompletionItemOptions, (),
                      (snippetSupport, documentationFormat, insertReplaceSupport, labelDetailsSupport))

struct CompletionListCapabilities {
    std::optional<std::vector<std::string>> itemDefaults;

    friend bool operator==(const CompletionListCapabilities &, const CompletionListCapabilities &) = default;
};
BOOST_DESCRIBE_STRUCT(CompletionListCapabilities, (), (itemDefaults))

struct CompletionClientCapabilities {
    std::optional<ClientCompletionItemOptions> completionItem;
    std::optional<bool> contextSupport;
    std::optional<CompletionListCapabilities> completionList;

    friend bool operator==(const CompletionClientCapabilities &, const CompletionClientCapabilities &) = default;
};
BOOST_DESCRIBE_STRUCT(CompletionClientCapabilities, (), (completionItem, contextSupport, completionList))

struct HoverClientCapabilities {
    std::optional<std::vector<std::string>> contentFormat;

    friend bool operator==(const HoverClientCapabilities &, const HoverClientCapabilities &) = default;
};
BOOST_DESCRIBE_STRUCT(HoverClientCapabilities, (), (contentFormat))

struct DefinitionClientCapabilities {
    std::optional<bool> linkSupport;

    friend bool operator==(const DefinitionClientCapabilities &, const DefinitionClientCapabilities &) = default;
};
BOOST_DESCRIBE_STRUCT(DefinitionClientCapabilities, (), (linkSupport))

struct DocumentSymbolClientCapabilities {
    std::optional<bool> hierarchicalDocumentSymbolSupport;

    friend bool operator==(const DocumentSymbolClientCapabilities &,
                           const DocumentSymbolClientCapabilities &) = default;
};
BOOST_DESCRIBE_STRUCT(DocumentSymbolClientCapabilities, (), (hierarchicalDocumentSymbolSupport))

struct TextDocumentClientCapabilities {
    std::optional<PublishDiagnosticsClientCapabilities> publishDiagnostics;
    std::optional<DiagnosticClientCapabilities> diagnostic;
    std::optional<CompletionClientCapabilities> completion;
    std::optional<HoverClientCapabilities> hover;
    std::optional<DefinitionClientCapabilities> definition;
    std::optional<DocumentSymbolClientCapabilities> documentSymbol;

    friend bool operator==(const TextDocumentClientCapabilities &, const TextDocumentClientCapabilities &) = default;
};
BOOST_DESCRIBE_STRUCT(TextDocumentClientCapabilities, (),
                      (publishDiagnostics, diagnostic, completion, hover, definition, documentSymbol))

struct DidChangeWatchedFilesClientCapabilities {
    std::optional<bool> dynamicRegistration;
    std::optional<bool> relativePatternSupport;

    friend bool operator==(const DidChangeWatchedFilesClientCapabilities &,
                           const DidChangeWatchedFilesClientCapabilities &) = default;
};
BOOST_DESCRIBE_STRUCT(DidChangeWatchedFilesClientCapabilities, (), (dynamicRegistration, relativePatternSupport))

struct DiagnosticWorkspaceClientCapabilities {
    std::optional<bool> refreshSupport;

    friend bool operator==(const DiagnosticWorkspaceClientCapabilities &,
                           const DiagnosticWorkspaceClientCapabilities &) = default;
};
BOOST_DESCRIBE_STRUCT(DiagnosticWorkspaceClientCapabilities, (), (refreshSupport))

struct WorkspaceClientCapabilities {
    std::optional<bool> configuration;
    std::optional<bool> workspaceFolders;
    std::optional<DidChangeWatchedFilesClientCapabilities> didChangeWatchedFiles;
    std::optional<DiagnosticWorkspaceClientCapabilities> diagnostics;

    friend bool operator==(const WorkspaceClientCapabilities &, const WorkspaceClientCapabilities &) = default;
};
BOOST_DESCRIBE_STRUCT(WorkspaceClientCapabilities, (),
                      (configuration, workspaceFolders, didChangeWatchedFiles, diagnostics))

struct WindowClientCapabilities {
    std::optional<bool> workDoneProgress;

    friend bool operator==(const WindowClientCapabilities &, const WindowClientCapabilities &) = default;
};
BOOST_DESCRIBE_STRUCT(WindowClientCapabilities, (), (workDoneProgress))

struct ClientCapabilities {
    std::optional<WorkspaceClientCapabilities> workspace;
    std::optional<TextDocumentClientCapabilities> textDocument;
    std::optional<WindowClientCapabilities> window;
    std::optional<GeneralClientCapabilities> general;
    std::optional<std::vector<std::string>>
        offsetEncoding; ///< What clangd used before positionEncodings; some clients still send it.

    friend bool operator==(const ClientCapabilities &, const ClientCapabilities &) = default;
};
BOOST_DESCRIBE_STRUCT(ClientCapabilities, (), (workspace, textDocument, window, general, offsetEncoding))

struct WorkspaceFolder {
    std::string uri;
    std::string name;

    friend bool operator==(const WorkspaceFolder &, const WorkspaceFolder &) = default;
};
BOOST_DESCRIBE_STRUCT(WorkspaceFolder, (), (uri, name))

struct WorkspaceFoldersChangeEvent {
    std::vector<WorkspaceFolder> added;
    std::vector<WorkspaceFolder> removed;

    friend bool operator==(const WorkspaceFoldersChangeEvent &, const WorkspaceFoldersChangeEvent &) = default;
};
BOOST_DESCRIBE_STRUCT(WorkspaceFoldersChangeEvent, (), (added, removed))

struct DidChangeWorkspaceFoldersParams {
    WorkspaceFoldersChangeEvent event;

    friend bool operator==(const DidChangeWorkspaceFoldersParams &, const DidChangeWorkspaceFoldersParams &) = default;
};
BOOST_DESCRIBE_STRUCT(DidChangeWorkspaceFoldersParams, (), (event))

struct ClientInfo {
    std::string name;
    std::optional<std::string> version;

    friend bool operator==(const ClientInfo &, const ClientInfo &) = default;
};
BOOST_DESCRIBE_STRUCT(ClientInfo, (), (name, version))

struct InitializeParams {
    std::optional<std::int64_t> processId;
    std::optional<ClientInfo> clientInfo;
    std::optional<std::string> rootPath;
    std::optional<std::string> rootUri;
    std::optional<boost::json::value> initializationOptions;
    ClientCapabilities capabilities;
    std::optional<std::vector<WorkspaceFolder>> workspaceFolders;

    friend bool operator==(const InitializeParams &, const InitializeParams &) = default;
};
BOOST_DESCRIBE_STRUCT(InitializeParams, (),
                      (processId, clientInfo, rootPath, rootUri, initializationOptions, capabilities, workspaceFolders))

enum class TextDocumentSyncKind : std::uint8_t { None = 0, Full = 1, Incremental = 2 };

struct SaveOptions {
    std::optional<bool> includeText;

    friend bool operator==(const SaveOptions &, const SaveOptions &) = default;
};
BOOST_DESCRIBE_STRUCT(SaveOptions, (), (includeText))

struct TextDocumentSyncOptions {
    std::optional<bool> openClose;
    std::optional<TextDocumentSyncKind> change;
    std::optional<SaveOptions> save;

    friend bool operator==(const TextDocumentSyncOptions &, const TextDocumentSyncOptions &) = default;
};
BOOST_DESCRIBE_STRUCT(TextDocumentSyncOptions, (), (openClose, change, save))

struct CompletionOptions {
    std::optional<std::vector<std::string>> triggerCharacters;
    std::optional<bool> resolveProvider;

    friend bool operator==(const CompletionOptions &, const CompletionOptions &) = default;
};
BOOST_DESCRIBE_STRUCT(CompletionOptions, (), (triggerCharacters, resolveProvider))

struct DiagnosticOptions {
    std::optional<std::string> identifier;
    bool interFileDependencies = false;
    bool workspaceDiagnostics = false;

    friend bool operator==(const DiagnosticOptions &, const DiagnosticOptions &) = default;
};
BOOST_DESCRIBE_STRUCT(DiagnosticOptions, (), (identifier, interFileDependencies, workspaceDiagnostics))

struct WorkspaceFoldersServerCapabilities {
    std::optional<bool> supported;
    std::optional<bool> changeNotifications;

    friend bool operator==(const WorkspaceFoldersServerCapabilities &,
                           const WorkspaceFoldersServerCapabilities &) = default;
};
BOOST_DESCRIBE_STRUCT(WorkspaceFoldersServerCapabilities, (), (supported, changeNotifications))

struct WorkspaceOptions {
    std::optional<WorkspaceFoldersServerCapabilities> workspaceFolders;

    friend bool operator==(const WorkspaceOptions &, const WorkspaceOptions &) = default;
};
BOOST_DESCRIBE_STRUCT(WorkspaceOptions, (), (workspaceFolders))

struct ExecuteCommandOptions {
    std::vector<std::string> commands;

    friend bool operator==(const ExecuteCommandOptions &, const ExecuteCommandOptions &) = default;
};
BOOST_DESCRIBE_STRUCT(ExecuteCommandOptions, (), (commands))

/// Without the arguments, which no command of ours takes.
struct ExecuteCommandParams {
    std::string command;

    friend bool operator==(const ExecuteCommandParams &, const ExecuteCommandParams &) = default;
};
BOOST_DESCRIBE_STRUCT(ExecuteCommandParams, (), (command))

struct ServerCapabilities {
    std::optional<std::string> positionEncoding;
    std::optional<TextDocumentSyncOptions> textDocumentSync;
    std::optional<CompletionOptions> completionProvider;
    std::optional<bool> hoverProvider;
    std::optional<bool> definitionProvider;
    std::optional<bool> documentSymbolProvider;
    std::optional<DiagnosticOptions> diagnosticProvider;
    std::optional<ExecuteCommandOptions> executeCommandProvider;
    std::optional<WorkspaceOptions> workspace;

    friend bool operator==(const ServerCapabilities &, const ServerCapabilities &) = default;
};
BOOST_DESCRIBE_STRUCT(ServerCapabilities, (),
                      (positionEncoding, textDocumentSync, completionProvider, hoverProvider, definitionProvider,
                       documentSymbolProvider, diagnosticProvider, executeCommandProvider, workspace))

struct ServerInfo {
    std::string name;
    std::optional<std::string> version;

    friend bool operator==(const ServerInfo &, const ServerInfo &) = default;
};
BOOST_DESCRIBE_STRUCT(ServerInfo, (), (name, version))

struct InitializeResult {
    ServerCapabilities capabilities;
    std::optional<ServerInfo> serverInfo;

    friend bool operator==(const InitializeResult &, const InitializeResult &) = default;
};
BOOST_DESCRIBE_STRUCT(InitializeResult, (), (capabilities, serverInfo))

struct InitializedParams {
    friend bool operator==(const InitializedParams &, const InitializedParams &) = default;
};
BOOST_DESCRIBE_STRUCT(InitializedParams, (), ())

struct CancelParams {
    boost::json::value id;

    friend bool operator==(const CancelParams &, const CancelParams &) = default;
};
BOOST_DESCRIBE_STRUCT(CancelParams, (), (id))

} // namespace nuages::protocol
