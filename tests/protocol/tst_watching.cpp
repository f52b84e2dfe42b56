#include "tests/protocol/demo.h"
#include "tests/protocol/serveclient.h"
#include "tests/support/testmain.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <QTest>

#include <filesystem>
#include <fstream>
#include <string>

using namespace nuages::tests;
using namespace Qt::StringLiterals;
namespace fs = std::filesystem;
namespace json = boost::json;

namespace {

/// Another program changes the demo project, which is in the current folder.
using Change = void (*)(const fs::path &project);

void write(const fs::path &file, std::string_view text, std::ios::openmode how = std::ios::trunc)
{
    fs::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary | how) << text;
}

const char *const newTag = "\n\n@register.simple_tag\ndef brand_new():\n    return 1\n";

} // namespace

/// The server under a client that tells nothing of the disk and can watch nothing for it, as Neovim on Linux.
class TestWatching : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatOthersDoIsSeen_data();
    void whatOthersDoIsSeen();
    void whatOthersDoManyTimesIsSeen();
};

void TestWatching::whatOthersDoIsSeen_data()
{
    QTest::addColumn<Change>("prepare");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<Change>("change");
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");

    const Change nothing = [](const fs::path &) { };
    const QByteArray missing = "missing-template";
    const QByteArray part = "{% include \"parts/new.html\" %}\n";
    const QByteArray messages = "{% include \"includes/messages.html\" %}\n";
    const QByteArray price = "{% include \"catalog/includes/price.html\" %}\n";
    const QByteArray tag = "{% load catalog_tags %}{% brand_new %}\n";

    QTest::newRow("a file in a new folder") << nothing << part << Change([](const fs::path &project) {
        write(project / "templates/parts/new.html", "new");
    }) << missing << QByteArray();
    QTest::newRow("a file deleted") << nothing << messages << Change([](const fs::path &project) {
        fs::remove(project / "templates/includes/messages.html");
    }) << QByteArray() << missing;
    QTest::newRow("a file renamed") << nothing << messages << Change([](const fs::path &project) {
        fs::rename(project / "templates/includes/messages.html", project / "templates/includes/other.html");
    }) << QByteArray() << missing;
    QTest::newRow("a file that gets the name") << Change([](const fs::path &project) {
        write(project / "templates/parts/old.html", "new");
    }) << part << Change([](const fs::path &project) {
        fs::rename(project / "templates/parts/old.html", project / "templates/parts/new.html");
    }) << missing << QByteArray();
    QTest::newRow("a tag library written in place") << nothing << tag << Change([](const fs::path &project) {
        write(project / "catalog/templatetags/catalog_tags.py", newTag, std::ios::app);
    }) << QByteArray("unknown-tag") << QByteArray();
    QTest::newRow("a tag library written by renaming") << nothing << tag << Change([](const fs::path &project) {
        const fs::path library = project / "catalog/templatetags/catalog_tags.py";
        fs::copy_file(library, library.string() + "~");
        write(library.string() + "~", newTag, std::ios::app);
        fs::rename(library.string() + "~", library);
    }) << QByteArray("unknown-tag") << QByteArray();
    QTest::newRow("a folder renamed") << nothing << messages << Change([](const fs::path &project) {
        fs::rename(project / "templates/includes", project / "templates/elsewhere");
    }) << QByteArray() << missing;
    QTest::newRow("a folder far above renamed") << nothing << price << Change([](const fs::path &project) {
        fs::rename(project / "catalog/templates", project / "catalog/pages");
    }) << QByteArray() << missing;
    QTest::newRow("a folder deleted") << nothing << price << Change([](const fs::path &project) {
        fs::remove_all(project / "catalog/templates/catalog/includes");
    }) << QByteArray() << missing;
    QTest::newRow("a folder moved in") << Change([](const fs::path &project) {
        write(project / "drafts/new.html", "new");
    }) << part << Change([](const fs::path &project) { fs::rename(project / "drafts", project / "templates/parts"); })
                                       << missing << QByteArray();
    QTest::newRow("a file behind a link to its folder") << Change([](const fs::path &project) {
        fs::create_directories(project / "shared");
        fs::create_directory_symlink("../shared", project / "templates/parts");
    }) << part << Change([](const fs::path &project) { write(project / "shared/new.html", "new"); })
                                                        << missing << QByteArray();
    QTest::newRow("a file behind a link to itself") << Change([](const fs::path &project) {
        write(project / "shared/deep/some.html", "new");
        fs::create_directories(project / "templates/parts");
        fs::create_symlink(project / "shared/deep/some.html", project / "templates/parts/new.html");
    }) << part << Change([](const fs::path &project) { fs::rename(project / "shared", project / "gone"); })
                                                    << QByteArray() << missing;
    QTest::newRow("a link between two links led elsewhere") << Change([](const fs::path &project) {
        fs::create_directories(project / "releases/one/parts");
        write(project / "releases/two/parts/new.html", "new");
        fs::create_directory_symlink("one", project / "releases/current");
        fs::create_directory_symlink("../releases/current/parts", project / "templates/parts");
    }) << part << Change([](const fs::path &project) {
        fs::create_directory_symlink("two", project / "releases/next");
        fs::rename(project / "releases/next", project / "releases/current");
    }) << missing << QByteArray();
}

void TestWatching::whatOthersDoIsSeen()
{
    QFETCH(Change, prepare);
    QFETCH(QByteArray, text);
    QFETCH(Change, change);
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, after);
    const Demo demo;
    const fs::path project = demo.path().toStdString();
    prepare(project);
    ServeClient client(Transport::Stdio, demo.path());
    client.request("initialize", demo.initializeParams());
    client.notify("initialized", json::object());
    const std::string page = demo.uri(u"templates/pages/draft.html"_s);
    client.notify("textDocument/didOpen", openParams(page, text.toStdString()));
    QCOMPARE(client.codesOf(page), before.toStdString());
    change(project);
    // Half of a change may be seen on the way.
    std::string codes = client.codesOf(page);
    while (codes != after.toStdString() && codes != "none came")
        codes = client.codesOf(page);
    QCOMPARE(codes, after.toStdString());
    QCOMPARE(client.faults(), std::vector<std::string>());
}

// Each step is there only for the watch that was set after the one before.
void TestWatching::whatOthersDoManyTimesIsSeen()
{
    const Demo demo;
    const fs::path templates = demo.path().toStdString() + "/templates";
    ServeClient client(Transport::Stdio, demo.path());
    client.request("initialize", demo.initializeParams());
    client.notify("initialized", json::object());
    const std::string page = demo.uri(u"templates/pages/draft.html"_s);
    client.notify("textDocument/didOpen", openParams(page, "{% include \"some/new/part.html\" %}\n"));
    QCOMPARE(client.codesOf(page), "missing-template");
    for (int round = 0; round < 3; ++round) {
        write(templates / "some/new/part.html", "part");
        QCOMPARE(client.codesOf(page), "");
        fs::rename(templates / "some", templates / "other");
        QCOMPARE(client.codesOf(page), "missing-template");
        fs::rename(templates / "other", templates / "some");
        QCOMPARE(client.codesOf(page), "");
        fs::remove(templates / "some/new/part.html");
        QCOMPARE(client.codesOf(page), "missing-template");
        fs::remove_all(templates / "some");
    }
}

NUAGES_TEST(TestWatching)
#include "tst_watching.moc"
