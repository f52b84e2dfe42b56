#include "app/inspector/script.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace nuages::app {

namespace {

constexpr std::array verbs = {"open"_L1,   "type"_L1,     "paste"_L1, "remove"_L1, "undo"_L1,
                              "redo"_L1,   "random"_L1,   "write"_L1, "await"_L1,  "request"_L1,
                              "select"_L1, "revision"_L1, "close"_L1, "forget"_L1, "scrub"_L1};

} // namespace

bool Step::waitsUntilRunning() const { return members.value("wait"_L1) == "running"_L1; }

std::expected<std::vector<Step>, QString> readScript(const QString &name)
{
    QFile file(name);
    if (!file.open(QIODevice::ReadOnly))
        return std::unexpected(u"%1 cannot be read: %2"_s.arg(name, file.errorString()));
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(file.readAll(), &error);
    if (error.error != QJsonParseError::NoError)
        return std::unexpected(u"%1, byte %2: %3"_s.arg(name).arg(error.offset).arg(error.errorString()));
    const QJsonArray list = document.object().value("steps"_L1).toArray();
    if (list.isEmpty())
        return std::unexpected(u"%1 has no steps"_s.arg(name));
    std::vector<Step> steps;
    for (const QJsonValue each : list) {
        const QJsonObject members = each.toObject();
        const auto *verb =
            std::ranges::find_if(verbs, [&](QLatin1StringView known) { return members.contains(known); });
        if (verb == verbs.end())
            return std::unexpected(u"%1: step %2 has no verb"_s.arg(name).arg(steps.size() + 1));
        steps.push_back({*verb, members});
    }
    return steps;
}

} // namespace nuages::app
