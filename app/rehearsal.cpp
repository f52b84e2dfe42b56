#include "app/rehearsal.h"

#include "app/play.h"

#include "engine/trace/whatif.h"

namespace nuages::app {

std::expected<std::vector<std::string>, Failure> rehearse(const Rehearsal &rehearsal, const query::CancelToken &stop,
                                                          const std::function<void(RehearsalProgress)> &tell)
{
    EditOptions options;
    options.wanted.project = rehearsal.root;
    const auto play = Play::create(options);
    if (!play)
        return std::unexpected(play.error());
    Play &played = **play;
    RehearsalProgress progress;
    played.setCancelToken(stop);
    played.setTold([&] {
        ++progress.portions;
        tell(progress);
    });
    const auto check = [&]() -> std::expected<void, Failure> {
        const auto report = played.check();
        if (stop.isCancelled())
            return std::unexpected(Failure{"stopped"});
        return report ? std::expected<void, Failure>() : std::unexpected(report.error());
    };
    if (!rehearsal.now.empty())
        played.put(rehearsal.now);
    if (const auto checked = check(); !checked)
        return std::unexpected(checked.error());
    progress = {.stage = RehearsalProgress::Stage::Editing};
    if (const auto edited = played.edit({rehearsal.then}); !edited)
        return std::unexpected(edited.error());
    if (const auto checked = check(); !checked)
        return std::unexpected(checked.error());
    return trace::ranIn(played.store(), played.store().revision());
}

} // namespace nuages::app
