#include "ui/canvas/outcome.h"

using namespace Qt::StringLiterals;

namespace nuages::canvas {

QString plainWords(Outcome outcome)
{
    switch (outcome) {
    case Outcome::NotChecked:
        return u"not even checked"_s;
    case Outcome::Validated:
        return u"checked, kept"_s;
    case Outcome::ExecutedNew:
        return u"ran, new"_s;
    case Outcome::ExecutedChanged:
        return u"ran, changed"_s;
    case Outcome::ExecutedBackdated:
        return u"ran, same value"_s;
    case Outcome::InputSet:
        return u"set"_s;
    case Outcome::Cancelled:
        return u"cancelled"_s;
    case Outcome::Cycle:
        return u"in a cycle"_s;
    case Outcome::Evicted:
        return u"value dropped"_s;
    }
    return {};
}

} // namespace nuages::canvas
