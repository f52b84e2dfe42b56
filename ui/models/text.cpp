#include "ui/models/text.h"

#include "engine/trace/store.h"
#include "engine/trace/words.h"

#include <QLocale>

#include <algorithm>
#include <array>

namespace nuages::models {

namespace {

/// The words of every kind of the program, in the order of their columns: what is read stands before what reads it.
struct KindWords {
    std::string_view kind;
    const char *about;
};
constexpr std::array kindWords = {
    KindWords{"File", "input"},
    KindWords{"GivenData", "input"},
    KindWords{"Listing", "files of a folder"},
    KindWords{"SourceText", "text"},
    KindWords{"Lines", "where lines begin"},
    KindWords{"Template", "parse"},
    KindWords{"TemplateFacts", "exported names"},
    KindWords{"Partials", "partials of a file"},
    KindWords{"MayDefinePartial", "has it this partial"},
    KindWords{"PythonModule", "parse"},
    KindWords{"ModuleOutline", "parse without bodies"},
    KindWords{"HiddenFunction", "one function's body"},
    KindWords{"ManageFolder", "where manage.py is"},
    KindWords{"ConfigurationFile", "[tool.nuages]"},
    KindWords{"ProjectConfiguration", "what is configured"},
    KindWords{"SitePackages", "where packages are"},
    KindWords{"SettingsModule", "which module"},
    KindWords{"SettingsNamedIn", "as manage.py says"},
    KindWords{"RootAbove", "whose project"},
    KindWords{"RootsBelow", "projects of a folder"},
    KindWords{"Settings", "of the project"},
    KindWords{"SearchPath", "where imports look"},
    KindWords{"FindDjango", "which version"},
    KindWords{"BindsRegister", "is it a library"},
    KindWords{"TakesBuiltinRegister", "adds to builtins"},
    KindWords{"RegisterHome", "whose register"},
    KindWords{"ResolveApp", "one installed app"},
    KindWords{"InstalledApps", "in their order"},
    KindWords{"TagModules", "of a package"},
    KindWords{"TemplateChanges", "what apps change"},
    KindWords{"Engines", "whose template it is"},
    KindWords{"TagLibraryPlaces", "where tags are"},
    KindWords{"Libraries", "what can be loaded"},
    KindWords{"TakenRegisters", "shared registers"},
    KindWords{"LibraryParts", "modules of a library"},
    KindWords{"ReadTagLibrary", "what is registered"},
    KindWords{"TagLibraryFacts", "tags and filters"},
    KindWords{"BuiltinLibraries", "without a load"},
    KindWords{"LibraryNames", "all tags to load"},
    KindWords{"LoadableLibrary", "what a load finds"},
    KindWords{"CloseLibrary", "what was meant"},
    KindWords{"TemplateDirectories", "where loaders look"},
    KindWords{"FindTemplate", "file of a name"},
    KindWords{"TemplateNames", "names of a file"},
    KindWords{"FindPartNames", "parts of a template"},
    KindWords{"TemplatesIn", "of a folder"},
    KindWords{"ProjectTemplates", "all templates"},
    KindWords{"TemplateList", "all names"},
    KindWords{"JudgedAs", "is it checked"},
    KindWords{"Ancestry", "extends chain"},
    KindWords{"Scope", "libraries in force"},
    KindWords{"DeclaredDependencies", "of the package"},
    KindWords{"PackageApps", "of the package"},
    KindWords{"UninstalledApp", "is its app missing"},
    KindWords{"TagProviders", "who has this tag"},
    KindWords{"FilterProviders", "who has this filter"},
    KindWords{"IsStopWord", "ends a block"},
    KindWords{"ProjectOpenness", "what is not known"},
    KindWords{"TemplateOpenness", "what is not known"},
    KindWords{"Structure", "how tags nest"},
    KindWords{"Diagnostics", "what the editor sees"},
};

const KindWords *wordsOf(std::string_view kind)
{
    const auto *words = std::ranges::find(kindWords, kind, &KindWords::kind);
    return words == kindWords.end() ? nullptr : words;
}

} // namespace

QString toQString(std::string_view text) { return QString::fromUtf8(text.data(), qsizetype(text.size())); }

QString timeText(std::uint64_t ns)
{
    if (ns == 0)
        return QStringLiteral("–");
    const double ms = double(ns) / 1e6;
    if (ms >= 1000)
        return QStringLiteral("%1 s").arg(ms / 1000, 0, 'f', 1);
    return QStringLiteral("%1 ms").arg(ms, 0, 'f', ms < 0.1 ? 3 : ms < 10 ? 2 : ms < 100 ? 1 : 0);
}

QString notKept() { return QString::fromLatin1(trace::notKept); }

QString outcomeText(std::optional<trace::Outcome> outcome)
{
    return outcome ? QString::fromUtf8(trace::nameOf(*outcome)) : notKept();
}

QString countText(std::uint64_t count)
{
    QLocale locale = QLocale::c();
    locale.setNumberOptions(QLocale::DefaultNumberOptions);
    return locale.toString(qulonglong(count));
}

QString countOf(std::uint64_t count, const QString &noun)
{
    return countText(count) + u' ' + noun + (count == 1 ? QString() : QStringLiteral("s"));
}

QString nameOf(trace::Durability durability)
{
    switch (durability) {
    case trace::Durability::Low:
        return QStringLiteral("low");
    case trace::Durability::Medium:
        return QStringLiteral("medium");
    case trace::Durability::High:
        return QStringLiteral("high");
    }
    return {};
}

QString nameOf(const trace::Store &store, trace::NodeId node)
{
    return node == 0 ? QString() : toQString(trace::nameOf(store.node(node)));
}

QString shownPath(const trace::Store &store, std::string_view path)
{
    const trace::FileRecord *file = store.file(path);
    return toQString(file && !file->shown.empty() ? std::string_view(file->shown) : path);
}

QString aboutKind(const trace::Store &store, const QString &kind)
{
    const QByteArray name = kind.toUtf8();
    const std::string_view view(name.constData(), std::size_t(name.size()));
    const auto known = std::ranges::find(store.kinds(), view, &trace::KindTotal::kind);
    if (known != store.kinds().end() && known->isInput)
        return QStringLiteral("input");
    const KindWords *words = wordsOf(view);
    return words ? QString::fromLatin1(words->about) : QString();
}

std::optional<int> placeOfKind(std::string_view kind)
{
    const KindWords *words = wordsOf(kind);
    return words ? std::optional(int(words - kindWords.data())) : std::nullopt;
}

QString labelOf(const trace::Store &store, const trace::RevisionRecord &revision)
{
    if (revision.label.empty())
        return QStringLiteral("revision %1").arg(revision.revision);
    QString label = toQString(revision.label);
    label = label.mid(label.lastIndexOf(u'/') + 1);
    if (label == u"lookAgain")
        label = QStringLiteral("disk");
    if (!revision.inputs.empty()) {
        const trace::Node &input = store.node(revision.inputs.front());
        if (!input.file.empty())
            label += u' ' + shownPath(store, input.file);
    }
    return label;
}

} // namespace nuages::models
