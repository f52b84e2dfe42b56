#pragma once

#include "engine/query/describe.h"
#include "engine/query/querytype.h"
#include "engine/query/reader.h"
#include "engine/query/typename.h"
#include "engine/query/yieldpoint.h"

#include <memory>
#include <new>
#include <utility>

namespace nuages::query::detail {

/// A key as it is looked up: borrowed where that is possible, so that a hit copies no string.
template <class Key, class Given>
decltype(auto) borrowed(const Given &key)
{
    if constexpr (std::is_same_v<Key, Given>)
        return (key);
    else if constexpr (std::is_same_v<Key, std::string> && std::is_convertible_v<const Given &, std::string_view>)
        return std::string_view(key);
    else
        return Key(key);
}

/// The cold half of query Q.
template <class Q>
struct QueryKind {
    using Value = ValueOf<Q>;
    using Keys = KeysOf<Q>;
    using KeysTable = KeyTable<Keys, struct KeysOfQueries>;
    using Traits = RunTraits<decltype(&Q::run)>;
    static constexpr bool hasKeyTable = std::tuple_size_v<Keys> > 0 && !Traits::isDirect;
    static_assert(CycleFallbackIsLikeRun<Q>, "cycleFallback() takes the keys of run() and returns what that returns");
    static_assert(alignof(Value) <= 16, "the value of a query is stored in memory aligned to 16 bytes");

    /// The number under which the memo for `keys` is kept. `onThrow()` is called before it throws because it cannot
    /// keep them.
    template <class OnThrow, class... K>
    static std::uint32_t numberOf(Core &core, OnThrow onThrow, const K &...keys)
    {
        if constexpr (sizeof...(K) == 0)
            return 0;
        else if constexpr (Traits::isDirect)
            return (keys.index, ...);
        else
            return number(core, onThrow, std::make_index_sequence<sizeof...(K)>(), keys...);
    }

    template <class OnThrow, std::size_t... At, class... K>
    static std::uint32_t number(Core &core, OnThrow onThrow, std::index_sequence<At...>, const K &...keys)
    {
        using Borrowed = std::tuple<decltype(borrowed<std::tuple_element_t<At, Keys>>(keys))...>;
        return core.tables.get<KeysTable>().numberOf(Borrowed(borrowed<std::tuple_element_t<At, Keys>>(keys)...),
                                                     onThrow);
    }

    /// Which cell of the column belongs to the key.
    static std::uint32_t place(std::uint32_t key)
    {
        if constexpr (hasKeyTable)
            return placeOf(key);
        else
            return key;
    }

    static KeyStore *keyStore(Core &core) { return &core.tables.get<KeysTable>(); }

    /// Whether there can be a memo of that number: a handle may be one that nobody gave out.
    static bool hasKey(Core &core, std::uint32_t key)
    {
        if constexpr (std::tuple_size_v<Keys> == 0)
            return key == 0;
        else if constexpr (!Traits::isDirect)
            return core.tables.get<KeysTable>().has(key);
        else if constexpr (InputHandle<std::tuple_element_t<0, Keys>>)
            return core.tables.get<InputTable<std::tuple_element_t<0, Keys>>>().rows.has(key);
        else
            return core.tables.get<KeyTable<typename std::tuple_element_t<0, Keys>::Value>>().has(key);
    }

    static Keys keysOf(Core &core, std::uint32_t key)
    {
        if constexpr (std::tuple_size_v<Keys> == 0)
            return {};
        else if constexpr (Traits::isDirect)
            return Keys(std::tuple_element_t<0, Keys>{key});
        else
            return core.tables.get<KeysTable>()[key];
    }

    template <auto Function>
    static Value call(Reader &db, std::uint32_t key)
    {
        const auto call = [&db](const auto &...keys) { return Function(db, keys...); };
        if constexpr (Traits::isDirect)
            return std::apply(call, keysOf(*db.m_core, key));
        else
            return std::apply(call, db.m_core->tables.template get<KeysTable>()[key]); // the key never moves
    }

    static bool isEqualTo(Cell<Value> &cell, const Value &fresh)
    {
        return cell.hasValue && (cell.value() == fresh || NUAGES_MUTATED(KeptStaleOutput));
    }

    static Result place(Cell<Value> &cell, Value &&fresh, bool isEqual) noexcept
    {
        if (!cell.hasValue) {
            new (cell.storage) Value(std::move(fresh));
            cell.hasValue = true;
            return Result::First;
        }
        if (isEqual)
            return Result::Equal; // The old object stays, at its address.
        // In place: the cell is not verified in this revision, so no open reader can hold a reference to the old value.
        cell.value().~Value();
        new (cell.storage) Value(std::move(fresh));
        return Result::Changed;
    }

    static Result run(Reader &db, CellHeader &header, std::uint32_t key)
    {
        Value fresh = call<&Q::run>(db, key);
        auto &cell = static_cast<Cell<Value> &>(header);
        const bool isEqual = isEqualTo(cell, fresh);
        db.keepEdges(cell); // The last that may throw.
        return place(cell, std::move(fresh), isEqual);
    }

    /// What cycleFallback() gives, compared already, so that nothing can fail when it is placed.
    class FallbackOf final : public Fallback
    {
    public:
        FallbackOf(Cell<Value> &cell, Value &&value)
            : m_value(std::move(value)), m_isEqual(isEqualTo(cell, m_value)) { }

        Result place(CellHeader &cell) noexcept override
        {
            return QueryKind::place(static_cast<Cell<Value> &>(cell), std::move(m_value), m_isEqual);
        }

    private:
        Value m_value;
        bool m_isEqual;
    };

    static std::unique_ptr<Fallback> fallBack(Reader &db, CellHeader &cell, std::uint32_t key)
    {
        return std::make_unique<FallbackOf>(static_cast<Cell<Value> &>(cell), call<&Q::cycleFallback>(db, key));
    }

    static constexpr auto fallBackIfAny()
    {
        if constexpr (HasCycleFallback<Q>)
            return &fallBack;
        else
            return nullptr;
    }

    static void destroy(CellHeader &header)
    {
        if (header.hasValue)
            static_cast<Cell<Value> &>(header).value().~Value();
    }

    static std::string describeKey(Core &core, std::uint32_t key) { return describeValues(core, keysOf(core, key)); }
    static std::string pathOfKey(Core &core, std::uint32_t key) { return pathOfValues(core, keysOf(core, key)); }
    static std::string describeValue(Core &core, CellHeader &header)
    {
        return shortForm(core, static_cast<Cell<Value> &>(header).value());
    }

    /// Null if the keys are in no table of their own.
    static consteval KeyStore *(*storeOf())(Core &)
    {
        if constexpr (hasKeyTable)
            return &keyStore;
        else
            return nullptr;
    }

    static constexpr Kind kind{shownName<Q>(),
                               qualifiedName<Q>(),
                               &typeMark<Q>,
                               sizeof(Cell<Value>),
                               storeOf(),
                               &hasKey,
                               &run,
                               &destroy,
                               nullptr,
                               &describeKey,
                               &pathOfKey,
                               hasShortForm<Value>() ? &describeValue : nullptr,
                               {},
                               nullptr,
                               fallBackIfAny()};
};

template <class I, std::size_t Field>
struct FieldTag;

/// The cold half of one field of an input.
template <class I, auto Field>
struct FieldKind {
    static constexpr std::size_t at = I::template fieldIndex<Field>();
    using Tag = FieldTag<I, at>;

    static const Stamp &stamp(Core &core, std::uint32_t key)
    {
        return core.tables.get<InputTable<I>>().rows.at(key).stamps[at];
    }
    static std::string describeKey(Core &core, std::uint32_t key) { return describeValue(core, I{key}); }
    static std::string pathOfKey(Core &core, std::uint32_t key) { return pathOfValue(core, I{key}); }
    static std::uint32_t recordCount(Core &core) { return core.tables.get<InputTable<I>>().rows.size(); }
    static constexpr Kind kind{shownName<typename I::Data>(),
                               qualifiedName<typename I::Data>(),
                               &typeMark<I>,
                               0,
                               nullptr,
                               nullptr,
                               nullptr,
                               nullptr,
                               &stamp,
                               &describeKey,
                               &pathOfKey,
                               nullptr,
                               memberName<Field>(),
                               &recordCount};

    static DependencyKey keyOf(I input)
    {
        std::uint32_t number = kindNumber<Tag>.load(std::memory_order_relaxed);
        if (number == 0) [[unlikely]]
            number = numberKind(kindNumber<Tag>, kind);
        return {number, input.index};
    }
};

} // namespace nuages::query::detail
