#pragma once

#include "lsp/inspect/call.h"
#include "ui/link/link.h"

#include <QSocketNotifier>

#include <expected>
#include <memory>

namespace nuages::app {

/// The link to a server of an editor, in another process. It only looks on: send() does nothing.
///
/// What comes is read as far as the GUI thread has time for it; the server bounds what waits.
class AttachedLink final : public link::Link
{
    Q_OBJECT

public:
    /// Begins to watch. With `measuresTimes` false they are made from what happened: withMadeTimes().
    AttachedLink(inspect::Call call, bool measuresTimes, QObject *parent = nullptr);

    QString lookedAt() const override;
    const inspect::Greeting &greeting() const { return m_call.greeting; }

    /// Why nothing more comes; empty if the server has ended or detach() was called.
    const QString &fault() const { return m_fault; }

public Q_SLOTS:
    void send(const QByteArray &) override { }
    void detach() override;

private:
    void read();
    void take();
    bool tell(const inspect::Frame &frame);
    void end(const QString &fault = {});

    inspect::Call m_call;
    bool m_measuresTimes;
    std::uint32_t m_lastNode = 0; ///< Of the batches so far.
    QString m_fault;
    std::unique_ptr<QSocketNotifier> m_notifier; ///< Until the end.
};

} // namespace nuages::app
