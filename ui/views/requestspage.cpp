#include "ui/views/requestspage.h"

#include "ui/models/inspection.h"
#include "ui/models/requests.h"
#include "ui/models/roles.h"
#include "ui/models/selection.h"
#include "ui/views/lists.h"

#include <QCheckBox>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace nuages::views {

namespace {

constexpr int leastDocumentWidth = 120;

} // namespace

RequestsPage::RequestsPage(const PageContext &context) : m_inspection(context.inspection)
{
    models::Inspection &inspection = context.inspection;
    auto *requests = new Table(&inspection.requests(), tr("Requests"));
    m_requests = requests;
    requests->setObjectName(u"requests"_s);
    requests->setWidths(models::Requests::DocumentColumn, {0, leastDocumentWidth},
                        {models::Requests::AttemptsColumn, models::Requests::VersionColumn,
                         models::Requests::AfterColumn, models::Requests::StateColumn, models::Requests::MethodColumn});
    auto *ownWork = new QCheckBox(tr("The server's own work too"));
    ownWork->setObjectName(u"ownWork"_s);
    ownWork->setAccessibleName(ownWork->text());
    connect(ownWork, &QCheckBox::toggled, &inspection, &models::Inspection::setShowsOwnWork);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(requests, 1);
    layout->addWidget(ownWork);
    setEntry(requests);
    connect(requests, &Table::picked, this, [&inspection](const QModelIndex &index) {
        inspection.selectRequest(index.siblingAtColumn(0).data(models::RequestRole).toULongLong());
    });
}

/// To the request that is picked, or the slowest of the revision that is: what the press of a key had to be waited for.
void RequestsPage::followSelection()
{
    const models::Spot &spot = m_inspection.selection().spot();
    const models::Requests &requests = m_inspection.requests();
    int row = requests.rowOf(spot.request);
    if (row < 0 || requests.rows()[std::size_t(row)].revision != m_inspection.shownRevision())
        row = requests.slowestIn(m_inspection.shownRevision());
    if (row < 0)
        return;
    m_requests->follow(requests.index(row, 0));
    m_requests->scrollToCurrent();
}

} // namespace nuages::views
