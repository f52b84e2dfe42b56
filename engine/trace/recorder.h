#pragma once

#include "engine/query/engine.h"
#include "engine/query/hash.h"
#include "engine/trace/batch.h"

#include <boost/unordered/unordered_flat_map.hpp>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace nuages::trace {

/// Turns what the engine records into batches.
///
/// Belongs to the engine's owner, and makes the engine record from its birth to its death. Queries are not slowed
/// beyond what an event costs; a hit costs nothing, because it is no event.
class Recorder
{
public:
    /// How many memos that were there before are looked at for one batch, so that none takes long.
    static constexpr std::size_t memosAtOnce = 4096;

    explicit Recorder(query::Engine &engine);
    ~Recorder();
    Recorder(const Recorder &) = delete;
    Recorder &operator=(const Recorder &) = delete;

    /// All that happened since the last call. May be called while readers are open.
    Batch take();

    /// Takes what the engine has recorded so far into the next batch, and what the memos read that ran: before they run
    /// again, and the room for events is used up. For when a job has ended. May be called while readers are open.
    void gather();

    /// Whether memos that were there before are left to tell of, and can be at once: who has room takes another batch.
    bool hasMore() const { return m_mayWalk && !m_hasWalked; }

    /// Instead of take(), while nobody could use a batch: forgets what has happened since the last one, and counts it
    /// as lost. What it keeps does not grow with what happens. True if there was anything: then texts and looks are to
    /// be told again by who told them, and if something had run, later batches tell of every memo again.
    bool forgo();

    /// From now on all is told as to somebody who knows nothing: nodes are numbered anew, and each memo comes again.
    /// Directly after take().
    void tellAnew();

    /// From the present revision on the file has this text, which is not null.
    void textSet(std::string path, std::shared_ptr<const std::string> text);

    /// These mistakes were found in the file, as it is in this revision.
    void looked(const std::string &path, Revision revision, std::vector<Mistake> mistakes);

    /// From the present revision on nobody looks for mistakes in the file.
    void lookEnded(const std::string &path);

    // A request on its way to a reply. Ids are those of the tickets. Unknown ids are ignored, since a request may have
    // arrived before watching began.

    void requestArrived(RequestId id, std::string method, std::string document,
                        std::optional<std::int32_t> version = std::nullopt);
    void requestStarted(RequestId id); ///< An attempt gets its ticket.
    /// A write cancelled the attempt, so it waits for the next one. `began`: it had not been refused at the door, which
    /// is no attempt.
    void requestReturned(RequestId id, bool began);
    void requestEnded(RequestId id, RequestRecord::State how, bool isNull = false);

private:
    struct KeyHash {
        std::size_t operator()(query::DependencyKey key) const
        {
            return query::seededHash(std::uint64_t(key.kind) << 32 | key.key);
        }
    };

    NodeId idOf(query::DependencyKey key);
    void add(const query::Event &event);
    void addEvents();
    void addMemos();
    void tellUnseen();
    void walkAgain();
    Cost costSince(Instant began);
    template <class Move>
    void moveRequest(RequestId id, Move move);

    query::Engine &m_engine;
    Batch m_batch; ///< What is to come next.
    std::uint64_t m_batches = 0;
    Revision m_revision; ///< The last that was told of.
    boost::unordered_flat_map<query::DependencyKey, NodeId, KeyHash> m_ids;
    std::vector<query::DependencyKey> m_unseen; ///< Whose memos are to be looked at.
    query::MemoCursor m_cursor; ///< Over the memos of which no event tells.
    bool m_mayWalk = false; ///< Every reader that was open when events went unseen has closed.
    bool m_hasWalked = false; ///< The cursor is at the end.
    bool m_walksAgain = false; ///< Events went unseen during the walk, so another one follows.
    std::map<std::string, std::vector<Mistake>> m_found; ///< By path: what was told of the last look.
    std::map<RequestId, RequestRecord> m_requests; ///< Not yet ended.
    std::map<RequestId, RequestRecord> m_moved; ///< To be told about.
    query::detail::DropCounts m_droppedBefore; ///< Before watching began.
    query::detail::DropCounts m_dropped; ///< As of the last batch.
    query::detail::DropCounts m_forgone; ///< By forgo(), since watching began.
    std::uint64_t m_eventNs; ///< What one event costs a reader.
    std::uint64_t m_gathered = 0; ///< Events in the next batch.
    std::uint64_t m_gatheringNs = 0; ///< What gather() has taken for it.
    Instant m_earliest = 0; ///< Of what is in the next batch; 0 while nothing is.
    Instant m_lastTaken;
};

} // namespace nuages::trace
