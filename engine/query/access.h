#pragma once

#include "engine/query/querykind.h"
#include "engine/query/transaction.h"

/// The bodies of Reader's and Transaction's templates. Include engine/query/engine.h, not this.

namespace nuages::query {

template <QueryType Q, class... K>
    requires KeysFor<Q, K...>
inline const ValueOf<Q> &Reader::get(const K &...keys) NUAGES_LIFETIMEBOUND
{
    using Kind = detail::QueryKind<Q>;
    using Cell = detail::Cell<ValueOf<Q>>;
    checkThread();
    NUAGES_YIELD("get");
    const std::uint32_t key = Kind::numberOf(*m_core, NoteThrown{*this}, keys...);
    const std::uint32_t kind = detail::kindNumber<Q>.load(std::memory_order_relaxed);
    const std::uint32_t place = Kind::place(key);
    const auto &segment = m_columns[kind].biased[detail::Segments::of(place)];
    if (const std::uintptr_t biased = segment.load(std::memory_order_acquire)) [[likely]] {
        Cell &cell = *reinterpret_cast<Cell *>(biased + std::uintptr_t(place) * sizeof(Cell));
        const Revision verifiedAt = std::atomic_ref(cell.verifiedAt).load(std::memory_order_acquire);
        if (verifiedAt == m_self.epoch.load(std::memory_order_relaxed)) [[likely]] {
            ++m_hits[kind];
            if (m_frame)
                m_frame->add({kind, key}, cell.changedAt, cell.durability);
            return cell.value();
        }
    }
    return static_cast<Cell &>(fetchCold(Kind::kind, detail::kindNumber<Q>, key)).value();
}

template <auto Field, class D, auto... Fields>
    requires TrackedField<Input<D, Fields...>, Field>
inline const auto &Reader::read(Input<D, Fields...> input) NUAGES_LIFETIMEBOUND
{
    using I = Input<D, Fields...>;
    using Kind = detail::FieldKind<I, Field>;
    checkThread();
    NUAGES_YIELD("read");
    poll();
    const auto &row = m_core->tables.get<detail::InputTable<I>>().rows.at(input.index);
    if (m_frame) {
        const detail::Stamp &stamp = row.stamps[Kind::at];
        m_frame->add(Kind::keyOf(input), stamp.changedAt, stamp.durability);
    }
    return row.data.*Field;
}

template <InputHandle I>
I Reader::create(typename I::Data data, Durability level)
{
    return create<I>(std::move(data), detail::allFields<I>(level));
}

template <InputHandle I>
I Reader::create(typename I::Data data, const std::array<Durability, I::fieldCount> &levels)
{
    checkThread();
    try {
        return m_core->tables.get<detail::InputTable<I>>().createForReader(std::move(data), revision(), levels);
    } catch (...) {
        noteThrown();
        throw;
    }
}

template <InternedHandle I, class Form>
I Reader::intern(const Form &value)
{
    checkThread();
    NUAGES_YIELD("intern");
    return I{m_core->tables.get<detail::KeyTable<typename I::Value>>().numberOf(value, NoteThrown{*this})};
}

template <InternedHandle I>
const typename I::Value &Reader::value(I handle) NUAGES_LIFETIMEBOUND
{
    checkThread();
    return m_core->tables.get<detail::KeyTable<typename I::Value>>()[handle.index];
}

template <class T>
T &Reader::attached()
{
    checkThread();
    T *object = m_core->tables.attached<T>();
    if (!object)
        nothingAttached();
    return *object;
}

template <InputHandle I>
I Transaction::create(typename I::Data data, Durability level)
{
    return create<I>(std::move(data), detail::allFields<I>(level));
}

template <InputHandle I>
I Transaction::create(typename I::Data data, const std::array<Durability, I::fieldCount> &levels)
{
    return m_core.tables.get<detail::InputTable<I>>().create(std::move(data), m_core.clock.current(), levels);
}

template <auto Field, class D, auto... Fields, class V>
    requires TrackedField<Input<D, Fields...>, Field>
bool Transaction::set(Input<D, Fields...> input, V &&value, std::optional<Durability> level)
{
    using I = Input<D, Fields...>;
    using Kind = detail::FieldKind<I, Field>;
    auto &row = m_core.tables.get<detail::InputTable<I>>().rows.at(input.index);
    detail::Stamp &stamp = row.stamps[Kind::at];
    const Durability next = level.value_or(stamp.durability);
    const bool isEqual = row.data.*Field == value;
    if (isEqual && next == stamp.durability)
        return false;
    changed(stamp.durability, Kind::keyOf(input));
    const Revision now = m_core.clock.current() + 1;
    const detail::SameFor sameFor =
        isEqual ? detail::sameUntil(now, stamp.changedAt, stamp.sameFor) : detail::SameFor(0);
    stamp = {now, next, next > stamp.durability, sameFor};
    if (!isEqual)
        row.data.*Field = std::forward<V>(value); // Last: if it throws, what it left in the field is seen.
    return true;
}

template <auto Field, class D, auto... Fields>
    requires TrackedField<Input<D, Fields...>, Field>
const auto &Transaction::read(Input<D, Fields...> input) const
{
    return m_core.tables.get<detail::InputTable<Input<D, Fields...>>>().rows.at(input.index).data.*Field;
}

} // namespace nuages::query
