#include "app/inspector/recordedlink.h"

#include "engine/recording/sessionwriter.h"

#include <QDir>

#include <utility>
#include <variant>

namespace nuages::app {

namespace {

constexpr std::size_t toldAtOnce = 64; ///< Things that cross to the GUI thread together.

QByteArray bytesOf(const std::string &text) { return QByteArray::fromStdString(text); }

} // namespace

std::expected<std::unique_ptr<RecordedLink>, QString> RecordedLink::open(const QString &path)
{
    std::unique_ptr<QTemporaryFile> copy;
    if (path.startsWith(u':')) {
        QFile within(path);
        copy.reset(QTemporaryFile::createNativeFile(within));
        if (!copy)
            return std::unexpected(tr("%1 cannot be unpacked into %2.").arg(path, QDir::tempPath()));
    }
    auto reader = recording::SessionReader::open((copy ? copy->fileName() : path).toStdString());
    if (!reader)
        return std::unexpected(QString::fromStdString(reader.error()));
    return std::unique_ptr<RecordedLink>(new RecordedLink(path, std::move(copy), *std::move(reader)));
}

RecordedLink::RecordedLink(QString path, std::unique_ptr<QTemporaryFile> copy, recording::SessionReader reader)
    : m_path(std::move(path)), m_copy(std::move(copy)), m_about(reader.about()), m_reader(std::move(reader))
{
}

QString RecordedLink::copyTo(const QString &path) const
{
    const QString from = m_copy ? m_copy->fileName() : m_path;
    const auto copied = recording::copySession(from.toStdString(), path.toStdString());
    return copied ? QString() : QString::fromStdString(copied.error());
}

RecordedLink::~RecordedLink()
{
    m_isEnding = true;
    if (m_thread)
        m_thread->wait();
}

void RecordedLink::begin()
{
    m_thread.reset(QThread::create([this] { read(); }));
    m_thread->start();
}

void RecordedLink::askText(const QString & /*path*/, std::function<void(std::optional<QByteArray>)> take)
{
    QMetaObject::invokeMethod(this, [take = std::move(take)] { take(std::nullopt); }, Qt::QueuedConnection);
}

/// On the thread of its own.
void RecordedLink::read()
{
    QString fault;
    Told told;
    const auto cross = [&] {
        auto shared = std::make_shared<Told>(std::exchange(told, {}));
        QMetaObject::invokeMethod(this, [this, shared] { tell(std::move(*shared)); }, Qt::QueuedConnection);
    };
    while (!m_isEnding) {
        auto next = m_reader.next();
        if (!next)
            fault = QString::fromStdString(next.error());
        if (!next || !*next)
            break;
        told.push_back(**std::move(next));
        if (told.size() >= toldAtOnce)
            cross();
    }
    cross();
    QMetaObject::invokeMethod(this, [this, fault] { finish(fault); }, Qt::QueuedConnection);
}

void RecordedLink::tell(Told told)
{
    for (recording::Entry &entry : told) {
        if (auto *batch = std::get_if<trace::Batch>(&entry)) {
            Q_EMIT traced(std::make_shared<const trace::Batch>(std::move(*batch)));
            continue;
        }
        const auto &message = std::get<recording::Message>(entry);
        if (message.isFromClient)
            Q_EMIT messageSent(bytesOf(message.body));
        else
            Q_EMIT messageReceived(bytesOf(message.body));
    }
}

void RecordedLink::finish(const QString &fault)
{
    m_isRead = true;
    if (!fault.isEmpty())
        Q_EMIT failed(fault);
    Q_EMIT settled();
}

} // namespace nuages::app
