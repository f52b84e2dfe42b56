#pragma once

#include "lsp/protocol/types/basic.h"

#include <boost/describe/class.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

// Findings, pushed and pulled.
namespace nuages::protocol {

enum class DiagnosticSeverity : std::uint8_t { Error = 1, Warning = 2, Information = 3, Hint = 4 };

struct CodeDescription {
    std::string href;

    friend bool operator==(const CodeDescription &, const CodeDescription &) = default;
};
BOOST_DESCRIBE_STRUCT(CodeDescription, (), (href))

struct DiagnosticRelatedInformation {
    Location location;
    std::string message;

    friend bool operator==(const DiagnosticRelatedInformation &, const DiagnosticRelatedInformation &) = default;
};
BOOST_DESCRIBE_STRUCT(DiagnosticRelatedInformation, (), (location, message))

struct Diagnostic {
    Range range;
    std::optional<DiagnosticSeverity> severity;
    std::optional<std::string> code;
    std::optional<CodeDescription> codeDescription;
    std::optional<std::string> source;
    std::string message;
    std::optional<std::vector<DiagnosticRelatedInformation>> relatedInformation;

    friend bool operator==(const Diagnostic &, const Diagnostic &) = default;
};
BOOST_DESCRIBE_STRUCT(Diagnostic, (), (range, severity, code, codeDescription, source, message, relatedInformation))

struct PublishDiagnosticsParams {
    std::string uri;
    std::optional<std::int32_t> version;
    std::vector<Diagnostic> diagnostics;

    friend bool operator==(const PublishDiagnosticsParams &, const PublishDiagnosticsParams &) = default;
};
BOOST_DESCRIBE_STRUCT(PublishDiagnosticsParams, (), (uri, version, diagnostics))

struct DocumentDiagnosticParams {
    TextDocumentIdentifier textDocument;
    std::optional<std::string> identifier;
    std::optional<std::string> previousResultId;

    friend bool operator==(const DocumentDiagnosticParams &, const DocumentDiagnosticParams &) = default;
};
BOOST_DESCRIBE_STRUCT(DocumentDiagnosticParams, (), (textDocument, identifier, previousResultId))

/// Its `kind` is "full".
struct RelatedFullDocumentDiagnosticReport {
    std::string kind;
    std::optional<std::string> resultId;
    std::vector<Diagnostic> items;

    friend bool operator==(const RelatedFullDocumentDiagnosticReport &,
                           const RelatedFullDocumentDiagnosticReport &) = default;
};
BOOST_DESCRIBE_STRUCT(RelatedFullDocumentDiagnosticReport, (), (kind, resultId, items))

/// Its `kind` is "unchanged".
struct RelatedUnchangedDocumentDiagnosticReport {
    std::string kind;
    std::string resultId;

    friend bool operator==(const RelatedUnchangedDocumentDiagnosticReport &,
                           const RelatedUnchangedDocumentDiagnosticReport &) = default;
};
BOOST_DESCRIBE_STRUCT(RelatedUnchangedDocumentDiagnosticReport, (), (kind, resultId))

} // namespace nuages::protocol
