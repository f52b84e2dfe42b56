#pragma once

#include "ui/views/page.h"

class QSortFilterProxyModel;

namespace nuages::views {

class Table;

/// The files that were read, as far as the filter lets them through.
class FilesPage final : public Page
{
    Q_OBJECT

public:
    explicit FilesPage(const PageContext &context);

    void refresh() override;
    void followSelection() override;

private:
    models::Inspection &m_inspection;
    QSortFilterProxyModel *m_filtered;
    Table *m_files;
};

} // namespace nuages::views
