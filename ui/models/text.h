#pragma once

#include "engine/trace/batch.h"

#include <QCoreApplication>
#include <QString>

#include <optional>
#include <string_view>

namespace nuages::trace {
struct RevisionRecord;
class Store;
} // namespace nuages::trace

namespace nuages::models {

/// Texts of the models in the user's language, on any thread: Words::tr("not there").
class Words
{
    Q_DECLARE_TR_FUNCTIONS(models)
};

QString toQString(std::string_view text);

/// Words that the engine has a fixed number of, such as those of outcomes and reasons, in the user's language; where
/// nobody translates them, as they are.
QString told(std::string_view words);

/// "0.57 ms", "1.2 s"; "–" for 0, which stands for what was not timed.
QString timeText(std::uint64_t ns);

/// The one word for all that was known once: what is said elsewhere is true.
QString notKept();

/// What became of a node in a revision, in the words that people see: those of its outcome, or notKept().
QString outcomeText(std::optional<trace::Outcome> outcome);

/// "2,991": with the separators of the C locale, so that a screenshot reads the same everywhere.
QString countText(std::uint64_t count);

/// "1 input", "2,991 inputs" of "%1 input(s)", which is marked by QT_TRANSLATE_N_NOOP("models", …): a translation has
/// the forms of its language, and English its own without one.
QString countOf(std::uint64_t count, const char *text);

QString nameOf(trace::Durability durability);

/// "TemplateFacts(base.html)"; empty for no node.
QString nameOf(const trace::Store &store, trace::NodeId node);

/// "templates/base.html" of an absolute path that the store knows below one of its roots; else the path.
QString shownPath(const trace::Store &store, std::string_view path);

/// "parse", "exported names": what queries of a kind are about; empty for a kind without words.
QString aboutKind(const trace::Store &store, const QString &kind);

/// Where a kind of the program stands among all of them, what is read before what reads it; nullopt for any other kind.
std::optional<int> placeOfKind(std::string_view kind);

/// "didChange templates/base.html": what opened a revision; "revision 3" if that was not recorded.
QString labelOf(const trace::Store &store, const trace::RevisionRecord &revision);

} // namespace nuages::models
