#pragma once

#include "engine/project/settings/factreader.h"
#include "engine/python/surroundings.h"

namespace nuages::project {

/// Reads TEMPLATES: every entry of it that any branch may leave there. Sets `engines`, `enginesOpen` and
/// `enginesLeftAlone`. Classes of engines and loaders that are not Django's are looked up in `surroundings`.
void readTemplateEngines(const FactReader &reader, python::Surroundings &surroundings, SettingsFacts &facts);

} // namespace nuages::project
