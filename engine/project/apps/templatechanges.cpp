#include "engine/project/apps/templatechanges.h"

#include "engine/project/apps/installedapps.h"
#include "engine/project/searchpath.h"
#include "engine/project/settings/settings.h"
#include "engine/python/findmodule.h"
#include "engine/python/outline.h"
#include "engine/python/strings.h"
#include "engine/source/files.h"
#include "engine/source/queries.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>

namespace nuages::project {

namespace {

using python::Field;
using python::Kind;
using python::Node;

/// What the engine's settings are called where they can be changed.
constexpr std::array<std::string_view, 6> handles = {"TEMPLATES",          "template_builtins", "default_builtins",
                                                     "template_libraries", "template_loaders",  "add_to_builtins"};

/// Of which each handle has one: the fewer there are, the sooner a text is searched.
constexpr std::array<std::string_view, 3> traces = {"TEMPLATES", "_builtins", "template_l"};

static_assert(std::ranges::all_of(handles, [](std::string_view handle) {
    return std::ranges::any_of(traces, [handle](std::string_view trace) { return handle.contains(trace); });
}));

constexpr std::array<std::string_view, 9> changes = {"append", "extend", "insert", "update",         "setdefault",
                                                     "pop",    "remove", "clear",  "add_to_builtins"};

/// Functions that change nothing of what they are given.
constexpr std::array<std::string_view, 18> harmless = {"len",  "any",   "all",    "bool", "str",     "repr",
                                                       "list", "tuple", "sorted", "iter", "next",    "enumerate",
                                                       "dict", "print", "copy",   "hash", "getattr", "isinstance"};

std::string_view afterDot(std::string_view dotted) { return dotted.substr(dotted.rfind('.') + 1); } // npos + 1 is 0

/// Follows the statements that run while Django starts, from one module on.
class Follower
{
public:
    Follower(query::Reader &db, Project project) : m_db(db), m_path(db.get<SearchPath>(project)) { }

    /// The top of a module, and the method ready() of its classes.
    void followModule(const std::string &dotted)
    {
        const auto location = python::findModule(m_db, m_path, dotted);
        if (!location || !location->isReadable())
            return;
        m_file = location->file;
        m_package =
            location->form == python::ModuleLocation::Form::Package ? dotted : dotted.substr(0, dotted.rfind('.'));
        const source::File file = source::fileAt(m_db, location->file);
        const std::string_view text = m_db.get<source::SourceText>(file).view();
        const bool mayChange = hasTrace(text);
        if (!mayChange && !text.contains("def ready"))
            return;
        const python::Outline &outline = m_db.get<python::ModuleOutline>(file);
        m_root = outline.tree.root();
        const std::vector<Node> functions = definitions(m_root);
        const auto isReady = [](Node function) { return function.child(Field::Name).text() == "ready"; };
        if (!mayChange && (std::ranges::none_of(functions, isReady) || !mayLeadOn(outline, functions)))
            return;
        if (mayChange)
            follow(m_root, false);
        for (const Node method : functions) {
            if (isReady(method))
                follow(bodyOf(method), true);
        }
    }

    std::vector<OpenReason> take() { return std::move(m_found); }

private:
    static bool hasTrace(std::string_view text)
    {
        return std::ranges::any_of(traces, [text](std::string_view trace) { return text.contains(trace); });
    }

    bool hasTrace(const std::string &module)
    {
        const auto [found, isNew] = m_traced.try_emplace(module, false);
        if (isNew) {
            const auto location = python::findModule(m_db, m_path, module);
            found->second = location && location->isReadable()
                && hasTrace(m_db.get<source::SourceText>(source::fileAt(m_db, location->file)).view());
        }
        return found->second;
    }

    /// Whether a function of a module without a trace could call one of a module that has one. Most cannot, and their
    /// bodies need not be parsed.
    bool mayLeadOn(const python::Outline &outline, const std::vector<Node> &functions)
    {
        for (const Node function : functions) {
            const auto hidden = outline.numberOf(function.range().begin);
            const source::Range body = hidden ? outline.hidden[*hidden].body() : function.child(Field::Body).range();
            if (outline.tree.text().substr(body.begin, body.size()).contains("import"))
                return true;
        }
        for (const Node statement : m_root.children()) {
            const auto from = statement.is(Kind::ImportFromStatement) ? packageOf(statement) : std::nullopt;
            if (!from)
                continue;
            if (hasTrace(*from))
                return true;
            for (const Node name : statement.children(Field::Name)) {
                if (hasTrace(*from + "." + std::string(meantBy(name))))
                    return true;
            }
        }
        return false;
    }

    /// What a statement imports from, if that is of the same package.
    std::optional<std::string> packageOf(Node import) const
    {
        auto from = python::absoluteModuleName(m_package, import.child(Field::ModuleName).text());
        const std::string top = m_package.substr(0, m_package.find('.'));
        if (from && *from != top && !from->starts_with(top + "."))
            from.reset();
        return from;
    }

    static std::string_view meantBy(Node importedName)
    {
        return importedName.is(Kind::AliasedImport) ? importedName.child(Field::Name).text() : importedName.text();
    }

    static std::vector<Node> definitions(Node block)
    {
        std::vector<Node> found;
        std::vector<Node> nodes{block};
        for (std::size_t i = 0; i < nodes.size(); ++i) {
            for (const Node child : nodes[i].children()) {
                if (child.is(Kind::FunctionDefinition))
                    found.push_back(child);
                if (child.is(Kind::ClassDefinition) || child.is(Kind::DecoratedDefinition) || child.is(Kind::Block)
                    || child.is(Kind::IfStatement) || child.is(Kind::TryStatement))
                    nodes.push_back(child);
            }
        }
        return found;
    }

    /// Of a function of the module that is followed, whose outline hides most of them.
    Node bodyOf(Node function) { return python::bodyOf(m_db, source::fileAt(m_db, m_file), function); }

    /// Whether a call gets hold of the engine's settings, so that it may change them by another name.
    static bool handsOver(Node call)
    {
        if (std::ranges::contains(harmless, afterDot(call.child(Field::Function).text())))
            return false;
        return std::ranges::any_of(call.child(Field::Arguments).children(), [](Node argument) {
            Node value = argument.is(Kind::KeywordArgument) ? argument.child(Field::Value) : argument;
            while (value.is(Kind::Subscript))
                value = value.child(Field::Value);
            return (value.is(Kind::Attribute) || value.is(Kind::Identifier))
                && std::ranges::contains(handles, afterDot(value.text()));
        });
    }

    /// Looks for a handle and a change in one body, and follows the calls in it.
    void follow(Node body, bool inFunction)
    {
        constexpr std::size_t most = 200;
        if (!body || m_followed.size() > most || !m_followed.insert({m_file, body.range().begin}).second)
            return;
        Node handle;
        bool isChanged = false;
        std::set<std::string> called;
        std::vector<Node> imports;
        std::vector<Node> nodes{body};
        for (std::size_t i = 0; i < nodes.size(); ++i) {
            const Node node = nodes[i];
            if (node.is(Kind::ImportFromStatement))
                imports.push_back(node);
            const bool isName = node.is(Kind::Attribute) || node.is(Kind::Identifier) || node.is(Kind::String);
            const std::string text = node.is(Kind::String) ? python::stringValue(node).value_or("")
                : isName                                   ? std::string(afterDot(node.text()))
                                                           : std::string();
            if (!handle && isName && std::ranges::contains(handles, std::string_view(text)))
                handle = node;
            const Node left = node.child(Field::Left);
            if ((node.is(Kind::Assignment) || node.is(Kind::AugmentedAssignment))
                && (left.is(Kind::Subscript) || left.is(Kind::Attribute)))
                isChanged = true;
            if (node.is(Kind::DeleteStatement))
                isChanged = true;
            if (node.is(Kind::Call)) {
                const std::string_view function = afterDot(node.child(Field::Function).text());
                isChanged |= std::ranges::contains(changes, function) || function == "setattr" || handsOver(node);
                called.emplace(function);
            }
            for (const Node child : node.children()) {
                // What is only defined does not run.
                if (!child.is(Kind::FunctionDefinition) && !child.is(Kind::Lambda)
                    && (inFunction || !child.is(Kind::ClassDefinition)))
                    nodes.push_back(child);
            }
        }
        if (handle && isChanged)
            m_found.push_back(
                {m_file, handle.line(), "this changes TEMPLATES while Django starts, which is not followed"});
        for (const Node definition : definitions(m_root)) {
            if (called.contains(std::string(definition.child(Field::Name).text())))
                follow(bodyOf(definition), true);
        }
        if (inFunction)
            followImported(called, imports);
    }

    /// Functions that come from modules of the same package: `from .engines import add_builtins`.
    void followImported(const std::set<std::string> &called, const std::vector<Node> &inBody)
    {
        std::vector<Node> imports = inBody;
        for (const Node statement : m_root.children()) {
            if (statement.is(Kind::ImportFromStatement))
                imports.push_back(statement);
        }
        for (const Node import : imports) {
            const auto from = packageOf(import);
            if (!from)
                continue;
            for (const Node name : import.children(Field::Name)) {
                const bool isAliased = name.is(Kind::AliasedImport);
                const std::string used(isAliased ? name.child(Field::Alias).text() : name.text());
                const std::string meant(meantBy(name));
                if (called.contains(used))
                    followFunctionOf(*from, meant);
                else
                    for (const std::string &function : called)
                        followFunctionOf(*from + "." + meant, function);
            }
        }
    }

    void followFunctionOf(const std::string &module, const std::string &function)
    {
        const auto location = python::findModule(m_db, m_path, module);
        if (!location || !location->isReadable() || location->file == m_file)
            return;
        const source::File file = source::fileAt(m_db, location->file);
        if (!hasTrace(m_db.get<source::SourceText>(file).view()))
            return;
        const Node outerRoot = std::exchange(m_root, m_db.get<python::ModuleOutline>(file).tree.root());
        const std::string outerFile = std::exchange(m_file, location->file);
        for (const Node definition : definitions(m_root)) {
            if (definition.child(Field::Name).text() == function)
                follow(bodyOf(definition), true);
        }
        m_root = outerRoot;
        m_file = outerFile;
    }

    query::Reader &m_db;
    const std::vector<std::string> &m_path;
    std::string m_file;
    std::string m_package;
    Node m_root;
    std::set<std::pair<std::string, std::uint32_t>> m_followed; // bodies by file and place
    std::map<std::string, bool> m_traced; ///< By module.
    std::vector<OpenReason> m_found;
};

/// Whether the change that django-template-partials makes adds nothing to what is known: it wraps Django's default
/// loaders in its own (FindPartNames), and puts those in place of any others. Its SimpleAppConfig changes nothing.
/// Source: template_partials/apps.py, 25.3; some before it add to the builtins, too.
bool isKnownChange(query::Reader &db, Project project, const App &app, const std::string &config)
{
    if (app.name != "template_partials")
        return false;
    if (app.config.ends_with(".SimpleAppConfig"))
        return true;
    const auto isOfFolders = [](const TemplateLoader &loader) {
        using Of = TemplateLoader::Kind;
        return (loader.kind == Of::FileSystem || loader.kind == Of::AppDirectories) && !loader.dirs;
    };
    const auto &settings = db.get<Settings>(project);
    const bool isSame = settings && std::ranges::all_of(settings->engines, [&](const TemplateEngine &engine) {
                            return engine.name != "django"
                                || (engine.loaders.size() == 2 && std::ranges::all_of(engine.loaders, isOfFolders)
                                    && engine.loadersOpen.empty());
                        });
    const auto location = python::findModule(db, db.get<SearchPath>(project), config);
    return isSame && location && location->isReadable()
        && !db.get<source::SourceText>(source::fileAt(db, location->file)).view().contains("builtins");
}

} // namespace

std::vector<OpenReason> TemplateChanges::run(query::Reader &db, Project project)
{
    Follower follower(db, project);
    for (const App &app : db.get<InstalledApps>(project).apps) {
        if (app.name.starts_with("django."))
            continue;
        const std::string config =
            app.config.empty() ? app.name + ".apps" : app.config.substr(0, app.config.rfind('.'));
        if (isKnownChange(db, project, app, config))
            continue;
        for (const std::string &module : {app.name, config, app.name + ".models"})
            follower.followModule(module);
    }
    std::vector<OpenReason> found = follower.take();
    std::ranges::sort(found);
    found.erase(std::ranges::unique(found).begin(), found.end());
    return found;
}

} // namespace nuages::project
