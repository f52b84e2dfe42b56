#include "tests/engine/project/settings/settingscases.h"
#include "tests/support/testmain.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace nuages::tests;

namespace {

/// Runs settings.py as Django would and prints the facts in the words of SettingsWorld. One case a line on stdin: the
/// folder that holds "project" and "site".
constexpr const char *judge = R"(
import contextlib, importlib, io, os, sys
django = 'django.template.backends.django.DjangoTemplates'
def words(root, label, values):
    values = [os.path.normpath(str(v)).replace(root + '/project/', '').replace(root, '') for v in values]
    if values:
        print(label + ':', *values)
def facts(root):
    sys.path[:0] = [root + '/project', root + '/site']
    os.chdir(root + '/project')
    known = set(sys.modules)
    with contextlib.redirect_stdout(io.StringIO()):
        settings = importlib.import_module('settings')
    words(root, 'apps', getattr(settings, 'INSTALLED_APPS', []))
    for i, engine in enumerate(getattr(settings, 'TEMPLATES', [])):
        options = engine.get('OPTIONS', {})
        if i or engine['BACKEND'] != django:
            print('engine:', engine['BACKEND'])
        words(root, 'dirs', [os.path.abspath(d) for d in engine.get('DIRS', [])])
        words(root, 'app_dirs', ['yes'] if engine.get('APP_DIRS') else [])
        words(root, 'libraries', ['%s=%s' % l for l in options.get('libraries', {}).items()])
        words(root, 'builtins', options.get('builtins', []))
        def flat(loaders):
            for l in loaders:
                path, *rest = [l] if isinstance(l, str) else l
                if 'cached' in path:
                    yield from flat(rest[0])
                elif 'locmem' in path:
                    yield path + '<' + next(iter(rest[0])) + '>'
                else:
                    yield path + ''.join('[' + d + ']' for d in (rest[0] if rest else []))
        words(root, 'loaders', flat(options.get('loaders', [])))
    for name in set(sys.modules) - known:
        file = getattr(sys.modules[name], '__file__', None) or ''
        if file.startswith(root) or not file:
            del sys.modules[name]
    del sys.path[:2]
    importlib.invalidate_caches()
for line in sys.stdin:
    facts(line.strip())
    print('--')
)";

void writeFile(const QString &path, std::string_view text)
{
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(text.data(), static_cast<qint64>(text.size()));
}

} // namespace

class TestSettingsPython : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void agreesWithPythonWhereAllIsReadable();
};

void TestSettingsPython::agreesWithPythonWhereAllIsReadable()
{
    QTemporaryDir dir;
    QByteArray roots;
    std::vector<const SettingsCase *> rows;
    for (const SettingsCase &row : settingsCases()) {
        if (!row.isReadable())
            continue;
        const QString root = dir.filePath(QString::number(rows.size()));
        writeFile(root + QStringLiteral("/site/django/__init__.py"), "VERSION = (4, 2, 0, 'final', 0)\n");
        writeFile(root + QStringLiteral("/site/django/conf/__init__.py"), "");
        writeFile(root + QStringLiteral("/site/django/conf/global_settings.py"), "LANGUAGES = [('en', 'English')]\n");
        writeFile(root + QStringLiteral("/project/settings.py"), row.settings);
        for (const auto &[path, text] : row.files)
            writeFile(root + QLatin1Char('/') + QString::fromUtf8(path.data(), static_cast<qsizetype>(path.size())),
                      text);
        roots += root.toUtf8() + '\n';
        rows.push_back(&row);
    }
    QVERIFY(rows.size() >= 40);

    QProcess python;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("SET"), QStringLiteral("set_here"));
    environment.insert(QStringLiteral("PYTHONDONTWRITEBYTECODE"), QStringLiteral("1"));
    environment.remove(QStringLiteral("MODE"));
    python.setProcessEnvironment(environment);
    python.start(QStringLiteral("python3"), {QStringLiteral("-c"), QString::fromUtf8(judge)});
    python.write(roots);
    python.closeWriteChannel();
    QVERIFY(python.waitForFinished(60'000));
    QVERIFY2(python.exitCode() == 0, python.readAllStandardError().constData());

    const QList<QByteArray> answers = python.readAllStandardOutput().split('\n');
    qsizetype line = 0;
    for (const SettingsCase *row : rows) {
        QByteArray facts;
        for (; answers[line] != "--"; ++line)
            facts += answers[line] + '\n';
        ++line;
        QVERIFY2(facts.toStdString() == row->facts,
                 (std::string(row->name) + "\npython: " + facts.toStdString() + "table:  " + std::string(row->facts))
                     .c_str());
    }
}

NUAGES_TEST(TestSettingsPython)
#include "tst_settingspython.moc"
