#pragma once

#include "tests/oracle/trace/fresh.h"
#include "tests/oracle/trace/plain.h"
#include "ui/models/inspection.h"

#include <QString>

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace nuages::oracle {

/// Who says what is right.
enum class Judge : std::uint8_t { Events, FreshEngine, TheEditor };

const char *nameOf(Judge judge);

/// As one text.
QString joined(const std::vector<std::string> &parts);

/// Something that is shown otherwise than it is.
struct Difference {
    Revision revision = 0; ///< That is looked at.
    QString what;
    QString shown;
    QString right;
    Judge judge = Judge::Events;
};

/// Holds what the models show against the list of all events, a fresh engine and what the editor has done.
class Comparison
{
public:
    /// `limits` are those that the store of `inspection` was promised to have.
    Comparison(models::Inspection &inspection, trace::Store::Limits limits, const Plain &plain, const Editor &editor,
               Random &random)
        : m_inspection(inspection), m_limits(limits), m_plain(plain), m_editor(editor), m_random(random)
    {
        inspection.showAbsentFiles(true);
    }

    /// Goes to a revision, looks at everything there, and goes back.
    void lookAt(Revision revision, const QString &where);

    /// What does not belong to one revision: ledger and difference of some, chosen by chance.
    void lookAtQuestions();

    /// What the client was told of findings, where nothing is left to be done.
    void lookAtFindings();

    /// What the engine itself counted.
    void lookAtCounters();

    std::vector<Difference> takeDifferences() { return std::exchange(m_differences, {}); }
    std::uint64_t compared() const { return m_compared; }
    const std::map<QString, std::uint64_t> &comparedOf() const { return m_comparedOf; }

private:
    void same(const QString &what, const QString &shown, const QString &right, Judge judge = Judge::Events);
    void same(const QString &what, std::uint64_t shown, std::uint64_t right, Judge judge = Judge::Events);
    void fail(const QString &what, const QString &shown, const QString &right, Judge judge);
    void countOne(const QString &what);

    bool mustBeKept(Revision revision) const;
    bool isKept() const; ///< Of the revision that is looked at, as the store has it.
    QString outcomeThen(NodeId node) const;
    bool wasGood(NodeId node) const; ///< It ran or was checked in the revision.
    bool isAbout(NodeId node, const char *kind) const;
    std::vector<NodeId> someNodes();
    QString named(NodeId node) const;
    QString labelOf(Revision revision) const;

    void revisions();
    void bill();
    void kinds();
    void files();
    void texts();
    void mistakes();
    void requests();
    void picture();
    void kindEdges();
    void node(NodeId node);
    void details(NodeId node);
    void neighbours(NodeId node);
    void reads(NodeId node, const std::vector<QString> &shown);
    void readers(NodeId node, const std::vector<QString> &shown);
    void why(NodeId node);
    void whyNot(NodeId node);
    void cause(NodeId node);
    void value(NodeId node);

    void ledger(Revision first, Revision last, trace::RequestId request);
    void diff(Revision a, Revision b);

    Fresh &fresh(Revision revision);

    models::Inspection &m_inspection;
    trace::Store::Limits m_limits;
    const Plain &m_plain;
    const Editor &m_editor;
    Random &m_random;
    Revision m_revision = 0;
    QString m_where;
    std::map<Revision, std::unique_ptr<Fresh>> m_fresh; ///< Of this look.
    std::vector<Difference> m_differences;
    mutable std::size_t m_keptOf = 0; ///< So many things had happened when `m_firstKept` was found.
    mutable Revision m_firstKept = 0;
    std::uint64_t m_compared = 0;
    std::map<QString, std::uint64_t> m_comparedOf; ///< By what.
};

} // namespace nuages::oracle
