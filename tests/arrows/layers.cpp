#include "tests/arrows/layers.h"

#include <QRegularExpression>

#include <array>
#include <ranges>

using namespace Qt::StringLiterals;

namespace nuages::tests {

namespace {

bool isUnder(const QString &path, const QString &folder) { return path.startsWith(folder + u'/'); }

QString whatIsWrong(const Layer &layer, const QString &folder)
{
    const Layer *other = layerOf(folder);
    if (!other)
        return u"which is in no row of the layer table"_s;
    if (other->folder == layer.folder || layer.below.contains(other->folder))
        return {};
    return u"but the layer table does not let it use %1"_s.arg(other->folder);
}

} // namespace

std::span<const Layer> layers()
{
    static const QStringList syntax = {u"engine/template"_s, u"engine/python"_s, u"engine/source"_s, u"engine/query"_s};
    static const QStringList facts = QStringList{u"engine/project"_s} + syntax;
    static const QStringList analysis = QStringList{u"engine/analysis"_s} + facts;
    static const QStringList engine =
        QStringList{u"engine/ide"_s, u"engine/rules"_s, u"engine/trace"_s, u"engine/cache"_s} + analysis;
    static const std::array table = {
        Layer{u"app"_s,
              QStringList{u"ui/views"_s, u"ui/models"_s, u"ui/canvas"_s, u"ui/link"_s, u"lsp/inspect"_s,
                          u"lsp/server"_s, u"lsp/protocol"_s, u"engine/recording"_s}
                  + engine,
              {u"Qt"_s, u"boost"_s, u"CLI"_s, u"toml++"_s}},
        Layer{u"ui/views"_s,
              {u"ui/canvas"_s, u"ui/models"_s, u"ui/link"_s, u"lsp/protocol"_s, u"engine/trace"_s},
              {u"Qt"_s, u"KSyntaxHighlighting"_s}},
        Layer{u"ui/models"_s, {u"ui/canvas"_s, u"engine/kinds"_s, u"engine/trace"_s}, {u"Qt"_s}},
        Layer{u"ui/canvas"_s, {u"engine/trace"_s}, {u"Qt"_s}},
        Layer{u"ui/link"_s, {u"engine/trace"_s}, {u"Qt"_s}},
        Layer{u"lsp/inspect"_s, {u"engine/trace"_s, u"engine/query"_s}, {}},
        Layer{u"lsp/server"_s, QStringList{u"lsp/protocol"_s} + engine, {u"Qt"_s, u"boost"_s}},
        Layer{u"lsp/protocol"_s, {}, {u"boost"_s}},
        Layer{u"engine/kinds"_s, QStringList{u"engine/ide"_s, u"engine/rules"_s} + analysis, {}},
        Layer{u"engine/ide"_s, analysis, {u"boost"_s}},
        Layer{u"engine/rules"_s, analysis, {u"boost"_s}},
        Layer{u"engine/analysis"_s, facts, {u"boost"_s}},
        Layer{u"engine/project"_s, syntax, {u"boost"_s, u"toml++"_s}},
        Layer{u"engine/template"_s, {u"engine/source"_s, u"engine/query"_s}, {u"boost"_s}},
        Layer{u"engine/python"_s, {u"engine/source"_s, u"engine/query"_s}, {u"boost"_s, u"tree_sitter"_s}},
        Layer{u"engine/source"_s, {u"engine/query"_s}, {u"boost"_s, u"xxhash"_s}},
        Layer{u"engine/recording"_s,
              {u"engine/trace"_s, u"engine/query"_s},
              {u"boost"_s, u"sqlite3"_s, u"zstd"_s, u"xxhash"_s}},
        Layer{u"engine/trace"_s, {u"engine/query"_s}, {u"boost"_s}},
        Layer{u"engine/cache"_s, {u"engine/query"_s}, {u"sqlite3"_s, u"zstd"_s, u"xxhash"_s}},
        Layer{u"engine/query"_s, {}, {}},
    };
    return table;
}

const Layer *layerOf(const QString &path)
{
    const auto row = std::ranges::find_if(
        layers(), [&](const Layer &layer) { return path == layer.folder || isUnder(path, layer.folder); });
    return row == layers().end() ? nullptr : &*row;
}

QString libraryOf(const QString &header)
{
    static const QRegularExpression qt(u"^Q([A-Z][A-Za-z]*|t[A-Z].*)(/.*)?$"_s);
    if (qt.match(header).hasMatch())
        return u"Qt"_s;
    for (const QString &library : {u"boost"_s, u"CLI"_s, u"toml++"_s, u"tree_sitter"_s, u"KSyntaxHighlighting"_s}) {
        if (isUnder(header, library))
            return library;
    }
    for (const QString &library : {u"sqlite3"_s, u"zstd"_s, u"xxhash"_s}) {
        if (header == library + u".h"_s)
            return library;
    }
    return {};
}

QStringList wrongIncludes(const Layer &layer, const QString &source)
{
    static const QRegularExpression include(uR"(^[ \t]*#[ \t]*include[ \t]*(["<])([^">]+)[">])"_s,
                                            QRegularExpression::MultilineOption);
    QStringList wrong;
    for (const auto &match : include.globalMatch(source)) {
        const QString header = match.captured(2);
        if (match.captured(1) == u"<") {
            const QString library = libraryOf(header);
            if (!library.isEmpty() && !layer.outside.contains(library))
                wrong << u"includes <%1>, but the layer table does not let it use %2"_s.arg(header, library);
        } else if (header.contains(u'/')) { // without a folder it is a generated .moc
            const QString why = whatIsWrong(layer, header.section(u'/', 0, -2));
            if (!why.isEmpty())
                wrong << u"includes \"%1\", %2"_s.arg(header, why);
        }
    }
    return wrong;
}

QString declaredTarget(const QString &cmake)
{
    static const QRegularExpression declaration(uR"((?:nuages_layer|add_library)\(\s*(\w+))"_s);
    return declaration.match(cmake).captured(1);
}

QStringList wrongLinks(const Layer &layer, const QString &cmake, const QHash<QString, QString> &folders)
{
    static const QRegularExpression call(uR"((?:nuages_layer|target_link_libraries)\(([^)]*)\))"_s);
    static const QRegularExpression space(uR"(\s+)"_s);
    QStringList words;
    for (const auto &match : call.globalMatch(cmake))
        words += match.captured(1).split(space, Qt::SkipEmptyParts).mid(1); // the first is the target itself
    QStringList wrong;
    for (const QString &word : std::as_const(words)) {
        if (word.startsWith(u"Qt6::") && !layer.outside.contains(u"Qt"_s))
            wrong << u"links %1, but the layer table does not let it use Qt"_s.arg(word);
        if (!folders.contains(word))
            continue;
        const QString why = whatIsWrong(layer, folders.value(word));
        if (!why.isEmpty())
            wrong << u"links %1, %2"_s.arg(word, why);
    }
    return wrong;
}

} // namespace nuages::tests
