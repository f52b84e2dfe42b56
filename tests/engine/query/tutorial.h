#include "engine/query/pool.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>

using namespace nuages::query;

struct PageData {
    std::string path;
    std::string text;
    bool isOpen = false;
};
using Page = Input<PageData, &PageData::text, &PageData::isOpen>;

std::string describe(const PageData &page) { return page.path; }

struct LineCount {
    static long run(Reader &db, Page page) { return std::ranges::count(db.read<&PageData::text>(page), '\n') + 1; }
};

struct IsLong {
    static bool run(Reader &db, Page page, long limit) { return db.get<LineCount>(page) > limit; }
};

Page openPage(Engine &engine)
{
    Page page;
    engine.write("open", [&](Transaction &tx) { page = tx.create<Page>({"a.html", "one\ntwo", true}); });
    return page;
}

bool isLong(Engine &engine, Page page)
{
    Reader db(engine.ticket());
    return db.get<IsLong>(page, 2);
}

std::string whatAnEditCosts(Engine &engine, Page page)
{
    engine.setWatching(true);
    engine.write("typed", [&](Transaction &tx) { tx.set<&PageData::text>(page, "eins\nzwei"); });
    isLong(engine, page);
    std::string log;
    for (const Event &event : engine.takeEvents())
        log += nameOf(event.what) + (" " + engine.describe(event.key)) + "\n";
    return log;
}

struct Span {
    long from = 0;
    long to = 0;
    bool operator==(const Span &) const = default;
};
std::size_t hashValue(const Span &span) { return seededHash(std::uint64_t(span.from) * 31 + std::uint64_t(span.to)); }
std::string describe(const Span &span) { return std::to_string(span.from) + "-" + std::to_string(span.to); }

struct IsWithin {
    static bool run(Reader &db, Page page, Span span)
    {
        const long lines = db.get<LineCount>(page);
        return span.from <= lines && lines <= span.to;
    }
};

auto onAnotherThread(Engine &engine, Page page)
{
    return task(engine.ticket(), [](Reader &db, Page key) { return db.get<LineCount>(key); }, page);
}

struct Question {
    std::string word;
    Span span;
};
template <>
inline constexpr bool nuages::query::enableSendable<Question> = true;

auto askElsewhere(Engine &engine, Page page, Question question)
{
    return task(
        engine.ticket(),
        [](Reader &db, Page key, Question asked) {
            return db.get<IsWithin>(key, asked.span) && db.read<&PageData::text>(key).contains(asked.word);
        },
        page, std::move(question));
}

std::string shown(const Outcome<long> &lines)
{
    if (lines)
        return std::to_string(*lines);
    return lines.error().kind == Failure::Kind::Cancelled ? "ask again" : "a mistake";
}

class Loop
{
public:
    Loop() : m_page(openPage(m_engine))
    {
        m_engine.onIdle([this] { wake(); });
    }

    /// From any thread.
    void type(std::string text)
    {
        Wish wish = 0;
        {
            std::scoped_lock lock(m_mutex);
            m_edits.push_back(std::move(text));
            wish = ++m_lastWish;
        }
        m_engine.wantWrite(wish); // Not under the lock, which the bell takes while it holds the gate.
        wake();
    }

    /// On the thread that made it: writes what is typed, and returns when a text has `wanted` lines.
    void runUntil(long wanted)
    {
        std::optional<Instant> callAgain;
        for (long lines = 0; lines != wanted;) {
            sleep(callAgain);
            std::unique_lock lock(m_mutex);
            const std::vector<std::string> edits = m_edits;
            const Wish wish = m_lastWish;
            std::optional<Outcome<long>> answer = std::exchange(m_answer, {});
            lock.unlock();

            if (answer) {
                m_isAsked = false;
                m_refusals = *answer ? 0 : m_refusals + 1;
                m_wantsAnswer = m_wantsAnswer || !*answer;
                lines = answer->value_or(lines);
            }
            callAgain.reset();
            if (!edits.empty()) {
                const auto write = [&](Transaction &tx) { tx.set<&PageData::text>(m_page, edits.back()); };
                if (m_engine.tryWrite(wish, "typed", write))
                    written(edits.size());
                else
                    callAgain = m_engine.stopOverdue();
            }
            if (m_wantsAnswer && !m_isAsked && !m_engine.gate().isShut)
                ask();
        }
    }

private:
    void ask()
    {
        m_wantsAnswer = false;
        m_isAsked = true;
        Ticket ticket = m_engine.ticket(0, {}, m_refusals < 2 ? Urgency::Latency : Urgency::Protected);
        const auto count = [](Reader &db, Page key) { return db.get<LineCount>(key); };
        m_pool.submit(task(std::move(ticket), count, m_page), [this](Outcome<long> lines) {
            std::scoped_lock lock(m_mutex);
            m_answer = std::move(lines);
            m_hasMail = true;
            m_changed.notify_one();
        });
    }

    void written(std::size_t count)
    {
        std::scoped_lock lock(m_mutex);
        m_edits.erase(m_edits.begin(), m_edits.begin() + std::ptrdiff_t(count));
        m_wantsAnswer = true;
    }

    void wake()
    {
        std::scoped_lock lock(m_mutex);
        m_hasMail = true;
        m_changed.notify_one();
    }

    void sleep(std::optional<Instant> until)
    {
        std::unique_lock lock(m_mutex);
        const auto hasMail = [this] { return m_hasMail; };
        if (until)
            m_changed.wait_for(lock, std::chrono::nanoseconds(*until - m_engine.clock().now()), hasMail);
        else
            m_changed.wait(lock, hasMail);
        m_hasMail = false;
    }

    Engine m_engine;
    Page m_page;
    bool m_wantsAnswer = true; ///< What was answered last, if anything, is not of the newest text.
    bool m_isAsked = false;
    int m_refusals = 0; ///< In a row.

    std::mutex m_mutex; // guards the mailbox, which is all that follows
    std::condition_variable m_changed;
    std::vector<std::string> m_edits;
    Wish m_lastWish = 0;
    std::optional<Outcome<long>> m_answer;
    bool m_hasMail = true;

    Pool m_pool{2}; ///< Last: it ends before what its tasks use.
};

struct Jumps {
    static long run(Reader &db, Page page, long from)
    {
        const char to = db.read<&PageData::text>(page)[static_cast<std::size_t>(from)];
        return to == '.' ? 0 : db.get<Jumps>(page, long(to - '0')) + 1;
    }
    static long cycleFallback(Reader & /*db*/, Page /*page*/, long /*from*/) { return -1; }
};
