#include "tests/support/testmain.h"
#include "tests/ui/models/eventstream.h"
#include "tests/ui/views/shownwindow.h"

#include "engine/trace/store.h"
#include "ui/models/selection.h"
#include "ui/models/text.h"
#include "ui/views/answerpage.h"

#include <QLabel>
#include <QSemaphore>
#include <QTest>
#include <QThread>

using namespace nuages;
using namespace nuages::tests;
using namespace nuages::views;
using namespace Qt::StringLiterals;

/// The pages that answer questions where 100,000 queries are kept: nothing of it is computed on the window's thread.
class TestLargeQuestions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void everyAnswerIsFoundOnAnotherThread();
    void theWindowGoesOnWhileAnAnswerIsLookedFor();
    void batchesWaitForAnAnswerAndThenComeIn();
    void whatIsAskedMeanwhileIsAnsweredAfterwards();
    void aPageMayGoWhileItsAnswerIsLookedFor();

private:
    static constexpr int fileCount = 25'000; // Four nodes each.
    static constexpr int heldFiles = 4'000;
    std::shared_ptr<const trace::Batch> m_first;
    std::shared_ptr<const trace::Batch> m_edit;
    std::shared_ptr<const trace::Batch> m_heldFirst; ///< Of fewer files.
    std::shared_ptr<const trace::Batch> m_heldEdit;
};

namespace {

constexpr int patience = 60'000; // Milliseconds: an answer takes as long as the machine needs.

/// What was told of many nodes.
struct Told {
    Told(const std::shared_ptr<const trace::Batch> &first, const std::shared_ptr<const trace::Batch> &edit)
    {
        inspection.take(first);
        inspection.take(edit);
        while (inspection.pendingCount() > 0)
            inspection.refresh();
    }

    models::Inspection inspection{u"/shop"_s};
    FakeLink link;
};

struct LargeWindow : Told {
    LargeWindow(const std::shared_ptr<const trace::Batch> &first, const std::shared_ptr<const trace::Batch> &edit)
        : Told(first, edit), window(inspection, link, folder.path())
    {
        window.resize(1600, 1000);
        window.show();
        window.activateWindow();
        if (!QTest::qWaitForWindowActive(&window))
            qFatal("no focus to be had");
    }

    QTemporaryDir folder;
    MainWindow window;
};

/// Answers when it is let.
class HeldPage final : public AnswerPage
{
public:
    using AnswerPage::AnswerPage;

    QSemaphore *begun = nullptr;
    QSemaphore *mayEnd = nullptr;
    std::atomic<QThread *> *on = nullptr;
    QString question = u"first"_s;

protected:
    Search ask() override
    {
        return [question = question, begun = begun, mayEnd = mayEnd, on = on](const trace::Store &store) -> Found {
            *on = QThread::currentThread();
            begun->release();
            mayEnd->acquire();
            return [text = question + u" at "_s + QString::number(store.revision())] { return text; };
        };
    }
};

struct HeldAnswer : Told {
    using Told::Told;

    QSemaphore begun;
    QSemaphore mayEnd;
    std::atomic<QThread *> on = nullptr;
    EditorClient client;
    std::unique_ptr<HeldPage> page;

    void show()
    {
        page = std::make_unique<HeldPage>(PageContext{inspection, client, link});
        page->begun = &begun;
        page->mayEnd = &mayEnd;
        page->on = &on;
        page->show();
        begun.acquire();
    }

    QString sentence() { return page->findChild<QLabel *>("answerSentence")->text(); }
};

} // namespace

void TestLargeQuestions::initTestCase()
{
    EventStream stream(3, fileCount);
    m_first = stream.first();
    m_edit = stream.edit();
    EventStream fewer(3, heldFiles);
    m_heldFirst = fewer.first();
    m_heldEdit = fewer.edit();
}

void TestLargeQuestions::everyAnswerIsFoundOnAnotherThread()
{
    LargeWindow bench(m_first, m_edit);
    QVERIFY(bench.inspection.store().lastNode() >= 100'000);
    for (const char *name : {"ledgerPage", "diffPage", "whatIfPage", "statisticsPage", "timelinePage"}) {
        auto *page = bench.window.findChild<AnswerPage *>(QLatin1StringView(name));
        auto *sentence = page->findChild<QLabel *>("answerSentence");
        QCOMPARE(page->searches(), 0);
        bench.window.findChild<QAction *>(u"show_"_s + QLatin1StringView(name))->trigger();
        QVERIFY(page->isVisible());
        QCOMPARE(page->searches(), 1);
        QVERIFY(page->isSearching()); // The answer is not there when the key has been pressed.
        QCOMPARE(sentence->text(), u"Looking through all that is kept…"_s);
        QVERIFY(QTest::qWaitFor([&] { return !page->isSearching(); }, patience));
        QVERIFY(sentence->text() != u"Looking through all that is kept…"_s);
        QCOMPARE(page->searches(), 1);
    }
}

void TestLargeQuestions::theWindowGoesOnWhileAnAnswerIsLookedFor()
{
    HeldAnswer bench(m_heldFirst, m_heldEdit);
    bench.show();
    QVERIFY(bench.on != nullptr && bench.on != QThread::currentThread());
    bench.inspection.selection().selectRevision(1);
    QCOMPARE(bench.inspection.shownRevision(), 1u);
    int turns = 0;
    for (; turns < 100; ++turns) {
        QVERIFY(bench.page->isSearching());
        QCoreApplication::processEvents();
    }
    QCOMPARE(turns, 100);
    bench.mayEnd.release(100);
    QVERIFY(QTest::qWaitFor([&] { return bench.sentence() == u"first at 2"_s; }));
}

void TestLargeQuestions::batchesWaitForAnAnswerAndThenComeIn()
{
    HeldAnswer bench(m_heldFirst, m_heldEdit);
    bench.show();
    EventStream stream(3, heldFiles);
    (void)stream.first();
    (void)stream.edit();
    bench.inspection.take(stream.edit());
    for (int turn = 0; turn < 20; ++turn)
        QCoreApplication::processEvents();
    bench.inspection.refresh();
    QCOMPARE(bench.inspection.store().revision(), 2u); // Nothing is written while it is read.
    QCOMPARE(bench.inspection.pendingCount(), 1u);
    bench.mayEnd.release(100);
    QVERIFY(QTest::qWaitFor([&] { return bench.inspection.store().revision() == 3u; }));
    QCOMPARE(bench.inspection.pendingCount(), 0u);
}

void TestLargeQuestions::whatIsAskedMeanwhileIsAnsweredAfterwards()
{
    HeldAnswer bench(m_heldFirst, m_heldEdit);
    bench.show();
    bench.page->question = u"second"_s;
    bench.page->refresh(); // Nothing of it yet: one is on its way.
    QCOMPARE(bench.page->searches(), 1);
    bench.mayEnd.release(100);
    QVERIFY(QTest::qWaitFor([&] { return bench.sentence() == u"second at 2"_s; }));
    QCOMPARE(bench.page->searches(), 2);
}

void TestLargeQuestions::aPageMayGoWhileItsAnswerIsLookedFor()
{
    HeldAnswer bench(m_heldFirst, m_heldEdit);
    bench.show();
    bench.mayEnd.release(100);
    bench.page.reset();
    QCoreApplication::processEvents();
    EventStream stream(3, heldFiles);
    (void)stream.first();
    (void)stream.edit();
    bench.inspection.take(stream.edit()); // Nobody holds the store any more.
    bench.inspection.refresh();
    QVERIFY(QTest::qWaitFor([&] { return bench.inspection.pendingCount() == 0u; }));
}

NUAGES_TEST(TestLargeQuestions)
#include "tst_largequestions.moc"
