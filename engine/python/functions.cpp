#include "engine/python/functions.h"

#include "engine/python/paths.h"

#include <algorithm>
#include <array>

namespace nuages::python {

/// The known functions. A friend of the interpreter, whose state they read and change.
struct Functions {
    using Result = std::optional<Value>;

    static const Value *first(const Arguments &arguments) { return arguments.get(0); }

    /// Applies `map` to the file name in each alternative of the first argument.
    template <class F>
    static Result onPath(Interpreter &in, const Arguments &arguments, F map)
    {
        if (arguments.positional.empty())
            return std::nullopt;
        std::vector<Value> results;
        for (const Value &one : alternativesOf(arguments.positional.front()))
            results.push_back(one.asFileName() ? map(*one.asFileName()) : in.unknownLike(one, arguments.place));
        return in.choose(std::move(results));
    }

    /// Calls `function` for each alternative of the first argument; nullopt if there is but one.
    template <Result (*function)(Interpreter &, const Arguments &)>
    static Result onEach(Interpreter &in, const Arguments &arguments)
    {
        if (alternativesOf(arguments.positional.front()).size() < 2)
            return std::nullopt;
        return in.forEach(arguments.positional.front(), [&](const Value &one) {
            Arguments each = arguments;
            each.positional.front() = one;
            const Result result = one.asUnknown() ? std::nullopt : function(in, each);
            return result ? *result : in.unknownLike(one, arguments.place);
        });
    }

    static std::string absolute(Interpreter &in, const std::string &path)
    {
        return normalPath(joinPaths(in.m_surroundings.workingFolder(), path));
    }

    static Result join(Interpreter &in, const Arguments &arguments)
    {
        if (arguments.positional.empty())
            return std::nullopt;
        if (!arguments.unread.empty())
            return in.unknownLike(arguments.unread.front(), arguments.place);
        Value path = arguments.positional.front();
        for (std::size_t i = 0; i < arguments.positional.size(); ++i) {
            std::vector<Value> results;
            for (const Value &left : i == 0 ? std::vector{Value::text({}, arguments.place)} : alternativesOf(path)) {
                for (const Value &right : alternativesOf(arguments.positional[i])) {
                    if (left.asFileName() && right.asFileName() && left.asFileName()->size() < 10'000)
                        results.push_back(Value::text(i == 0 ? *right.asFileName()
                                                             : joinPaths(*left.asFileName(), *right.asFileName()),
                                                      arguments.place));
                    else if (left.asFileName() && left.asFileName()->empty())
                        results.push_back(right.asForm() ? right : in.unknownLike(right, arguments.place));
                    else
                        results.push_back(in.unknownText(left, "/", right, arguments.place));
                }
            }
            path = in.choose(std::move(results));
        }
        return path;
    }

    static Result absolutePath(Interpreter &in, const Arguments &arguments)
    {
        return onPath(in, arguments,
                      [&](const std::string &path) { return Value::text(absolute(in, path), arguments.place); });
    }

    template <std::string (*map)(std::string_view)>
    static Result textOfPath(Interpreter &in, const Arguments &arguments)
    {
        return onPath(in, arguments, [&](const std::string &path) { return Value::text(map(path), arguments.place); });
    }

    static Result splitPath(Interpreter &in, const Arguments &arguments)
    {
        return onPath(in, arguments, [&](const std::string &path) {
            return in.makeSequence(
                Sequence::Kind::Tuple,
                {{Value::text(folderOf(path), arguments.place)}, {Value::text(lastOf(path), arguments.place)}},
                arguments.place);
        });
    }

    static Result splitSuffix(Interpreter &in, const Arguments &arguments)
    {
        return onPath(in, arguments, [&](const std::string &path) {
            const std::size_t cut = path.size() - lastOf(path).size() + stemOf(path).size();
            return in.makeSequence(
                Sequence::Kind::Tuple,
                {{Value::text(path.substr(0, cut), arguments.place)}, {Value::text(path.substr(cut), arguments.place)}},
                arguments.place);
        });
    }

    template <PathKind wanted> // Absent: any that is there
    static Result exists(Interpreter &in, const Arguments &arguments)
    {
        return onPath(in, arguments, [&](const std::string &path) {
            const PathKind kind = in.m_surroundings.kindOf(absolute(in, path));
            const bool holds = wanted == PathKind::Absent ? kind != PathKind::Absent : kind == wanted;
            return Value::truth(holds, arguments.place);
        });
    }

    static Result listFolder(Interpreter &in, const Arguments &arguments)
    {
        return onPath(in, arguments, [&](const std::string &path) {
            std::vector<Item> names;
            for (std::string &name : in.m_surroundings.list(absolute(in, path)))
                names.push_back({Value::text(std::move(name), arguments.place)});
            return in.makeSequence(Sequence::Kind::List, std::move(names), arguments.place);
        });
    }

    static Result makePath(Interpreter &in, const Arguments &arguments)
    {
        if (arguments.positional.empty())
            return Value::path(".", arguments.place);
        const Result joined = join(in, arguments);
        if (!joined)
            return std::nullopt;
        std::vector<Value> results;
        for (const Value &one : alternativesOf(*joined)) {
            if (one.asFileName())
                results.push_back(Value::path(plainPath(*one.asFileName()), arguments.place));
            else
                results.push_back(one.asForm() ? one : in.unknownLike(one, arguments.place));
        }
        return in.choose(std::move(results));
    }

    static Result makeEnvironPath(Interpreter &in, const Arguments &arguments)
    {
        const Result path = makePath(in, arguments);
        return onPath(in, Arguments{{*path}, {}, {}, arguments.place},
                      [&](const std::string &text) { return Value::path(absolute(in, text), arguments.place); });
    }

    static Result text(Interpreter &in, const Arguments &arguments)
    {
        if (arguments.positional.empty())
            return Value::text({}, arguments.place);
        return in.textOf(arguments.positional.front(), arguments.place);
    }

    static Result fileName(Interpreter &in, const Arguments &arguments)
    {
        return onPath(in, arguments, [&](const std::string &path) { return Value::text(path, arguments.place); });
    }

    static Result length(Interpreter &in, const Arguments &arguments)
    {
        const Value *value = first(arguments);
        if (value && value->asText())
            return std::nullopt; // in code points, which nobody asks for
        if (!value || !value->asObject())
            return std::nullopt;
        const std::vector<Item> items = in.elements(*value, arguments.place);
        if (std::ranges::any_of(items, [](const Item &item) { return item.count != Count::One; }))
            return std::nullopt;
        return Value::integer(static_cast<std::int64_t>(items.size()), arguments.place);
    }

    template <Sequence::Kind kind>
    static Result makeSequence(Interpreter &in, const Arguments &arguments)
    {
        std::vector<Item> items;
        if (!arguments.positional.empty())
            items = in.elements(arguments.positional.front(), arguments.place);
        return in.makeSequence(kind, std::move(items), arguments.place);
    }

    static Result makeDictionary(Interpreter &in, const Arguments &arguments)
    {
        Dictionary dictionary;
        if (!arguments.positional.empty())
            in.update(dictionary, arguments.positional.front(), arguments.place);
        for (const auto &[name, value] : arguments.keywords)
            dictionary.set(name, value, arguments.place);
        for (const Value &unread : arguments.unread)
            dictionary.addOpen(in.sharedReasonOf(unread));
        return Value::object(in.create(std::move(dictionary)), arguments.place);
    }

    static Result fromKeys(Interpreter &in, const Arguments &arguments)
    {
        if (arguments.positional.empty())
            return std::nullopt;
        const Value value = arguments.get(1) ? *arguments.get(1) : Value::none(arguments.place);
        Dictionary dictionary;
        for (const Item &item : in.elements(arguments.positional.front(), arguments.place)) {
            in.spend(dictionary.entries.size() / 64);
            if (!item.value.isKnown()) {
                dictionary.addOpen(in.sharedReasonOf(item.value));
                continue;
            }
            const Entry *old = dictionary.find(item.value);
            const bool isCertain = item.count == Count::One || (old && old->isCertain);
            dictionary.set(item.value, value);
            std::ranges::find(dictionary.entries, item.value, &Entry::key)->isCertain = isCertain;
        }
        return Value::object(in.create(std::move(dictionary)), arguments.place);
    }

    /// Sorts where everything is text or a number; else the elements stay where they are, which is what matters less.
    static Result sorted(Interpreter &in, const Arguments &arguments)
    {
        if (arguments.positional.empty())
            return std::nullopt;
        std::vector<Item> items = in.elements(arguments.positional.front(), arguments.place);
        sortItems(in, items, arguments);
        return in.makeSequence(Sequence::Kind::List, std::move(items), arguments.place);
    }

    static void sortItems(Interpreter &in, std::vector<Item> &items, const Arguments &arguments)
    {
        const bool canSort = !arguments.get(9, "key") && std::ranges::all_of(items, [&](const Item &item) {
            return in.order(item.value, items.front().value).has_value();
        });
        if (!canSort || !in.spend(items.size()))
            return;
        std::ranges::stable_sort(items, [&in](const Item &left, const Item &right) {
            return in.order(left.value, right.value).value_or(0) < 0;
        });
        const Value *reverse = arguments.get(9, "reverse");
        if (reverse && in.truth(*reverse) == Truth::Yes)
            std::ranges::reverse(items);
    }

    static Result reversed(Interpreter &in, const Arguments &arguments)
    {
        if (arguments.positional.empty())
            return std::nullopt;
        std::vector<Item> items = in.elements(arguments.positional.front(), arguments.place);
        std::ranges::reverse(items);
        return in.makeSequence(Sequence::Kind::List, std::move(items), arguments.place);
    }

    static Result range(Interpreter &in, const Arguments &arguments)
    {
        constexpr std::int64_t longest = 1000;
        const auto number = [&](std::size_t index, std::int64_t otherwise) -> std::optional<std::int64_t> {
            const Value *value = arguments.get(index);
            return value ? value->asInteger() : otherwise;
        };
        const bool hasStart = arguments.positional.size() > 1;
        const auto start = hasStart ? number(0, 0) : 0;
        const auto end = number(hasStart ? 1 : 0, 0);
        if (!start || !end || arguments.positional.size() > 2 || *start < -longest || *end > longest)
            return std::nullopt;
        std::vector<Item> items;
        for (std::int64_t i = *start; i < *end; ++i)
            items.push_back({Value::integer(i, arguments.place)});
        return in.makeSequence(Sequence::Kind::List, std::move(items), arguments.place);
    }

    static Result enumerate(Interpreter &in, const Arguments &arguments)
    {
        if (arguments.positional.empty())
            return std::nullopt;
        std::vector<Item> pairs;
        std::int64_t index = 0;
        bool isExact = true;
        for (const Item &item : in.elements(arguments.positional.front(), arguments.place)) {
            const Value number = isExact ? Value::integer(index++, arguments.place)
                                         : in.unknown(arguments.place, "the position is not known");
            pairs.push_back(
                {in.makeSequence(Sequence::Kind::Tuple, {{number}, {item.value}}, arguments.place), item.count});
            isExact &= item.count == Count::One;
        }
        return in.makeSequence(Sequence::Kind::List, std::move(pairs), arguments.place);
    }

    static Result zip(Interpreter &in, const Arguments &arguments)
    {
        if (arguments.positional.size() != 2)
            return std::nullopt;
        const std::vector<Item> left = in.elements(arguments.positional[0], arguments.place);
        const std::vector<Item> right = in.elements(arguments.positional[1], arguments.place);
        std::vector<Item> pairs;
        for (std::size_t i = 0; i < left.size() && i < right.size(); ++i) {
            if (left[i].count != Count::One || right[i].count != Count::One)
                return std::nullopt;
            pairs.push_back({in.makeSequence(Sequence::Kind::Tuple, {left[i], right[i]}, arguments.place)});
        }
        return in.makeSequence(Sequence::Kind::List, std::move(pairs), arguments.place);
    }

    static Result map(Interpreter &in, const Arguments &arguments)
    {
        if (arguments.positional.size() != 2)
            return std::nullopt;
        std::vector<Item> results;
        for (const Item &item : in.elements(arguments.positional[1], arguments.place)) {
            if (!in.isRunning())
                break;
            results.push_back(
                {in.call(arguments.positional[0], Arguments{{item.value}, {}, {}, arguments.place}), item.count});
        }
        return in.makeSequence(Sequence::Kind::List, std::move(results), arguments.place);
    }

    static Result filter(Interpreter &in, const Arguments &arguments)
    {
        if (arguments.positional.size() != 2)
            return std::nullopt;
        std::vector<Item> kept;
        const Value &test = arguments.positional[0];
        for (const Item &several : in.elements(arguments.positional[1], arguments.place)) {
            for (Item item : Interpreter::apart(several)) {
                if (!in.isRunning())
                    break;
                const Truth holds = in.truth(
                    test.isNone() ? item.value : in.call(test, Arguments{{item.value}, {}, {}, arguments.place}));
                if (holds == Truth::Undecided)
                    item.count = std::max(item.count, Count::Maybe);
                if (holds != Truth::No)
                    kept.push_back(std::move(item));
            }
        }
        return in.makeSequence(Sequence::Kind::List, std::move(kept), arguments.place);
    }

    static Result chain(Interpreter &in, const Arguments &arguments)
    {
        std::vector<Item> items;
        for (const Value &part : arguments.positional) {
            const std::vector<Item> more = in.elements(part, arguments.place);
            items.insert(items.end(), more.begin(), more.end());
        }
        for (const Value &unread : arguments.unread)
            items.push_back({in.unknownLike(unread, arguments.place), Count::Many});
        return in.makeSequence(Sequence::Kind::List, std::move(items), arguments.place);
    }

    static Result chainAll(Interpreter &in, const Arguments &arguments)
    {
        if (arguments.positional.empty())
            return std::nullopt;
        std::vector<Item> items;
        for (const Item &part : in.elements(arguments.positional.front(), arguments.place)) {
            for (Item item : in.elements(part.value, arguments.place)) {
                item.count = std::max(item.count, part.count);
                items.push_back(std::move(item));
            }
        }
        return in.makeSequence(Sequence::Kind::List, std::move(items), arguments.place);
    }

    static Result sum(Interpreter &in, const Arguments &arguments)
    {
        const Value *start = arguments.get(1, "start");
        if (arguments.positional.empty() || !start)
            return std::nullopt;
        Value total = *start;
        for (const Item &item : in.elements(arguments.positional.front(), arguments.place)) {
            if (item.count != Count::One || !in.isRunning())
                return std::nullopt;
            total = in.binary("+", total, item.value, arguments.place);
        }
        return total;
    }

    static Result toTruth(Interpreter &in, const Arguments &arguments)
    {
        return arguments.positional.empty() ? Value::truth(false, arguments.place)
                                            : in.truthValue(arguments.positional.front(), arguments.place);
    }

    static Result toInteger(Interpreter &in, const Arguments &arguments)
    {
        const Value *value = first(arguments);
        if (!value)
            return Value::integer(0, arguments.place);
        std::vector<Value> results;
        for (const Value &one : alternativesOf(*value)) {
            const std::string *text = one.asText();
            constexpr std::size_t longest = 18;
            if (const auto number = one.asInteger())
                results.push_back(Value::integer(*number, arguments.place));
            else if (one.asUnknown())
                results.push_back({one.data, arguments.place});
            else if (text && !text->empty() && text->size() <= longest
                     && text->find_first_not_of("0123456789") == std::string::npos)
                results.push_back(Value::integer(std::stoll(*text), arguments.place));
            else
                return std::nullopt;
        }
        return in.choose(std::move(results));
    }

    template <bool all>
    static Result quantify(Interpreter &in, const Arguments &arguments)
    {
        if (arguments.positional.empty())
            return std::nullopt;
        Truth result = all ? Truth::Yes : Truth::No;
        for (const Item &item : in.elements(arguments.positional.front(), arguments.place)) {
            const Truth one = item.count == Count::One ? in.truth(item.value) : Truth::Undecided;
            if (one == (all ? Truth::No : Truth::Yes))
                return Value::truth(!all, arguments.place);
            if (one == Truth::Undecided)
                result = one;
        }
        if (result == Truth::Undecided)
            return std::nullopt;
        return Value::truth(result == Truth::Yes, arguments.place);
    }

    static Result globalNames(Interpreter &in, const Arguments &arguments)
    {
        return Value::object(in.m_frame->scopes.back(), arguments.place);
    }

    static Result localNames(Interpreter &in, const Arguments &arguments)
    {
        if (const Value *module = first(arguments)) {
            if (!module->asObject())
                return onEach<localNames>(in, arguments);
            if (!in.m_heap.as<Module>(*module))
                return std::nullopt;
            return in.attribute(*module, "__dict__", arguments.place);
        }
        return Value::object(in.m_frame->scopes.front(), arguments.place);
    }

    static Result getAttribute(Interpreter &in, const Arguments &arguments)
    {
        if (arguments.positional.size() < 2 || !arguments.positional[1].asText())
            return std::nullopt;
        if (alternativesOf(arguments.positional[0]).size() > 1)
            return onEach<getAttribute>(in, arguments);
        const Value &object = arguments.positional[0];
        const std::string name = *arguments.positional[1].asText();
        const auto *module = in.m_heap.as<Module>(object);
        Value value = in.attribute(object, name, arguments.place);
        if (arguments.positional.size() == 2 || !module)
            return value;
        return value.asUnknown() ? in.choose({value, arguments.positional[2]}) : value;
    }

    static Result setAttribute(Interpreter &in, const Arguments &arguments)
    {
        if (arguments.positional.size() != 3)
            return std::nullopt;
        const Value &object = arguments.positional[0];
        for (const Value &name : alternativesOf(arguments.positional[1])) {
            if (name.asText())
                in.assignAttribute(object, *name.asText(), arguments.positional[2], arguments.place);
            else if (const auto *cls = in.m_heap.as<Class>(object))
                in.names(cls->scope).addOpen(in.sharedReasonOf(name));
            else
                in.open(object, in.sharedReasonOf(name));
        }
        return Value::none(arguments.place);
    }

    /// exec(code), in the names that it is given or else in those around the call.
    static Result runCode(Interpreter &in, const Arguments &arguments)
    {
        const Value *names = arguments.get(1, "globals");
        std::vector<ObjectId> scopes = in.m_frame->scopes;
        if (names && in.m_heap.as<Dictionary>(*names))
            scopes = {*names->asObject()};
        else if (names && !names->isNone())
            return openedModule(in, arguments.place, "exec runs code in names that are not known");
        if (!arguments.positional.empty())
            in.runCode(arguments.positional.front(), arguments.place, scopes);
        return Value::none(arguments.place);
    }

    static Result openedModule(Interpreter &in, Place place, std::string why)
    {
        in.openModule(std::make_shared<const OpenReason>(in.reason(place, std::move(why))));
        return Value::none(place);
    }

    /// runpy.run_path(path): the names of a file that runs for itself.
    static Result runPath(Interpreter &in, const Arguments &arguments)
    {
        const Value *path = arguments.get(0, "path_name");
        if (!path)
            return std::nullopt;
        Dictionary names;
        if (const Value *given = arguments.get(1, "init_globals"))
            in.update(names, *given, arguments.place);
        const ObjectId scope = in.create(std::move(names));
        const Result code = openFile(in, Arguments{{*path}, {}, {}, arguments.place});
        if (in.isRunning() && code)
            in.runCode(*code, arguments.place, {scope});
        return Value::object(scope, arguments.place);
    }

    /// open(name) for reading.
    static Result openFile(Interpreter &in, const Arguments &arguments)
    {
        const Value *path = arguments.get(0, "file");
        const Value *mode = arguments.get(1, "mode");
        if (!path || (mode && (!mode->asText() || !mode->asText()->starts_with('r'))))
            return std::nullopt;
        return in.forEach(*path, [&](const Value &one) {
            if (one.asFileName())
                return in.openFile(*one.asFileName(), arguments.place);
            return one.asForm() ? one : in.unknownLike(one, arguments.place);
        });
    }

    /// The names of a module, as dir() gives them.
    static Result namesOf(Interpreter &in, const Arguments &arguments)
    {
        if (arguments.positional.empty())
            return std::nullopt;
        if (!in.m_heap.as<Module>(arguments.positional.front()))
            return onEach<namesOf>(in, arguments);
        Value names = in.attribute(arguments.positional.front(), "__dict__", arguments.place);
        if (!in.m_heap.as<Dictionary>(names))
            return names;
        return makeSequence<Sequence::Kind::List>(in, Arguments{{names}, {}, {}, arguments.place});
    }

    static Result leaveProgram(Interpreter &in, const Arguments &arguments)
    {
        in.raise("SystemExit", arguments.place, "the program ends here");
        return Value::none(arguments.place);
    }

    static Result importModule(Interpreter &in, const Arguments &arguments)
    {
        const Value *name = arguments.get(0, "name");
        if (!name || (name->isKnown() && !name->asText()))
            return std::nullopt;
        const Value *package = arguments.get(1, "package");
        const std::string around = package && package->asText() ? *package->asText() : std::string();
        const Place here = arguments.place;
        return in.forEach(*name, [&](const Value &one) {
            const std::string *text = one.asText() ? one.asText() : one.asForm();
            const auto dotted = text ? absoluteModuleName(around, *text) : std::nullopt;
            if (!dotted)
                return in.unknownLike(one, here);
            if (one.asText())
                return in.import(*dotted, here);
            std::vector<Value> modules;
            if (one.asUnknown()->doubt == Doubt::Unread) {
                for (const std::string &module : in.modulesOfForm(*dotted))
                    modules.push_back(in.import(module, here));
            }
            return modules.empty() ? in.unknownLike(one, here) : in.choose(std::move(modules));
        });
    }

    static Result findSpec(Interpreter &in, const Arguments &arguments)
    {
        const Value *name = first(arguments);
        if (!name || !name->asText())
            return std::nullopt;
        const std::string dotted = *name->asText();
        const std::string top = dotted.substr(0, dotted.find('.'));
        if (isStandardModule(top) || in.m_surroundings.find(in.frontOfPath(), dotted))
            return Value::truth(true, arguments.place); // a ModuleSpec: true, and nothing else is asked of it
        if (in.m_surroundings.knowsInstalledModules())
            return Value::none(arguments.place);
        return std::nullopt;
    }

    static Result same(Interpreter &, const Arguments &arguments)
    {
        const Value *value = first(arguments);
        return value ? Result(*value) : std::nullopt;
    }

    static Value copied(Interpreter &in, const Value &value, bool deep, int depth = 0)
    {
        constexpr int deepest = 8;
        const auto id = value.asObject();
        if (!id || depth > deepest || !in.spend())
            return value;
        if (const auto *sequence = in.m_heap.as<Sequence>(value)) {
            Sequence copy = *sequence;
            for (Item &item : copy.items)
                item.value = deep ? copied(in, item.value, deep, depth + 1) : item.value;
            return Value::object(in.create(std::move(copy)), value.place);
        }
        if (const auto *dictionary = in.m_heap.as<Dictionary>(value)) {
            Dictionary copy = *dictionary;
            for (Entry &entry : copy.entries)
                entry.value = deep ? copied(in, entry.value, deep, depth + 1) : entry.value;
            return Value::object(in.create(std::move(copy)), value.place);
        }
        return value;
    }

    template <bool deep>
    static Result copy(Interpreter &in, const Arguments &arguments)
    {
        if (arguments.positional.empty())
            return std::nullopt;
        return in.forEach(arguments.positional.front(), [&](const Value &one) { return copied(in, one, deep); });
    }

    static Result include(Interpreter &in, const Arguments &arguments)
    {
        in.includeFiles(arguments);
        return Value::none(arguments.place);
    }

    /// optional(path): no file is as good as one.
    static Result optional(Interpreter &in, const Arguments &arguments)
    {
        if (arguments.positional.empty())
            return std::nullopt;
        std::vector<Value> files;
        for (const Value &one : alternativesOf(arguments.positional.front())) {
            const std::string *form = one.asForm();
            const bool isNone =
                form && in.filesOfForm(joinPaths(folderOf(in.m_files[in.m_frame->file]), *form)).empty();
            files.push_back(isNone ? Value::text({}, arguments.place) : one);
        }
        return in.choose(std::move(files));
    }

    /// dynaconf's DjangoDynaconf(__name__) fills the calling module from files, if there are any, and from variables
    /// that begin with DJANGO_. Source: dynaconf/default_settings.py and utils/files.py, 3.2.
    static Result fillModule(Interpreter &in, const Arguments &arguments)
    {
        std::vector<std::string> files;
        for (const char *folder : {"", "config/"}) {
            for (const char *stem : {"settings", ".secrets", "settings.local", ".secrets.local"}) {
                for (const char *ending : {".toml", ".yaml", ".yml", ".ini", ".conf", ".properties", ".json"})
                    files.push_back(std::string(folder) + stem + ending);
            }
        }
        const auto found = in.nearestFile(folderOf(in.m_files[in.m_frame->file]), files);
        const bool isSetElsewhere =
            std::ranges::any_of(std::array{"DJANGO_INSTALLED_APPS", "DJANGO_TEMPLATES", "SETTINGS_FILE_FOR_DYNACONF",
                                           "SETTINGS_FILES_FOR_DYNACONF", "INCLUDES_FOR_DYNACONF"},
                                [&in](const char *name) { return in.m_surroundings.variable(name).has_value(); });
        if (found)
            openedModule(in, arguments.place,
                         "dynaconf sets further names from " + lastOf(*found) + ", which is not read");
        else if (isSetElsewhere || !arguments.keywords.empty() || !arguments.unread.empty())
            openedModule(in, arguments.place, "dynaconf sets further names from files that are not read");
        return std::nullopt;
    }
};

namespace {

constexpr std::array knownFunctions = {
    KnownFunction{"builtins.__import__", Functions::importModule},
    KnownFunction{"builtins.all", Functions::quantify<true>},
    KnownFunction{"builtins.any", Functions::quantify<false>},
    KnownFunction{"builtins.bool", Functions::toTruth},
    KnownFunction{"builtins.compile", Functions::same},
    KnownFunction{"builtins.dict", Functions::makeDictionary},
    KnownFunction{"builtins.dict.fromkeys", Functions::fromKeys},
    KnownFunction{"builtins.dir", Functions::namesOf},
    KnownFunction{"builtins.enumerate", Functions::enumerate},
    KnownFunction{"builtins.exec", Functions::runCode},
    KnownFunction{"builtins.exit", Functions::leaveProgram},
    KnownFunction{"builtins.filter", Functions::filter},
    KnownFunction{"builtins.frozenset", Functions::makeSequence<Sequence::Kind::Set>},
    KnownFunction{"builtins.getattr", Functions::getAttribute},
    KnownFunction{"builtins.globals", Functions::globalNames},
    KnownFunction{"builtins.int", Functions::toInteger},
    KnownFunction{"builtins.iter", Functions::same},
    KnownFunction{"builtins.len", Functions::length},
    KnownFunction{"builtins.list", Functions::makeSequence<Sequence::Kind::List>},
    KnownFunction{"builtins.locals", Functions::localNames},
    KnownFunction{"builtins.map", Functions::map},
    KnownFunction{"builtins.open", Functions::openFile},
    KnownFunction{"builtins.quit", Functions::leaveProgram},
    KnownFunction{"builtins.range", Functions::range},
    KnownFunction{"builtins.reversed", Functions::reversed},
    KnownFunction{"builtins.set", Functions::makeSequence<Sequence::Kind::Set>},
    KnownFunction{"builtins.setattr", Functions::setAttribute},
    KnownFunction{"builtins.sorted", Functions::sorted},
    KnownFunction{"builtins.str", Functions::text},
    KnownFunction{"builtins.sum", Functions::sum},
    KnownFunction{"builtins.tuple", Functions::makeSequence<Sequence::Kind::Tuple>},
    KnownFunction{"builtins.vars", Functions::localNames},
    KnownFunction{"builtins.zip", Functions::zip},
    KnownFunction{"codecs.open", Functions::openFile},
    KnownFunction{"collections.OrderedDict", Functions::makeDictionary},
    KnownFunction{"collections.OrderedDict.fromkeys", Functions::fromKeys},
    KnownFunction{"copy.copy", Functions::copy<false>},
    KnownFunction{"copy.deepcopy", Functions::copy<true>},
    KnownFunction{"dynaconf.DjangoDynaconf", Functions::fillModule},
    KnownFunction{"environ.Path", Functions::makeEnvironPath},
    KnownFunction{"importlib.import_module", Functions::importModule},
    KnownFunction{"importlib.util.find_spec", Functions::findSpec},
    KnownFunction{"io.open", Functions::openFile},
    KnownFunction{"itertools.chain", Functions::chain},
    KnownFunction{"itertools.chain.from_iterable", Functions::chainAll},
    KnownFunction{"os.fspath", Functions::fileName},
    KnownFunction{"os.listdir", Functions::listFolder},
    KnownFunction{"os.path.abspath", Functions::absolutePath},
    KnownFunction{"os.path.basename", Functions::textOfPath<lastOf>},
    KnownFunction{"os.path.dirname", Functions::textOfPath<folderOf>},
    KnownFunction{"os.path.exists", Functions::exists<PathKind::Absent>},
    KnownFunction{"os.path.isdir", Functions::exists<PathKind::Folder>},
    KnownFunction{"os.path.isfile", Functions::exists<PathKind::File>},
    KnownFunction{"os.path.join", Functions::join},
    KnownFunction{"os.path.normpath", Functions::textOfPath<normalPath>},
    KnownFunction{"os.path.realpath", Functions::absolutePath},
    KnownFunction{"os.path.split", Functions::splitPath},
    KnownFunction{"os.path.splitext", Functions::splitSuffix},
    KnownFunction{"pathlib.Path", Functions::makePath},
    KnownFunction{"pathlib.PosixPath", Functions::makePath},
    KnownFunction{"pathlib.PurePath", Functions::makePath},
    KnownFunction{"pathlib.PurePosixPath", Functions::makePath},
    KnownFunction{"runpy.run_path", Functions::runPath},
    KnownFunction{"split_settings.tools.include", Functions::include},
    KnownFunction{"split_settings.tools.optional", Functions::optional},
    KnownFunction{"sys.exit", Functions::leaveProgram},
};

static_assert(std::ranges::is_sorted(knownFunctions, {}, &KnownFunction::name));

} // namespace

const KnownFunction *knownFunction(std::string_view name)
{
    const auto found = std::ranges::lower_bound(knownFunctions, name, {}, &KnownFunction::name);
    return found != knownFunctions.end() && found->name == name ? &*found : nullptr;
}

} // namespace nuages::python
