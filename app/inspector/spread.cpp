#include "app/inspector/spread.h"

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace nuages::app {

QJsonObject spreadOf(std::vector<double> milliseconds)
{
    std::ranges::sort(milliseconds);
    const auto rank = [&](double share) { // The nearest rank.
        const auto at = std::size_t(std::ceil(share * double(milliseconds.size())));
        return milliseconds.empty() ? 0.0 : std::round(milliseconds[std::max<std::size_t>(at, 1) - 1] * 1000) / 1000;
    };
    return {{u"count"_s, qint64(milliseconds.size())},
            {u"medianMs"_s, rank(0.5)},
            {u"p99Ms"_s, rank(0.99)},
            {u"longestMs"_s, rank(1)}};
}

} // namespace nuages::app
