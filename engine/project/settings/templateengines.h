#pragma once

#include "engine/project/settings/factreader.h"

namespace nuages::project {

/// Reads TEMPLATES: every entry of it that any branch may leave there. Sets `engines` and `enginesOpen`.
void readTemplateEngines(const FactReader &reader, SettingsFacts &facts);

} // namespace nuages::project
