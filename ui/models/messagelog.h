#pragma once

#include "ui/models/rowmodel.h"

#include <QString>

#include <cstdint>

namespace nuages::models {

/// A message of the language server protocol that went by.
struct MessageRow {
    std::uint64_t number = 0; ///< From 1; 0 until it is appended.
    std::int64_t at = 0; ///< Nanoseconds of the engine's clock.
    bool isFromServer = false;
    QString method; ///< Of a response, that of its request.
    QString kind; ///< "request 7", "response 7", "error 7", "notification".
    qsizetype bytes = 0;
    QString text; ///< Its beginning, at most MessageLog::textLength.

    std::uint64_t key() const { return number; }
    friend bool operator==(const MessageRow &, const MessageRow &) = default;
};

/// The latest messages of both sides, oldest first.
class MessageLog : public RowModel<MessageRow>
{
    Q_OBJECT

public:
    enum Column : int { TimeColumn, SenderColumn, MethodColumn, KindColumn, SizeColumn, TextColumn, ColumnCount };

    static constexpr std::size_t capacity = 10'000; ///< Rows; the oldest go first.
    static constexpr qsizetype textLength = 2'000;

    using RowModel::RowModel;

    int columnCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : ColumnCount; }
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    void append(MessageRow row);

    /// `count` messages that nobody has seen came by here.
    void addLost(std::uint64_t count) { m_lost += count; }
    std::uint64_t lost() const { return m_lost; }

private:
    std::uint64_t m_last = 0; ///< Number of the last one.
    std::int64_t m_begin = 0; ///< When the first one came by.
    std::uint64_t m_lost = 0;
};

} // namespace nuages::models
