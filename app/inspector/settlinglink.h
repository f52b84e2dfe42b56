#pragma once

#include "ui/link/link.h"

#include <QString>

#include <functional>
#include <optional>

namespace nuages::app {

/// A link of which a script can wait until nothing is under way.
class SettlingLink : public link::Link
{
    Q_OBJECT

public:
    using Link::Link;

    /// True if what stands behind it has seen all that was sent, and traced() has told all of it.
    virtual bool isSettled() const = 0;

    /// Calls `take` on the GUI thread with the text that the queries read for an open document, in UTF-8; nullopt if
    /// it is not open.
    virtual void askText(const QString &path, std::function<void(std::optional<QByteArray>)> take) = 0;
};

} // namespace nuages::app
