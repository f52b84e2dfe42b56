#pragma once

#include "engine/ide/view.h"
#include "engine/project/discovery/discovery.h"
#include "engine/source/files.h"
#include "lsp/server/feature.h"

namespace nuages::server {

/// The template that a question is about.
inline ide::View viewOf(query::Reader &db, const Question &question)
{
    return {db, project::projectOf(db, question.given, question.path), source::fileAt(db, question.path),
            question.text};
}

} // namespace nuages::server
