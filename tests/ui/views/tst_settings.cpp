#include "tests/support/testmain.h"
#include "tests/ui/views/madeupproject.h"
#include "tests/ui/views/shownwindow.h"

#include "ui/canvas/graphcanvas.h"
#include "ui/canvas/theme.h"
#include "ui/views/omnibox.h"
#include "ui/views/settings.h"
#include "ui/views/settingsdialog.h"
#include "ui/views/style.h"

#include <QAbstractButton>
#include <QApplication>
#include <QDialogButtonBox>
#include <QLabel>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QStyle>
#include <QTemporaryDir>
#include <QTest>

using namespace nuages;
using namespace nuages::tests;
using namespace nuages::views;
using namespace Qt::StringLiterals;

/// What the user may choose, by keys; and that it holds at once and the next time.
class TestSettings : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void cleanupTestCase();

    void theyAreReachedByTheirKeyAndByName();
    void eachHasANameAndASentence();
    void coloursHoldAtOnce();
    void aFontSizeHoldsAtOnce();
    void motionStops();
    void whatIsChosenIsChosenTheNextTime();
    void whatCannotBeUnderstoodIsAsAtFirst();
    void defaultsComeBack();
    void anEditorsCommandIsFilledIn_data();
    void anEditorsCommandIsFilledIn();
    void whoDoesNotFollowKeepsTheFirstAnswer();

private:
    QTemporaryDir m_folder;
    QString m_nameBefore;
    QPalette m_paletteBefore;
};

namespace {

SettingsDialog &dialogOf(ShownWindow &bench)
{
    bench.window.graph().setFocus();
    pressKey(Qt::Key_Comma, Qt::ControlModifier);
    auto *dialog = bench.window.findChild<SettingsDialog *>();
    if (!dialog || !QTest::qWaitFor([dialog] { return dialog->isAncestorOf(QApplication::focusWidget()); }))
        qFatal("no settings");
    return *dialog;
}

/// By the key of the keyboard that goes from one to the next.
bool goBy(Qt::Key key, const QString &name)
{
    for (int steps = 0; steps < 40; ++steps) {
        if (QApplication::focusWidget()->accessibleName() == name)
            return true;
        pressKey(key);
    }
    return false;
}

} // namespace

void TestSettings::initTestCase()
{
    m_nameBefore = QCoreApplication::organizationName();
    QCoreApplication::setOrganizationName(u"nuages-test-settings"_s);
    QSettings::setDefaultFormat(QSettings::IniFormat);
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_folder.path());
    m_paletteBefore = QApplication::palette();
    apply(Settings(), *qApp);
}

void TestSettings::init() { QSettings().clear(); }

void TestSettings::cleanup() { apply(Settings(), *qApp); }

void TestSettings::cleanupTestCase()
{
    qApp->setStyleSheet({});
    QApplication::setPalette(m_paletteBefore);
    QCoreApplication::setOrganizationName(m_nameBefore);
}

void TestSettings::theyAreReachedByTheirKeyAndByName()
{
    ShownWindow bench;
    SettingsDialog &dialog = dialogOf(bench);
    QVERIFY(dialog.isVisible());
    pressKey(Qt::Key_Escape);
    QVERIFY(!bench.window.findChild<SettingsDialog *>() || !dialog.isVisible());
    const SettingsDialog any{Settings()};
    for (const SettingsDialog::Field &field : any.fields()) {
        bench.window.activateWindow(); // As a window manager does when a dialog is closed.
        QVERIFY(QTest::qWaitFor([&] { return bench.window.isActiveWindow(); }));
        pressKey(Qt::Key_F, Qt::ControlModifier);
        QTest::keyClicks(QApplication::focusWidget(), u">setting: "_s + field.title.toLower());
        pressKey(Qt::Key_Return);
        const auto hasFocus = [&] {
            const QWidget *focused = QApplication::focusWidget();
            return focused && focused->accessibleName() == field.title;
        };
        QVERIFY2(QTest::qWaitFor(hasFocus), qPrintable(field.title));
        pressKey(Qt::Key_Escape);
    }
}

void TestSettings::eachHasANameAndASentence()
{
    SettingsDialog dialog{Settings()};
    QStringList titles;
    for (const SettingsDialog::Field &field : dialog.fields())
        titles << field.title;
    QCOMPARE(titles, SettingsDialog::titles());
    QSet<QString> names;
    for (const SettingsDialog::Field &field : dialog.fields()) {
        QVERIFY(!names.contains(field.title));
        names << field.title;
        QCOMPARE(field.widget->accessibleName(), field.title);
        QVERIFY2(field.widget->accessibleDescription().endsWith(u'.'), qPrintable(field.title));
        QVERIFY(std::ranges::any_of(dialog.findChildren<QLabel *>(), [&](const QLabel *label) {
            return label->text() == field.widget->accessibleDescription();
        }));
    }
    QCOMPARE(names.size(), 9);
}

void TestSettings::coloursHoldAtOnce()
{
    ShownWindow bench;
    const QPalette desktop = QApplication::palette();
    dialogOf(bench);
    QVERIFY(goBy(Qt::Key_Tab, u"Colours"_s));
    const auto theme = [&] { return canvas::Theme::of(bench.window.graph().palette()); };
    for (const canvas::Theme &expected : {canvas::Theme::light(), canvas::Theme::dark()}) {
        pressKey(Qt::Key_Down);
        QVERIFY(theme() == expected);
        QVERIFY(qApp->styleSheet().contains(expected.accent.name()));
    }
    pressKey(Qt::Key_Down);
    QCOMPARE(theme().kind, canvas::Theme::Kind::HighContrast);
    QCOMPARE(theme().panel, QColor(Qt::white));
    pressKey(Qt::Key_Home);
    QCOMPARE(theme().kind, canvas::Theme::Kind::Light);
    QCOMPARE(QApplication::palette().color(QPalette::Window), desktop.color(QPalette::Window));
}

void TestSettings::aFontSizeHoldsAtOnce()
{
    ShownWindow bench;
    const int row = bench.table(u"files"_s)->rowHeight(0);
    const double points = bench.window.font().pointSizeF();
    dialogOf(bench);
    QVERIFY(goBy(Qt::Key_Tab, u"Font size"_s));
    pressKey(Qt::Key_A, Qt::ControlModifier);
    QTest::keyClicks(QApplication::focusWidget(), u"27"_s);
    pressKey(Qt::Key_Tab);
    QCoreApplication::processEvents();
    QStringList small;
    for (const QWidget *widget : bench.window.findChildren<QWidget *>()) {
        if (widget->isVisible() && widget->font().pointSizeF() < 20 && widget->font().pixelSize() < 0)
            small << QLatin1StringView(widget->metaObject()->className()) + u' ' + widget->objectName();
    }
    QCOMPARE(small.join(u", "_s), QString());
    QVERIFY(bench.table(u"files"_s)->rowHeight(0) > row + 8);
    bench.window.findChild<SettingsDialog *>()->goTo(u"Font size"_s);
    pressKey(Qt::Key_A, Qt::ControlModifier);
    QTest::keyClicks(QApplication::focusWidget(), u"5"_s); // Below the least.
    pressKey(Qt::Key_Tab);
    QCoreApplication::processEvents();
    QCOMPARE(Settings::load().fontSize, 0);
    QCOMPARE(bench.window.font().pointSizeF(), points);
    QCOMPARE(bench.table(u"files"_s)->rowHeight(0), row);
}

void TestSettings::motionStops()
{
    ShownWindow bench;
    const int flash = QApplication::cursorFlashTime();
    QVERIFY(flash > 0 && bench.window.isAnimated());
    dialogOf(bench);
    QVERIFY(goBy(Qt::Key_Tab, u"Motion"_s));
    pressKey(Qt::Key_Space);
    QCOMPARE(QApplication::cursorFlashTime(), 0);
    QVERIFY(!bench.window.isAnimated());
    QVERIFY(!QApplication::isEffectEnabled(Qt::UI_FadeMenu));
    QCOMPARE(QApplication::style()->styleHint(QStyle::SH_Widget_Animation_Duration), 0);
    pressKey(Qt::Key_Space);
    QCOMPARE(QApplication::cursorFlashTime(), flash);
    QVERIFY(bench.window.isAnimated());
    QVERIFY(QApplication::style()->styleHint(QStyle::SH_Widget_Animation_Duration) > 0);
}

void TestSettings::whatIsChosenIsChosenTheNextTime()
{
    Settings chosen;
    {
        ShownWindow bench;
        QSignalSpy told(&bench.window, &MainWindow::settingsChanged);
        dialogOf(bench);
        QVERIFY(goBy(Qt::Key_Tab, u"Follow at the start"_s));
        pressKey(Qt::Key_Space);
        QVERIFY(goBy(Qt::Key_Tab, u"Editor"_s));
        QTest::keyClicks(QApplication::focusWidget(), u"kate -l %l"_s);
        QVERIFY(goBy(Qt::Key_Tab, u"Record"_s));
        pressKey(Qt::Key_Space);
        QVERIFY(goBy(Qt::Key_Tab, u"Size of a session"_s));
        pressKey(Qt::Key_Up);
        QVERIFY(goBy(Qt::Key_Tab, u"Size of all sessions"_s));
        pressKey(Qt::Key_Down);
        QVERIFY(goBy(Qt::Key_Tab, u"Folder of sessions"_s));
        QTest::keyClicks(QApplication::focusWidget(), u"/var/sessions"_s);
        QVERIFY(told.size() >= 6);
        chosen = told.last().first().value<Settings>();
    }
    const Settings wanted{.followsAtStart = false,
                          .editor = u"kate -l %l"_s,
                          .records = false,
                          .sessionMegabytes = 513,
                          .allMegabytes = 2047,
                          .sessionFolder = u"/var/sessions"_s};
    QVERIFY(chosen == wanted);
    QVERIFY(Settings::load() == wanted);
}

void TestSettings::whatCannotBeUnderstoodIsAsAtFirst()
{
    QSettings file;
    file.setValue("settings/fontSize", 4000);
    file.setValue("settings/sessionMegabytes", -1);
    file.setValue("settings/allMegabytes", u"much"_s);
    file.setValue("settings/colours", u"mauve"_s);
    Settings first;
    first.colours = u"mauve"_s; // Which themeFor() takes for none.
    QVERIFY(Settings::load() == first);
    apply(Settings::load(), *qApp);
    QVERIFY(canvas::Theme::of(QApplication::palette()).kind != canvas::Theme::Kind::HighContrast);
}

void TestSettings::defaultsComeBack()
{
    Settings{.colours = u"dark"_s, .moves = false, .allMegabytes = 9}.save();
    ShownWindow bench;
    bench.window.setSettings(Settings::load());
    SettingsDialog &dialog = dialogOf(bench);
    QCOMPARE(dialog.settings().allMegabytes, 9);
    auto *restore = dialog.findChild<QDialogButtonBox *>()->button(QDialogButtonBox::RestoreDefaults);
    for (int steps = 0; steps < 20 && QApplication::focusWidget() != restore; ++steps)
        pressKey(Qt::Key_Tab);
    QCOMPARE(QApplication::focusWidget(), restore);
    pressKey(Qt::Key_Space);
    QVERIFY(dialog.settings() == Settings());
    QVERIFY(Settings::load() == Settings());
}

void TestSettings::anEditorsCommandIsFilledIn_data()
{
    QTest::addColumn<QString>("command");
    QTest::addColumn<QString>("file");
    QTest::addColumn<QStringList>("words");
    QTest::newRow("none") << QString() << u"/a.html"_s << QStringList();
    QTest::newRow("blanks") << u"  "_s << u"/a.html"_s << QStringList();
    QTest::newRow("the file comes last") << u"kate"_s << u"/a.html"_s << QStringList{u"kate"_s, u"/a.html"_s};
    QTest::newRow("line and file") << u"kate --line %l %f"_s << u"/a b.html"_s
                                   << QStringList{u"kate"_s, u"--line"_s, u"7"_s, u"/a b.html"_s};
    QTest::newRow("in one word") << u"code --goto %f:%l"_s << u"/a.html"_s
                                 << QStringList{u"code"_s, u"--goto"_s, u"/a.html:7"_s};
    QTest::newRow("quoted") << u"\"my editor\" +%l"_s << u"/a.html"_s
                            << QStringList{u"my editor"_s, u"+7"_s, u"/a.html"_s};
    QTest::newRow("a file that is called like a line")
        << u"ed %f %l"_s << u"/%l%f.html"_s << QStringList{u"ed"_s, u"/%l%f.html"_s, u"7"_s};
}

void TestSettings::anEditorsCommandIsFilledIn()
{
    QFETCH(const QString, command);
    QFETCH(const QString, file);
    QFETCH(const QStringList, words);
    QCOMPARE(commandFor(command, file, 7), words);
}

void TestSettings::whoDoesNotFollowKeepsTheFirstAnswer()
{
    MadeUpProject project;
    models::Inspection inspection(project.root());
    FakeLink link;
    MainWindow window(inspection, link, project.root());
    window.setSettings({.followsAtStart = false});
    const auto trace = [&](const std::shared_ptr<const trace::Batch> &batch) {
        Q_EMIT link.traced(batch);
        inspection.refresh();
    };
    trace(project.first());
    const quint32 first = inspection.selection().spot().node;
    QVERIFY(first != 0);
    trace(project.edit(2));
    QCOMPARE(inspection.selection().spot().node, first);
    window.show();
    window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    window.graph().setFocus();
    pressKey(Qt::Key_Escape); // From here on it follows.
    trace(project.edit(0));
    trace(project.edit(2));
    QCOMPARE(inspection.selection().spot().node, MadeUpProject::idOf(2, MadeUpProject::Findings));
}

NUAGES_TEST(TestSettings)
#include "tst_settings.moc"
