#include "tests/protocol/demo.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <QDir>
#include <QFile>
#include <QSaveFile>
#include <QUrl>

namespace json = boost::json;

namespace nuages::tests {

namespace {

void copy(const QDir &from, const QDir &to)
{
    for (const QFileInfo &entry : from.entryInfoList(QDir::AllEntries | QDir::NoDotAndDotDot)) {
        const QString target = to.filePath(entry.fileName());
        if (entry.isDir()) {
            to.mkdir(entry.fileName());
            copy(QDir(entry.filePath()), QDir(target));
        } else {
            QFile::copy(entry.filePath(), target);
        }
    }
}

} // namespace

Demo::Demo() { copy(QDir(QString::fromUtf8(NUAGES_DEMO)), QDir(m_folder.path())); }

std::string Demo::uri(const QString &file) const
{
    return QUrl::fromLocalFile(path() + u'/' + file).toString().toStdString();
}

std::string Demo::text(const QString &file) const
{
    QFile opened(path() + u'/' + file);
    return opened.open(QIODevice::ReadOnly) ? opened.readAll().toStdString() : std::string();
}

void Demo::write(const QString &file, std::string_view text) const
{
    QFile old(path() + u'/' + file);
    old.setPermissions(old.permissions() | QFile::WriteUser); // the copy of a read-only tree
    QSaveFile written(old.fileName());
    if (written.open(QIODevice::WriteOnly)) {
        written.write(text.data(), qint64(text.size()));
        written.commit();
    }
}

json::value Demo::initializeParams(std::string_view encoding) const
{
    return {{"processId", nullptr},
            {"rootUri", uri({})},
            {"capabilities",
             {{"general", {{"positionEncodings", {encoding}}}},
              {"textDocument",
               {{"publishDiagnostics", {{"relatedInformation", true}, {"versionSupport", true}}},
                {"hover", {{"contentFormat", {"markdown"}}}},
                {"documentSymbol", {{"hierarchicalDocumentSymbolSupport", true}}}}}}}};
}

json::value openParams(std::string_view uri, std::string_view text)
{
    return {{"textDocument", {{"uri", uri}, {"languageId", "django-html"}, {"version", 1}, {"text", text}}}};
}

json::value replaceAll(std::string_view uri, int version, std::string_view text)
{
    return {{"textDocument", {{"uri", uri}, {"version", version}}}, {"contentChanges", {{{"text", text}}}}};
}

json::value at(std::string_view uri, int line, int character)
{
    return {{"textDocument", {{"uri", uri}}}, {"position", {{"line", line}, {"character", character}}}};
}

json::value replaceIn(std::string_view uri, int version, int line, int from, int to, std::string_view text)
{
    const json::value range = {{"start", {{"line", line}, {"character", from}}},
                               {"end", {{"line", line}, {"character", to}}}};
    return {{"textDocument", {{"uri", uri}, {"version", version}}},
            {"contentChanges", {{{"range", range}, {"text", text}}}}};
}

} // namespace nuages::tests
