#pragma once

#include "engine/ide/view.h"
#include "engine/source/files.h"
#include "engine/source/memoryfilesystem.h"

#include <QByteArray>
#include <QString>

#include <cstdint>
#include <string>
#include <string_view>

namespace nuages::tests {

/// The fixture project of the rules in memory, with more of Django's tags, and one template in it that an editor holds.
class Shop
{
public:
    Shop();

    /// Where the template stands that is asked about.
    static constexpr std::string_view page = "/shop/shop/templates/shop/page.html";

    source::MemoryFileSystem &disk() { return m_disk; } ///< For files that are there before the first question.
    std::uint64_t executed() const { return m_engine.counters({}).executed; }

    /// Asks about `text`, in which "‸" stands for the cursor and is left out.
    template <class Ask>
    auto ask(QString text, Ask question)
    {
        const qsizetype cursor = text.indexOf(u'‸');
        const auto offset = static_cast<std::uint32_t>(cursor < 0 ? 0 : text.first(cursor).toUtf8().size());
        text.remove(u'‸');
        m_text = text.toUtf8();
        query::Reader db(m_engine.ticket());
        const ide::View view(db, m_project, source::fileAt(db, page), source::Text(m_text.toStdString()));
        return question(view, offset);
    }

    /// Of the text that was asked about last.
    QString slice(source::Range range) const
    {
        return QString::fromUtf8(m_text.mid(qsizetype(range.begin), qsizetype(range.size())));
    }

private:
    source::MemoryFileSystem m_disk;
    source::Files m_files;
    query::Engine m_engine;
    project::Project m_project;
    QByteArray m_text;
};

} // namespace nuages::tests
