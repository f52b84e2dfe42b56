#pragma once

#include "engine/template/tagshape.h"

#include <string_view>

namespace nuages::templates {

/// The shape of `tag` as the Django module `module` registers it ("django.template.defaulttags", "if"); nullptr if that
/// module has no such tag in any supported version. Points into a table that lives as long as the program.
///
/// The table says how a tag reads a template, not whether the Django at hand has it: that is read from its modules.
const TagShape *djangoTag(std::string_view module, std::string_view tag);

/// The shape of `tag` among Django's builtins, which need no load.
const TagShape *djangoBuiltinTag(std::string_view tag);

/// The shape of `tag` in the library of Django's own that `{% load library %}` names ("i18n", "trans"). For a project
/// whose Django was not found; where it was, the library is looked up like any other.
const TagShape *djangoLibraryTag(std::string_view library, std::string_view tag);

/// Whether some module of Django's has a tag called `tag`.
bool isDjangoTag(std::string_view tag);

/// Whether `word` ends or continues one of Django's own tags ("endif", "else", "plural").
bool isDjangoStopWord(std::string_view word);

} // namespace nuages::templates
