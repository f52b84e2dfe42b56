#include "ui/models/text.h"

#include "engine/kinds/kinds.h"
#include "engine/trace/store.h"
#include "engine/trace/words.h"

#include <QLocale>

#include <algorithm>
#include <limits>

namespace nuages::models {

namespace {

/// Null for a kind of another program.
const kinds::Kind *kindCalled(std::string_view name)
{
    const auto found = std::ranges::find(kinds::all(), name, &kinds::Kind::name);
    return found == kinds::all().end() ? nullptr : &*found;
}

} // namespace

QString toQString(std::string_view text) { return QString::fromUtf8(text.data(), qsizetype(text.size())); }

QString told(std::string_view words)
{
    return QCoreApplication::translate("engine", QByteArray(words.data(), qsizetype(words.size())).constData());
}

QString timeText(std::uint64_t ns)
{
    if (ns == 0)
        return QStringLiteral("–");
    const double ms = double(ns) / 1e6;
    if (ms >= 1000)
        return QStringLiteral("%1 s").arg(ms / 1000, 0, 'f', 1);
    return QStringLiteral("%1 ms").arg(ms, 0, 'f', ms < 0.1 ? 3 : ms < 10 ? 2 : ms < 100 ? 1 : 0);
}

QString notKept() { return told(trace::notKept); }

QString outcomeText(std::optional<trace::Outcome> outcome)
{
    return outcome ? told(trace::nameOf(*outcome)) : notKept();
}

QString countText(std::uint64_t count)
{
    QLocale locale = QLocale::c();
    locale.setNumberOptions(QLocale::DefaultNumberOptions);
    return locale.toString(qulonglong(count));
}

QString countOf(std::uint64_t count, const char *text)
{
    const int form = int(std::min<std::uint64_t>(count, std::numeric_limits<int>::max()));
    QString words = QCoreApplication::translate("models", text, nullptr, form);
    words.replace(QStringLiteral("(s)"), count == 1 ? QString() : QStringLiteral("s"));
    return words.arg(countText(count));
}

QString nameOf(trace::Durability durability)
{
    switch (durability) {
    case trace::Durability::Low:
        return Words::tr("low");
    case trace::Durability::Medium:
        return Words::tr("medium");
    case trace::Durability::High:
        return Words::tr("high");
    }
    return {};
}

QString nameOf(const trace::Store &store, trace::NodeId node)
{
    return node == 0 ? QString() : toQString(trace::nameOf(store.node(node)));
}

QString shownPath(const trace::Store &store, std::string_view path)
{
    const trace::FileState *file = store.file(path);
    return toQString(file && !file->shown.empty() ? file->shown : path);
}

QString aboutKind(const trace::Store &store, const QString &kind)
{
    const QByteArray name = kind.toUtf8();
    const std::string_view view(name.constData(), std::size_t(name.size()));
    const auto known = std::ranges::find(store.kinds(), view, &trace::KindTotal::kind);
    if (known != store.kinds().end() && known->isInput)
        return Words::tr("input");
    const kinds::Kind *ours = kindCalled(view);
    return ours ? told(ours->about) : QString();
}

std::optional<int> placeOfKind(std::string_view kind)
{
    const kinds::Kind *ours = kindCalled(kind);
    return ours ? std::optional(int(ours - kinds::all().data())) : std::nullopt;
}

QString labelOf(const trace::Store &store, const trace::RevisionRecord &revision)
{
    if (revision.label.empty())
        return Words::tr("revision %1").arg(revision.revision);
    QString label = toQString(revision.label);
    label = label.mid(label.lastIndexOf(u'/') + 1);
    if (label == u"lookAgain")
        label = Words::tr("disk");
    if (!revision.inputs.empty()) {
        const trace::NodeName input = store.node(revision.inputs.front());
        if (!input.file.empty())
            label += u' ' + shownPath(store, input.file);
    }
    return label;
}

} // namespace nuages::models
