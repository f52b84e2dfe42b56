#include "tests/support/testmain.h"
#include "tests/ui/inspector/inspectorrun.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

using namespace nuages::tests;
using namespace Qt::StringLiterals;

namespace {

constexpr int openedPages = 40; // of every project

bool writeFile(const QString &path, const QByteArray &text)
{
    QFile file(path);
    return QDir().mkpath(path.section(u'/', 0, -2)) && file.open(QIODevice::WriteOnly)
        && file.write(text) == text.size();
}

QString pageName(int page) { return u"templates/page%1.html"_s.arg(page, 4, 10, QChar(u'0')); }

/// A project of `pages`, each of which extends one base template that includes them all.
bool writeProject(const QString &folder, int pages)
{
    QByteArray base = "<main>{% block content %}{% endblock %}</main>\n";
    bool isWritten = writeFile(folder + u"/manage.py"_s,
                               "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'site1.settings')\n")
        && writeFile(folder + u"/site1/__init__.py"_s, {})
        && writeFile(folder + u"/site1/settings.py"_s,
                     "from pathlib import Path\n"
                     "BASE_DIR = Path(__file__).resolve().parent.parent\n"
                     "INSTALLED_APPS = []\n"
                     "TEMPLATES = [{'BACKEND': 'django.template.backends.django.DjangoTemplates',\n"
                     "              'DIRS': [BASE_DIR / 'templates'], 'APP_DIRS': True}]\n");
    for (int page = 0; page < pages && isWritten; ++page) {
        const QByteArray number = QByteArray::number(page);
        isWritten = writeFile(folder + u'/' + pageName(page),
                              "{% extends 'base.html' %}\n{% block content %}page " + number
                                  + " {{ title|upper }}{% endblock %}\n");
        base += "{% include 'page" + number.rightJustified(4, '0') + ".html' %}\n";
    }
    return isWritten && writeFile(folder + u"/templates/base.html"_s, base);
}

/// Opens what the project's editor would have open, then types a comment and a block into the base template.
QByteArray script(int opened)
{
    QJsonArray steps;
    for (int page = 0; page < opened; ++page)
        steps.append(QJsonObject{{u"open"_s, pageName(page)}});
    steps.append(QJsonObject{{u"open"_s, u"templates/base.html"_s}});
    steps.append(QJsonObject{{u"select"_s, u"TemplateFacts(templates/base.html)"_s}});
    steps.append(QJsonObject{{u"forget"_s, u"figures"_s}});
    steps.append(QJsonObject{{u"type"_s, u"{# a note #}"_s}, {u"at"_s, u"end"_s}});
    steps.append(QJsonObject{{u"paste"_s, u"{% block more %}{% endblock %}"_s}, {u"at"_s, u"end"_s}});
    return QJsonDocument(QJsonObject{{u"steps"_s, steps}}).toJson();
}

/// What the window was in after the script; empty if it could not be played.
QJsonObject stateAfterTyping(int pages)
{
    QTemporaryDir scratch;
    const QString project = scratch.filePath(u"site"_s);
    const QString steps = scratch.filePath(u"steps.json"_s);
    const QString dump = scratch.filePath(u"state.json"_s);
    if (!writeProject(project, pages) || !writeFile(steps, script(openedPages)))
        return {};
    const InspectorRun run = runInspector({project, u"--script"_s, steps, u"--dump-state"_s, dump}, scratch.path());
    if (run.exitCode != 0)
        qWarning("%s", run.err.constData());
    return objectIn(dump, project);
}

} // namespace

/// The window over projects of any size. Nothing is timed here; `./dev bench window` does that.
class TestLargeProject : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatATickTellsDependsOnTheScreenAndNotOnTheProject_data();
    void whatATickTellsDependsOnTheScreenAndNotOnTheProject();
};

void TestLargeProject::whatATickTellsDependsOnTheScreenAndNotOnTheProject_data()
{
    QTest::addColumn<int>("pages");
    QTest::newRow("50 templates") << 50;
    QTest::newRow("1,000 templates") << 1000;
}

void TestLargeProject::whatATickTellsDependsOnTheScreenAndNotOnTheProject()
{
    QFETCH(const int, pages);
    const QJsonObject state = stateAfterTyping(pages);
    QVERIFY(!state.isEmpty());
    const QJsonObject edits = state[u"edits"_s].toObject();
    QCOMPARE(edits[u"made"_s].toInt(), 13);
    QCOMPARE(edits[u"textsDifferent"_s].toInt(), 0);
    QCOMPARE(state[u"revision"_s].toInt(), 14);
    QVERIFY(state[u"files"_s].toInt() > pages);
    QVERIFY(state[u"figures"_s][u"memos"_s].toInt() > pages);

    const qint64 rows = state[u"onScreen"_s][u"rows"_s].toInteger();
    const qint64 items = state[u"onScreen"_s][u"items"_s].toInteger();
    QVERIFY(rows > 30 && items > 20);
    const auto isBounded = [&](QLatin1StringView what, qint64 bound) {
        const qint64 most = edits[what].toInteger();
        if (most > 0 && most <= bound)
            return true;
        qWarning("%s is %lld, and may be %lld", what.data(), most, bound);
        return false;
    };
    QVERIFY(isBounded("mostRowsAtOnce"_L1, 2 * rows));
    QVERIFY(isBounded("mostPaintedAtOnce"_L1, 4 * items)); // One tick may paint twice, and what was there before.
    QCOMPARE(state[u"models"_s][u"resets"_s].toInteger(-1), 0);

    // What it costs to watch is part of the answer, whatever it is.
    QVERIFY(state[u"figures"_s][u"watchingPercent"_s].isDouble());
    QVERIFY(state[u"figures"_s][u"behindMs"_s].isDouble());
    QCOMPARE(state[u"figures"_s][u"lost"_s].toInteger(-1), 0);
}

NUAGES_TEST(TestLargeProject)
#include "tst_largeproject.moc"
