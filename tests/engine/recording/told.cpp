#include "tests/engine/recording/told.h"

#include "engine/trace/wire.h"
#include "tests/engine/trace/watched.h"

#include <algorithm>

namespace nuages::tests {

std::vector<recording::Entry> story(std::uint32_t seed, int edits)
{
    WatchedWorld world(seed);
    std::mt19937 random(seed + 1);
    std::vector<recording::Entry> entries;
    std::vector<std::string> texts(3);
    for (std::string &text : texts) {
        while (text.size() < 2'000)
            text += "line " + std::to_string(random()) + '\n';
    }
    for (int edit = 0; edit < edits; ++edit) {
        const std::size_t file = random() % texts.size();
        texts[file].insert(random() % texts[file].size(), 1, char('a' + random() % 26));
        const std::string path = "/srv/shop/" + std::to_string(file) + ".html";
        entries.emplace_back(recording::Message{edit, true, R"({"edit":)" + std::to_string(edit) + '}'});
        world.edit();
        world.askAround();
        world.recorder.textSet(path, std::make_shared<const std::string>(texts[file]));
        trace::Batch batch = world.recorder.take();
        trace::FileRecord &record = batch.files.emplace_back();
        record.path = path;
        record.changedAt = batch.revision;
        using Result = trace::LookRecord::Result;
        const bool isSame = edit > 10 && edit % 3 == 0;
        trace::LookRecord &look = batch.looks.emplace_back();
        look = {path, batch.revision, isSame ? Result::Same : Result::Found, {}};
        if (!isSame)
            look.mistakes.push_back({.line = std::uint32_t(edit), .rule = "unknown-tag", .message = path});
        entries.emplace_back(std::move(batch));
        entries.emplace_back(recording::Message{edit, false, R"({"reply":)" + std::to_string(edit) + '}'});
    }
    return entries;
}

void write(recording::SessionWriter &writer, const std::vector<recording::Entry> &entries, std::size_t every)
{
    std::size_t count = 0;
    for (const recording::Entry &entry : entries) {
        std::visit([&](const auto &thing) { writer.add(thing); }, entry);
        if (++count % every == 0)
            writer.commit();
    }
    writer.commit();
}

ReadSession readSession(const std::string &path)
{
    ReadSession session;
    auto reader = recording::SessionReader::open(path);
    if (!reader)
        return {.entries = {}, .fault = reader.error()};
    for (;;) {
        auto next = reader->next();
        if (!next) {
            session.fault = next.error();
            return session;
        }
        if (!*next)
            return session;
        session.entries.push_back(**std::move(next));
    }
}

bool isSame(const recording::Entry &one, const recording::Entry &other)
{
    const auto *batch = std::get_if<trace::Batch>(&one);
    const auto *otherBatch = std::get_if<trace::Batch>(&other);
    if (batch && otherBatch)
        return trace::encode(*batch) == trace::encode(*otherBatch);
    return !batch && !otherBatch && std::get<recording::Message>(one) == std::get<recording::Message>(other);
}

QString difference(const std::vector<recording::Entry> &told, const std::vector<recording::Entry> &found,
                   std::size_t least)
{
    if (found.size() < least || found.size() > told.size())
        return QStringLiteral("%1 of %2 things, at least %3").arg(found.size()).arg(told.size()).arg(least);
    for (std::size_t at = 0; at < found.size(); ++at) {
        if (!isSame(told[at], found[at]))
            return QStringLiteral("thing %1 differs").arg(at);
    }
    return {};
}

trace::Store storeOf(const std::vector<recording::Entry> &entries)
{
    trace::Store store;
    for (const recording::Entry &entry : entries) {
        if (const auto *batch = std::get_if<trace::Batch>(&entry))
            store.apply(*batch);
    }
    return store;
}

} // namespace nuages::tests
