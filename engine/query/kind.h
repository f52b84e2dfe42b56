#pragma once

#include "engine/query/cell.h"
#include "engine/query/keynumber.h"

#include <atomic>
#include <memory>
#include <string>
#include <string_view>

namespace nuages::query {

class Reader;

namespace detail {

struct Core;
class KeyStore;

inline constexpr std::uint32_t maxKinds = 1024;

/// When a field of an input was last set to something else, and how often it is expected to be.
struct Stamp {
    Revision changedAt = 0;
    Durability durability = Durability::Low;
    bool wasRaised = false; ///< The durability, when it was last set with the value as it was; else it was dropped.
    SameFor sameFor = 0; ///< How long the value had been the same then; 0 if it changed.
};

/// Why a memo that was good at `since`, before `stamp.changedAt`, runs again.
constexpr Reason reasonOf(const Stamp &stamp, Revision since)
{
    if (stamp.changedAt - stamp.sameFor > since)
        return Reason::DependencyChanged;
    return stamp.wasRaised ? Reason::DurabilityRaised : Reason::DurabilityDropped;
}

/// What became of a query's value when it ran.
enum class Result : std::uint8_t { First, Equal, Changed };

/// What a query fell back to, as long as it is not known whether the whole ring will.
class Fallback
{
public:
    virtual ~Fallback() = default;

    /// Puts it into the cell that it was made for.
    virtual Result place(CellHeader &cell) noexcept = 0;
};

/// The cold half of a query, or of an input's field, as plain function pointers: what is slow anyway is compiled
/// once and not for each query.
struct Kind {
    std::string_view name; ///< What people see; other types may have the same.
    std::string_view qualifiedName; ///< "nuages::LineCount".
    const void *type; ///< The query, or the input that has the field.
    std::size_t stride; ///< Bytes of a cell; 0 for a field, which has none.
    KeyStore *(*keyStore)(Core &); ///< Where its keys have their numbers; null unless they have several parts.
    bool (*hasKey)(Core &, std::uint32_t key); ///< Queries only.
    Result (*run)(Reader &, CellHeader &, std::uint32_t key); ///< Runs, compares, replaces. Queries only.
    void (*destroy)(CellHeader &); ///< Ends the value's life. Queries only.
    const Stamp &(*stamp)(Core &, std::uint32_t key); ///< Fields only.
    std::string (*describeKey)(Core &, std::uint32_t key); ///< "shop/list.html, 3".
    std::string (*pathOfKey)(Core &, std::uint32_t key); ///< Of the first part that names a file; else empty.
    std::string (*describeValue)(Core &, CellHeader &); ///< Of a cell that has one, in short; null if there is no way.
    std::string_view field = {}; ///< "text"; fields only.
    std::uint32_t (*recordCount)(Core &) = nullptr; ///< How many inputs have the field; fields only.
    std::unique_ptr<Fallback> (*fallBack)(Reader &, CellHeader &,
                                          std::uint32_t key) = nullptr; ///< Null without a rule.

    bool isField() const { return stride == 0; }

    /// Which cell of the kind belongs to a key, and which of the keys that have or had that cell is meant.
    std::uint32_t place(std::uint32_t key) const { return keyStore ? placeOf(key) : key; }
    std::uint32_t generation(std::uint32_t key) const { return keyStore ? generationOf(key) : 0; }

    /// By the name that people see, or by the qualified one from any namespace on.
    bool isCalled(std::string_view called) const;
};

/// The number of a kind in this process, given on first use; 0 before that. Its column 0 stays empty, so a look-up
/// needs no branch for "not numbered yet".
template <class Tag>
inline constinit std::atomic<std::uint32_t> kindNumber{0};

/// Numbers `kind` through `slot` unless that has happened, and returns the number. Thread-safe; aborts with a
/// sentence beyond maxKinds.
std::uint32_t numberKind(std::atomic<std::uint32_t> &slot, const Kind &kind);

extern std::atomic<const Kind *> kindTable[maxKinds];

/// The kind numbered `number`.
inline const Kind &kindOf(std::uint32_t number) { return *kindTable[number].load(std::memory_order_acquire); }

/// One more than the highest number given so far.
std::uint32_t kindCount();

} // namespace detail
} // namespace nuages::query
