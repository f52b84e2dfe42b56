#pragma once

#include "engine/ide/view.h"
#include "engine/source/files.h"
#include "lsp/server/feature.h"

namespace nuages::server {

/// The template that a question is about.
inline ide::View viewOf(query::Reader &db, const Question &question)
{
    return {db, question.project, source::fileAt(db, question.path), question.text};
}

} // namespace nuages::server
