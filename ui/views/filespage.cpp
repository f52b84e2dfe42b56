#include "ui/views/filespage.h"

#include "ui/models/fileindex.h"
#include "ui/models/inspection.h"
#include "ui/models/roles.h"
#include "ui/models/selection.h"
#include "ui/views/lists.h"

#include <QSortFilterProxyModel>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace nuages::views {

namespace {

constexpr int leastFileWidth = 120;

} // namespace

FilesPage::FilesPage(const PageContext &context)
    : m_inspection(context.inspection), m_filtered(new QSortFilterProxyModel(this))
{
    m_filtered->setSourceModel(&m_inspection.files());
    m_filtered->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_files = new Table(m_filtered, tr("Files"));
    m_files->setObjectName(u"files"_s);
    m_files->setWidths(
        models::FileIndex::PathColumn, {leastFileWidth},
        {models::FileIndex::DurabilityColumn, models::FileIndex::ReadersColumn, models::FileIndex::StateColumn});
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_files);
    setEntry(m_files);
    connect(m_files, &Table::picked, this, [this](const QModelIndex &index) {
        m_inspection.selectFile(index.siblingAtColumn(0).data(models::FileRole).toString());
    });
    connect(&m_inspection.selection(), &models::Selection::filterChanged, this, [this] {
        m_filtered->setFilterFixedString(m_inspection.selection().filter());
        m_files->scrollToCurrent();
    });
}

void FilesPage::refresh()
{
    const int row = m_inspection.files().rowOf(m_inspection.selection().spot().file);
    if (row >= 0)
        m_files->follow(m_filtered->mapFromSource(m_inspection.files().index(row, 0)));
}

void FilesPage::followSelection() { m_files->scrollToCurrent(); }

} // namespace nuages::views
