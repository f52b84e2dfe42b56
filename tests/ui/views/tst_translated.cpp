#include "tests/support/testmain.h"
#include "tests/ui/views/shownwindow.h"

#include "engine/kinds/kinds.h"
#include "engine/trace/diff.h"
#include "engine/trace/ledger.h"
#include "engine/trace/why.h"
#include "ui/canvas/outcome.h"
#include "ui/models/roles.h"
#include "ui/models/selection.h"
#include "ui/models/shares.h"
#include "ui/models/text.h"
#include "ui/models/whychain.h"
#include "ui/views/page.h"
#include "ui/views/settingsdialog.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAction>
#include <QComboBox>
#include <QGroupBox>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QRegularExpression>
#include <QTabBar>
#include <QTest>
#include <QTranslator>

#include <memory>

using namespace nuages;
using namespace nuages::tests;
using namespace nuages::views;
using namespace Qt::StringLiterals;

namespace {

/// Puts every text into brackets, and knows nothing of its language.
class Brackets final : public QTranslator
{
public:
    using QTranslator::QTranslator;

    bool isEmpty() const override { return false; }
    QString translate(const char *, const char *text, const char *, int) const override
    {
        return u'⟦' + QString::fromUtf8(text) + u'⟧';
    }
};

/// A language with three forms, which are chosen by the number.
class Forms final : public QTranslator
{
public:
    using QTranslator::QTranslator;

    bool isEmpty() const override { return false; }
    QString translate(const char *, const char *text, const char *, int count) const override
    {
        if (QLatin1StringView(text) != "%1 input(s)"_L1)
            return {};
        return count == 1 ? u"jeden %1"_s : count < 5 ? u"kilka %1"_s : u"wiele %1"_s;
    }
};

/// Without what stands in brackets, from within.
QString outside(QString text)
{
    static const QRegularExpression innermost(u"⟦[^⟦⟧]*⟧"_s);
    while (text.contains(innermost))
        text.remove(innermost);
    return text;
}

/// Words outside of brackets that nobody could translate.
QStringList plainWords(const QString &text)
{
    static const QRegularExpression markup(u"<[^>]*>|&[a-z]+;|\\w+\\.html|File\\.\\w+"_s);
    static const QRegularExpression word(u"[A-Za-z]{2,}"_s);
    QStringList words;
    for (const QRegularExpressionMatch &match : word.globalMatch(outside(text).remove(markup)))
        words << match.captured();
    return words;
}

/// What is no text of the window: names of queries, files and methods, units, keys.
bool isName(const QString &word)
{
    static const QStringList names{u"ms"_s,        u"KiB"_s,  u"bytes"_s, u"Nuages"_s, u"nuages"_s,
                                   u"didChange"_s, u"File"_s, u"Text"_s,  u"Tree"_s,   u"Findings"_s};
    return names.contains(word) || word.startsWith(u"tst"_s);
}

class Collected
{
public:
    explicit Collected(QString root) : m_root(std::move(root)) { }

    void add(const QObject &of, const QString &what, QString text)
    {
        text.replace(m_root, u"…"_s);
        ++m_count;
        for (const QString &word : plainWords(text)) {
            if (!isName(word) && !m_root.contains(word)) {
                m_plain << u"%1 %2, %3: %4"_s.arg(QLatin1StringView(of.metaObject()->className()), of.objectName(),
                                                  what, text);
                return;
            }
        }
    }

    void addWidget(QWidget &widget)
    {
        add(widget, u"name"_s, widget.accessibleName());
        add(widget, u"tool tip"_s, widget.toolTip());
        add(widget, u"title"_s, widget.windowTitle());
        if (const auto *label = qobject_cast<QLabel *>(&widget))
            add(widget, u"text"_s, label->text());
        if (const auto *button = qobject_cast<QAbstractButton *>(&widget))
            add(widget, u"text"_s, button->text());
        if (const auto *box = qobject_cast<QGroupBox *>(&widget))
            add(widget, u"text"_s, box->title());
        if (const auto *line = qobject_cast<QLineEdit *>(&widget))
            add(widget, u"hint"_s, line->placeholderText());
        if (const auto *tabs = qobject_cast<QTabBar *>(&widget)) {
            for (int tab = 0; tab < tabs->count(); ++tab)
                add(widget, u"tab"_s, tabs->tabText(tab));
        }
        if (const auto *choice = qobject_cast<QComboBox *>(&widget)) {
            for (int at = 0; at < choice->count(); ++at)
                add(widget, u"choice"_s, choice->itemText(at));
        }
        if (const auto *table = qobject_cast<QTableView *>(&widget)) {
            for (int column = 0; column < table->model()->columnCount(); ++column)
                add(widget, u"header"_s, table->model()->headerData(column, Qt::Horizontal).toString());
        }
    }

    QStringList plain() const { return m_plain; }
    int count() const { return m_count; }

private:
    QString m_root;
    QStringList m_plain;
    int m_count = 0;
};

} // namespace

/// That a translation would be seen everywhere, and that English needs none.
class TestTranslated : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void everyTextOfTheWindowIsTranslated();
    void everyTextOfTheSettingsIsTranslated();
    void everyCellThatIsNoNameIsTranslated();
    void theWordsOfTheEngineAreTranslated();
    void theStepsOfTheChainAreTranslated();
    void aCountHasTheFormsOfItsLanguage();
    void englishHasItsFormsByItself();
    void theStatusBarCountsInEnglish();

private:
    std::unique_ptr<QTranslator> m_brackets = std::make_unique<Brackets>();
};

void TestTranslated::init()
{
    const bool isEnglish = QByteArrayView(QTest::currentTestFunction()).contains("nglish");
    if (!isEnglish && !QCoreApplication::installTranslator(m_brackets.get()))
        qFatal("no translator");
}

void TestTranslated::cleanup() { QCoreApplication::removeTranslator(m_brackets.get()); }

void TestTranslated::everyTextOfTheWindowIsTranslated()
{
    ShownWindow bench;
    for (const PageEntry &entry : pageEntries()) {
        bench.action(u"show_"_s + QLatin1StringView(entry.name))->trigger();
        QCoreApplication::processEvents();
    }
    Collected collected(bench.project.root());
    for (QWidget *widget : bench.window.findChildren<QWidget *>()) {
        // The answers of the engine are sentences, in the language in which `nuages why` says them.
        if (widget->objectName() != u"sentence"_s && widget->objectName() != u"whyNotSentence"_s)
            collected.addWidget(*widget);
    }
    for (const QAction *action : bench.window.findChildren<QAction *>()) {
        collected.add(*action, u"text"_s, action->text());
        collected.add(*action, u"tool tip"_s, QString(action->toolTip()).remove(action->shortcut().toString()));
    }
    QVERIFY2(collected.plain().isEmpty(), qPrintable(collected.plain().join(u'\n')));
    QVERIFY2(collected.count() > 500, qPrintable(QString::number(collected.count())));
}

void TestTranslated::everyTextOfTheSettingsIsTranslated()
{
    SettingsDialog dialog{Settings()};
    Collected collected(u"/"_s);
    for (QWidget *widget : dialog.findChildren<QWidget *>())
        collected.addWidget(*widget);
    QVERIFY2(collected.plain().isEmpty(), qPrintable(collected.plain().join(u'\n')));
    QVERIFY(collected.count() > 20);
}

void TestTranslated::everyCellThatIsNoNameIsTranslated()
{
    ShownWindow bench;
    bench.inspection.selection().selectNode(MadeUpProject::idOf(2, MadeUpProject::Tree), bench.project.pathOf(2));
    for (const PageEntry &entry : pageEntries()) {
        bench.action(u"show_"_s + QLatin1StringView(entry.name))->trigger();
        QCoreApplication::processEvents();
    }
    Collected collected(bench.project.root());
    for (const auto *view : bench.window.findChildren<QTableView *>()) {
        const QAbstractItemModel &model = *view->model();
        for (int row = 0; row < model.rowCount(); ++row) {
            for (int column = 0; column < model.columnCount(); ++column) {
                const QString text = model.index(row, column).data().toString();
                const bool isName = text.contains(u".html"_s) || text.contains(u"textDocument/"_s);
                if (!isName)
                    collected.add(*view, u"cell"_s, text);
            }
        }
    }
    QVERIFY2(collected.plain().isEmpty(), qPrintable(collected.plain().join(u'\n')));
    QVERIFY2(collected.count() > 50, qPrintable(QString::number(collected.count())));
}

void TestTranslated::theWordsOfTheEngineAreTranslated()
{
    for (const trace::Outcome outcome : trace::allOutcomes) {
        const QString expected = u'⟦' + QString::fromLatin1(trace::nameOf(outcome)) + u'⟧';
        QCOMPARE(canvas::plainWords(outcome), expected);
        QCOMPARE(models::outcomeText(outcome), expected);
    }
    QCOMPARE(models::notKept(), u"⟦not kept⟧"_s);
    const trace::Store store;
    for (const kinds::Kind &kind : kinds::all()) {
        const QString about = models::aboutKind(store, models::toQString(kind.name));
        QCOMPARE(about, u'⟦' + models::toQString(kind.about) + u'⟧');
    }
}

void TestTranslated::theStepsOfTheChainAreTranslated()
{
    ShownWindow bench;
    auto same = std::make_shared<trace::Batch>(*bench.project.edit(2)); // Its findings come out the same.
    same->executions.back().outcome = trace::Outcome::ExecutedBackdated;
    bench.trace(same);
    Collected collected(bench.project.root());
    const models::WhyChain &chain = bench.inspection.why();
    std::vector<QModelIndex> waiting{{}};
    int details = 0;
    while (!waiting.empty()) {
        const QModelIndex parent = waiting.back();
        waiting.pop_back();
        for (int row = 0; row < chain.rowCount(parent); ++row) {
            waiting.push_back(chain.index(row, 0, parent));
            const QString detail = waiting.back().data(models::DetailRole).toString();
            details += !detail.isEmpty();
            collected.add(chain, u"detail"_s, detail);
        }
    }
    QVERIFY2(collected.plain().isEmpty(), qPrintable(collected.plain().join(u'\n')));
    QVERIFY2(details >= 5, qPrintable(QString::number(details)));
}

void TestTranslated::aCountHasTheFormsOfItsLanguage()
{
    QCoreApplication::removeTranslator(m_brackets.get());
    Forms forms;
    QVERIFY(QCoreApplication::installTranslator(&forms));
    const auto inputs = [](std::uint64_t count) {
        return models::countOf(count, QT_TRANSLATE_N_NOOP("models", "%1 input(s)"));
    };
    QCOMPARE(inputs(1), u"jeden 1"_s);
    QCOMPARE(inputs(2), u"kilka 2"_s);
    QCOMPARE(inputs(2'991), u"wiele 2,991"_s);
    QCOMPARE(inputs(std::uint64_t{1} << 33), u"wiele 8,589,934,592"_s); // More than fits into the number of a form.
}

void TestTranslated::englishHasItsFormsByItself()
{
    const auto inputs = [](std::uint64_t count) {
        return models::countOf(count, QT_TRANSLATE_N_NOOP("models", "%1 input(s)"));
    };
    QCOMPARE(inputs(0), u"0 inputs"_s);
    QCOMPARE(inputs(1), u"1 input"_s);
    QCOMPARE(inputs(2'991), u"2,991 inputs"_s);
    QCOMPARE(models::countOf(1, "%1 event(s) lost"), u"1 event lost"_s);
}

void TestTranslated::theStatusBarCountsInEnglish()
{
    ShownWindow bench;
    bench.link.answerInitialize();
    bench.link.publish(bench.project.pathOf(1), "No tag is called 'nope'", 0);
    QStringList texts;
    for (const QLabel *label : bench.window.findChildren<QLabel *>())
        texts << label->text() + u'|' + label->toolTip() + u'|' + label->accessibleName();
    const QString all = texts.join(u'\n');
    QVERIFY2(all.contains(u"· 1 finding|"_s) || all.contains(u"· 1 finding\n"_s), qPrintable(all));
    static const QRegularExpression wrong(u"\\b1 [a-z]+s\\b(?<!\\bms)"_s);
    QVERIFY2(!wrong.match(all).hasMatch(), qPrintable(wrong.match(all).captured()));
}

NUAGES_TEST(TestTranslated)
#include "tst_translated.moc"
