#pragma once

#include "engine/trace/batch.h"
#include "ui/link/link.h"

#include <boost/json/value.hpp>

#include <QTemporaryDir>

#include <memory>
#include <string_view>
#include <vector>

namespace nuages::tests {

/// Three templates on disk, and what an engine would tell of them: each is an input with a text, a tree and findings,
/// and the findings of all read the tree of the first.
class MadeUpProject
{
public:
    enum Stage { Stamp, Text, Tree, Findings, StageCount };

    static constexpr int fileCount = 3;

    MadeUpProject();

    QString root() const { return m_folder.path(); }
    QString pathOf(int file) const;

    static trace::NodeId idOf(int file, Stage stage) { return trace::NodeId(file * StageCount + stage + 1); }

    /// Revision 1: everything runs for the first time.
    std::shared_ptr<const trace::Batch> first();

    /// The next revision: an edit of `file` goes the whole way to its findings.
    std::shared_ptr<const trace::Batch> edit(int file);

private:
    std::shared_ptr<trace::Batch> begin();
    void run(trace::Batch &batch, trace::NodeId node, trace::Outcome outcome, trace::NodeId cause);

    QTemporaryDir m_folder;
    trace::Revision m_revision = 0;
    std::uint64_t m_sequence = 0;
};

/// A link without a server: remembers what is sent, and says what the test has it say.
class FakeLink final : public link::Link
{
    Q_OBJECT

public:
    void send(const QByteArray &body) override { m_sent.push_back(body); }

    /// The methods of all that was sent, in order; of a response its absence, "".
    QStringList methods() const;

    /// The text of a document for whoever has heard only didOpen and didChange; null if it was never opened or an
    /// edit did not fit.
    QString textOf(const QString &path) const;

    void answerInitialize();
    void publish(const QString &path, std::string_view message, int line);
    void notify(std::string_view method, const boost::json::value &params);

private:
    std::vector<QByteArray> m_sent;
};

} // namespace nuages::tests
