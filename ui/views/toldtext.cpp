#include "ui/views/toldtext.h"

#include <QStringView>
#include <QTextDocument>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace nuages::views {

namespace {

constexpr char16_t paragraphEnds[] = {u'\u2029', u'\uFDD0', u'\uFDD1'}; // QTextCursor::insertText() ends blocks there

bool isInsidePair(QStringView text, qsizetype offset)
{
    return offset > 0 && offset < text.size() && text[offset - 1].isHighSurrogate() && text[offset].isLowSurrogate();
}

QString withLineFeeds(QString text) { return text.replace("\r\n"_L1, "\n"_L1); }

} // namespace

QString textOf(const QTextDocument &document)
{
    QString text = document.toRawText();
    std::ranges::replace(text, QChar(QChar::ParagraphSeparator), QChar(u'\n'));
    return text;
}

ToldText::ToldText(const QString &text) : m_text(withLineFeeds(text)), m_endsLinesWithCrLf(text.contains("\r\n"_L1)) { }

bool ToldText::canFollow(const QString &text)
{
    return !withLineFeeds(text).contains(u'\r')
        && std::ranges::none_of(paragraphEnds, [&](char16_t end) { return text.contains(end); });
}

std::optional<protocol::TextDocumentContentChangeEvent> ToldText::follow(const QTextDocument &document, qsizetype from,
                                                                         qsizetype removed, qsizetype added)
{
    const QString now = textOf(document);
    qsizetype oldEnd = std::min(from + removed, m_text.size());
    qsizetype newEnd = std::min(from + added, now.size());

    // A count that includes the final separator, or a change merged from several, may reach too far or not far enough:
    // behind the change both texts are the same.
    if (m_text.size() - oldEnd != now.size() - newEnd) {
        oldEnd = m_text.size();
        newEnd = now.size();
    }

    const QStringView before(m_text);
    const QStringView after(now);
    qsizetype start = std::min({from, oldEnd, newEnd});
    while (start < oldEnd && start < newEnd && before[start] == after[start])
        ++start;
    while (oldEnd > start && newEnd > start && before[oldEnd - 1] == after[newEnd - 1]) {
        --oldEnd;
        --newEnd;
    }
    while (isInsidePair(before, start) || isInsidePair(after, start))
        --start;
    while (isInsidePair(before, oldEnd) || isInsidePair(after, newEnd)) {
        ++oldEnd;
        ++newEnd;
    }
    if (start == oldEnd && start == newEnd)
        return std::nullopt;

    QString inserted = now.sliced(start, newEnd - start);
    if (m_endsLinesWithCrLf)
        inserted.replace("\n"_L1, "\r\n"_L1);
    protocol::TextDocumentContentChangeEvent change{protocol::Range{positionOf(start), positionOf(oldEnd)},
                                                    inserted.toStdString()};
    m_text = now;
    return change;
}

protocol::Position ToldText::positionOf(qsizetype offset) const
{
    const QStringView before = QStringView(m_text).first(offset);
    return {before.count(u'\n'), offset - (before.lastIndexOf(u'\n') + 1)};
}

} // namespace nuages::views
