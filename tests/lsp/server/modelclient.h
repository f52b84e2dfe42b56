#pragma once

#include <boost/json/value.hpp>

#include <array>
#include <cstdint>
#include <map>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace nuages::tests {

/// A client that says seeded random things about two documents, and knows what may be answered.
///
/// It keeps its own account of the texts and judges each message of the server when it comes. The server it speaks to
/// answers "test/look" by what ModelClient::look() takes: what the queries saw, and where the marks "!" are.
class ModelClient
{
public:
    static constexpr std::array<std::string_view, 2> paths = {"/p/a.html", "/p/b.html"};
    static constexpr std::array<std::string_view, 2> diskTexts = {"on disk !", "! disk on"};

    explicit ModelClient(std::uint32_t seed);

    /// The next message in frames; empty when the story is over.
    std::string next();

    /// The bytes of the last message have all been received.
    void delivered();

    /// What to say in the end: shutdown and exit, exit alone, or nothing but the end of the stream.
    std::vector<std::string> farewell();

    /// A message has come from the server.
    void judge(const boost::json::value &message);

    /// A query for the request that was asked in world `asked` saw these texts; it must be one state of both documents,
    /// not older than the request. 0: any.
    void look(std::size_t asked, std::string_view a, std::string_view b);

    /// True when nothing more is to come: all is answered, and the published diagnostics are those of the last texts.
    bool isContent() const;

    /// Edits sent so far. The server has as many wishes, and some of its own.
    std::uint64_t editCount() const { return m_editCount; }

    /// The first thing that was wrong; empty if nothing was.
    const std::string &failure() const { return m_failure; }
    void fail(const std::string &what);

    /// Where the marks of a text are, as the diagnostics that the server should publish.
    static boost::json::array marksOf(std::string_view text);

private:
    struct Document {
        bool isOpen = false;
        std::uint32_t instance = 0;
        std::int32_t version = 0;
        std::string text;
    };
    struct Version {
        std::size_t document;
        std::uint32_t instance;
        std::string text;
    };
    struct Mark {
        std::int64_t asked; ///< Column when the request was asked.
        std::int64_t now; ///< Column after the edits since then.
        bool isUntouched;
    };
    struct Asked {
        std::size_t document = 0;
        std::size_t world = 0;
        std::int64_t offset = 0;
        std::string text;
        bool wasOpen = false;
        std::vector<Mark> marks; ///< Of the other document.
        bool otherStaysOpen = false;
        bool isCancelSent = false;
        bool isCancelled = false; ///< The server has received the cancellation.
        bool isReplied = false;
    };
    struct Published {
        std::uint32_t closed = 0; ///< Openings that the server knows to be over.
        std::int32_t version = 0;
        boost::json::value findings;
    };

    std::int32_t nextVersion();
    std::string open(std::size_t which);
    std::string close(std::size_t which);
    std::string change(std::size_t which);
    std::string save(std::size_t which);
    std::string ask(std::size_t which);
    std::string cancel();
    std::string damaged();
    void newWorld();
    void judgeReply(std::int64_t id, const boost::json::object &message);
    void judgeResult(const Asked &asked, const boost::json::value &result);
    void judgeDiagnostics(const boost::json::value &params);
    std::uint32_t random() { return static_cast<std::uint32_t>(m_random()); }

    std::mt19937 m_random;
    int m_messagesLeft;
    int m_greetings = 0;
    std::array<Document, 2> m_documents;
    std::array<Published, 2> m_published;
    std::vector<std::array<std::string, 2>> m_worlds; ///< What both paths held after each edit.
    std::map<std::int32_t, Version> m_versions;
    std::map<std::int64_t, Asked> m_asked;
    std::int64_t m_lastId = 0;
    std::int64_t m_cancelling = 0; ///< The request of the cancellation that is being delivered.
    std::int64_t m_shutdown = 0; ///< Id.
    bool m_isLeaving = false; ///< Said farewell: what is pending may be given up.
    std::int32_t m_lastVersion = 0;
    int m_goneBack = 0; ///< Versions lower than the one before, of which the log may speak.
    std::uint64_t m_editCount = 0;
    int m_damaged = 0; ///< Messages that were no messages and are not replied to yet.
    bool m_isShutDown = false;
    std::string m_failure;
};

} // namespace nuages::tests
