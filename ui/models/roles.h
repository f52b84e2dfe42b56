#pragma once

#include <Qt>

namespace nuages::models {

/// What the models tell beside text, for delegates and for picking. The same numbers in all of them.
enum Role : int {
    OutcomeRole = Qt::UserRole, ///< int of trace::Outcome.
    NodeRole, ///< quint32, trace::NodeId; 0 if the row names no node.
    FileRole, ///< QString, absolute path.
    RequestRole, ///< quint64.
    RevisionRole, ///< quint32.
    SharesRole, ///< models::Shares, for a stacked bar.
    DetailRole, ///< QString, the muted half of a line.
    IsSelectedRole, ///< bool: what the selection names.
    LineRole, ///< int of WhyRow::Kind.
    ValueRole, ///< QString, what changed; it is shown before the detail.
};

} // namespace nuages::models
