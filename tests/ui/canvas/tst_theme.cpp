#include "tests/support/testmain.h"
#include "ui/canvas/contrast.h"
#include "ui/canvas/theme.h"

#include <QTest>

using namespace nuages::canvas;
using namespace Qt::StringLiterals;

/// What the themes promise about contrast, computed from their tokens.
class TestTheme : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void contrastOfKnownPairs();
    void textIsReadableOnEveryGround_data() { themes(); }
    void textIsReadableOnEveryGround();
    void glyphsStandOutFromEveryGround_data() { themes(); }
    void glyphsStandOutFromEveryGround();
    void aThemeComesBackFromItsPalette_data() { themes(); }
    void aThemeComesBackFromItsPalette();
    void usualPalettesAreNotHighContrast();
    void palettesOfHighContrastAre_data();
    void palettesOfHighContrastAre();

private:
    static void themes();
};

namespace {

Theme blackAndWhite()
{
    return Theme::of(
        QPalette(Qt::white, Qt::black, Qt::white, Qt::white, Qt::white, Qt::white, Qt::white, Qt::black, Qt::black));
}

std::vector<std::pair<QString, QColor>> grounds(const Theme &theme)
{
    std::vector<std::pair<QString, QColor>> all{
        {u"window"_s, theme.window}, {u"panel"_s, theme.panel}, {u"selection"_s, theme.selection}};
    for (const Outcome outcome : allOutcomes)
        all.emplace_back(plainWords(outcome), theme[outcome].tint);
    return all;
}

QString pair(const QString &name, const QString &ground, double value)
{
    return u"%1 on %2: %3"_s.arg(name, ground).arg(value);
}

} // namespace

void TestTheme::themes()
{
    QTest::addColumn<Theme>("theme");
    QTest::newRow("light") << Theme::light();
    QTest::newRow("dark") << Theme::dark();
    QTest::newRow("high contrast") << blackAndWhite();
}

// Published values: black on white, and the grey that just passes on white.
void TestTheme::contrastOfKnownPairs()
{
    QCOMPARE(contrast(Qt::black, Qt::white), 21.0);
    QCOMPARE(contrast(Qt::white, Qt::white), 1.0);
    QVERIFY(std::abs(contrast(QColor(0x767676), Qt::white) - 4.54) < 0.005);
}

void TestTheme::textIsReadableOnEveryGround()
{
    QFETCH(const Theme, theme);
    QStringList failed;
    for (const auto &[name, ground] : grounds(theme)) {
        for (const auto &[role, colour] : {std::pair(u"text"_s, theme.text), std::pair(u"muted"_s, theme.muted)}) {
            if (const double value = contrast(colour, ground); value < textContrast)
                failed << pair(role, name, value);
        }
    }
    QCOMPARE(failed, QStringList());
}

void TestTheme::glyphsStandOutFromEveryGround()
{
    QFETCH(const Theme, theme);
    QStringList failed;
    for (const QColor &ground : {theme.window, theme.panel}) {
        if (const double value = contrast(theme.edge, ground); value < glyphContrast)
            failed << pair(u"edge"_s, ground.name(), value);
    }
    for (const QColor &ground : {theme.window, theme.panel, theme.selection}) {
        if (const double value = contrast(theme.accent, ground); value < glyphContrast)
            failed << pair(u"accent"_s, ground.name(), value);
        for (const Outcome outcome : allOutcomes) {
            if (const double value = contrast(theme[outcome].ink, ground); value < glyphContrast)
                failed << pair(plainWords(outcome), ground.name(), value);
        }
    }
    for (const Outcome outcome : allOutcomes) {
        const auto &[ink, tint] = theme[outcome];
        if (const double value = contrast(ink, tint); value < glyphContrast)
            failed << pair(plainWords(outcome), tint.name(), value);
    }
    QCOMPARE(failed, QStringList());
}

void TestTheme::aThemeComesBackFromItsPalette()
{
    QFETCH(const Theme, theme);
    QCOMPARE(Theme::of(theme.palette()), theme);
}

void TestTheme::usualPalettesAreNotHighContrast()
{
    const QPalette grey(Qt::black, QColor(0xefefef), Qt::white, Qt::darkGray, Qt::gray, Qt::black, Qt::white, Qt::white,
                        QColor(0xefefef));
    QCOMPARE(Theme::of(grey), Theme::light());
    QCOMPARE(Theme::of(QPalette(QColor(0x202020))), Theme::dark());
}

void TestTheme::palettesOfHighContrastAre_data()
{
    QTest::addColumn<QColor>("window");
    QTest::addColumn<QColor>("base");
    QTest::addColumn<QColor>("text");
    QTest::newRow("white") << QColor(Qt::white) << QColor(Qt::white) << QColor(Qt::black);
    QTest::newRow("black") << QColor(Qt::black) << QColor(Qt::black) << QColor(Qt::white);
    QTest::newRow("nearly white") << QColor(0xfdfdfc) << QColor(Qt::white) << QColor(Qt::black);
    QTest::newRow("nearly black") << QColor(0x0f0f0f) << QColor(Qt::black) << QColor(Qt::white);
    QTest::newRow("yellow on black") << QColor(Qt::black) << QColor(Qt::black) << QColor(0xffff00);
}

void TestTheme::palettesOfHighContrastAre()
{
    QFETCH(const QColor, window);
    QFETCH(const QColor, base);
    QFETCH(const QColor, text);
    QPalette palette(window);
    palette.setColor(QPalette::Base, base);
    palette.setColor(QPalette::WindowText, text);
    const Theme theme = Theme::of(palette);
    QCOMPARE(theme.kind, Theme::Kind::HighContrast);
    QCOMPARE(theme.text, text);
}

NUAGES_TEST(TestTheme)
#include "tst_theme.moc"
