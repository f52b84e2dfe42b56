#pragma once

#include <QJsonObject>
#include <QString>

#include <expected>
#include <vector>

namespace nuages::app {

/// One step of a script. Its verb is the first of the known names in the object; the other members belong to it.
///
/// | verb | value | does |
/// | --- | --- | --- |
/// | open | path below the project | shows the file in the Source pane; the steps below are about the file shown last |
/// | type | text | character by character, at `at`: "end", or {"line", "column"} from 0; else where the cursor is |
/// | paste | text | at once, at `at` as above |
/// | remove | count | that many characters after the cursor or `at` |
/// | undo, redo | count | as the keys do |
/// | random | count of edits | types, pastes, removes, undoes; `seed` decides which |
/// | write | {path: text, …} | files on the disk, null deletes; one notification names them all, unless `quietly` |
/// | await | number | of the revision that has to come, as of what the disk has been found to say |
/// | request | method | about the file shown, at `at`; `params` are added |
/// | select | name of a node | as a click on its card does |
/// | revision | number or "live" | as a click on the strip does |
/// | close | "window" | as the user does, while the next step is played |
/// | forget | "figures" | what was counted and timed so far, so that the state tells of the rest alone |
///
/// Before the next step the server settles, except after a request with `"wait": "running"`: then the next one comes
/// when it runs, if it is one of heldrequest.h.
struct Step {
    QString verb;
    QJsonObject members;

    QJsonValue value() const { return members.value(verb); }
    bool waitsUntilRunning() const;
};

/// The steps of a script; a sentence if the file cannot be read or is none.
std::expected<std::vector<Step>, QString> readScript(const QString &file);

} // namespace nuages::app
