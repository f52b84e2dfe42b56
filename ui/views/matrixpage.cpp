#include "ui/views/matrixpage.h"

#include "ui/canvas/export.h"
#include "ui/models/fileindex.h"
#include "ui/models/inspection.h"
#include "ui/models/kindgraph.h"
#include "ui/models/selection.h"
#include "ui/models/text.h"

#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace nuages::views {

MatrixPage::MatrixPage(const PageContext &context)
    : m_inspection(context.inspection), m_files(context.inspection.root()), m_matrix(new canvas::MatrixCanvas(*this))
{
    m_matrix->setObjectName(u"matrix"_s);
    m_matrix->setAccessibleName(tr("Files by kinds of query"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_matrix);
    setEntry(m_matrix);
    connect(m_matrix, &canvas::MatrixCanvas::activated, this, &MatrixPage::activate);
    connect(m_matrix, &canvas::MatrixCanvas::titlePicked, this, [this](int row) {
        if (row == m_files.foldRow())
            toggleFold();
    });
}

void MatrixPage::update()
{
    m_files.update(m_inspection.store(), m_inspection.kindGraph(), m_inspection.shownRevision());
}

void MatrixPage::activate(int row, int column)
{
    if (row == m_files.foldRow())
        toggleFold();
    else
        Q_EMIT nodePicked(cell(row, column).node);
}

void MatrixPage::toggleFold()
{
    const auto cursor = m_matrix->current();
    const QString file = cursor ? m_files.rows()[std::size_t(cursor->row)].file : QString();
    const bool isFold = cursor && cursor->row == m_files.foldRow();
    m_files.setOpen(!m_files.isOpen());
    if (cursor)
        m_matrix->setCurrent(
            canvas::MatrixPlace{.row = isFold ? m_files.foldRow() : m_files.rowOf(file), .column = cursor->column});
    m_matrix->refresh();
}

void MatrixPage::refresh()
{
    if (!isVisible())
        return;
    const auto cursor = m_matrix->current();
    const QString file = cursor ? m_files.rows()[std::size_t(cursor->row)].file : QString();
    const bool isFold = cursor && cursor->row == m_files.foldRow();
    const QString kind = cursor ? columnTitle(cursor->column) : QString();
    update();
    const canvas::MatrixPlace now{.row = isFold ? m_files.foldRow() : m_files.rowOf(file),
                                  .column = m_files.columnOf(kind)};
    if (cursor && now.row < 0)
        m_matrix->setCurrent(std::nullopt); // No path is absent any more.
    else if (cursor && now != *cursor)
        m_matrix->setCurrent(now);
    m_matrix->refresh();
}

void MatrixPage::followSelection()
{
    const quint32 node = m_inspection.selection().spot().node;
    if (!isVisible() || node == 0)
        return;
    const trace::NodeName selected = m_inspection.store().node(node);
    const canvas::MatrixPlace place{.row = m_files.rowOf(models::toQString(selected.file)),
                                    .column = m_files.columnOf(models::toQString(selected.kind))};
    if (place.row >= 0 && place.column >= 0)
        m_matrix->setCurrent(place);
}

void MatrixPage::goToKind(const QString &kind)
{
    update();
    const int column = m_files.columnOf(kind);
    if (column < 0)
        return;
    const auto cursor = m_matrix->current();
    int row = cursor && isThere(cursor->row, column) ? cursor->row : 0;
    while (row < rows() && !isThere(row, column))
        ++row;
    m_matrix->refresh();
    if (row < rows())
        m_matrix->setCurrent(canvas::MatrixPlace{.row = row, .column = column});
}

std::optional<std::expected<void, QString>> MatrixPage::exportTo(const QString &path) const
{
    return canvas::exportMatrix(*m_matrix, path);
}

void MatrixPage::showEvent(QShowEvent *)
{
    refresh();
    if (!m_matrix->current())
        followSelection();
}

QString MatrixPage::rowTitle(int row) const
{
    if (row == m_files.foldRow())
        return (m_files.isOpen() ? u"▾ "_s : u"▸ "_s) + foldTitle();
    const QString &file = m_files.rows()[std::size_t(row)].file;
    return file.isEmpty() ? tr("about no file") : m_inspection.shownPath(file);
}

QString MatrixPage::foldTitle() const
{
    return models::countOf(m_files.absentCount(), QT_TRANSLATE_N_NOOP("models", "%1 absent path(s)"));
}

bool MatrixPage::beginsGroup(int row) const
{
    const auto &rows = m_files.rows();
    return row > 0 && rows[std::size_t(row)].group != rows[std::size_t(row) - 1].group;
}

bool MatrixPage::isThere(int row, int column) const { return m_files.isThere(m_inspection.store(), row, column); }

canvas::Outcome MatrixPage::outcomeAt(int row, int column) const
{
    return cell(row, column).outcome.value_or(trace::Outcome::NotChecked);
}

QString MatrixPage::wordsAt(int row, int column) const
{
    const models::FilesByKinds::Cell found = cell(row, column);
    const QString words =
        u"%1 %2, %3"_s.arg(columnTitle(column), row == m_files.foldRow() ? foldTitle() : rowTitle(row),
                           models::outcomeText(found.outcome));
    return found.count > 1 ? tr("%1 (of %2)").arg(words, models::countText(found.count)) : words;
}

models::FilesByKinds::Cell MatrixPage::cell(int row, int column) const
{
    return m_files.cell(m_inspection.store(), row, column);
}

} // namespace nuages::views
