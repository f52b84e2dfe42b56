#include "app/inspector/heldrequest.h"

#include "engine/source/files.h"
#include "engine/source/queries.h"

#include <chrono>
#include <semaphore>
#include <thread>

namespace nuages::app {

namespace {

constexpr std::chrono::minutes heldPatience(2);

std::counting_semaphore<> running(0);

/// Its only way out of the loop is what a write throws, so the first attempt never answers.
server::Encode findUntilEdited(query::Reader &db, const server::Question &question)
{
    if (db.get<source::SourceText>(source::fileAt(db, question.path)) == question.text) {
        running.release();
        for (;;) {
            db.poll();
            std::this_thread::yield();
        }
    }
    return [](const server::Coordinates &, const server::ClientTraits &) { return boost::json::value(); };
}

} // namespace

const std::vector<server::Feature> &featuresForScripts()
{
    static const std::vector<server::Feature> all = [] {
        const auto usual = server::features();
        std::vector<server::Feature> features(usual.begin(), usual.end());
        features.push_back({"nuages/untilEdited", query::Urgency::Latency, true, findUntilEdited});
        return features;
    }();
    return all;
}

bool waitForHeldRequest() { return running.try_acquire_for(heldPatience); }

} // namespace nuages::app
