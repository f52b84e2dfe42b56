#pragma once

#include "app/inspector/settlinglink.h"

#include "engine/recording/sessionreader.h"
#include "engine/trace/store.h"

#include <QTemporaryFile>
#include <QThread>

#include <atomic>
#include <expected>
#include <memory>
#include <optional>

namespace nuages::app {

/// Of the store that takes in a session: all that a file may hold.
inline constexpr trace::Store::Limits recordedLimits{
    .executions = 20'000'000, .revisions = 1'000'000, .requests = 1'000'000, .textBytes = std::size_t{512} << 20};

/// The link to a session in a file: says again what was said, as fast as it can be read, on a thread of its own.
/// What is sent to it is heard by nobody.
class RecordedLink final : public SettlingLink
{
    Q_OBJECT

public:
    /// Opens the file, and reads nothing of what happened before begin(); a sentence if it is none.
    static std::expected<std::unique_ptr<RecordedLink>, QString> open(const QString &path);

    ~RecordedLink() override;

    const QString &path() const { return m_path; }

    /// All of the session into another file; what went wrong, if anything.
    QString copyTo(const QString &path) const;
    const recording::About &about() const { return m_about; }

    /// Once, when all who listen are connected.
    void begin();

    bool isSettled() const override { return m_isRead; }
    void askText(const QString &path, std::function<void(std::optional<QByteArray>)> take) override;

public Q_SLOTS:
    void send(const QByteArray & /*body*/) override { }

Q_SIGNALS:
    /// The file is damaged; what was read before it stays.
    void failed(const QString &sentence);

private:
    using Told = std::vector<recording::Entry>;

    RecordedLink(QString path, std::unique_ptr<QTemporaryFile> copy, recording::SessionReader reader);
    void read();
    void tell(Told told);
    void finish(const QString &fault);

    QString m_path;
    std::unique_ptr<QTemporaryFile> m_copy; ///< Of a file within the program, for SQLite; else null.
    recording::About m_about;
    recording::SessionReader m_reader; ///< The thread's, once it runs.
    bool m_isRead = false;
    std::atomic<bool> m_isEnding = false;
    std::unique_ptr<QThread> m_thread;
};

} // namespace nuages::app
