#pragma once

#include "engine/query/claimwaits.h"
#include "engine/query/collector.h"
#include "engine/query/columns.h"
#include "engine/query/gate.h"
#include "engine/query/ledger.h"
#include "engine/query/revisionclock.h"
#include "engine/query/tables.h"

#include <memory>

namespace nuages::query::detail {

/// What an Engine holds and its readers share. Each member says its own threads; `clock` changes only while no
/// reader is open.
struct Core {
    explicit Core(Clock &clockOfEngine) : time(clockOfEngine), gate(std::make_shared<Gate>(waits, clockOfEngine, clock))
    {
    }

    Clock &time;
    RevisionClock clock;
    Columns columns;
    Tables tables;
    ClaimWaits waits;
    std::shared_ptr<Gate> gate; ///< Shared with the tickets.
    Ledger ledger{gate->mutex()};
    Collector collector{*this}; ///< The owner's.
};

/// What stands for a key that was forgotten.
inline constexpr std::string_view forgottenKey = "forgotten";

/// Whether the key can be named: fields of inputs always can.
bool isKept(Core &core, DependencyKey key);

/// "Template(shop/list.html)", "File(shop/list.html).stamp"; empty for kind 0.
std::string describe(Core &core, DependencyKey key);

} // namespace nuages::query::detail
