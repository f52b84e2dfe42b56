#pragma once

#include "app/inspector/rehearsing.h"
#include "app/inspector/settlinglink.h"

#include "lsp/server/feature.h"
#include "lsp/server/ownerthread.h"

#include <QString>

#include <functional>
#include <optional>
#include <span>
#include <vector>

namespace nuages::app {

/// The link to a server in this process, on a thread of its own. Watched from the first moment on.
///
/// This object lives on the GUI thread, which is what the server calls its reader thread: send() puts bytes into the
/// inbox and returns. What the worker says comes back by queued calls, in the order in which it was said.
class HostedLink : public SettlingLink
{
    Q_OBJECT

public:
    struct Host {
        std::span<const server::Feature> features = server::features();
        bool measuresTimes = true; ///< Else they are made from what happened: withMadeTimes().
    };

    explicit HostedLink(Host host, QObject *parent = nullptr);

    /// Tells the server that nothing more comes, and waits until its thread has ended.
    ~HostedLink() override;

    bool isSettled() const override { return m_settled == m_sent; }
    void askText(const QString &path, std::function<void(std::optional<QByteArray>)> take) override;

    bool canRehearse() const override { return true; }

    bool rehearse(const link::Trial &trial) override
    {
        m_rehearsing.start(trial);
        return true;
    }
    void stopRehearsal() override { m_rehearsing.stop(); }

public Q_SLOTS:
    void send(const QByteArray &body) override;

private:
    void begin();
    void deliver(const QByteArray &body);

    std::vector<QByteArray> m_early; ///< Sent before the worker had an inbox.
    bool m_hasBegun = false;
    quint64 m_sent = 0;
    quint64 m_settled = 0; ///< So many messages have taken effect; each of them, when equal to m_sent.
    Rehearsing m_rehearsing{*this};
    server::Worker *m_worker;
    std::optional<server::OwnerThread> m_owner; // last: its worker sends to this object
};

} // namespace nuages::app
