#include "tests/editors/editor.h"
#include "tests/support/testmain.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QStandardPaths>
#include <QTest>

using namespace Qt::StringLiterals;

namespace nuages::tests {

/// Neovim edits the demo, and what the window shows of that is held against what was typed.
class TestInspected : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theLastCompletionLeadsBackToItsKeyPress_data();
    void theLastCompletionLeadsBackToItsKeyPress();
};

void TestInspected::theLastCompletionLeadsBackToItsKeyPress_data()
{
    QTest::addColumn<QString>("server");
    QTest::addColumn<QString>("attach");
    QTest::newRow("the inspector is the server")
        << u"\"" NUAGES_INSPECTOR "\" --stdio --dump-state HOME/state.json"_s << QString();
    QTest::newRow("an inspector is attached")
        << QString() << u"\"" NUAGES_INSPECTOR "\" --attach --dump-state HOME/state.json"_s;
}

void TestInspected::theLastCompletionLeadsBackToItsKeyPress()
{
    QFETCH(QString, server);
    QFETCH(QString, attach);
    if (QStandardPaths::findExecutable(u"nvim"_s).isEmpty())
        QSKIP("nvim is not installed");
    qunsetenv("NUAGES_ATTACH");
    if (!attach.isEmpty())
        qputenv("NUAGES_ATTACH", QString(attach).replace(u"HOME"_s, u"$HOME"_s).toUtf8());
    const Editor editor({.program = u"nvim"_s,
                         .arguments = {u"--headless"_s, u"PAGE"_s, u"-S"_s,
                                       u"" NUAGES_SOURCE_FOLDER "/tests/editors/inspected/inspected.lua"_s},
                         .configuration = u"neovim.lua"_s,
                         .place = u".config/nvim/init.lua"_s,
                         .server = server});
    QVERIFY2(editor.fault().isEmpty(), qPrintable(editor.fault()));
    QVERIFY(editor.saw("offered").toInt() > 0);
    QCOMPARE(editor.serverExit(), u"0"_s);
    QCOMPARE(editor.saw("commands").toArray().contains(u"nuages.showInspector"_s), !server.isEmpty());
    if (!attach.isEmpty())
        QCOMPARE(editor.saw("inspector").toInt(-1), 0);

    QFile dump(editor.file(u"state.json"_s));
    QVERIFY(dump.open(QIODevice::ReadOnly));
    const QJsonObject state = QJsonDocument::fromJson(dump.readAll()).object();
    const QJsonObject last = state[u"lastRequests"_s][u"textDocument/completion"_s].toObject();
    QCOMPARE(last[u"document"_s].toString(), u"templates/drafts/sale.html"_s);
    QVERIFY(last[u"ms"_s].toDouble() > 0);
    const QJsonArray path = last[u"path"_s].toArray();
    QVERIFY2(path.size() >= 3, qPrintable(QString::fromUtf8(QJsonDocument(last).toJson())));
    QVERIFY2(path[0].toString().contains(u"didChange"), qPrintable(path[0].toString()));
    QVERIFY2(path[1].toString().contains(u"sale.html"), qPrintable(path[1].toString()));
    QVERIFY(state[u"protocol"_s][u"messages"_s][u"> textDocument/completion"_s].toInt() >= 2);
    QVERIFY(state[u"source"_s][u"text"_s].toString().contains(u"{% inclu\n{% fo"));
    QVERIFY(state[u"source"_s][u"isReadOnly"_s].toBool());
}

} // namespace nuages::tests

using nuages::tests::TestInspected;
NUAGES_TEST(TestInspected)
#include "tst_inspected.moc"
