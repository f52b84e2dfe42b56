#pragma once

#include "engine/query/dependencykey.h"
#include "engine/query/handle.h"
#include "engine/query/revision.h"

#include <array>
#include <optional>

namespace nuages::query {

class Engine;

namespace detail {
struct Core;
}

/// Sets inputs, many at once, in one revision. Given to the function that Engine::write() runs, and gone after it.
class Transaction
{
public:
    Transaction(const Transaction &) = delete;
    Transaction &operator=(const Transaction &) = delete;

    /// A new input. Nobody can have read it, so it opens no revision by itself.
    template <InputHandle I>
    I create(typename I::Data data, Durability level = Durability::Low);
    template <InputHandle I>
    I create(typename I::Data data, const std::array<Durability, I::fieldCount> &levels);

    /// Sets one field, and its durability if one is given; returns whether anything differed.
    ///
    /// An equal value at the same durability is no change. A change counts as one of the durability the field had
    /// before, because that is what its readers relied on.
    template <auto Field, class D, auto... Fields, class V>
        requires TrackedField<Input<D, Fields...>, Field>
    bool set(Input<D, Fields...> input, V &&value, std::optional<Durability> level = {});

    /// The value of a field, with what this transaction has set so far.
    template <auto Field, class D, auto... Fields>
        requires TrackedField<Input<D, Fields...>, Field>
    const auto &read(Input<D, Fields...> input) const;

    /// Opens a revision as if an input of this durability had changed.
    void touch(Durability level) { changed(level, {}); }

private:
    friend class Engine;

    explicit Transaction(detail::Core &core) : m_core(core) { }

    void changed(Durability level, DependencyKey field);

    detail::Core &m_core;
    std::optional<Durability> m_highest; ///< Of all that changed.
};

} // namespace nuages::query
