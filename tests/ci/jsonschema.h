#pragma once

#include <QJsonObject>
#include <QJsonValue>
#include <QStringList>

namespace nuages::tests {

/// What of `value` is not as the JSON Schema (draft 4) wants it, each with its place: "/runs/0/tool: lacks driver". A
/// word of the schema that is not known here is a fault as well, so that nothing passes unseen.
QStringList faultsBySchema(const QJsonValue &value, const QJsonObject &schema);

} // namespace nuages::tests
