#pragma once

#include "tests/oracle/trace/plain.h"
#include "tests/oracle/trace/world.h"

#include <memory>
#include <optional>
#include <string_view>

namespace nuages::oracle {

/// A mistake that is put between the recorder and all who keep what it tells, to see that it is found.
class Fault
{
public:
    enum class Kind : std::uint8_t {
        None,
        DropEdge, ///< A memo has not read something that it read.
        WrongCause, ///< A run was brought about by something else.
        ThinEarly, ///< The store keeps less than it was promised to.
        SwapRevision, ///< Something happened in the revision before.
        LoseRecord, ///< Something did not happen.
    };

    static std::optional<Kind> kindOf(std::string_view name); ///< "drop-edge"

    Fault(Kind kind, std::uint32_t seed) : m_kind(kind), m_random(seed) { }

    std::shared_ptr<const trace::Batch> appliedTo(const std::shared_ptr<const trace::Batch> &batch);

    bool isThinEarly() const { return m_kind == Kind::ThinEarly; }

private:
    Kind m_kind;
    Random m_random;
};

} // namespace nuages::oracle
