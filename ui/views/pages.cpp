#include "ui/views/diffpage.h"
#include "ui/views/filespage.h"
#include "ui/views/kindspage.h"
#include "ui/views/ledgerpage.h"
#include "ui/views/matrixpage.h"
#include "ui/views/messagespage.h"
#include "ui/views/page.h"
#include "ui/views/protocolpage.h"
#include "ui/views/requestspage.h"
#include "ui/views/statisticspage.h"
#include "ui/views/timelinepage.h"
#include "ui/views/whatifpage.h"

#include <QtGlobal>

namespace nuages::views {

namespace {

template <class Kind>
Page *make(const PageContext &context)
{
    return new Kind(context);
}

constexpr PageEntry entries[] = {
    {"kindsPage", QT_TRANSLATE_NOOP("Page", "Kinds"), nullptr, make<KindsPage>},
    {"matrixPage", QT_TRANSLATE_NOOP("Page", "Files × kinds"), nullptr, make<MatrixPage>},
    {"filesPage", QT_TRANSLATE_NOOP("Page", "Files"), "listsDock", make<FilesPage>},
    {"requestsPage", QT_TRANSLATE_NOOP("Page", "Requests"), "listsDock", make<RequestsPage>},
    {"protocolPage", QT_TRANSLATE_NOOP("Page", "Protocol"), "listsDock", make<ProtocolPage>},
    {"messagesPage", QT_TRANSLATE_NOOP("Page", "Messages"), "listsDock", make<MessagesPage>},
    {"ledgerPage", QT_TRANSLATE_NOOP("Page", "Ledger"), "questionsDock", make<LedgerPage>},
    {"diffPage", QT_TRANSLATE_NOOP("Page", "Differences"), "questionsDock", make<DiffPage>},
    {"whatIfPage", QT_TRANSLATE_NOOP("Page", "What if"), "questionsDock", make<WhatIfPage>},
    {"statisticsPage", QT_TRANSLATE_NOOP("Page", "Statistics"), "questionsDock", make<StatisticsPage>},
    {"timelinePage", QT_TRANSLATE_NOOP("Page", "Time line"), "questionsDock", make<TimelinePage>},
};

} // namespace

std::span<const PageEntry> pageEntries() { return entries; }

} // namespace nuages::views
