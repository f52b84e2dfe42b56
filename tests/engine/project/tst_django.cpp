#include "engine/project/django.h"
#include "engine/project/libraries/libraries.h"
#include "engine/project/libraries/taglibrary.h"
#include "engine/source/diskfilesystem.h"
#include "engine/source/files.h"
#include "tests/support/givenproject.h"
#include "tests/support/testmain.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace nuages;

/// Django is the judge: it imports what we only read. NUAGES_TEST_PYTHON and NUAGES_TEST_APPS (with commas) try
/// another interpreter and further applications.
class TestDjango : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void findsDjango();
    void findsTheInstalledLibraries();
    void readsWhatEachLibraryRegisters_data();
    void readsWhatEachLibraryRegisters();
    void knowsTheBodyOfEachOfDjangosTags();

private:
    project::TagLibrary read(const QString &module);

    QTemporaryDir m_folder;
    QJsonObject m_django;
    source::DiskFileSystem m_disk;
    source::Files m_files{m_disk};
    std::unique_ptr<query::Engine> m_engine;
    project::Project m_project;
};

namespace {

const QStringList builtins{QStringLiteral("django.template.defaulttags"),
                           QStringLiteral("django.template.defaultfilters"),
                           QStringLiteral("django.template.loader_tags")};

QStringList texts(const QJsonValue &array)
{
    QStringList result;
    for (const QJsonValue &value : array.toArray())
        result.append(value.toString());
    return result;
}

} // namespace

void TestDjango::initTestCase()
{
    QVERIFY(m_folder.isValid());
    QStringList apps{QStringLiteral("django.contrib.admin"),       QStringLiteral("django.contrib.admindocs"),
                     QStringLiteral("django.contrib.auth"),        QStringLiteral("django.contrib.contenttypes"),
                     QStringLiteral("django.contrib.flatpages"),   QStringLiteral("django.contrib.humanize"),
                     QStringLiteral("django.contrib.messages"),    QStringLiteral("django.contrib.sessions"),
                     QStringLiteral("django.contrib.sites"),       QStringLiteral("django.contrib.staticfiles"),
                     QStringLiteral("django.contrib.syndication"), QStringLiteral("django.contrib.sitemaps")};
    apps += qEnvironmentVariable("NUAGES_TEST_APPS").split(QLatin1Char(','), Qt::SkipEmptyParts);
    const auto write = [&](const char *name, const QString &text) {
        QFile file(m_folder.filePath(QString::fromLatin1(name)));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text.toUtf8());
    };
    write("manage.py", QStringLiteral("import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'site_settings')\n"));
    write("site_settings.py",
          QStringLiteral(
              "SECRET_KEY = 'x'\nSITE_ID = 1\nINSTALLED_APPS = ['%1']\n"
              "DATABASES = {'default': {'ENGINE': 'django.db.backends.sqlite3', 'NAME': ':memory:'}}\n"
              "TEMPLATES = [{'BACKEND': 'django.template.backends.django.DjangoTemplates', 'APP_DIRS': True}]\n%2\n")
              .arg(apps.join(QStringLiteral("', '")), qEnvironmentVariable("NUAGES_TEST_SETTINGS")));

    QProcess python;
    python.setProcessEnvironment(QProcessEnvironment::systemEnvironment());
    python.start(qEnvironmentVariable("NUAGES_TEST_PYTHON", QStringLiteral("python3")),
                 QStringList{QStringLiteral(NUAGES_REGISTERS_SCRIPT), m_folder.path()} + builtins);
    QVERIFY(python.waitForFinished(120'000));
    const QByteArray errors = python.readAllStandardError();
    QVERIFY2(python.exitCode() == 0, errors.constData());
    m_django = QJsonDocument::fromJson(python.readAllStandardOutput()).object();
    for (auto failed = m_django.value(QLatin1StringView("failed")).toObject(); const QString &module : failed.keys())
        qWarning("%s: %s", qPrintable(module), qPrintable(failed.value(module).toString()));

    m_engine = std::make_unique<query::Engine>();
    m_engine->attach(m_files);
    m_project = openProject(*m_engine,
                            givenAt(QDir(m_folder.path()).canonicalPath().toStdString(),
                                    {m_django.value(QLatin1StringView("packages")).toString().toStdString()}));
}

void TestDjango::findsDjango()
{
    query::Reader db(m_engine->ticket());
    const auto &django = db.get<project::FindDjango>(m_project);
    QVERIFY(django);
    QCOMPARE(QString::fromStdString(django->version), m_django.value(QLatin1StringView("version")).toString());
}

void TestDjango::findsTheInstalledLibraries()
{
    QMap<QString, QString> expected;
    const QJsonObject installed = m_django.value(QLatin1StringView("installed")).toObject();
    for (const QString &name : installed.keys())
        expected[name] = installed.value(name).toString();

    query::Reader db(m_engine->ticket());
    const project::LibraryInventory &inventory = db.get<project::Libraries>(m_project);
    QMap<QString, QString> found;
    for (const project::Library &library : inventory.libraries)
        found[QString::fromStdString(library.name)] = QString::fromStdString(library.modules.front().module);
    QCOMPARE(found, expected);
    QVERIFY(inventory.open.empty());
    QCOMPARE(inventory.builtins.size(), std::size_t(3));
}

project::TagLibrary TestDjango::read(const QString &module)
{
    query::Reader db(m_engine->ticket());
    const project::LibraryInventory &inventory = db.get<project::Libraries>(m_project);
    for (const project::LibraryModule &builtin : inventory.builtins) {
        if (builtin.module == module.toStdString())
            return db.get<project::TagLibraryFacts>(m_project, builtin.file);
    }
    for (const project::Library &library : inventory.libraries) {
        if (library.modules.front().module == module.toStdString())
            return db.get<project::TagLibraryFacts>(m_project, library.modules.front().file);
    }
    return {};
}

void TestDjango::readsWhatEachLibraryRegisters_data()
{
    QTest::addColumn<QString>("module");
    QTest::addColumn<QStringList>("tags");
    QTest::addColumn<QStringList>("filters");

    const QJsonObject libraries = m_django.value(QLatin1StringView("libraries")).toObject();
    for (const QString &module : libraries.keys()) {
        const QJsonObject names = libraries.value(module).toObject();
        QTest::newRow(qPrintable(module)) << module << texts(names.value(QLatin1StringView("tags")))
                                          << texts(names.value(QLatin1StringView("filters")));
    }
}

void TestDjango::readsWhatEachLibraryRegisters()
{
    QFETCH(QString, module);
    QFETCH(QStringList, tags);
    QFETCH(QStringList, filters);

    const project::TagLibrary library = read(module);
    QStringList foundTags;
    for (const project::TagFact &tag : library.tags)
        foundTags.append(QString::fromStdString(tag.name));
    QStringList foundFilters;
    for (const project::FilterFact &filter : library.filters)
        foundFilters.append(QString::fromStdString(filter.name));
    for (const project::OpenReason &reason : library.open)
        qInfo("open: %s:%u: %s", reason.file.c_str(), reason.line, reason.why.c_str());
    if (qEnvironmentVariableIsSet("NUAGES_TEST_SHAPES")) {
        for (const project::TagFact &tag : library.tags) {
            if (tag.shape.body == templates::TagShape::Body::Unknown)
                qInfo("unknown body: %s", tag.name.c_str());
        }
    }
    QCOMPARE(foundTags, tags);
    QCOMPARE(foundFilters, filters);
    if (module.startsWith(QLatin1StringView("django.")))
        QVERIFY(library.open.empty());
}

void TestDjango::knowsTheBodyOfEachOfDjangosTags()
{
    for (const QString &module : m_django.value(QLatin1StringView("libraries")).toObject().keys()) {
        for (const project::TagFact &tag : read(module).tags) {
            if (tag.module.starts_with("django."))
                QVERIFY2(tag.shape.body != templates::TagShape::Body::Unknown, tag.name.c_str());
        }
    }
}

NUAGES_TEST(TestDjango)
#include "tst_django.moc"
