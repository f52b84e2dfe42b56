#include "app/inspector/attachedlink.h"

#include "app/inspector/madetimes.h"

#include "engine/trace/wire.h"

#include <unistd.h>

#include <array>
#include <cerrno>
#include <utility>

using namespace Qt::StringLiterals;

namespace nuages::app {

AttachedLink::AttachedLink(inspect::Call call, bool measuresTimes, QObject *parent)
    : link::Link(parent), m_call(std::move(call)), m_measuresTimes(measuresTimes),
      m_notifier(std::make_unique<QSocketNotifier>(m_call.socket.get(), QSocketNotifier::Read))
{
    connect(m_notifier.get(), &QSocketNotifier::activated, this, &AttachedLink::read);
    inspect::beginToWatch(m_call); // If the server is gone, so the first read says.
}

QString AttachedLink::lookedAt() const
{
    return tr("nuages %1, process %2").arg(QString::fromStdString(greeting().version)).arg(greeting().process);
}

void AttachedLink::detach()
{
    if (m_notifier)
        end();
}

void AttachedLink::read()
{
    static std::array<char, 1 << 16> bytes; // So much a turn of the event loop takes in.
    const ssize_t count = ::read(m_call.socket.get(), bytes.data(), bytes.size());
    if (count > 0) {
        m_call.frames.append({bytes.data(), std::size_t(count)});
        take();
    } else if (count == 0 || (errno != EAGAIN && errno != EINTR)) {
        end();
    }
}

void AttachedLink::take()
{
    while (m_notifier) {
        const auto taken = m_call.frames.take();
        if (!taken)
            return end(QString::fromStdString(taken.error()));
        if (!*taken)
            return;
        if (!tell(**taken) && m_notifier)
            end(tr("what came is not what a server says"));
    }
}

/// False if the frame says nothing that can be understood.
bool AttachedLink::tell(const inspect::Frame &frame)
{
    switch (frame.kind) {
    case inspect::Kind::Batch: {
        auto batch = trace::decode(frame.payload);
        const auto follows = batch ? trace::follows(*batch, m_lastNode) : std::unexpected(batch.error());
        if (!follows) {
            end(QString::fromStdString(follows.error()));
            return false;
        }
        m_lastNode += std::uint32_t(batch->nodes.size());
        Q_EMIT traced(
            std::make_shared<const trace::Batch>(m_measuresTimes ? *std::move(batch) : withMadeTimes(*batch)));
        return true;
    }
    case inspect::Kind::Message: {
        const auto message = inspect::overheardIn(frame.payload);
        if (!message)
            return false;
        const QByteArray body = QByteArray::fromStdString(message->body);
        if (message->isFromServer)
            Q_EMIT messageReceived(body, message->at);
        else
            Q_EMIT messageSent(body, message->at);
        return true;
    }
    case inspect::Kind::Lost: {
        const auto lost = inspect::lostIn(frame.payload);
        if (lost)
            Q_EMIT messagesLost(*lost);
        return lost.has_value();
    }
    case inspect::Kind::Refused:
        end(QString::fromStdString(frame.payload));
        return true;
    case inspect::Kind::Show:
        Q_EMIT showAsked();
        return true;
    case inspect::Kind::Greeting:
    case inspect::Kind::Watch:
        break;
    }
    return false;
}

void AttachedLink::end(const QString &fault)
{
    m_fault = fault;
    m_notifier->setEnabled(false);
    m_notifier.release()->deleteLater(); // It may be what is calling.
    m_call.socket.reset();
    Q_EMIT ended(fault.isEmpty() ? 0 : 1);
}

} // namespace nuages::app
